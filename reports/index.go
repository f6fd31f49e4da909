package reports

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// A need is the group a practice stands in on the index: what it wants of its reader.
type need int

// The groups, in the order they are shown.
const (
	needsLook need = iota
	needsData
	improved
	quiet
	tooEarly
)

// A line is one practice on the index. There is no rank among the lines of a group: they stand by name.
type line struct {
	ID, Name string
	Need     need
	Failed   bool // its page could not be made this time
	Judged   bool // enough people spoke somewhere for a verdict
	Worse    []string
	Better   []string
	Holes    []sourceHealth
	People   []string // by channel, in words
	Spark    *spark
	last     time.Time
	in       *language
}

// Word says what the group says, for a line.
func (l line) Word() string {
	switch {
	case l.Failed:
		return l.in.say("its page could not be made this time: what it shows is older")
	case len(l.Worse)+len(l.Better) > 0:
		return ""
	case l.Judged:
		return l.in.say("no reliable change")
	}
	return l.in.say(string(analysis.NotEnough))
}

// A group is the lines of one need.
type group struct {
	Title, Class string
	Lines        []line
}

// An index is the page of all practices.
type index struct {
	Weeks   string
	Made    string
	Version string
	Count   int
	Groups  []group
}

// Index writes the page of all practices. Its links lead to PRACTICE/index.html beside it, where
// Build puts the weekly pages.
func Index(ctx context.Context, w io.Writer, s Store, practices []collector.Practice, o Options) error {
	all, err := loadBriefs(ctx, s, practices, o)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	lines := make([]line, len(all))
	for i, m := range all {
		lines[i] = m.line(o.language(""))
	}
	return writeIndex(w, lines, o)
}

// line says a practice in one line of the index, in its language.
func (m *material) line(in *language) line {
	l := line{ID: m.practice.ID, Name: m.practice.Name, Holes: holes(m.sources(in)), Spark: m.spark(in), last: m.last, Need: tooEarly, in: in}
	for _, v := range m.changes() {
		name := in.say(m.known[v.Touchpoint])
		if v.Touchpoint == analysis.PracticeWide {
			name = in.say(everything(v.Word))
		}
		name += " (" + strings.ToLower(in.channel(v.Channel)) + ")"
		if v.Word == analysis.Worse {
			l.Worse = append(l.Worse, name)
		} else {
			l.Better = append(l.Better, name)
		}
	}
	l.Judged = m.judged()
	switch {
	case len(l.Worse) > 0:
		l.Need = needsLook
	case len(l.Holes) > 0:
		l.Need = needsData
	case len(l.Better) > 0:
		l.Need = improved
	case l.Judged:
		l.Need = quiet
	}
	for _, c := range m.heard() {
		n := m.verdicts[place{c, analysis.PracticeWide}].People
		if n > 0 {
			said := in.count(n)
			if m.small(n) {
				said = in.hiding(said, n)
			}
			l.People = append(l.People, strings.ToLower(in.channel(c))+" "+said)
		}
	}
	return l
}

// writeIndex writes the page of these lines.
func writeIndex(w io.Writer, lines []line, o Options) error {
	in := o.language("")
	page := index{Version: o.Version, Made: in.day(o.Now.UTC()), Count: len(lines)}
	groups := []group{
		{Title: in.say("Needs a look: something slipped"), Class: "worse"},
		{Title: in.say("Data is missing"), Class: "hole"},
		{Title: in.say("Something improved"), Class: "better"},
		{Title: in.say("No reliable change"), Class: "steady"},
		{Title: in.say("Not enough feedback yet"), Class: "notyet"},
	}
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	var last time.Time
	for _, l := range lines {
		g := &groups[l.Need]
		g.Lines = append(g.Lines, l)
		if l.last.After(last) {
			last = l.last
		}
	}
	if !last.IsZero() {
		page.Weeks = in.span(last)
	}
	page.Groups = slices.DeleteFunc(groups, func(g group) bool { return len(g.Lines) == 0 })
	return indexPages()[in.tag].Execute(w, page)
}
