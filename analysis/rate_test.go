package analysis

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// TestStablePracticesStayQuietAtTheStatedRate watches 50 practices in which nothing changes for a year.
// At alpha false drops a year, a practice shows one with probability 1 - e^-alpha at most; more of them
// than such a binomial gives in one of a thousand tries breaks the promise. An alpha of 4 has to show
// some: a detector that sees nothing is quiet too.
func TestStablePracticesStayQuietAtTheStatedRate(t *testing.T) {
	const practices, young, weeks = 50, youngWeeks, youngWeeks + 52
	for _, c := range []struct {
		name    string
		perWeek float64
		alone   bool
		alpha   float64
		least   int
	}{
		{"together", 8, false, .5, 0},
		{"together, few voices", 3, false, .5, 0},
		{"together, many voices", 30, false, .5, 0},
		{"each alone", 8, true, .5, 0},
		{"a strict budget", 8, false, .1, 0},
		{"a loose budget", 8, false, 4, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			obs := simulation{seed: 7, practices: practices, weeks: weeks, perWeek: c.perWeek}.run()
			groups := [][]Observation{obs}
			if c.alone {
				groups = nil
				for len(obs) > 0 {
					end := slices.IndexFunc(obs, func(o Observation) bool { return o.Practice != obs[0].Practice })
					if end < 0 {
						end = len(obs)
					}
					groups = append(groups, obs[:end])
					obs = obs[end:]
				}
			}
			told := map[string]map[string]bool{Drop: {}, Rise: {}}
			for _, g := range groups {
				for _, a := range kinds(detect(t, g, DetectOptions{Alpha: c.alpha}).Alarms, young, Drop, Rise) {
					told[a.Kind][a.Practice] = true
				}
			}
			stated := distuv.Binomial{N: practices, P: 1 - math.Exp(-c.alpha)}
			for kind, loud := range told {
				n := len(loud)
				t.Logf("%d of %d practices show a false %s; the stated rate gives %.1f", n, practices, kind, stated.Mean())
				if n > 0 && stated.Survival(float64(n-1)) < 1e-3 {
					t.Errorf("%d of %d practices show a false %s, the stated rate gives %.1f", n, practices, kind, stated.Mean())
				}
			}
			if n := len(told[Drop]); n < c.least {
				t.Errorf("%d practices show a drop, want %d at least: the detector sees nothing", n, c.least)
			}
		})
	}
}
