package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"percept/analysis"
	"percept/collector"
)

// A mixed draws stars of practices from two sources, the second of which gives gap fewer of the same visit.
type mixed struct {
	rng    *rand.Rand
	gap    float64
	own    float64 // standard deviation with which the gap varies between practices
	counts []analysis.RatingCount
	blind  bool // says no source
}

// practice adds n ratings in 7 blocks of a practice of a level, a share from the second source.
func (m *mixed) practice(id string, n int, level, share float64) {
	own := m.own * m.rng.NormFloat64() / 2 // to either side: at an even mix the practice is of its level
	for range n {
		c := analysis.RatingCount{Practice: id, Channel: collector.Review, Scale: "stars", Valid: true, N: 1, Source: "web:town.example/" + id, Block: m.rng.IntN(7)}
		mean := level + own
		if m.rng.Float64() < share {
			c.Source, mean = "web:elsewhere.example/"+id, level-own-m.gap
		}
		if m.blind {
			c.Source = ""
		}
		c.Rating = math.Round(min(max(mean+.8*m.rng.NormFloat64(), 1), 5)*1e3) / 1e3
		m.counts = append(m.counts, c)
	}
}

func (m *mixed) compare(t *testing.T) analysis.Comparison {
	t.Helper()
	c, err := analysis.ComparePractices(analysis.Tally(m.counts))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// apart reports whether any two practices are told apart.
func apart(c analysis.Comparison) bool {
	for _, s := range c.Practices {
		if s.Best > 1 {
			return true
		}
	}
	return false
}

// Practices that are all alike, but for where their reviews are written: as they stand they are told apart, and
// not after the effect of the source is off. A group of practices is told apart wrongly in at most one run in twenty.
func TestTheMixOfSourcesIsNoDifference(t *testing.T) {
	for _, tc := range []struct {
		name string
		own  float64
		mix  func(i int) float64 // of practice i
	}{
		{"every mix there is", 0, func(i int) float64 { return .1 + .8*float64(i)/11 }},
		{"a source is another thing at every practice", .2, func(i int) float64 { return .1 + .8*float64(i)/11 }},
		{"two practices have both", 0, func(i int) float64 { return [12]float64{.5, .5, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1}[i] }},
		{"two have both, and it is another thing at every practice", .2, func(i int) float64 { return [12]float64{.5, .5, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1}[i] }},
	} {
		run := func(seed uint64, blind bool) analysis.Comparison {
			m := mixed{rng: rand.New(rand.NewPCG(seed, 31)), gap: .8, own: tc.own, blind: blind}
			for i := range 12 {
				m.practice(fmt.Sprintf("p%02d", i), 150, 3, tc.mix(i))
			}
			return m.compare(t)
		}
		const runs = 150
		told, blind, held := 0, 0, 0
		sum := 0.0
		for seed := range uint64(runs) {
			if apart(run(seed, true)) {
				blind++
			}
			c := run(seed, false)
			if apart(c) {
				told++
			}
			if len(c.Sources) != 2 || c.Sources[0].Effect == nil || c.Sources[1].Effect == nil {
				t.Fatalf("sources: %+v", c.Sources)
			}
			// The first by name is elsewhere.example, and about half of all ratings are from it.
			e := c.Sources[0].Effect
			sum += e.Value
			if share := float64(c.Sources[1].N) / float64(c.Sources[0].N+c.Sources[1].N); !e.Apart(-.8 * share) {
				held++
			}
		}
		if blind < runs*9/10 {
			t.Errorf("%s: without sources told apart in %d of %d runs: nothing to prove it by", tc.name, blind, runs)
		}
		if share := float64(told) / runs; share > .06 {
			t.Errorf("%s: equal practices told apart in %.3f of the runs, want at most .05", tc.name, share)
		}
		if mean := sum / runs; math.Abs(mean+.4) > .02 {
			t.Errorf("%s: mean effect of the source %.3f, want -.40", tc.name, mean)
		}
		if share := float64(held) / runs; share < .92 {
			t.Errorf("%s: the interval of the effect holds it in %.3f of the runs, want .95", tc.name, share)
		}
	}
}

// A practice that is worse is found behind a source that is kind to it, and one whose reviews stand where people
// are severe is not called worse.
func TestABadPracticeIsFoundBehindItsSource(t *testing.T) {
	found, wrong, hidden := 0, 0, 0
	const runs = 40
	for seed := range uint64(runs) {
		for _, blind := range []bool{false, true} {
			m := mixed{rng: rand.New(rand.NewPCG(seed, 32)), gap: 1.6, blind: blind}
			m.practice("bad", 150, 3.1, .02) // at the usual mix 3.1 - .8, beside others of 3.8 - .8
			m.practice("severe", 150, 3.8, .98)
			for i := range 20 {
				m.practice(fmt.Sprint("p", i), 150, 3.8+.05*m.rng.NormFloat64(), .5)
			}
			c := m.compare(t)
			if last := c.Practices[len(c.Practices)-1].Practice; blind && last != "bad" {
				hidden++
			} else if !blind && last == "bad" {
				found++
			}
			for _, s := range c.Practices {
				if !blind && s.Practice == "severe" && s.Best > 3 {
					wrong++
				}
			}
		}
	}
	if hidden < runs*9/10 {
		t.Errorf("without sources the bad practice is hidden in %d of %d runs: nothing to prove it by", hidden, runs)
	}
	if found < runs*9/10 || wrong > runs/10 {
		t.Errorf("the bad practice is last in %d of %d runs, the severely judged one is called worse in %d", found, runs, wrong)
	}
}

// A practice that got better as it moved to another source: the weeks are compared with themselves, so that the
// source is not taken for the cause.
func TestAChangeIsNoEffectOfTheSource(t *testing.T) {
	var counts []analysis.RatingCount
	add := func(practice, source string, block int, rating float64, n int) {
		counts = append(counts,
			analysis.RatingCount{Practice: practice, Channel: collector.Review, Scale: "stars", Valid: true, Source: source, Block: block, Rating: rating - .5, N: n / 2},
			analysis.RatingCount{Practice: practice, Channel: collector.Review, Scale: "stars", Valid: true, Source: source, Block: block, Rating: rating + .5, N: n / 2})
	}
	for _, p := range []string{"a", "b", "c"} {
		for block := range 3 { // both sources alike, then and later
			add(p, "old", block, 3, 80)
			add(p, "new", block, 3, 20)
			add(p, "old", block+3, 4, 20)
			add(p, "new", block+3, 4, 80)
		}
	}
	c, err := analysis.ComparePractices(analysis.Tally(counts))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Sources {
		if s.Effect == nil || math.Abs(s.Effect.Value) > 1e-9 {
			t.Errorf("%s: effect %+v, want 0", s.Source, s.Effect)
		}
	}
}

// What cannot be compared is not adjusted, and says why.
func TestSourcesThatAreNeverBesideEachOtherStay(t *testing.T) {
	var counts []analysis.RatingCount
	add := func(practice, source string, block, fives, ones int) {
		for _, c := range []struct {
			rating float64
			n      int
		}{{5, fives}, {1, ones}} {
			counts = append(counts, analysis.RatingCount{Practice: practice, Channel: collector.Review, Scale: "stars", Valid: true, Source: source, Block: block, Rating: c.rating, N: c.n})
		}
	}
	for _, p := range []string{"a", "b"} {
		add(p, "town", 1, 40, 10)
		add(p, "guide", 2, 30, 20) // half a year later, as it were
	}
	add("c", "web:c.example/reviews", 1, 45, 5)
	add("c", "town", 1, 20, 30)
	c, err := analysis.ComparePractices(analysis.Tally(counts))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"town":          "no practice has it beside another shared source in the same weeks",
		"guide":         "no practice has it beside another shared source in the same weeks",
		"web:c.example": "one practice alone has it",
	}
	for _, s := range c.Sources {
		if s.Effect != nil || s.Why != want[s.Source] {
			t.Errorf("%s: effect %+v, why %q, want none, %q", s.Source, s.Effect, s.Why, want[s.Source])
		}
		delete(want, s.Source)
	}
	if len(want) != 0 {
		t.Errorf("not told: %v", want)
	}
	for _, s := range c.Practices {
		if s.Adjusted != nil || s.Level() != s.Value {
			t.Errorf("%s is adjusted: %+v", s.Practice, s.Adjusted)
		}
	}
}
