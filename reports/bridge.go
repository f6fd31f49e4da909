package reports

import (
	"fmt"
	"math"
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
	Lo, Hi     string // what the ends of the axis are, which begins at neither 0 nor 1
	Joints     string // path from each row to the next
}

// A bridgePart is a row of the table.
type bridgePart struct {
	Name  string
	N     part
	Value string
}

// A bridgeBar is a row of the chart in the units of its viewBox: a bar as long as a part of the change, or a dot where one
// of the two means stands. A bar up to a mean would have no length to go by: the axis is cut.
type bridgeBar struct {
	X, Width, Y, TextY string
	Name, Value        string
	Dot                string // height of the dot at X, empty of a bar
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
		From: m.in.number(b.From, 2), To: m.in.number(b.To, 2),
		NFrom:  m.paired(b.NFrom, m.in.plural(b.NFrom, "review", "reviews"), m.in.say("Public stars 13 weeks ago"), func(p analysis.RatingPair) bool { return p.Before != nil }),
		NTo:    m.paired(b.NTo, m.in.count(b.NTo), m.in.say("Public stars now"), func(p analysis.RatingPair) bool { return p.After != nil }),
		Change: m.in.thirds(b.Change()),
	}
	ns := []part{
		m.paired(b.New.N, m.in.count(b.New.N), m.in.say("Public stars: new reviews"), func(p analysis.RatingPair) bool { return p.Before == nil }),
		m.paired(b.Removed.N, m.in.count(b.Removed.N), m.in.say("Public stars: removed reviews"), func(p analysis.RatingPair) bool { return p.After == nil }),
		m.paired(b.Edited.N, m.in.count(b.Edited.N), m.in.say("Public stars: edited ratings"), func(p analysis.RatingPair) bool { return p.Before != nil && p.After != nil && *p.Before != *p.After }),
		{},
	}
	for i, s := range m.in.bridgeSteps(b) {
		out.Parts = append(out.Parts, bridgePart{s.name, ns[i], m.in.thirds(s.value)})
	}
	out.draw(m.in, b, m.in.say("%d weeks ago", quarter))
	return out
}

// A bridgeStep is a part of the change, in the order they are walked.
type bridgeStep struct {
	name  string
	n     int
	value float64
}

func (l *language) bridgeSteps(b analysis.Bridge) []bridgeStep {
	return []bridgeStep{
		{l.say("New reviews"), b.New.N, b.New.Value}, {l.say("Removed reviews"), b.Removed.N, b.Removed.Value},
		{l.say("Edited ratings"), b.Edited.N, b.Edited.Value}, {l.say("Source mix"), 0, b.Mix},
	}
}

// draw makes the bars, from the mean at the time named to the mean now.
func (out *bridge) draw(in *language, b analysis.Bridge, from string) {
	lo, hi := min(b.From, b.To), max(b.From, b.To)
	at := b.From
	for _, s := range in.bridgeSteps(b) {
		at += s.value
		lo, hi = min(lo, at), max(hi, at)
	}
	pad := max((hi-lo)*.25, .02)
	lo, hi = min(lo, max(1, math.Floor((lo-pad)*20)/20)), max(hi, min(5, math.Ceil((hi+pad)*20)/20))
	x := func(v float64) float64 { return bridgeLeft + (bridgeRight-bridgeLeft)*(v-lo)/(hi-lo) }
	row := func(name, value string) bridgeBar {
		y := len(out.Bars) * bridgeRow
		if y > 0 {
			out.Joints += fmt.Sprintf("M%s %dV%d", coordinate(x(at)), y-bridgeRow+9, y+9)
		}
		return bridgeBar{Y: fmt.Sprint(y + 3), TextY: fmt.Sprint(y + 13), Name: name, Value: value}
	}
	dot := func(name, value string) {
		r := row(name, value)
		r.X, r.Dot = coordinate(x(at)), fmt.Sprint(len(out.Bars)*bridgeRow+9)
		out.Bars = append(out.Bars, r)
	}
	out.Lo, out.Hi = in.number(lo, 2), in.number(hi, 2)
	at = b.From
	dot(from, out.From)
	var said []string
	for _, s := range in.bridgeSteps(b) {
		said = append(said, strings.ToLower(s.name)+" "+in.thirds(s.value))
		r := row(s.name, in.thirds(s.value))
		a, z := x(min(at, at+s.value)), x(max(at, at+s.value))
		r.X, r.Width = coordinate(a), coordinate(max(z-a, 1.5))
		out.Bars = append(out.Bars, r)
		at += s.value
	}
	dot(in.say("Now"), out.To)
	out.Label = in.say("Mean of the public stars from %s to %s: %s. The numbers are in the table below.", out.From, out.To, strings.Join(said, ", "))
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

// thirds writes a part of the change with three decimals, so that the parts are seen to add up.
func (l *language) thirds(v float64) string {
	s := fmt.Sprintf("%+.3f", v)
	if s == "+0.000" || s == "-0.000" {
		return "0"
	}
	return strings.NewReplacer("-", "\u2212", ".", l.decimal).Replace(s)
}
