package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
)

// The canvas of a run chart, in the units of its viewBox.
const (
	runWidth, runHeight = 340, 112
	runLeft, runRight   = 24, 334
	runTop, runBottom   = 8, 92
)

// A timeline is the weeks that a run chart shows, from a Monday.
type timeline struct {
	begin time.Time
	weeks int
}

// A runChart is the weekly mean of a place over a year, or more in an audit: a dot for each week somebody spoke, bigger
// and darker the more did, a line between weeks that follow each other, none over a gap.
type runChart struct {
	Label   string // what the chart says, for who cannot see it
	Line    string // path through weeks that follow each other
	Dots    []runDots
	Centres []runCentre
	Change  *runChange
	Months  []runMonth
	Weeks   []runWeek // the numbers behind it
	Shared  bool      // its axes are those of the page
}

// runDots are the dots of one size: a path of points drawn with round caps.
type runDots struct{ Class, Path string }

// A runCentre is the mean of the persons over a stretch of weeks.
type runCentre struct{ X1, X2, Y string }

// A runChange marks the week a change began, and the range it may have begun in.
type runChange struct{ X, BandX, BandWidth string }

type runMonth struct{ X, Name string }

// A runWeek is a week, or some that are one dot.
type runWeek struct {
	Monday time.Time
	Last   time.Time // Monday of the last week
	People int
	N      part // People, with what it counts
	Mean   float64
}

// end is the Monday after it.
func (w runWeek) end() time.Time { return w.Last.Add(week) }

// Several reports whether it is more than one week.
func (w runWeek) Several() bool { return w.Last.After(w.Monday) }

// newRunChart draws the year of one place; v is its verdict.
func newRunChart(in *language, name string, points []analysis.Point, v analysis.Verdict, begin time.Time) *runChart {
	c := newRunChartOver(in, name, points, v, timeline{begin, year})
	if c != nil {
		c.Shared = true
	}
	return c
}

// newRunChartOver draws the points of one place over a time.
func newRunChartOver(in *language, name string, points []analysis.Point, v analysis.Verdict, t timeline) *runChart {
	if len(points) == 0 {
		return nil
	}
	c := &runChart{Months: t.months(in)}
	var line strings.Builder
	paths := map[string]*strings.Builder{}
	for _, class := range dotClasses {
		paths[class] = &strings.Builder{}
	}
	for i, p := range points {
		x, y := t.x(p.Week), runY(p.Mean)
		if i == 0 || p.Week.Sub(points[i-1].Week) > week {
			fmt.Fprintf(&line, "M%s %s", x, y)
		} else {
			fmt.Fprintf(&line, "L%s %s", x, y)
		}
		fmt.Fprintf(paths[dotClass(p.People)], "M%s %sh0", x, y)
		c.Weeks = append(c.Weeks, runWeek{Monday: p.Week, Last: p.Week, People: p.People, Mean: p.Mean})
	}
	c.Line = line.String()
	for _, class := range dotClasses {
		if paths[class].Len() > 0 {
			c.Dots = append(c.Dots, runDots{class, paths[class].String()})
		}
	}
	c.centre(points, v, t)
	c.Label = t.label(in, name, points, v)
	return c
}

// gather draws a dot for each stretch, and one line through all, in place of the weeks.
func (c *runChart) gather(all []stretch, t timeline) {
	var line strings.Builder
	paths := map[string]*strings.Builder{}
	c.Dots, c.Weeks = nil, nil
	for i, s := range all {
		c.Weeks = append(c.Weeks, runWeek{Monday: s.from, Last: s.to, People: s.people, Mean: s.mean})
		x, y, letter := t.x(s.middle()), runY(s.mean), "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&line, "%s%s %s", letter, x, y)
		class := dotClass(s.people / 2) // of five and more
		if paths[class] == nil {
			paths[class] = &strings.Builder{}
		}
		fmt.Fprintf(paths[class], "M%s %sh0", x, y)
	}
	c.Line = line.String()
	for _, class := range dotClasses {
		if paths[class] != nil {
			c.Dots = append(c.Dots, runDots{class, paths[class].String()})
		}
	}
}

