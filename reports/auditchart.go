package reports

import (
	"fmt"
	"slices"
	"time"

	"percept/analysis"
)

// A limitChart is a run chart of stretches with the natural limits of their means, those before a change where there
// was one.
type limitChart struct {
	*runChart
	Stretches []stretch
	Lo, Hi    string // height of the limits; empty where there are none, or they are the whole scale
	YearX     string // where the year begins, empty where the chart does
	Says      string // what the limits are, empty where there are none
	Limits    Figure
	lo, hi    float64
}

// fewestLimited is how many points limits need to be drawn at all.
const fewestLimited = 8

// newLimitChart draws the points of a place over a time of which the year is the last part; nil where too few spoke.
// Of answers no point lets one that differs from all others be told.
func newLimitChart(name string, points []analysis.Point, v analysis.Verdict, t timeline, year time.Time, answers bool) *limitChart {
	var change time.Time
	if (v.Word == analysis.Worse || v.Word == analysis.Better) && v.Since.After(year) {
		change = v.Since
	}
	all := stretches(points, year, change, answers)
	if len(all) < 2 {
		return nil // one point is the mean, which the card has
	}
	shown := slices.DeleteFunc(slices.Clone(points), func(p analysis.Point) bool { return p.Week.Before(all[0].from) })
	c := &limitChart{runChart: newRunChartOver(english, name, shown, v, t), Stretches: all}
	if year.After(t.begin) {
		c.YearX = t.x(year)
	}
	c.gather(all, t)
	c.Label = fmt.Sprintf("%s, mean score over %s, in %s", name, plural(t.weeks, "week", "weeks"), plural(len(all), "point", "points"))
	if v.Word != "" {
		c.Label += ", verdict " + english.word(v.Word)
	}
	if !change.IsZero() {
		c.Label += ", " + since(v)
	}
	c.Label += ". The numbers are in the table below."
	c.limit(change)
	return c
}

// limit sets the natural limits, of what was before a change where there was one.
func (c *limitChart) limit(change time.Time) {
	var means []float64
	for _, s := range c.Stretches {
		if change.IsZero() || s.from.Before(change) {
			means = append(means, s.mean)
		}
	}
	x, ok := analysis.NewXmR(means)
	if !ok || len(means) < fewestLimited {
		return
	}
	c.lo, c.hi = max(-1, x.Lo), min(1, x.Hi)
	c.Says = fmt.Sprintf("%s to %s, from %s", signed(c.lo), signed(c.hi), plural(x.N, "point", "points"))
	if c.lo == -1 && c.hi == 1 {
		c.Says = fmt.Sprintf("the whole scale, from %s: no single one can stand out", plural(x.N, "point", "points"))
	} else {
		c.Lo, c.Hi = runY(c.lo), runY(c.hi)
	}
	if !change.IsZero() {
		c.Says += " before the change"
	}
	if x.Trial {
		c.Says += "; provisional: under 12 points"
	}
}
