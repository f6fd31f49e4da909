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
	zone    *time.Location
	labels  []string
	heads   []string // questions, as the customer read them
	asked   map[string]Asked
	columns map[Role]int
	read    []int // columns that hold answers
	out     collector.Parsed

	rejected []rejection

	// group is the response that the rows of one respondent add up to.
	group    *collector.Feedback
	groupKey string

	apart    int // respondents with several dates
	anonymed int // dates that stand for none
}

type rejection struct {
	line int
	why  string
}

func (s *Source) newReader(p collector.Page) (*reader, error) {
	r := &reader{s: s, url: p.URL, fetched: p.FetchedAt, zone: s.o.zone(), columns: make(map[Role]int)}
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
	r.labels = r.l.labels()
	for _, role := range []Role{ID, Respondent, When, Practice, Question, Language, Finished, Status} {
		r.columns[role] = r.l.find(role)
	}
	for i, c := range r.l.Columns {
		r.heads = append(r.heads, heading(c.asked()))
		if c.Role == Rating || c.Role == Text {
			r.read = append(r.read, i)
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
		r.out.Feedback = append(r.out.Feedback, f)
	}
	return nil
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

// response reads a row that is a response. why says what keeps it from being taken.
func (r *reader) response(line int, cells []string) (f collector.Feedback, why string) {
	cells, ragged, why := r.fit(cells)
	if why == "" {
		why = r.gate(cells)
	}
	if why != "" {
		return f, why
	}
	f = collector.Feedback{Kind: collector.Response, Ref: r.ref(line), Rows: 1}
	f.Rating, f.Answers, why = r.answers(cells)
	if why == "" && !gave(&f) {
		return f, ""
	}
	if why == "" {
		why = r.place(&f, cells)
	}
	if why != "" && ragged > 0 {
		why = miscounted(ragged, len(r.l.Columns))
	}
	f.SourceID = r.id(ID, cells)
	return f, why
}

// fit gives the row as many cells as there are headings. A short row is one whose last cells are
// missing; whether it is, the meaning of those it has must show. ragged is its length then, else 0.
func (r *reader) fit(cells []string) (_ []string, ragged int, why string) {
	width := len(r.l.Columns)
	switch {
	case len(cells) > width && !blankRow(cells[width:]):
		return nil, 0, miscounted(len(cells), width)
	case len(cells) > width:
		cells = cells[:width]
	case len(cells) < width:
		if r.l.Kind == "csv" && !blankRow(cells) {
			ragged = len(cells)
		}
		cells = append(slices.Clip(cells), make([]string, width-len(cells))...)
	}
	return cells, ragged, ""
}

func miscounted(cells, headings int) string {
	return fmt.Sprintf("%d cells where the headings have %d", cells, headings)
}

// gate refuses rows that are no answers of customers: tests, and what was never submitted.
func (r *reader) gate(cells []string) string {
	if i := r.columns[Status]; i >= 0 {
		switch plainWords(cells[i]) {
		case "1", "9", "17", "survey preview", "preview":
			return "a preview, not an answer"
		case "2", "survey test", "test":
			return "a test, not an answer"
		case "8", "spam", "possible spam":
			return "marked as spam"
		}
	}
	if i := r.columns[Finished]; i >= 0 {
		switch plainWords(cells[i]) {
		case "no", "n", "false", "0", "partial", "started", "unfinished", "incomplete", "nein", "nee":
			return "not finished"
		}
	}
	if i := r.columns[When]; i >= 0 && strings.HasPrefix(r.l.Tool, "LimeSurvey") && blank(cells[i]) && !blankRow(cells) {
		return "not submitted"
	}
	return ""
}

// answers reads the columns that hold answers. The overall rating is returned by itself.
func (r *reader) answers(cells []string) (overall collector.Rating, answers []collector.Answer, why string) {
	for _, i := range r.read {
		c := &r.l.Columns[i]
		a := collector.Answer{Question: r.heads[i], Column: r.labels[i], Asks: c.Asks, Touchpoint: c.Touchpoint}
		if c.Role == Text {
			if a.Text = said(cells[i]); a.Text != "" {
				answers = append(slices.Grow(answers, len(r.read)-len(answers)), a)
			}
			continue
		}
		rating, came := c.Scale.read(cells[i])
		switch {
		case came == refused:
			return overall, nil, fmt.Sprintf("“%s” of “%s” is not on the scale %s", shorten(rating.Raw, 40), shorten(r.labels[i], 60), c.Scale)
		case r.l.Overall == i+1:
			if came != unscaled {
				overall = rating
			}
		case came == rated:
			a.Rating = rating
			answers = append(slices.Grow(answers, len(r.read)-len(answers)), a)
		}
	}
	return overall, answers, ""
}

// place fills in what the row says about itself: practice, date, language.
func (r *reader) place(f *collector.Feedback, cells []string) (why string) {
	f.Practice = r.s.o.Practice
	if i := r.columns[Practice]; i >= 0 {
		if f.Practice, why = r.practice(cells[i]); why != "" {
			return why
		}
	}
	if i := r.columns[Language]; i >= 0 {
		f.Language = language(cells[i])
	}
	if i := r.columns[When]; i >= 0 {
		f.Date, why = r.date(cells[i], cells)
	}
	return why
}

func (r *reader) practice(value string) (id, why string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", "no practice"
	}
	if r.s.o.Practices == nil {
		return "", fmt.Sprintf("practice “%s” is not known", shorten(value, 60))
	}
	id, ok := r.s.o.Practices(value)
	switch {
	case !ok:
		return "", fmt.Sprintf("practice “%s” is not known", shorten(value, 60))
	case r.s.o.Practice != "" && r.s.o.Practice != id:
		return "", fmt.Sprintf("of practice “%s”, and the file is of “%s”", id, r.s.o.Practice)
	}
	return id, ""
}

func (r *reader) id(role Role, cells []string) string {
	if i := r.columns[role]; i >= 0 && !blank(cells[i]) {
		return strings.TrimSpace(cells[i])
	}
	return ""
}

// language takes what looks like a tag of BCP 47, "EN" or "pt_BR".
func language(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	first, rest, _ := strings.Cut(s, "-")
	if len(first) < 2 || len(first) > 3 || strings.ContainsFunc(first, func(c rune) bool { return c|0x20 < 'a' || c|0x20 > 'z' }) || len(rest) > 12 {
		return ""
	}
	if rest == "" {
		return strings.ToLower(first)
	}
	return strings.ToLower(first) + "-" + rest
}

// addNotes tells once for a file what its layout has to say, and for each block what was met in it.
func (r *reader) addNotes(part int) {
	if part == 0 {
		r.out.Notes = append(r.out.Notes, r.l.Notes...)
	}
	if r.apart > 0 {
		r.out.Notes = append(r.out.Notes, fmt.Sprintf("%s with several dates: kept as the span of them", plural(r.apart, "respondent")))
	}
	if r.anonymed > 0 {
		r.out.Notes = append(r.out.Notes, fmt.Sprintf("%s of 1980-01-01, which LimeSurvey writes where dates are withheld: taken as unknown", plural(r.anonymed, "date")))
	}
}
