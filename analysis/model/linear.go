package model

import "math"

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

	// Of the hashed features: squares of document frequencies, and int8 weights, a row of labels for each, which are
	// multiplied by the frequencies already.
	squares []byte
	weights []byte
}

// logits sets out, one a label, to the sums that decide; v is weighed.
func (l *linear) logits(v *vector, out []float64) {
	k, n := len(l.Labels), uint32(len(l.squares))
	var hashed, dense [maxLabels]float32
	for i, at := range v.at {
		val := v.val[i]
		if at >= n {
			for j, w := range l.Dense[int(at-n)*k:][:k] {
				dense[j] += val * w
			}
			continue
		}
		val *= rootless[l.squares[at]]
		for j, w := range l.weights[int(at)*k:][:k] {
			hashed[j] += val * float32(int8(w))
		}
	}
	for j := range out {
		out[j] = float64(hashed[j]*l.Scale[j]) + float64(dense[j])
	}
}

// rootless are the factors that take the document frequency out of a feature, by its square.
var rootless = func() (list [math.MaxUint8 + 1]float32) {
	for q := range list[1:] {
		list[q+1] = float32(1 / math.Sqrt(float64(q+1)))
	}
	return list
}()

// maxLabels is how many labels a bank may have.
const maxLabels = 64

// odds sets out to the calibrated log odds of each label by itself; v is weighed.
func (l *linear) odds(v *vector, out []float64) {
	l.logits(v, out)
	for j, z := range out {
		out[j] = float64(l.Slope[j])*z + float64(l.Shift[j])
	}
}

// read returns the probabilities of features.
func (l *linear) read(s *sheet, f features) []float64 {
	v, out := s.count(l.Layout, f), make([]float64, len(l.Labels))
	v.weigh(l.Layout, l.squares)
	l.odds(&v, out)
	likely(out)
	return out
}

// likely makes probabilities of log odds.
func likely(odds []float64) {
	for j, z := range odds {
		odds[j] = sigmoid(z)
	}
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// oddsOf is the inverse of sigmoid: log odds.
func oddsOf(p float64) float64 { return math.Log(p / (1 - p)) }

// pack makes a bank of trained weights: those of hashed features, times their document frequencies, become int8 with a scale
// a label.
func pack(l layout, labels []string, squares []byte, trained [][]float32) *linear {
	k, n := len(labels), l.hashed()
	b := &linear{
		Layout: l, Labels: labels, squares: squares, Scale: make([]float32, k), weights: make([]byte, n*k), Dense: make([]float32, l.Dense*k),
		Slope: make([]float32, k), Shift: make([]float32, k), Cut: make([]float32, k),
	}
	for j, w := range trained {
		top := float32(0)
		for i, x := range w[:n] {
			x *= frequency(squares[i])
			top = max(top, x, -x)
		}
		b.Scale[j], b.Slope[j], b.Cut[j] = top/127, 1, 0.5
		for i, x := range w[:n] {
			if top > 0 {
				b.weights[i*k+j] = byte(int8(math.Round(float64(x * frequency(squares[i]) / b.Scale[j]))))
			}
		}
		for i, x := range w[n:] {
			b.Dense[i*k+j] = x
		}
	}
	return b
}

// frequency is the inverse document frequency, in the unit that its square has, of a feature.
func frequency(square byte) float32 { return float32(math.Sqrt(float64(square))) }
