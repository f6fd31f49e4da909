package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

const (
	rareEvents     = 8    // bad mentions that limits need
	trialIntervals = 12   // intervals below which limits are on trial
	latestGaps     = 4    // gaps at the end that are looked at together, and two, four and eight times as many
	closeChance    = .002 // chance of any of these below which they are told to be closer together than before
	movingRange    = 2.66 // sigmas of an individuals chart in mean moving ranges: 3/1.128
	toWeibull      = 3.6  // root that makes exponential times nearly normal (Nelson 1994)
	sameDay        = .5   // days between two on one day
)

// A Rare is the view of a touchpoint of which something bad is seldom said: how much lies between two
// bad mentions. It is a chart to look at and no verdict: verdicts have one budget of false alarms.
type Rare struct {
	Touchpoint string    `json:"touchpoint"`
	Events     int       `json:"events"`   // persons who said something bad of it
	Feedback   int       `json:"feedback"` // of so many
	Latest     time.Time `json:"latest"`   // day of the last one
	// Between counts feedback from one bad mention to the next, Days the days.
	Between *RareChart `json:"between,omitempty"`
	Days    *RareChart `json:"days,omitempty"`
	// Closer is the chance, were nothing changed, that the last Closest bad mentions come as close after one
	// another as they did, up to now.
	Closer  float64    `json:"chance_so_close,omitempty"`
	Closest int        `json:"closest,omitempty"`
	Signal  RareSignal `json:"signal,omitempty"`
	Why     string     `json:"why,omitempty"`
}

// A RareChart has the intervals between events and their limits, which rest on all but the last.
type RareChart struct {
	Intervals []float64 `json:"intervals"`
	Open      float64   `json:"open"` // since the last event
	Center    float64   `json:"center"`
	Lower     float64   `json:"lower"`
	Upper     float64   `json:"upper"`
	Outside   bool      `json:"outside"` // the last interval, or the open one where it is over the upper limit already
}

// A RareSignal says what a rare-event view shows; empty when it shows nothing.
type RareSignal string

// The signals.
const (
	CloserTogether RareSignal = "bad mentions come closer together"
	FartherApart   RareSignal = "bad mentions come farther apart"
)

// RareEvents are the views of all touchpoints of one channel's stories, which are in the order of time,
// up to the day now. Stories whose date names no week are left out. A touchpoint is rare when there is
// under one bad mention a week on average.
func RareEvents(stories []Story, now time.Time) []Rare {
	type event struct {
		at  int // feedback before it
		day time.Time
	}
	events := map[string][]event{}
	var first time.Time
	n := 0
	for _, s := range stories {
		if !s.Week {
			continue
		}
		if n == 0 {
			first = s.Day
		}
		for id, score := range s.scores(false) {
			if score < 0 {
				events[id] = append(events[id], event{n, s.Day})
			}
		}
		n++
	}
	var all []Rare
	for id, list := range events {
		last := list[len(list)-1]
		r := Rare{Touchpoint: id, Events: len(list), Feedback: n, Latest: last.day}
		weeks := now.Sub(first).Hours() / (24 * 7)
		switch {
		case float64(len(list)) > max(weeks, 1):
			continue // the weekly test has enough of it
		case len(list) < rareEvents:
			r.Why = fmt.Sprintf("%d of the %d bad mentions that limits need", len(list), rareEvents)
		default:
			var between, days []float64
			for i, e := range list[1:] {
				between = append(between, float64(e.at-list[i].at-1))
				days = append(days, e.day.Sub(list[i].day).Hours()/24)
			}
			g := gChart(between, float64(n-1-last.at))
			d := tChart(days, now.Sub(last.day).Hours()/24)
			r.Between, r.Days = &g, &d
			gaps := append([]float64{float64(list[0].at)}, between...)
			r.Closer, r.Closest = closest(append(gaps, g.Open))
			r.signal()
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Rare) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Touchpoint, b.Touchpoint))
	})
	return all
}

