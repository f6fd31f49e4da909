package model

import (
	"math"
	"math/rand/v2"
)

// An example is a row to learn one label from.
type example struct {
	x      *vector
	yes    bool
	weight float64
}

// logistic fits weights w, n of them, that minimise
//
//	½‖w‖² + Σ cᵢ ln(1 + exp(-yᵢ w·xᵢ)),  cᵢ = cost × weightᵢ
//
// by coordinate descent in the dual (Yu, Huang and Lin, Machine Learning 85, 2011, algorithm 5). The order
// of the rows follows from seed alone, so the same input gives the same bits.
func logistic(rows []example, n int, cost float64, seed uint64) []float32 {
	const (
		rounds    = 30
		tolerance = 0.02
		shrink    = 0.1 // of a step that would leave the box
		inner     = 20
	)
	w := make([]float32, n)
	low := make([]float64, len(rows))  // the dual variable
	high := make([]float64, len(rows)) // and what is left of its bound
	norm := make([]float64, len(rows))
	order := make([]int, len(rows))
	for i, r := range rows {
		c := cost * r.weight
		low[i] = math.Min(1e-3*c, 1e-8)
		high[i] = c - low[i]
		for _, v := range r.x.val {
			norm[i] += float64(v) * float64(v)
		}
		r.add(w, low[i])
		order[i] = i
	}
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // only an order, to be the same each time
	for range rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst := 0.0
		for _, i := range order {
			r := rows[i]
			c, a, b := low[i]+high[i], norm[i], r.margin(w)
			one, other, sign := &low[i], &high[i], 1.0
			if 0.5*a*(high[i]-low[i])+b < 0 {
				one, other, sign = other, one, -1
			}
			old := *one
			z := old
			if c-z < 0.5*c {
				z *= 0.1
			}
			slope := a*(z-old) + sign*b + math.Log(z/(c-z))
			worst = math.Max(worst, math.Abs(slope))
			moved := false
			for k := 0; k < inner && math.Abs(slope) > 1e-2*math.Min(1, tolerance*10); k++ {
				next := z - slope/(a+c/(c-z)/z)
				if next <= 0 {
					z *= shrink
				} else {
					z = next
				}
				slope = a*(z-old) + sign*b + math.Log(z/(c-z))
				moved = true
			}
			if moved {
				*one, *other = z, c-z
				r.add(w, sign*(z-old))
			}
		}
		if worst < tolerance {
			break
		}
	}
	return w
}

// margin is how far w puts the row on its right side.
func (r example) margin(w []float32) float64 {
	sum := 0.0
	for i, at := range r.x.at {
		sum += float64(w[at]) * float64(r.x.val[i])
	}
	if !r.yes {
		return -sum
	}
	return sum
}

// add moves w towards the row's side by step.
func (r example) add(w []float32, step float64) {
	if !r.yes {
		step = -step
	}
	for i, at := range r.x.at {
		w[at] += float32(step * float64(r.x.val[i]))
	}
}
