package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// A Brief is the first screen of a weekly page in sentences, for a mail, with the page itself.
type Brief struct {
	Week  time.Time // Monday of the last whole week that was judged, zero when none was
	Title string
	Lines []string // what changed, and why
	Quote string   // exact words, with masks; empty without any
	By    string   // who said it: source and day
	Next  []string
	Holes []string // sources that were not read whole, and why
	Page  []byte
}

// NewBrief makes the brief of a practice. Like the page it fails when a quote is not in the store.
func NewBrief(ctx context.Context, s Store, p collector.Practice, o Options) (Brief, error) {
	m, err := load(ctx, s, p, o)
	if err != nil {
		return Brief{}, fmt.Errorf("weekly mail of %s: %w", p.ID, err)
	}
	page, err := m.weekly(ctx, s, newPainter(), o, "")
	if err != nil {
		return Brief{}, fmt.Errorf("weekly mail of %s: %w", p.ID, err)
	}
	o.Language = nil // the mail around the page is English
	if m, err = load(ctx, s, p, o); err != nil {
		return Brief{}, fmt.Errorf("weekly mail of %s: %w", p.ID, err)
	}
	q := m.newQuoter(s, o.masks())
	open, err := m.urgent(ctx, q)
	if err != nil {
		return Brief{}, fmt.Errorf("weekly mail of %s: %w", p.ID, err)
	}
	h, err := m.headline(ctx, q, open)
	if err != nil {
		return Brief{}, fmt.Errorf("weekly mail of %s: %w", p.ID, err)
	}
	b := Brief{Title: p.Name + ", week of " + span(m.last), Lines: []string{sentenceOf(h.Changed)}, By: h.Speaker, Page: page}
	if len(m.verdicts) > 0 {
		b.Week = m.last
	}
	if why := sentenceOf(h.Why); why != "" {
		b.Lines = append(b.Lines, why)
	}
	if h.Quote != nil {
		b.Quote = h.Quote.text()
	}
	for _, n := range h.Next {
		b.Next = append(b.Next, n.Text)
	}
	b.Holes = m.holeSentences()
	return b, nil
}

func sentenceOf(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return strings.TrimSpace(b.String())
}

// text is a quote without its marks, in quotation marks.
func (q *quote) text() string {
	var b strings.Builder
	b.WriteString("“")
	if q.CutBefore {
		b.WriteString("… ")
	}
	for _, p := range q.Pieces {
		b.WriteString(p.Text)
	}
	if q.CutAfter {
		b.WriteString(" …")
	}
	b.WriteString("”")
	return b.String()
}

func (m *material) holeSentences() []string {
	var out []string
	for _, h := range holes(m.sources()) {
		says := h.Source + ": " + h.State
		if h.Why != "" {
			says += ", " + h.Why
		}
		out = append(out, says+". Last complete: "+h.LastComplete+". No verdict is drawn from the hole.")
	}
	return out
}

// A Standing is one practice of a portfolio in a line.
type Standing struct {
	Practice collector.Practice
	Week     time.Time // as Brief.Week
	Word     string
	Holes    int // sources that were not read whole
	need     need
}

// Standings say how practices stand, in the groups and the order of the index.
func Standings(ctx context.Context, s Store, practices []collector.Practice, o Options) ([]Standing, error) {
	all, err := loadBriefs(ctx, s, practices, o)
	if err != nil {
		return nil, fmt.Errorf("portfolio: %w", err)
	}
	out := make([]Standing, len(all))
	for i, m := range all {
		l := m.line()
		out[i] = Standing{Practice: m.practice, Word: l.Word(), Holes: len(l.Holes), need: l.Need}
		if len(m.verdicts) > 0 {
			out[i].Week = m.last
		}
		var said []string
		for word, names := range map[analysis.Word][]string{analysis.Worse: l.Worse, analysis.Better: l.Better} {
			if len(names) > 0 {
				said = append(said, string(word)+": "+list(names))
			}
		}
		if slices.Sort(said); len(said) > 0 {
			slices.Reverse(said) // what is worse first
			out[i].Word = strings.Join(said, "; ")
		}
	}
	slices.SortStableFunc(out, func(a, b Standing) int { return int(a.need) - int(b.need) })
	return out, nil
}