// centre draws the mean of the persons: one line, or one before and one since a change.
func (c *runChart) centre(points []analysis.Point, v analysis.Verdict, t timeline) {
	end := t.begin.Add(time.Duration(t.weeks-1) * week)
	changed := (v.Word == analysis.Worse || v.Word == analysis.Better) && v.Since.After(t.begin)
	if !changed {
		c.addCentre(points, t.begin, end, t)
		return
	}
	i := 0
	for i < len(points) && points[i].Week.Before(v.Since) {
		i++
	}
	c.addCentre(points[:i], t.begin, v.Since.Add(-week), t)
	c.addCentre(points[i:], v.Since, end, t)
	c.Change = &runChange{X: t.x(v.Since)}
	if v.SinceLo.Before(v.SinceHi) {
		lo, hi := t.place(v.SinceLo), t.place(v.SinceHi)
		c.Change.BandX, c.Change.BandWidth = coordinate(lo), coordinate(hi-lo)
	}
}

func (c *runChart) addCentre(points []analysis.Point, from, to time.Time, t timeline) {
	var people int
	var sum float64
	for _, p := range points {
		people += p.People
		sum += float64(p.People) * p.Mean
	}
	if people > 0 {
		c.Centres = append(c.Centres, runCentre{t.x(from), t.x(to), runY(sum / float64(people))})
	}
}

// dotClasses are the sizes of dots; the style sheet says how big each is.
var dotClasses = []string{"d1", "d2", "d3", "d4"}

func dotClass(people int) string {
	switch {
	case people >= 10:
		return "d4"
	case people >= 4:
		return "d3"
	case people >= 2:
		return "d2"
	}
	return "d1"
}

// place is where a week stands; weeks before the chart stand at its edge.
func (t timeline) place(monday time.Time) float64 {
	last := float64(t.weeks - 1)
	i := max(0, min(last, float64(monday.Sub(t.begin))/float64(week)))
	return runLeft + (runRight-runLeft)*i/last
}

func (t timeline) x(monday time.Time) string { return coordinate(t.place(monday)) }

func runY(mean float64) string {
	return coordinate(runTop + (runBottom-runTop)*(1-max(-1, min(1, mean)))/2)
}

func coordinate(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// months are the labels of the time axis: every second month of a year, every fourth of more, at its first day.
func (t timeline) months(in *language) []runMonth {
	var out []runMonth
	step := 2
	if t.weeks > year+quarter {
		step = 4
	}
	end := t.begin.Add(time.Duration(t.weeks-3-t.weeks/50) * week) // a later label would not fit
	for day := time.Date(t.begin.Year(), t.begin.Month()+1, 1, 0, 0, 0, 0, time.UTC); day.Before(end); day = day.AddDate(0, step, 0) {
		name := in.date(day, "Jan")
		if int(day.Month()) <= step {
			name = in.date(day, "Jan ’06")
		}
		out = append(out, runMonth{coordinate(t.place(day)), name})
	}
	return out
}

func (t timeline) label(in *language, name string, points []analysis.Point, v analysis.Verdict) string {
	n := 0
	for _, p := range points {
		n += p.People
	}
	s := in.say("%s, weekly mean score over a year: %s in %s", name, in.people(n), in.plural(len(points), "week", "weeks"))
	if t.weeks != year {
		s = in.say("%s, weekly mean score over %s: %s in %s", name, in.plural(t.weeks, "week", "weeks"), in.people(n), in.plural(len(points), "week", "weeks"))
	}
	return s + in.judged(v)
}

// judged ends what a chart says with its verdict.
func (l *language) judged(v analysis.Verdict) (s string) {
	if v.Word != "" {
		s += l.say(", verdict %s", l.word(v.Word))
	}
	if (v.Word == analysis.Worse || v.Word == analysis.Better) && !v.Since.IsZero() {
		s += ", " + l.since(v)
	}
	return s + l.say(". The numbers are in the table below.")
}
