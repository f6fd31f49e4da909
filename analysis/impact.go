package analysis

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"percept/collector"
)

const impactSamples = 1000 // bootstrap samples of leave-one-out impacts

// Impacts say what the overall rating would be without the feedback that speaks of a touchpoint: simple
// and exact, but not cause, and they do not add up where one text speaks of several.
type Impacts struct {
	Axis
	N    int      `json:"n"` // feedback with an overall rating
	Mean float64  `json:"mean"`
	List []Impact `json:"impacts,omitempty"` // what pulls down most first
	Left []Left   `json:"left_out,omitempty"`
	Why  string   `json:"why,omitempty"`
}

// An Impact is one touchpoint's: the metric of all minus the metric without those who speak of it.
type Impact struct {
	Touchpoint string   `json:"touchpoint"`
	N          int      `json:"n"`      // who speaks of it
	Value      Estimate `json:"impact"` // in points of the metric, with a 90 % bootstrap interval
}

// FindImpacts leaves each touchpoint out in turn, on the scale of overall rating that most of the
// channel's stories use. The same stories give the same numbers.
func FindImpacts(channel collector.Kind, stories []Story) Impacts {
	stories, scale := overall(stories)
	f := Impacts{N: len(stories)}
	if f.N == 0 {
		f.Axis.Channel, f.Why = channel, "no overall rating"
		return f
	}
	d := define(scale)
	f.Axis = Axis{channel, d.tag}
	if f.N < SolidAnswers {
		f.Why = fmt.Sprintf("%d with an overall rating; at least %d needed", f.N, SolidAnswers)
		return f
	}
	points, scores := make([]float64, f.N), make([]map[string]float64, f.N)
	for i, s := range stories {
		points[i], scores[i] = d.points(s.Rating.Value), s.scores(false)
		f.Mean += points[i] / float64(f.N)
	}
	ids, counts := mentioned(scores)
	rng := rand.New(rand.NewPCG(1, uint64(f.N)))
	for _, id := range ids {
		if least := min(counts[id], f.N-counts[id]); least < FewAnswers {
			why := tooFew(counts[id])
			if counts[id] > least {
				why = fmt.Sprintf("only %d do not speak of it; at least %d needed", least, FewAnswers)
			}
			f.Left = append(f.Left, Left{id, counts[id], why})
			continue
		}
		f.List = append(f.List, Impact{id, counts[id], leaveOut(points, func(i int) bool { _, ok := scores[i][id]; return ok }, rng)})
	}
	slices.SortFunc(f.List, func(a, b Impact) int {
		return cmp.Or(cmp.Compare(a.Value.Value, b.Value.Value), cmp.Compare(a.Touchpoint, b.Touchpoint))
	})
	return f
}

// leaveOut is the mean of all points minus the mean of those that are not in, with its interval.
func leaveOut(points []float64, in func(i int) bool, rng *rand.Rand) Estimate {
	impact := func(draw func(i int) int) float64 {
		var all, rest moments
		for i := range points {
			j := draw(i)
			all.add(points[j], 1)
			if !in(j) {
				rest.add(points[j], 1)
			}
		}
		if rest.n == 0 {
			return math.NaN()
		}
		return all.mean() - rest.mean()
	}
	value := impact(func(i int) int { return i })
	samples := make([]float64, 0, impactSamples)
	for range impactSamples {
		if v := impact(func(int) int { return rng.IntN(len(points)) }); !math.IsNaN(v) {
			samples = append(samples, v)
		}
	}
	slices.Sort(samples)
	return Estimate{value, min(value, percentile(samples, .05)), max(value, percentile(samples, .95))}
}
