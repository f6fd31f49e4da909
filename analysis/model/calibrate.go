package model

import (
	"math"
	"slices"
)

// platt fits slope and shift of the logistic function to held-out logits (Platt, 1999), by Newton's method.
// truths that are unknown are passed over.
func platt(logits []float64, truths []truth) (slope, shift float64) {
	slope = 1
	const ridge = 1e-3 // keeps labels with few rows near slope 1
	for range 30 {
		ga, gb := ridge*(slope-1), ridge*shift
		haa, hab, hbb := ridge, 0.0, ridge
		for i, z := range logits {
			if truths[i] == unknown {
				continue
			}
			p := sigmoid(slope*z + shift)
			e := p
			if truths[i] == yes {
				e = p - 1
			}
			h := p * (1 - p)
			ga += e * z
			gb += e
			haa += h * z * z
			hab += h * z
			hbb += h
		}
		det := haa*hbb - hab*hab
		if det <= 0 {
			break
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		slope -= da
		shift -= db
		if math.Abs(da)+math.Abs(db) < 1e-6 {
			break
		}
	}
	return slope, shift
}

// temper sets one slope for all labels of a bank of which exactly one of the first n holds: the slope at which the
// rows held out that are at home are likeliest, to a twentieth.
func (l *linear) temper(held [][]float64, rows []row, n int) {
	best, slope := math.Inf(1), 1.0
	for step := 8; step <= 60; step++ {
		s, loss := float64(step)/20, 0.0
		for i, r := range rows {
			if !r.home || held[i] == nil {
				continue
			}
			sum, right := 0.0, 0.0
			for j, z := range held[i][:n] {
				p := sigmoid(s * z)
				sum += p
				if r.truth[j] == yes {
					right = p
				}
			}
			loss -= r.weight * math.Log(right/sum)
		}
		if loss < best {
			best, slope = loss, s
		}
	}
	for j := range l.Slope {
		l.Slope[j] = float32(slope)
	}
}

// calibrate sets slope and shift of every label from logits of rows held out, and the cut at which F1 is best there.
func (l *linear) calibrate(held [][]float64, rows []row) {
	z, t := make([]float64, len(rows)), make([]truth, len(rows))
	for j := range l.Labels {
		for i := range rows {
			t[i] = unknown
			if held[i] != nil {
				z[i], t[i] = held[i][j], rows[i].truth[j]
			}
		}
		slope, shift := platt(z, t)
		l.Slope[j], l.Shift[j] = float32(slope), float32(shift)
		l.Cut[j] = float32(bestCut(z, t, slope, shift))
	}
}

// cutPrior counts towards each cut as that many right answers of the even cut, so that labels
// with few rows stay near it.
const cutPrior = 10

// bestCut returns the probability between 0.2 and 0.7 from which saying yes gives the best F1.
func bestCut(logits []float64, truths []truth, slope, shift float64) float64 {
	type said struct {
		p  float64
		is bool
	}
	var list []said
	total := 0
	for i, z := range logits {
		if truths[i] != unknown {
			list = append(list, said{sigmoid(slope*z + shift), truths[i] == yes})
			total += int(flag(truths[i] == yes))
		}
	}
	slices.SortFunc(list, func(a, b said) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return 0
	})
	best, cut, hit := -1.0, 0.4, 0
	for i, x := range list {
		hit += int(flag(x.is))
		if x.p < 0.2 {
			break
		}
		if x.p > 0.7 || i+1 < len(list) && list[i+1].p == x.p {
			continue
		}
		f1 := float64(2*hit+cutPrior) / float64(i+1+total+cutPrior+cutPrior/2)
		if f1 > best {
			best, cut = f1, x.p
		}
	}
	return cut
}
