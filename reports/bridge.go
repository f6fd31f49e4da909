package reports

import (
	"fmt"
	"strconv"
	"strings"

	"percept/analysis"
)

// A bridge shows what moved the mean of the public stars over the quarter.
type bridge struct {
	From, To   string // the means
	NFrom, NTo part
	Change     string
	Parts      []bridgePart
	Label      string
	Bars       []bridgeBar
	Lo, Hi     string // what the ends of the axis are
}

// A bridgePart is a row of the table.
type bridgePart struct {
	Name  string
	N     part
	Value string
}

// A bridgeBar is a bar of the chart in the units of its viewBox.
type bridgeBar struct {
	X, Width, Y, TextY string
	Name, Value        string
	End                bool // one of the two means
}

// The canvas of a bridge.
const (
	bridgeLeft, bridgeRight = 128, 300
	bridgeRow               = 18
	leastMove               = .005 // below it the mean has not moved as it is written
)

// bridge returns what moved the mean, nil where nothing did or there was no rating at one end.
func (m *material) bridge() *bridge {
	b, ok := analysis.BridgeRatings(m.pairs)
	if !ok || b.NFrom < enough || b.NTo < enough || b.Change() < leastMove && b.Change() > -leastMove {
		return nil
	}
	out := &bridge{
		From: fmt.Sprintf("%.2f", b.From), To: fmt.Sprintf("%.2f", b.To),
		NFrom:  m.paired(b.NFrom, plural(b.NFrom, "review", "reviews"), "Public stars 13 weeks ago", func(p analysis.RatingPair) bool { return p.Before != nil }),
		NTo:    m.paired(b.NTo, strconv.Itoa(b.NTo), "Public stars now", func(p analysis.RatingPair) bool { return p.After != nil }),
		Change: thirds(b.Change()),
	}
	ns := []part{
		m.paired(b.New.N, strconv.Itoa(b.New.N), "Public stars: new reviews", func(p analysis.RatingPair) bool { return p.Before == nil }),
		m.paired(b.Removed.N, strconv.Itoa(b.Removed.N), "Public stars: removed reviews", func(p analysis.RatingPair) bool { return p.After == nil }),
		m.paired(b.Edited.N, strconv.Itoa(b.Edited.N), "Public stars: edited ratings", func(p analysis.RatingPair) bool { return p.Before != nil && p.After != nil && *p.Before != *p.After }),
		{},
	}
	for i, s := range bridgeSteps(b) {
		out.Parts = append(out.Parts, bridgePart{s.name, ns[i], thirds(s.value)})
	}
	out.draw(b, quarterAgo)
	return out
}

// A bridgeStep is a part of the change, in the order they are walked.
type bridgeStep struct {
	name  string
	n     int
	value float64
}

func bridgeSteps(b analysis.Bridge) []bridgeStep {
	return []bridgeStep{
		{"New reviews", b.New.N, b.New.Value}, {"Removed reviews", b.Removed.N, b.Removed.Value}, {"Edited ratings", b.Edited.N, b.Edited.Value}, {"Source mix", 0, b.Mix},
	}
}

// draw makes the bars, from the mean at the time named to the mean now.
func (out *bridge) draw(b analysis.Bridge, from string) {
	lo, hi := min(b.From, b.To), max(b.From, b.To)
	at := b.From
	for _, s := range bridgeSteps(b) {
		at += s.value
		lo, hi = min(lo, at), max(hi, at)
	}
	pad := max((hi-lo)*.25, .02)
	lo, hi = lo-pad, hi+pad
	x := func(v float64) float64 { return bridgeLeft + (bridgeRight-bridgeLeft)*(v-lo)/(hi-lo) }
	row := 0
	bar := func(name, value string, from, to float64, end bool) {
		a, z := x(min(from, to)), x(max(from, to))
		out.Bars = append(out.Bars, bridgeBar{
			X: coordinate(a), Width: coordinate(max(z-a, 1.5)), Y: fmt.Sprint(row*bridgeRow + 3), TextY: fmt.Sprint(row*bridgeRow + 13),
			Name: name, Value: value, End: end,
		})
		row++
	}
	out.Lo, out.Hi = fmt.Sprintf("%.2f", lo), fmt.Sprintf("%.2f", hi)
	bar(from, out.From, lo, b.From, true)
	at = b.From
	var said []string
	for _, s := range bridgeSteps(b) {
		said = append(said, strings.ToLower(s.name)+" "+thirds(s.value))
		bar(s.name, thirds(s.value), at, at+s.value, false)
		at += s.value
	}
	bar("Now", out.To, lo, b.To, true)
	out.Label = fmt.Sprintf("Mean of the public stars from %s to %s: %s. The numbers are in the table below.", out.From, out.To, strings.Join(said, ", "))
}

// paired is a number with the ratings that it counts.
func (m *material) paired(n int, text, what string, keep func(analysis.RatingPair) bool) part {
	var items [][]string
	for _, p := range m.pairs {
		if p.Feedback != "" && keep(p) {
			items = append(items, []string{p.Feedback})
		}
	}
	return m.proof.number(n, text, what, items)
}

const quarterAgo = "13 weeks ago"

// thirds writes a part of the change with three decimals, so that the parts are seen to add up.
func thirds(v float64) string {
	s := fmt.Sprintf("%+.3f", v)
	if s == "+0.000" || s == "-0.000" {
		return "0"
	}
	return strings.Replace(s, "-", "\u2212", 1)
}
