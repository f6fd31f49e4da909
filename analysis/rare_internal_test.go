package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Montgomery, Introduction to Statistical Quality Control, time between failures of a valve (example 7.6
// of the sixth edition): hours, and as the table there has them to the power 0.2777.
func TestTChartOfMontgomerysValve(t *testing.T) {
	hours := []float64{286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96}
	table := []float64{
		4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705, 1.46958, 3.96768, 5.39007, 1.78151,
		9.09619, 5.89774, 3.38833, 4.51095, 5.91690, 5.59189, 7.16124, 7.18601, 9.09083, 3.55203,
	}
	mean, ranges := 0.0, 0.0
	for i, y := range table {
		if got := math.Pow(hours[i], 1/toWeibull); math.Abs(got-y) > .006 { // the table rounds 1/3.6 to .2777
			t.Errorf("%g hours are %.5f, want %.5f", hours[i], got, y)
		}
		mean += y / 20
		if i > 0 {
			ranges += math.Abs(y-table[i-1]) / 19
		}
	}
	// The limits rest on all but the last interval: the valve's twenty are those before a last one.
	c := tChart(append(hours, 500), 0)
	upper := math.Pow(mean+2.66*ranges, 3.6)
	if math.Abs(c.Center/math.Pow(mean, 3.6)-1) > .005 || math.Abs(c.Upper/upper-1) > .005 || c.Lower != 0 || c.Outside {
		t.Errorf("center %.1f, limits %.1f to %.1f, outside %v; want %.1f, 0 to %.1f, within", c.Center, c.Lower, c.Upper, c.Outside, math.Pow(mean, 3.6), upper)
	}
	if c = tChart(append(hours, 1.1*upper), 0); !c.Outside {
		t.Errorf("%.0f hours are within %.0f", 1.1*upper, c.Upper)
	}
	if c = tChart(append(hours, 500), 1.1*upper); !c.Outside {
		t.Errorf("%.0f hours since the last failure are within %.0f", 1.1*upper, c.Upper)
	}
}

// Benneyan 2001: centre ḡ, limit ḡ + 3 √(ḡ(ḡ+1)). By hand: intervals of 12, 30, 18 have ḡ = 20, σ = √420 =
// 20.4939, upper limit 81.4818; the lower one would be under 0.
func TestGChart(t *testing.T) {
	c := gChart([]float64{12, 30, 18, 81}, 0)
	if c.Center != 20 || math.Abs(c.Upper-81.4818) > 1e-4 || c.Lower != 0 || c.Outside {
		t.Errorf("g chart = %+v, want 20, 0 to 81.4818, within", c)
	}
	if c = gChart([]float64{12, 30, 18, 82}, 0); !c.Outside {
		t.Error("82 is within 81.48")
	}
	if c = gChart([]float64{12, 30, 18, 40}, 82); !c.Outside {
		t.Error("82 since the last is within 81.48")
	}
}

func TestEqualIntervalsAreWithin(t *testing.T) {
	for _, x := range []float64{.5, 1, 7, 13, 91} {
		if c := tChart([]float64{x, x, x, x, x, x, x, x}, x); c.Outside {
			t.Errorf("every %v days is outside: %+v", x, c)
		}
	}
}

// Of all the ways to part five others into six gaps, counted one by one, those whose last four hold two or fewer.
func TestCloserCountsWays(t *testing.T) {
	intervals := []float64{2, 1, 0, 1, 0, 1} // two before, four late with 2 of 5 others in all
	const total, parts = 5, 6
	hits, all := 0, 0
	var part func(at, left, late int)
	part = func(at, left, late int) {
		if at == parts-1 {
			all++
			if late+left <= 2 {
				hits++
			}
			return
		}
		for x := range left + 1 {
			l := late
			if at >= parts-latestGaps {
				l += x
			}
			part(at+1, left-x, l)
		}
	}
	part(0, total, 0)
	if got, want := closer(intervals, latestGaps), float64(hits)/float64(all); math.Abs(got-want) > 1e-9 {
		t.Errorf("chance = %.6f, want %d of %d", got, hits, all)
	}
}

// Were nothing changed, the last are told to be close no more often than said; of a rate that became
// four times as high, much more often.
func TestCloserHoldsItsChance(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	told := func(late float64, shift int) float64 {
		hits := 0
		const runs = 4000
		for range runs {
			var intervals []float64
			for i := range 20 {
				p := .05
				if i >= 16-shift {
					p *= late
				}
				intervals = append(intervals, math.Floor(math.Log(rng.Float64())/math.Log(1-p)))
			}
			if p, _ := closest(intervals); p < closeChance {
				hits++
			}
		}
		return float64(hits) / runs
	}
	if p := told(1, 0); p > 3*closeChance { // three sizes are looked at
		t.Errorf("told in %.4f of the runs in which nothing changed", p)
	}
	if p := told(4, 0); p < .08 {
		t.Errorf("four times the rate in the last four is told in %.3f of the runs", p)
	}
	if p := told(4, 4); p < .35 {
		t.Errorf("four times the rate in the last eight is told in %.3f of the runs", p)
	}
}

// A doubled rate is seen sooner than by a weekly share, though told falsely no more often: six feedbacks a
// week, one in twenty bad for a year and one in ten after it; the share is told at three bad of the six.
func TestDoublingIsSeenSoonerThanByAWeeklyShare(t *testing.T) {
	const runs, weeks, begin, aWeek = 250, 156, 52, 6
	rng := rand.New(rand.NewPCG(8, 8))
	// first is the week from begin on in which either rule speaks first, weeks where it never does.
	first := func(late float64) (gaps, share int) {
		gaps, share = weeks, weeks
		list, since := []float64{}, 0.0
		for w := range weeks {
			p, bad := .05, 0
			if w >= begin {
				p = late
			}
			for range aWeek {
				if rng.Float64() < p {
					list, since = append(list, since), 0
					bad++
				} else {
					since++
				}
			}
			if w < begin {
				continue
			}
			if bad > 0 && len(list) >= rareEvents && gaps == weeks { // without a bad one it is not closer
				if c, _ := closest(append(list[:len(list):len(list)], since)); c < closeChance {
					gaps = w
				}
			}
			if bad >= 3 && share == weeks {
				share = w
			}
		}
		return gaps, share
	}
	count := func(late float64, within int) (gaps, share float64) {
		for range runs {
			g, s := first(late)
			if g < begin+within {
				gaps += 1. / runs
			}
			if s < begin+within {
				share += 1. / runs
			}
		}
		return gaps, share
	}
	if gaps, share := count(.05, weeks-begin); gaps > share {
		t.Errorf("told falsely in %.3f of the runs, by the weekly share in %.3f", gaps, share)
	} else {
		t.Logf("false in two years: %.3f, weekly share %.3f", gaps, share)
	}
	for _, within := range []int{26, 52} {
		gaps, share := count(.10, within)
		t.Logf("doubled, within %d weeks: %.3f, weekly share %.3f", within, gaps, share)
		if gaps <= share {
			t.Errorf("a doubled rate is seen within %d weeks in %.3f of the runs, by the weekly share in %.3f", within, gaps, share)
		}
	}
}
