package analysis

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxRow bounds what one line of observations may hold, in bytes.
const maxRow = 1 << 16

// ReadObservations reads the CSV of percept detect: a header that names practice, touchpoint, source,
// date and score in any order, with review and textsig where there are any, and a row a line (no line
// breaks within fields). Other columns, rating among them, are not read. A bad line is told to bad,
// with its number from 1, and skipped. The error is of the header or of r.
func ReadObservations(r io.Reader, bad func(line int, err error)) ([]Observation, error) {
	in := lines{r: bufio.NewReaderSize(r, maxRow)}
	header, err := in.next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("no header")
		}
		return nil, fmt.Errorf("line 1: %w", err)
	}
	p, err := newObservationParser(string(bytes.TrimPrefix(header, []byte("\ufeff"))))
	if err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	var list []Observation
	for {
		line, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			return list, nil
		case errors.Is(err, errLongLine):
			bad(in.number, err)
			continue
		case err != nil:
			return list, fmt.Errorf("line %d: %w", in.number, err)
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		o, err := p.parse(line)
		if err != nil {
			bad(in.number, err)
			continue
		}
		list = append(list, o)
	}
}

var errLongLine = fmt.Errorf("longer than %d bytes", maxRow)

// lines reads one line at a time. A line that is too long is read over.
type lines struct {
	r      *bufio.Reader
	number int
}

func (l *lines) next() ([]byte, error) {
	l.number++
	line, err := l.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = l.r.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, errLongLine
	}
	if len(line) > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return bytes.TrimRight(line, "\r\n"), err
}

// An observationParser knows where the columns are and keeps one copy of every string.
type observationParser struct {
	practice, touchpoint, source, date, score, review, textsig int // -1: none
	columns                                                    int
	fields                                                     []string
	kept                                                       map[string]string
	days                                                       map[string]time.Time
	last                                                       Observation
}

func newObservationParser(header string) (*observationParser, error) {
	names, err := csv.NewReader(strings.NewReader(header)).Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	for i, name := range names {
		names[i] = strings.ToLower(strings.TrimSpace(name))
		if slices.Contains(names[:i], names[i]) && names[i] != "" {
			return nil, fmt.Errorf("column %q is there twice", names[i])
		}
	}
	p := &observationParser{columns: len(names), kept: make(map[string]string), days: make(map[string]time.Time)}
	for _, c := range []struct {
		at       *int
		name     string
		required bool
	}{
		{&p.practice, "practice", true}, {&p.touchpoint, "touchpoint", true}, {&p.source, "source", true},
		{&p.date, "date", true}, {&p.score, "score", true}, {&p.review, "review", false}, {&p.textsig, "textsig", false},
	} {
		if *c.at = slices.Index(names, c.name); *c.at < 0 && c.required {
			return nil, fmt.Errorf("no column %q; the header is %q", c.name, header)
		}
	}
	return p, nil
}

func (p *observationParser) parse(line []byte) (Observation, error) {
	fields, err := p.split(string(line))
	if err != nil {
		return Observation{}, err
	}
	if len(fields) != p.columns {
		return Observation{}, fmt.Errorf("%d fields, the header has %d", len(fields), p.columns)
	}
	o := Observation{
		Practice: p.keep(fields[p.practice]), Touchpoint: p.keep(fields[p.touchpoint]), Source: p.keep(fields[p.source]),
	}
	if p.review >= 0 {
		p.last.Review = again(p.last.Review, fields[p.review])
	}
	if p.textsig >= 0 {
		p.last.TextSig = again(p.last.TextSig, fields[p.textsig])
	}
	o.Review, o.TextSig = p.last.Review, p.last.TextSig
	if o.Day, err = p.day(strings.TrimSpace(fields[p.date])); err != nil {
		return o, err
	}
	if o.Score, err = strconv.ParseFloat(strings.TrimSpace(fields[p.score]), 64); err != nil {
		return o, fmt.Errorf("score %q: want a number from -1 to 1", fields[p.score])
	}
	return o, o.check()
}

// split returns the fields of a line; they are valid until the next.
func (p *observationParser) split(line string) ([]string, error) {
	p.fields = p.fields[:0]
	if strings.IndexByte(line, '"') >= 0 {
		fields, err := csv.NewReader(strings.NewReader(line)).Read()
		if err != nil {
			if e := new(csv.ParseError); errors.As(err, &e) {
				err = e.Err
			}
			return nil, err
		}
		return fields, nil
	}
	for rest, more := line, true; more; {
		var field string
		field, rest, more = strings.Cut(rest, ",")
		p.fields = append(p.fields, field)
	}
	return p.fields, nil
}

// keep returns one copy of s, without the line it was cut from.
func (p *observationParser) keep(s string) string {
	s = strings.TrimSpace(s)
	k, ok := p.kept[s]
	if !ok {
		k = strings.Clone(s)
		p.kept[k] = k
	}
	return k
}

// again is keep for strings that rows in a row share.
func again(last, s string) string {
	if s = strings.TrimSpace(s); s == last {
		return last
	}
	return strings.Clone(s)
}

func (p *observationParser) day(s string) (time.Time, error) {
	if t, ok := p.days[s]; ok {
		return t, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	p.days[strings.Clone(s)] = t
	return t, nil
}

// WriteAlarms writes alarms as CSV. Weeks are ISO dates of Mondays; week_cleared is empty while an
// alarm stands.
func WriteAlarms(w io.Writer, alarms []Alarm) error {
	out := csv.NewWriter(w)
	err := out.Write([]string{
		"practice", "touchpoint", "kind", "week_flagged", "estimated_start_week", "start_lo", "start_hi",
		"effect", "effect_lo", "effect_hi", "week_cleared", "n", "statistic",
	})
	if err != nil {
		return err
	}
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }
	week := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	for _, a := range alarms {
		err := out.Write([]string{
			a.Practice, a.Touchpoint, a.Kind, week(a.Flagged), week(a.Since), week(a.SinceLo), week(a.SinceHi),
			number(a.Effect), number(a.EffectLo), number(a.EffectHi), week(a.Cleared), strconv.Itoa(a.N), number(a.Statistic),
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
