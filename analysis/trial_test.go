package analysis_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"percept/analysis"
)

var change = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// people says n scores on the days from first on, so many a day, drawn around mean as people say them: most
// at the ends.
func people(rng *rand.Rand, first time.Time, n, aDay int, mean float64) []analysis.Observation {
	var all []analysis.Observation
	for i := range n {
		score := 1.
		if rng.Float64() > (1+mean)/2 {
			score = -1
		}
		all = append(all, analysis.Observation{Day: first.AddDate(0, 0, i/aDay), Score: score, Review: fmt.Sprint(i)})
	}
	return all
}

func planned(t *testing.T, effect float64, said []analysis.Observation) analysis.Trial {
	t.Helper()
	p, err := analysis.Trial{Date: change, Effect: effect}.Plan(said)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The number of people is right: the wanted effect is seen in 80 % of all trials, within 5 points, and
// where nothing changed 5 % say otherwise, half of them that it worked.
func TestTrialHasThePowerItSays(t *testing.T) {
	for _, effect := range []float64{.4, .6, -.4, 0} {
		worked, worse := 0, 0
		const runs = 1500
		for seed := range uint64(runs) {
			rng := rand.New(rand.NewPCG(seed, 9))
			// from as far below 0 to as far above, so that the spread stays what the baseline had
			before := people(rng, change.AddDate(0, 0, -180), 150, 1, -effect/2)
			want := math.Abs(effect)
			if want == 0 {
				want = .4
			}
			p := planned(t, want, before)
			said := slices.Concat(before, people(rng, change, p.Need, 1, effect/2))
			switch p.Judge(said, change.AddDate(1, 0, 0)).State {
			case analysis.Worked:
				worked++
			case analysis.GotWorse:
				worse++
			case analysis.NotYet:
				t.Fatal("not yet, with as many as needed")
			}
		}
		up, down := float64(worked)/runs, float64(worse)/runs
		switch {
		case effect > 0 && math.Abs(up-.80) > .05:
			t.Errorf("a rise of %.1f is seen in %.3f of the trials, want .80", effect, up)
		case effect < 0 && (math.Abs(down-.80) > .05 || up > .01):
			t.Errorf("a fall of %.1f is seen in %.3f of the trials, want .80", effect, down)
		case effect == 0 && (up > .04 || down > .04):
			t.Errorf("of nothing %.3f and %.3f are told, want .025 each", up, down)
		}
	}
}

func TestTrialHasNoResultBeforeItsNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	before := people(rng, change.AddDate(0, 0, -180), 150, 1, 0)
	p := planned(t, .4, before)
	if p.From != change.AddDate(0, 0, -182) || p.People != 150 || p.Tag != analysis.MeanScore || p.Already != 0 {
		t.Fatalf("plan = %+v", p)
	}
	after := people(rng, change, p.Need+50, 1, .9)
	for n := range p.Need {
		o := p.Judge(append(before[:150:150], after[:n]...), change.AddDate(0, 0, n+1))
		if o.State != analysis.NotYet || o.Effect != nil || o.N != n {
			t.Fatalf("with %d of %d: %+v", n, p.Need, o)
		}
	}
	first := p.Judge(append(before[:150:150], after[:p.Need]...), change.AddDate(1, 0, 0))
	if first.State != analysis.Worked || first.N != p.Need {
		t.Fatalf("with %d: %+v", p.Need, first)
	}
	// What comes later changes nothing, neither praise nor blame.
	for _, later := range [][]analysis.Observation{after[p.Need:], people(rng, change.AddDate(1, 0, 0), 300, 5, -1)} {
		said := append(append(before[:150:150], later...), after[:p.Need]...) // in any order
		if o := p.Judge(said, change.AddDate(2, 0, 0)); o.N != first.N || *o.Effect != *first.Effect {
			t.Errorf("later: %+v %+v, first %+v %+v", o, *o.Effect, first, *first.Effect)
		}
	}
}

// The number by hand: σ = .6, 100 people before, a rise of .3. (1.95996 + .84162)² σ² / n = .09 gives
// 7.8489·.36·(1/100 + 1/n) = .09, 1/n = .031852 - .01, n = 45.77, 46 and one for the tails of t.
func TestPlanByHand(t *testing.T) {
	var said []analysis.Observation
	for i := range 100 { // variance 99/99·c² of scores ±c around 0
		c := .6 * math.Sqrt(.99)
		said = append(said, analysis.Observation{Day: change.AddDate(0, 0, -1-i), Score: c * float64(1-2*(i%2))})
	}
	if p := planned(t, .3, said); p.Need != 47 || math.Abs(p.SD-.6) > 1e-9 {
		t.Errorf("need %d of standard deviation %.6f, want 47 of .6", p.Need, p.SD)
	}
}

func TestPlanRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for _, tc := range []struct {
		name   string
		said   []analysis.Observation
		effect float64
		want   string
	}{
		{"nine people", people(rng, change.AddDate(0, 0, -9), 9, 1, 0), 0, "it was spoken of 9 times in the 26 weeks before; at least 10 are needed for a baseline"},
		{"one person", people(rng, change.AddDate(0, 0, -9), 1, 1, 0), 0, "it was spoken of 1 time in the 26 weeks before; at least 10 are needed for a baseline"},
		{"people of long ago", people(rng, change.AddDate(0, 0, -283), 100, 1, 0), 0, "it was spoken of 0 times in the 26 weeks before; at least 10 are needed for a baseline"},
		{"more than there is room for", people(rng, change.AddDate(0, 0, -100), 100, 1, 1), .2, "the mean score was 1.00 of 1: it cannot rise by 0.20"},
		{"less than the baseline can show", people(rng, change.AddDate(0, 0, -20), 20, 1, 0), .3, ""},
	} {
		_, err := analysis.Trial{Date: change, Effect: tc.effect}.Plan(tc.said)
		var plan analysis.PlanError
		if !errors.As(err, &plan) || tc.want != "" && plan.Why != tc.want {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
}

// Where nobody says what is wanted, it is what a year at this volume can show.
func TestPlanChoosesAnEffectThatAYearCanShow(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for _, n := range []int{30, 80, 170} {
		p := planned(t, 0, people(rng, change.AddDate(0, 0, -180), n, 1, 0))
		if p.Need > 2*n+1 || p.Effect < .3 {
			t.Errorf("%d people: a rise of %.2f needs %d, more than a year has", n, p.Effect, p.Need)
		}
	}
}

func TestTrialSaysWhen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	before := people(rng, change.AddDate(0, 0, -182), 182, 1, 0) // one a day
	p := planned(t, .4, before)
	if o := p.Judge(before, change.AddDate(0, 0, -10)); !o.When.Equal(change.AddDate(0, 0, p.Need)) {
		t.Errorf("before the change: enough about %v, want day %d", o.When, p.Need)
	}
	// Since the change one speaks every other day.
	said := before
	for i := range 20 {
		said = append(said, analysis.Observation{Day: change.AddDate(0, 0, 2*i)})
	}
	if o := p.Judge(said, change.AddDate(0, 0, 40)); !o.When.Equal(change.AddDate(0, 0, 2*p.Need)) {
		t.Errorf("after 40 days: enough about %v, want day %d", o.When, 2*p.Need)
	}
	if o := p.Judge(before, change.AddDate(0, 0, 40)); !o.When.IsZero() {
		t.Errorf("nobody spoke for 40 days: enough about %v", o.When)
	}
}
