package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"percept/collector"
)

const (
	resamples      = 200 // bootstrap samples: 90 % intervals of shares hold .85 at n = 500
	driverStories  = 50  // overall ratings below which nothing is said of drivers
	driverMentions = 10  // people who must speak of a touchpoint, and overall ratings needed for each
	rankedStories  = 300 // overall ratings below which drivers are not ranked
)

// Drivers say which touchpoints the overall rating goes with, by relative weights. It is association,
// not cause.
type Drivers struct {
	Axis
	N  int      `json:"n"`         // feedback with an overall rating
	Of []string `json:"-"`         // the N feedbacks
	R2 float64  `json:"r_squared"` // share of the overall rating's variance that the touchpoints explain
	// Ranked is whether N is enough to rank; else the groups are 0.
	Ranked bool     `json:"ranked"`
	List   []Driver `json:"drivers,omitempty"` // largest share first
	Left   []Left   `json:"left_out,omitempty"`
	Why    string   `json:"why,omitempty"` // why nothing is shown, or why nothing is ranked
}

// A Driver is one touchpoint's part in the overall rating.
type Driver struct {
	Touchpoint string   `json:"touchpoint"`
	N          int      `json:"n"`      // who spoke of it or rated it
	Weight     float64  `json:"weight"` // its part of R squared
	Share      Estimate `json:"share"`  // the same as a share of R squared, with a 90 % bootstrap interval
	// Clear is whether the weight is surely above that of a column of noise (Tonidandel, LeBreton &
	// Johnson 2009, Psychological Methods 14:387).
	Clear bool `json:"clear"`
	// Correlation is that of its score with the overall rating, for the direction.
	Correlation float64 `json:"correlation"`
	// Group numbers the drivers that cannot be told apart, 1 the weightiest; 0 where nothing is ranked.
	Group int `json:"group,omitempty"`
}

// Left is a touchpoint that was left out.
type Left struct {
	Touchpoint string `json:"touchpoint"`
	N          int    `json:"n"`
	Why        string `json:"why"`
}

// FindDrivers weighs the touchpoints of one channel's stories against their overall rating, of the scale
// that most of them use. The same stories give the same numbers.
func FindDrivers(channel collector.Kind, stories []Story) Drivers {
	stories, scale := overall(stories)
	d := Drivers{N: len(stories), Of: named(stories)}
	d.Axis = Axis{channel, define(scale).tag}
	if d.N < driverStories {
		d.Why = fmt.Sprintf("%d with an overall rating; at least %d needed", d.N, driverStories)
		if d.N == 0 {
			d.Axis.Tag = ""
			d.Why = "no overall rating"
		}
		return d
	}
	scores := make([]map[string]float64, len(stories))
	for i, s := range stories {
		scores[i] = s.scores(true)
	}
	ids, counts := mentioned(scores)
	// Touchpoints beyond what the ratings carry are left out, the least spoken of first.
	most := d.N / driverMentions
	var in []string
	for _, id := range ids {
		switch {
		case counts[id] < driverMentions:
			d.Left = append(d.Left, Left{id, counts[id], tooFew(counts[id])})
		case !varies(id, scores):
			d.Left = append(d.Left, Left{id, counts[id], "everybody says the same of it"})
		case len(in) == most:
			d.Left = append(d.Left, Left{id, counts[id], fmt.Sprintf("%d overall ratings carry %d touchpoints", d.N, most)})
		default:
			in = append(in, id)
		}
	}
	y := make([]float64, len(stories))
	for i, s := range stories {
		y[i] = s.Rating.Value
	}
	if len(in) == 0 {
		d.Why = "no touchpoint that enough people spoke of"
		return d
	}
	if !slices.ContainsFunc(y, func(v float64) bool { return v != y[0] }) {
		d.Why = "everybody gave the same overall rating"
		return d
	}
	d.weigh(in, counts, scores, y)
	return d
}

