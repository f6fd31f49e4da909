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
			most := tolerated(practices, c.alpha)
			for kind, loud := range told {
				t.Logf("%d of %d practices show a false %s, at most %d may", len(loud), practices, kind, most)
				if len(loud) > most {
					t.Errorf("%d of %d practices show a false %s, at most %d may", len(loud), practices, kind, most)
				}
			}
			if n := len(told[Drop]); n < c.least {
				t.Errorf("%d practices show a drop, want %d at least: the detector sees nothing", n, c.least)
			}
		})
	}
}

// tolerated is how many of n practices may show a false alarm at a stated rate, the expected number for each of
// them: more than that would come about by chance in fewer than one of a thousand tries.
func tolerated(n int, rate float64) int {
	stated := distuv.Binomial{N: float64(n), P: 1 - math.Exp(-rate)} // at least one alarm, of a Poisson number
	for k := range n {
		if stated.Survival(float64(k)) < 1e-3 {
			return k
		}
	}
	return n
}
