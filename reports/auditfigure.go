package reports

import (
	"slices"
	"strconv"
	"strings"
)

// A Figure is a number or a quote that stands in an audit, under an id by which it is checked again.
type Figure struct {
	ID    string // "exam.review.mean"; "f-" and the id is its place in the page
	What  string // in words
	Shown string // letter by letter as in the page
	Value string // the number before it was rounded; of a quote, the feedback it is from
}

// figures collects what an audit shows.
type figures struct {
	list  []Figure
	small bool // counts under smallCell may be shown
}

func (f *figures) add(id, what, shown, value string) Figure {
	g := Figure{id, what, shown, value}
	f.list = append(f.list, g)
	return g
}

// told is how a figure that was added is shown, for a second place.
func (f *figures) told(id string) string {
	i := slices.IndexFunc(f.list, func(g Figure) bool { return g.ID == id })
	if i < 0 {
		return ""
	}
	return f.list[i].Shown
}

// number adds a number as it is shown.
func (f *figures) number(id, what, shown string, value float64) Figure {
	return f.add(id, what, shown, precise(value))
}

// mean adds a mean score of n persons as text has it; a shared audit says of answers only how near they are to an end of
// the scale where few can have answered anything else.
func (f *figures) mean(id, what string, scores []float64, value float64, answers bool) Figure {
	if !f.small && answers {
		if text, near := english.near(scores); near {
			return f.add(id, what, text, "")
		}
	}
	return f.number(id, what, mean(scores), value)
}

// count adds a count of persons; a shared audit hides a small one.
func (f *figures) count(id, what string, n int) Figure {
	if !f.small && small(n) {
		return f.add(id, what, "under "+strconv.Itoa(smallCell), "<"+strconv.Itoa(smallCell))
	}
	return f.plain(id, what, n)
}

// plain adds a count of what anybody can count: it is nobody's cell.
func (f *figures) plain(id, what string, n int) Figure {
	return f.add(id, what, english.count(n), strconv.Itoa(n))
}

// Noun is what the figure counts, in the right number.
func (g Figure) Noun(one, many string) string {
	if g.Value == "1" {
		return one
	}
	return many
}

// quote adds words as the page shows them.
func (f *figures) quote(id, what string, q *quote, feedback string) Figure {
	return f.add(id, what, q.letters(), feedback)
}

// precise writes a number with nine digits: what is left of another machine's rounding is not told apart.
func precise(v float64) string {
	s := strconv.FormatFloat(v, 'g', 9, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// letters are a quote as its letters stand in the page.
func (q *quote) letters() string {
	var b strings.Builder
	if q.CutBefore {
		b.WriteString("… ")
	}
	for _, p := range q.Pieces {
		b.WriteString(p.Text)
	}
	if q.CutAfter {
		b.WriteString(" …")
	}
	return b.String()
}

// percent writes a share with its interval in whole percent.
func percent(v, lo, hi float64) string {
	return whole(v) + " % (95 % sure: " + whole(lo) + " to " + whole(hi) + ")"
}

// whole writes a share in whole percent.
func whole(v float64) string { return strconv.FormatFloat(100*v, 'f', 0, 64) }