// signal says what the charts show. That more or fewer people speak, or that a source failed, moves the
// days between two bad mentions and not the feedback between them: no signal rests on the days alone.
func (r *Rare) signal() {
	long := func(c *RareChart) bool { return c.Outside && max(c.Open, c.last()) > c.Upper }
	switch {
	case r.Closer < closeChance:
		r.Signal = CloserTogether
	case long(r.Between) && long(r.Days):
		r.Signal = FartherApart
	}
	if n := len(r.Between.Intervals); n < trialIntervals {
		r.Why = fmt.Sprintf("provisional limits: %d of the %d intervals that make them firm", n, trialIntervals)
	}
}

// gChart has the limits for counts of feedback between events (Benneyan 2001, Health Care Management
// Science 4:305): mean ± 3 √(mean (mean + 1)). The lower one is 0: one interval alone is never too short.
func gChart(intervals []float64, open float64) RareChart {
	var m moments
	for _, x := range intervals[:len(intervals)-1] {
		m.add(x, 1)
	}
	g := m.mean()
	sigma := math.Sqrt(g * (g + 1))
	c := RareChart{Intervals: intervals, Open: open, Center: g, Lower: max(0, g-3*sigma), Upper: g + 3*sigma}
	c.look()
	return c
}

// tChart has the limits for times between events: the times to the power 1/3.6 are nearly normal, and
// their individuals chart is taken back (Nelson 1994; Montgomery, Introduction to Statistical Quality
// Control, 7.3.5). Two events on one day are half a day apart.
func tChart(intervals []float64, open float64) RareChart {
	var m, ranges moments
	last := math.NaN()
	for _, x := range intervals[:len(intervals)-1] {
		y := math.Pow(max(x, sameDay), 1/toWeibull)
		m.add(y, 1)
		if !math.IsNaN(last) {
			ranges.add(math.Abs(y-last), 1)
		}
		last = y
	}
	back := func(y float64) float64 { return math.Pow(max(y, 0), toWeibull) }
	half := movingRange * ranges.mean()
	c := RareChart{Intervals: intervals, Open: open, Center: back(m.mean()), Lower: back(m.mean() - half), Upper: back(m.mean() + half)}
	c.look()
	return c
}

func (c *RareChart) look() {
	const rounding = 1 + 1e-9 // limits of equal intervals are those intervals, there and back through powers
	c.Outside = c.last() > c.Upper*rounding || c.last()*rounding < c.Lower || c.Open > c.Upper*rounding
}

func (c *RareChart) last() float64 { return c.Intervals[len(c.Intervals)-1] }

// closest looks at the last 4, 8, 16 and 32 gaps, the one since the last event among them, as far as four
// are left before them; the feedback before the first event is the first gap. It returns the smallest
// chance, and how many gaps it is of.
func closest(gaps []float64) (chance float64, latest int) {
	chance = 1
	for r := latestGaps; r <= 8*latestGaps && r <= len(gaps)-latestGaps; r *= 2 {
		if p := closer(gaps, r); p < chance {
			chance, latest = p, r
		}
	}
	return chance, latest
}

// closer returns the chance that the last r gaps are together as short as they are, were every order of
// events and others as likely: given how many there are of both, the gaps may change places, so that
// nothing is estimated.
func closer(gaps []float64, r int) float64 {
	m := len(gaps) - r
	before, late := 0.0, 0.0
	for i, x := range gaps {
		if i < m {
			before += x
		} else {
			late += x
		}
	}
	// Of so many ways to part total others into m+r gaps, those whose last r hold s.
	total := before + late
	ways := func(others float64, parts int) float64 {
		return logChoose(others+float64(parts)-1, float64(parts)-1)
	}
	all := ways(total, m+r)
	p := 0.0
	for s := 0.0; s <= late; s++ {
		p += math.Exp(ways(s, r) + ways(total-s, m) - all)
	}
	return min(p, 1)
}

func logChoose(n, k float64) float64 {
	a, _ := math.Lgamma(n + 1)
	b, _ := math.Lgamma(k + 1)
	c, _ := math.Lgamma(n - k + 1)
	return a - b - c
}
