package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"percept/analysis"
	"percept/collector"
)

// satisfied draws n answers of which a share p is satisfied.
func satisfied(rng *rand.Rand, practice string, n int, p float64) analysis.Answers {
	hits := 0
	for range n {
		if rng.Float64() < p {
			hits++
		}
	}
	return of(practice, collector.Response, "csat-5", map[float64]int{5: hits, 1: n - hits})
}

// Practices of equal truth with n of 8 and 300, alone and in company: never both ranked, and in at most
// one group of practices in twenty anybody is told apart.
func TestEqualPracticesAreTied(t *testing.T) {
	for _, sizes := range [][]int{{8, 300}, {8, 300, 12, 60}, {8, 300, 12, 15, 20, 30, 60, 90, 120, 200, 45, 70}} {
		const runs = 400
		told := 0
		for seed := range uint64(runs) {
			rng := rand.New(rand.NewPCG(seed, 1))
			var all []analysis.Answers
			for i, n := range sizes {
				all = append(all, satisfied(rng, fmt.Sprintf("p%02d-n%d", i, n), n, .85))
			}
			c, err := analysis.ComparePractices(all)
			if err != nil {
				t.Fatal(err)
			}
			groups := 0
			for _, s := range c.Practices {
				if s.N == 8 && (s.Group != 0 || s.Best != 0 || s.Value != nil || s.Why == "") {
					t.Fatalf("8 answers are ranked: %+v", s)
				}
				groups = max(groups, s.Group)
			}
			if groups > 1 {
				told++
			}
		}
		if share := float64(told) / runs; share > .06 {
			t.Errorf("sizes %v: equal practices told apart in %.3f of the runs, want at most .05", sizes, share)
		}
	}
}

// One bad practice among many ordinary ones is found, and behind all others in the list.
func TestABadPracticeIsFound(t *testing.T) {
	found, flagged, ordinary := 0, 0, 0
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 2))
		all := []analysis.Answers{satisfied(rng, "bad", 120, .55)}
		for i := range 30 {
			level := .85 + .03*rng.NormFloat64()
			all = append(all, satisfied(rng, fmt.Sprint("p", i), 20+rng.IntN(150), level))
		}
		c, err := analysis.ComparePractices(all)
		if err != nil {
			t.Fatal(err)
		}
		last := c.Practices[len(c.Practices)-1]
		if last.Practice == "bad" && last.Outside == analysis.Low && last.Best > 1 {
			found++
		}
		for _, s := range c.Practices {
			if s.Practice != "bad" {
				ordinary++
				if s.Outside == analysis.Low || s.Outside == analysis.High {
					flagged++
				}
			}
		}
	}
	if found < 47 {
		t.Errorf("found in %d of 50 runs", found)
	}
	if share := float64(flagged) / float64(ordinary); share > .01 {
		t.Errorf("%.4f of the ordinary practices are beyond the 99.8 %% limits", share)
	}
}

// A small practice with a perfect record is not the best: its estimate is drawn to the mean of all,
// the more the fewer answers it rests on, and its limits are wider.
func TestSmallPracticesAreShrunk(t *testing.T) {
	var all []analysis.Answers
	for i, p := range []float64{.70, .75, .80, .85, .90, .95} {
		hits := int(math.Round(p * 200))
		all = append(all, of(fmt.Sprint("large", i), collector.Response, "csat-5", map[float64]int{5: hits, 1: 200 - hits}))
	}
	all = append(all, of("tiny", collector.Response, "csat-5", map[float64]int{5: 10}))
	c, err := analysis.ComparePractices(all)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]analysis.Standing{}
	for _, s := range c.Practices {
		by[s.Practice] = s
	}
	tiny, large := by["tiny"], by["large5"]
	if tiny.Value.Value != 100 || tiny.Shrunk.Value >= large.Shrunk.Value {
		t.Errorf("tiny is %+v, shrunk %+v; the large best is shrunk to %+v", tiny.Value, tiny.Shrunk, large.Shrunk)
	}
	if w, l := tiny.Limits.Hi95-tiny.Limits.Lo95, large.Limits.Hi95-large.Limits.Lo95; w <= l {
		t.Errorf("limits of 10 answers are %.1f wide, of 200 %.1f", w, l)
	}
	if tiny.Group != large.Group {
		t.Errorf("10 answers are told apart from the best: groups %d and %d", tiny.Group, large.Group)
	}
}

func TestFewPracticesHaveNoLimits(t *testing.T) {
	c, err := analysis.ComparePractices([]analysis.Answers{
		of("a", collector.Review, "stars", map[float64]int{5: 60, 4: 20, 1: 20}),
		of("b", collector.Review, "stars", map[float64]int{5: 20, 4: 20, 1: 60}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Why == "" || c.Practices[0].Limits != nil || c.Practices[0].Shrunk != nil {
		t.Errorf("two practices have limits: %+v", c)
	}
	if c.Practices[0].Practice != "a" || c.Practices[0].Group == c.Practices[1].Group {
		t.Errorf("mean 4.0 and 2.4 of 100 answers are not told apart: %+v", c.Practices)
	}
}

func BenchmarkComparePractices(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	var all []analysis.Answers
	for i := range 1000 {
		all = append(all, satisfied(rng, fmt.Sprint(i), 10+rng.IntN(300), .8+.05*rng.NormFloat64()))
	}
	for b.Loop() {
		if _, err := analysis.ComparePractices(all); err != nil {
			b.Fatal(err)
		}
	}
}
