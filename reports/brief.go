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
	Week time.Time // its Monday
	// Language is that of the practice's page, by its tag.
	Language string
	Title    string
	Lines    []string // what changed, and why
	Quote    string   // exact words, with masks; empty without any
	By       string   // who said it: source and day
	Next     []string
	Holes    []string // sources that were not read whole, and why
	Page     []byte
}

// NewBrief makes the brief of a practice about the week of a Monday, nil where that is not the last week that
// was judged. Like the page it fails when a quote is not in the store.
func NewBrief(ctx context.Context, s Store, p collector.Practice, monday time.Time, o Options) (*Brief, error) {
	m, err := loadBrief(ctx, s, p, o)
	if err == nil && (len(m.verdicts) == 0 || !m.last.Equal(monday)) {
		return nil, nil //nolint:nilnil // a week without verdicts has no brief, and is no error
	}
	if err == nil {
		err = m.loadPage(ctx, s)
	}
	var b *Brief
	if err == nil {
		b, err = m.brief(ctx, s, o)
	}
	if err != nil {
		return nil, fmt.Errorf("weekly mail of %s: %w", p.ID, err)
	}
	return b, nil
}

func (m *material) brief(ctx context.Context, s Store, o Options) (*Brief, error) {
	page, err := m.weekly(ctx, s, o.painter(), o, "")
	if err != nil {
		return nil, err
	}
	q := m.newQuoter(s, o.masks())
	open, err := m.urgent(ctx, q)
	if err != nil {
		return nil, err
	}
	h, err := m.headline(ctx, q, open)
	if err != nil {
		return nil, err
	}
	b := &Brief{Week: m.last, Language: m.in.tag, Title: m.in.say("%s, week of %s", m.practice.Name, m.in.span(m.last)), Lines: []string{sentenceOf(h.Changed)}, By: h.Speaker, Page: page}
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
	return strings.Join(strings.Fields(b.String()), " ")
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

// holeSentences say which sources were not read whole, and since when.
func (m *material) holeSentences() []string {
	var out []string
	for _, h := range m.health {
		if sound(h) {
			continue
		}
		says := m.in.say("%s could not be read", m.in.source(h.Source))
		if h.State == collector.Incomplete {
			says = m.in.say("%s could not be read whole", m.in.source(h.Source))
		}
		if why, _ := m.in.told(strings.TrimSuffix(h.Why, ".")); why != "" {
			says += ": " + why
		}
		last := m.in.say("It was never read whole.")
		if !h.LastComplete.IsZero() {
			last = m.in.say("It was last read whole on %s.", m.in.day(h.LastComplete.In(m.practice.Zone)))
		}
		out = append(out, says+". "+last+" "+m.in.say("No verdict is drawn from the hole."))
	}
	return out
}

// A Standing is one practice of a portfolio in a line.
type Standing struct {
	Practice collector.Practice
	Week     time.Time // Monday of the last whole week that was judged, zero when none was
	Word     string    // what changed, or that nothing did
	Slips    bool
	Holes    int // sources that were not read whole
	need     need
}

// Standings say how practices stand, in the groups and the order of the index and in its language.
func Standings(ctx context.Context, s Store, practices []collector.Practice, o Options) ([]Standing, error) {
	in := o.language("")
	o.Language = func(string) string { return in.tag }
	all, err := loadBriefs(ctx, s, practices, o)
	if err != nil {
		return nil, fmt.Errorf("portfolio: %w", err)
	}
	out := make([]Standing, len(all))
	for i, m := range all {
		l := m.line(in)
		out[i] = Standing{Practice: m.practice, Word: m.changesInWords(), Slips: len(l.Worse) > 0, Holes: len(l.Holes), need: l.Need}
		if out[i].Word == "" {
			out[i].Word = l.Word()
		}
		if len(m.verdicts) > 0 {
			out[i].Week = m.last
		}
	}
	slices.SortStableFunc(out, func(a, b Standing) int { return int(a.need) - int(b.need) })
	return out, nil
}

// changesInWords names what changed, what is worse first: "worse: everything together (survey) and Eye exam
// (reviews); better: Reception (survey)". It is empty where nothing did.
func (m *material) changesInWords() string {
	var said []string
	for _, word := range []analysis.Word{analysis.Worse, analysis.Better} {
		var names []string
		for _, v := range m.changes() {
			if v.Word != word {
				continue
			}
			name := m.name(v.Touchpoint)
			if v.Touchpoint == analysis.PracticeWide {
				name = m.in.say("everything together")
			}
			names = append(names, name+" ("+strings.ToLower(m.in.channel(v.Channel))+")")
		}
		if len(names) > 0 {
			said = append(said, m.in.word(word)+": "+m.in.list(names))
		}
	}
	return strings.Join(said, "; ")
}