func varies(id string, scores []map[string]float64) bool {
	first, any := 0.0, false
	for _, s := range scores {
		v, ok := s[id]
		if !ok {
			continue
		}
		if any && v != first {
			return true
		}
		first, any = v, true
	}
	return false
}

// design has a row for each story: how far its score of each touchpoint is from what people usually
// say of it, 0 where it says nothing; a column of noise; and the overall rating.
func design(ids []string, scores []map[string]float64, y []float64, noise func() float64) *table {
	usual := make([]float64, len(ids))
	for j, id := range ids {
		var m moments
		for _, s := range scores {
			if v, ok := s[id]; ok {
				m.add(v, 1)
			}
		}
		usual[j] = m.mean()
	}
	t := &table{width: len(ids) + 2}
	for i, s := range scores {
		for j, id := range ids {
			v, ok := s[id]
			if ok {
				v -= usual[j]
			}
			t.cells = append(t.cells, v)
		}
		t.cells = append(t.cells, noise(), y[i])
	}
	return t
}

// plainCorrelations drops the column of noise from the correlations of a design.
func plainCorrelations(corr *mat.SymDense) *mat.SymDense {
	k := corr.SymmetricDim() - 2
	p := mat.NewSymDense(k+1, nil)
	at := func(i int) int {
		if i == k {
			return k + 1
		}
		return i
	}
	for i := range k + 1 {
		for j := i; j <= k; j++ {
			p.SetSym(i, j, corr.At(at(i), at(j)))
		}
	}
	return p
}

func (d *Drivers) weigh(ids []string, counts map[string]int, scores []map[string]float64, y []float64) {
	rng := resampler(len(y))
	t := design(ids, scores, y, rng.NormFloat64)
	times := make([]float64, t.len())
	for i := range times {
		times[i] = 1
	}
	corr := t.correlations(times)
	weights := relativeWeights(plainCorrelations(corr))
	for _, w := range weights {
		d.R2 += w
	}
	k := len(ids)
	shares := make([][]float64, k) // by driver and sample
	beyondNoise := make([]int, k)  // samples in which it outweighs noise
	larger := make([][]int, k)     // samples in which i outweighs j
	for i := range larger {
		larger[i] = make([]int, k)
	}
	for range resamples {
		clear(times)
		for range times {
			times[rng.IntN(len(times))]++
		}
		drawn := t.correlations(times)
		sample := relativeWeights(plainCorrelations(drawn))
		noisy := relativeWeights(drawn)
		total := 0.0
		for _, w := range sample {
			total += w
		}
		for i, w := range sample {
			shares[i] = append(shares[i], w/max(total, 1e-12))
			if noisy[i] > noisy[k] {
				beyondNoise[i]++
			}
			for j, other := range sample {
				if w > other {
					larger[i][j]++
				}
			}
		}
	}
	const sure = resamples * 95 / 100
	at := map[string]int{}
	for i, id := range ids {
		at[id] = i
		slices.Sort(shares[i])
		share := weights[i] / max(d.R2, 1e-12)
		d.List = append(d.List, Driver{
			Touchpoint: id, N: counts[id], Weight: weights[i], Correlation: corr.At(i, k+1), Clear: beyondNoise[i] >= sure,
			Share: Estimate{share, min(share, percentile(shares[i], .05)), max(share, percentile(shares[i], .95))},
		})
	}
	slices.SortFunc(d.List, func(a, b Driver) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Touchpoint, b.Touchpoint))
	})
	if d.Ranked = d.N >= rankedStories; !d.Ranked {
		d.Why = fmt.Sprintf("not enough to rank: %d with an overall rating, at least %d needed", d.N, rankedStories)
		return
	}
	groups := ties(k, func(i, j int) bool { return larger[at[d.List[i].Touchpoint]][at[d.List[j].Touchpoint]] >= sure })
	for i, g := range groups {
		d.List[i].Group = g
	}
}

// percentile returns the value below which the share p of sorted values lies, interpolated.
func percentile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
