package model

import (
	"math"
	"sync"
)

// A linear is a bank of logistic regressions over the same features, one a label.
type linear struct {
	Layout layout    `json:"layout"`
	Labels []string  `json:"labels"`
	Scale  []float32 `json:"scale"` // of a label's int8 weights
	// Dense are the weights of the dense features, a row of labels for each.
	Dense []float32 `json:"dense"`
	// Slope and Shift calibrate: the probability is the logistic function of Slope*z + Shift.
	Slope []float32 `json:"slope"`
	Shift []float32 `json:"shift"`
	Cut   []float32 `json:"cut"` // the probability from which a label is given

	idf     []byte // a byte a hashed feature
	weights []byte // int8, a row of labels for each hashed feature

	laidOut sync.Once
	rows    rows // idf and weights once more, for counted
}

// logits sets out, one a label, to the sums that decide; v is weighed.
func (l *linear) logits(v *vector, out []float64) {
	k, n := len(l.Labels), uint32(len(l.idf))
	var quick [64]float32
	sum := quick[:k]
	var dense [64]float32
	add := dense[:k]
	for i, at := range v.at {
		val := v.val[i]
		if at >= n {
			for j, w := range l.Dense[int(at-n)*k:][:k] {
				add[j] += val * w
			}
			continue
		}
		for j, w := range l.weights[int(at)*k:][:k] {
			sum[j] += val * float32(int8(w))
		}
	}
	for j := range out {
		out[j] = float64(sum[j]*l.Scale[j]) + float64(add[j])
	}
}

// layOut returns the rows of the hashed features.
func (l *linear) layOut() *rows {
	l.laidOut.Do(func() { l.rows = newRows(l) })
	return &l.rows
}

// counted sets out to the logits of a vector that holds counts still, which it may put in another order. Its blocks are
// weighed as a whole, after their rows are added.
func (l *linear) counted(v *vector, out []float64) {
	l.layOut()
	var hashed, block [maxLabels]float64
	sum := block[:len(out)]
	i, end := 0, uint32(0)
	for _, b := range l.Layout.Blocks {
		end += 1 << b.Bits
		from := i
		for i < len(v.at) && v.at[i] < end {
			i++
		}
		if i == from {
			continue
		}
		clear(sum)
		b.weigh(l.rows.addAll(vector{v.at[from:i], v.val[from:i]}, sum), sum, hashed[:])
	}
	l.finish(hashed[:len(out)], vector{v.at[i:], v.val[i:]}, out)
}

// finish sets out to the logits of what the hashed features came to and the dense ones.
func (l *linear) finish(hashed []float64, dense vector, out []float64) {
	k, n := len(l.Labels), uint32(len(l.idf))
	// Four labels at a time: their sums stay in registers.
	var sum [maxLabels]float32
	j := 0
	for ; j+4 <= k; j += 4 {
		var a, b, c, d float32
		for i, at := range dense.at {
			w, val := l.Dense[int(at-n)*k+j:][:4], dense.val[i]
			a += val * w[0]
			b += val * w[1]
			c += val * w[2]
			d += val * w[3]
		}
		sum[j], sum[j+1], sum[j+2], sum[j+3] = a, b, c, d
	}
	for ; j < k; j++ {
		for i, at := range dense.at {
			sum[j] += dense.val[i] * l.Dense[int(at-n)*k+j]
		}
	}
	for j := range out {
		out[j] = hashed[j]*float64(l.Scale[j]) + float64(sum[j])
	}
}

// maxLabels is how many labels a bank may have.
const maxLabels = 64

// probabilities sets out to the calibrated probability of each label by itself; v is weighed.
func (l *linear) probabilities(v *vector, out []float64) {
	l.logits(v, out)
	l.settle(out)
}

// likely does the same for a vector that holds counts.
func (l *linear) likely(v *vector, out []float64) {
	l.counted(v, out)
	l.settle(out)
}

func (l *linear) settle(out []float64) {
	for j, z := range out {
		out[j] = sigmoid(float64(l.Slope[j])*z + float64(l.Shift[j]))
	}
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// pack makes a bank of trained weights: those of hashed features become int8 with a scale a label.
func pack(l layout, labels []string, idf []byte, trained [][]float32) *linear {
	k, n := len(labels), l.hashed()
	b := &linear{
		Layout: l, Labels: labels, idf: idf, Scale: make([]float32, k), weights: make([]byte, n*k), Dense: make([]float32, l.Dense*k),
		Slope: make([]float32, k), Shift: make([]float32, k), Cut: make([]float32, k),
	}
	for j, w := range trained {
		top := float32(0)
		for _, x := range w[:n] {
			top = max(top, x, -x)
		}
		b.Scale[j], b.Slope[j], b.Cut[j] = top/127, 1, 0.5
		for i, x := range w[:n] {
			if top > 0 {
				b.weights[i*k+j] = byte(int8(math.Round(float64(x / b.Scale[j]))))
			}
		}
		for i, x := range w[n:] {
			b.Dense[i*k+j] = x
		}
	}
	return b
}
