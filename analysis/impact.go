package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"percept/collector"
)

const impactSamples = 1000 // bootstrap samples of leave-one-out impacts

// Impacts say what the overall rating would be without the feedback that speaks of a touchpoint: simple
// and exact, but not cause, and they do not add up where one text speaks of several.
type Impacts struct {
	Axis
	N    int      `json:"n"` // feedback with an overall rating
	Of   []string `json:"-"` // the N feedbacks
	Mean float64  `json:"mean"`
	List []Impact `json:"impacts,omitempty"` // what pulls down most first
	Left []Left   `json:"left_out,omitempty"`
	Why  string   `json:"why,omitempty"`
}

// An Impact is one touchpoint's: the metric of all minus the metric without those who speak of it.
type Impact struct {
	Touchpoint string   `json:"touchpoint"`
	N          int      `json:"n"`      // who speaks of it
	Of         []string `json:"-"`      // the N feedbacks
	Value      Estimate `json:"impact"` // in points of the metric, with a 90 % bootstrap interval
}

// FindImpacts leaves each touchpoint out in turn, on the scale of overall rating that most of the
// channel's stories use. The same stories give the same numbers.
func FindImpacts(channel collector.Kind, stories []Story) Impacts {
	stories, scale := overall(stories)
	f := Impacts{N: len(stories), Of: named(stories)}
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
	var in []string
	for _, id := range ids {
		switch least := min(counts[id], f.N-counts[id]); {
		case least >= FewAnswers:
			in = append(in, id)
		case counts[id] == least:
			f.Left = append(f.Left, Left{id, counts[id], tooFew(least)})
		default:
			f.Left = append(f.Left, Left{id, counts[id], fmt.Sprintf("only %d without a word of it; at least %d needed", least, FewAnswers)})
		}
	}
	for i, e := range leaveOut(points, speakers(in, scores), len(in)) {
		x := Impact{Touchpoint: in[i], N: counts[in[i]], Value: e}
		for n, s := range scores {
			if _, speaks := s[x.Touchpoint]; speaks {
				x.Of = append(x.Of, stories[n].Feedback)
			}
		}
		f.List = append(f.List, x)
	}
	slices.SortFunc(f.List, func(a, b Impact) int {
		return cmp.Or(cmp.Compare(a.Value.Value, b.Value.Value), cmp.Compare(a.Touchpoint, b.Touchpoint))
	})
	return f
}

// speakers are, for each story, the numbers of the touchpoints it speaks of.
func speakers(ids []string, scores []map[string]float64) [][]int {
	of := make([][]int, len(scores))
	for i, s := range scores {
		for k, id := range ids {
			if _, ok := s[id]; ok {
				of[i] = append(of[i], k)
			}
		}
	}
	return of
}

// leaveOut returns for each of k touchpoints the mean of all points minus the mean of those that do not
// speak of it, with its interval; speaks are the touchpoints of each point.
func leaveOut(points []float64, speaks [][]int, k int) []Estimate {
	n := len(points)
	var all moments
	without := make([]moments, k)
	impacts := func(draw func(i int) int) {
		all = moments{}
		clear(without)
		for i := range n {
			j := draw(i)
			all.n++
			all.sum += points[j]
			for _, t := range speaks[j] { // first those who do speak of it
				without[t].n++
				without[t].sum += points[j]
			}
		}
		for t := range without {
			without[t] = moments{n: all.n - without[t].n, sum: all.sum - without[t].sum}
		}
	}
	impacts(func(i int) int { return i })
	found := make([]Estimate, k)
	for t, w := range without {
		found[t].Value = all.mean() - w.mean()
	}
	rng := resampler(n)
	samples := make([][]float64, k)
	for range impactSamples {
		impacts(func(int) int { return rng.IntN(n) })
		for t, w := range without {
			if w.n > 0 {
				samples[t] = append(samples[t], all.mean()-w.mean())
			}
		}
	}
	for t := range found {
		slices.Sort(samples[t])
		e := &found[t]
		e.Lo, e.Hi = min(e.Value, percentile(samples[t], .05)), max(e.Value, percentile(samples[t], .95))
	}
	return found
}
