package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// A simulation makes observations of practices whose truth is known. Scores are normal around a
// level, cut at -1 and 1; remarks of one review share a mood, weeks vary beyond sampling, and sources
// differ, as they do in life.
type simulation struct {
	seed      uint64
	practices int
	weeks     int
	perWeek   float64 // reviews
	touches   int     // touchpoints, those of simTouches first; 0 is those alone
	sources   []simSource
	// change is added to the level of a touchpoint in a week.
	change func(practice, week, touch int) float64
	// volume multiplies the reviews of a source in a week.
	volume func(week int, source string) float64
}

type simSource struct {
	name          string
	share, offset float64
}

var (
	simStart   = time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC) // a Monday
	simTouches = []string{"appointment", "reception", "pretest", "exam", "selection", "quote", "fitment", "recall"}
	simLevels  = []float64{.30, .42, .38, .50, .35, .15, .40, .25}
	simSources = []simSource{{"survey", .5, .10}, {"google", .35, -.15}, {"facebook", .15, 0}}
)

const (
	simMention = .4 // chance that a review speaks of a touchpoint
	simSD      = .45
	simRho     = .30
)

func simWeek(w int) time.Time { return simStart.AddDate(0, 0, 7*w) }

func (s simulation) run() []Observation {
	var obs []Observation
	for p := range s.practices {
		rng := rand.New(rand.NewPCG(s.seed, uint64(p)))
		levels := make([]float64, max(s.touches, len(simLevels)))
		names := slices.Clone(simTouches)
		for k := range levels {
			levels[k] = simLevels[k%len(simLevels)] + .08*rng.NormFloat64()
			if k >= len(names) {
				names = append(names, fmt.Sprintf("touchpoint-%02d", k))
			}
		}
		sources := s.sources
		if sources == nil {
			sources = simSources
		}
		for w := range s.weeks {
			whole := .03 * rng.NormFloat64()
			wander := make([]float64, len(levels))
			for k := range wander {
				wander[k] = whole + .04*rng.NormFloat64()
			}
			for _, src := range sources {
				rate := s.perWeek * src.share
				if s.volume != nil {
					rate *= s.volume(w, src.name)
				}
				for i := range poisson(rng, rate) {
					id := fmt.Sprintf("%s-%d-%d", src.name, w, i)
					day := simWeek(w).AddDate(0, 0, rng.IntN(7))
					mood := rng.NormFloat64()
					for k, level := range levels {
						if rng.Float64() >= simMention {
							continue
						}
						x := level + wander[k] + src.offset + simSD*(math.Sqrt(simRho)*mood+math.Sqrt(1-simRho)*rng.NormFloat64())
						if s.change != nil {
							x += s.change(p, w, k)
						}
						obs = append(obs, Observation{
							Practice: fmt.Sprintf("practice-%02d", p), Touchpoint: names[k], Source: src.name,
							Day: day, Score: min(max(x, -1), 1), Review: id,
						})
					}
				}
			}
		}
	}
	return obs
}

// dropAt returns a change of one touchpoint by size from a week, up to another.
func dropAt(touch, from, to int, size float64) func(int, int, int) float64 {
	return func(_, w, k int) float64 {
		if k == touch && from <= w && w < to {
			return size
		}
		return 0
	}
}

func when(is bool, then, otherwise float64) float64 {
	if is {
		return then
	}
	return otherwise
}

func poisson(rng *rand.Rand, mean float64) int {
	n, p, limit := 0, rng.Float64(), math.Exp(-mean)
	for p > limit {
		p *= rng.Float64()
		n++
	}
	return n
}

// kinds returns the alarms of some kinds flagged from week on.
func kinds(alarms []Alarm, from int, kinds ...string) []Alarm {
	var out []Alarm
	for _, a := range alarms {
		for _, k := range kinds {
			if a.Kind == k && !a.Flagged.Before(simWeek(from)) {
				out = append(out, a)
			}
		}
	}
	return out
}

// verdictOf returns the verdict about a touchpoint of the first practice.
func verdictOf(d Detection, touch string) Verdict {
	for _, v := range d.Verdicts {
		if v.Touchpoint == touch {
			return v
		}
	}
	return Verdict{}
}

// finiteNumbers fails on what no page or JSON can show.
func finiteNumbers(t *testing.T, d Detection) {
	t.Helper()
	bad := func(list ...float64) bool {
		return slices.ContainsFunc(list, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
	}
	for _, a := range d.Alarms {
		if bad(a.Effect, a.EffectLo, a.EffectHi, a.Statistic) {
			t.Errorf("alarm %+v", a)
		}
	}
	for _, v := range d.Verdicts {
		if bad(v.Effect, v.EffectLo, v.EffectHi, v.Statistic, v.Threshold, v.Visible) {
			t.Errorf("verdict %+v", v)
		}
	}
}
