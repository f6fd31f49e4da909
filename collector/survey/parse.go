package survey

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"percept/collector"
)

// Parse reads the responses of one block. Every row of it becomes part of a Feedback, a duplicate, an
// empty row or a rejection with its line.
func (s *Source) Parse(p collector.Page) (collector.Parsed, error) {
	r, err := s.newReader(p)
	if err != nil {
		return collector.Parsed{}, fmt.Errorf("parse %s: %w", p.URL, err)
	}
	const most = 10_000 // line breaks in answers count as well
	r.out.Feedback = make([]collector.Feedback, 0, min(most, bytes.Count(p.Body, []byte{'\n'})))
	rows := newCSVReader(bytes.NewReader(p.Body), ',', '\n')
	for {
		rec, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && rec.bad != "" {
			err = errors.New(rec.bad)
		}
		if err == nil {
			err = r.take(rec.cells)
		}
		if err != nil {
			return collector.Parsed{}, fmt.Errorf("parse %s: block %d: line %d: %w", p.URL, p.Part, rec.line, err)
		}
	}
	r.flush()
	slices.SortStableFunc(r.rejected, func(a, b rejection) int { return a.line - b.line })
	for _, x := range r.rejected {
		r.out.Rejected = append(r.out.Rejected, collector.Rejection{Ref: r.ref(x.line), Reason: x.why})
	}
	r.addNotes(p.Part)
	return r.out, nil
}

// A reader reads the rows of one block by its layout.
type reader struct {
	s       *Source
	l       Layout
	url     string
	fetched time.Time
	zone    *time.Location // as the file states it, nil where it does not
	labels  []string
	heads   []string // questions, as the customer read them
	asked   map[string]Asked
	columns map[Role]int
	read    []int                    // columns that hold answers
	grades  map[int]map[string]grade // of columns of ratings, by their cells
	quoting map[int]bool             // columns of Quoting: whether a yes there is a no
	raw     rawRow
	out     collector.Parsed

	rejected []rejection

	// group is the response that the rows of one respondent add up to.
	group    *collector.Feedback
	groupKey string

	apart    int // respondents with several dates
	anonymed int // dates that stand for none
	withheld int // rows without consent
	unquoted int // responses without leave to quote
}

type rejection struct {
	line int
	why  string
}

func (s *Source) newReader(p collector.Page) (*reader, error) {
	r := &reader{s: s, url: p.URL, fetched: p.FetchedAt, columns: make(map[Role]int), quoting: make(map[int]bool), grades: make(map[int]map[string]grade)}
	if err := json.Unmarshal(p.Layout, &r.l); err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	if z := r.l.Time.Zone; z != "" {
		zone, ok := loadZone(z)
		if !ok {
			return nil, fmt.Errorf("zone %q is not known", z)
		}
		r.zone = zone
	}
	r.labels, r.raw = r.l.labels(), newRawRow(&r.l)
	for _, role := range []Role{ID, Respondent, When, Practice, Question, Language, Finished, Status} {
		r.columns[role] = r.l.find(role)
	}
	for i, c := range r.l.Columns {
		r.heads = append(r.heads, heading(c.asked()))
		if c.Role == Rating || c.Role == Text {
			r.read = append(r.read, i)
			r.grades[i] = make(map[string]grade)
		}
		if c.Role == Quoting {
			r.quoting[i] = refusing(key(heading(c.Question))) || refusing(key(heading(c.Name)))
		}
	}
	r.asked = make(map[string]Asked, len(r.l.Questions))
	for _, a := range r.l.Questions {
		r.asked[a.Question] = a
	}
	return r, nil
}

// take reads one row of the block. An error means that the block is none.
func (r *reader) take(cells []string) error {
	number, mark, _ := strings.Cut(cells[0], " ")
	line, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("%q is no line number", shorten(number, 20))
	}
	r.out.Rows++
	kind, rest, _ := strings.Cut(mark, " ")
	twin := 0
	switch kind {
	case "double":
		r.out.Duplicates++
		return nil
	case "rejected":
		r.reject(line, rest)
		return nil
	case "withheld":
		r.withheld++
		r.out.Empty++
		return nil
	case "twin":
		if twin, err = strconv.Atoi(rest); err != nil {
			return fmt.Errorf("%q is no twin", shorten(rest, 20))
		}
	}
	if r.l.Long {
		r.answer(line, cells[1:], twin)
		return nil
	}
	f, why := r.response(line, cells[1:])
	switch {
	case why != "":
		r.reject(line, why)
	case !gave(&f):
		r.out.Empty++
	default:
		f.Twin = twin
		r.keep(f)
	}
	return nil
}

func (r *reader) keep(f collector.Feedback) {
	if f.Private {
		r.unquoted++
	}
	r.out.Feedback = append(r.out.Feedback, f)
}

func (r *reader) reject(line int, why string) {
	r.rejected = append(r.rejected, rejection{line, why})
}

func (r *reader) ref(line int) string { return r.url + ":" + strconv.Itoa(line) }

// gave reports whether a response counts: words, a rating, or "don't know" to the Friends and Family
// Test, which is one of its six answers.
func gave(f *collector.Feedback) bool {
	return f.Said() || strings.HasPrefix(f.Rating.Tag, "fft") && f.Rating.Raw != ""
}

// addNotes tells once for a file what its layout has to say, and for each block what was met in it.
func (r *reader) addNotes(part int) {
	if part == 0 {
		r.out.Notes = append(r.out.Notes, r.l.Notes...)
	}
	for _, c := range []collector.Count{
		{N: r.apart, Noun: "respondent", Says: "with several dates: kept as the span of them"},
		{N: r.withheld, Noun: "row", Says: "without consent to use the answers: left out, and counted as empty"},
		{N: r.unquoted, Noun: "response", Says: "without leave to be quoted: counted, and the words left out of all pages and messages for sharing"},
		{N: r.anonymed, Noun: "date", Says: "of 1980-01-01, which LimeSurvey writes where dates are withheld: taken as unknown"},
	} {
		if c.N > 0 {
			r.out.Counts = append(r.out.Counts, c)
		}
	}
}
