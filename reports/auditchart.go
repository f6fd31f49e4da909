package reports

import (
	"fmt"

	"percept/analysis"
)

// A limitChart is a run chart with the natural limits of its weekly means, those before a change where
// there was one.
type limitChart struct {
	*runChart
	Lo, Hi string // their height; empty where there are none
	Says   string
	Limits Figure
	lo, hi float64
}

func newLimitChart(name string, points []analysis.Point, v analysis.Verdict, t timeline) *limitChart {
	run := newRunChartOver(english, name, points, v, t)
	if run == nil {
		return nil
	}
	c := &limitChart{runChart: run}
	var means []float64
	for _, p := range points {
		if run.Change == nil || p.Week.Before(v.Since) {
			means = append(means, p.Mean)
		}
	}
	x, ok := analysis.NewXmR(means)
	if !ok {
		return c
	}
	c.lo, c.hi = max(-1, x.Lo), min(1, x.Hi)
	c.Lo, c.Hi = runY(c.lo), runY(c.hi)
	c.Says = fmt.Sprintf("%s to %s, from %s", signed(c.lo), signed(c.hi), plural(x.N, "week", "weeks"))
	if c.lo == -1 && c.hi == 1 {
		c.Says = fmt.Sprintf("the whole scale, from %s: no single week can stand out", plural(x.N, "week", "weeks"))
	}
	if run.Change != nil {
		c.Says += " before the change"
	}
	if x.Trial {
		c.Says += "; trial limits: under 12 weeks"
	}
	return c
}
