package analysis

import (
	"maps"
	"slices"
)

// A network is what practices share at a refit: how sources differ, how touchpoints usually score, how
// remarks of one review go together. Fewer than fewPractices share nothing.
type network struct {
	offsets map[string]float64 // by source
	means   []float64          // by place in detector.names; nil where nothing is shared
	rho     float64
}

// newNetwork fits the offsets of the sources that enough practices have.
func newNetwork(live []*history) *network {
	net := &network{offsets: make(map[string]float64), rho: usualRho}
	having := make(map[string]int)
	for _, h := range live {
		for s := range h.fit.met {
			if name := h.sources[s].name; name != otherSources {
				having[name]++
			}
		}
	}
	maps.DeleteFunc(having, func(_ string, n int) bool { return n < fewPractices })
	names := slices.Sorted(maps.Keys(having))
	if len(names) == 0 {
		return net
	}
	place := make(map[string]int)
	for i, name := range names {
		place[name] = i
	}
	m := len(names)
	matrix, vector := make([]float64, m*m), make([]float64, m)
	for _, h := range live {
		for s := range h.fit.met {
			i, ok := place[h.sources[s].name]
			if !ok {
				continue
			}
			vector[i] += h.fit.totalVector[s]
			for u := range h.fit.met {
				if j, ok := place[h.sources[u].name]; ok {
					matrix[i*m+j] += h.fit.totalMatrix[s*h.fit.met+u]
				}
			}
		}
	}
	for i, a := range ridge(matrix, vector, make([]float64, m), networkVar) {
		net.offsets[names[i]] = a
	}
	return net
}

// level takes in what the practices measured: usual levels and the correlation within a review.
func (net *network) level(live []*history, touchpoints int) {
	told := 0
	for _, h := range live {
		if h.seen > 0 {
			told++
		}
	}
	if told < fewPractices {
		return
	}
	net.means = make([]float64, touchpoints)
	weights := make([]float64, touchpoints)
	products, pairs := pseudoPairs*scoreVar*usualRho, pseudoPairs*scoreVar
	for _, h := range live {
		for k, m := range h.scale.means {
			w := m.n / (m.n + pseudoLevel)
			net.means[h.network[k]] += w * m.x
			weights[h.network[k]] += w
		}
		products += h.scale.products
		pairs += h.scale.variance * h.scale.pairs
	}
	sum, known := 0.0, 0.0
	for i, w := range weights {
		if w > 0 {
			net.means[i] /= w
			sum += net.means[i]
			known++
		}
	}
	for i, w := range weights {
		if w == 0 {
			net.means[i] = sum / known // a touchpoint nobody has spoken of is like the others
		}
	}
	net.rho = products / pairs
}
