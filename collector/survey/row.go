package survey

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"percept/collector"
)

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
	if f.SourceID = r.id(ID, cells); f.SourceID == "" {
		f.Raw = r.raw.of(cells)
	}
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
	return fmt.Sprintf("%s where the headings have %d", collector.Plural(cells, "cell"), headings)
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
		case "no", "n", "false", "0", "partial", "started", "unfinished", "incomplete", "overquota", "disqualified", "nein", "nee", "non":
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
		rating, came := r.rating(i, cells[i])
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

// A grade is what reading a cell of ratings came to.
type grade struct {
	rating collector.Rating
	came   outcome
}

// mostGrades bounds how many of a column are remembered: a scale has few, and a column of anything does not count.
const mostGrades = 200

// rating reads a cell of column i, which most often holds what an earlier one held.
func (r *reader) rating(i int, cell string) (collector.Rating, outcome) {
	if g, known := r.grades[i][cell]; known {
		return g.rating, g.came
	}
	cell = strings.Clone(cell) // not the whole row with it
	var g grade
	g.rating, g.came = r.l.Columns[i].Scale.read(cell)
	if len(r.grades[i]) < mostGrades {
		r.grades[i][cell] = g
	}
	return g.rating, g.came
}

// place fills in what the row says about itself: practice, date, language.
func (r *reader) place(f *collector.Feedback, cells []string) (why string) {
	f.Practice = r.s.o.Practice
	if i := r.columns[Practice]; i >= 0 {
		if f.Practice, why = r.practice(cells[i]); why != "" {
			return why
		}
	}
	f.Language = r.l.Language
	if i := r.columns[Language]; i >= 0 {
		f.Language = language(cells[i])
	}
	for i, refusing := range r.quoting {
		f.Private = f.Private || private(refusing, cells[i])
	}
	if i := r.columns[When]; i >= 0 {
		f.Date, why = r.date(cells[i], cells, r.zoneOf(f.Practice))
	}
	return why
}

// zoneOf is the zone of times without one: the file's, else the practice's.
func (r *reader) zoneOf(practice string) *time.Location {
	if r.zone != nil {
		return r.zone
	}
	return r.s.o.zoneOf(practice)
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
