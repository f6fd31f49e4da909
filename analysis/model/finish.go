package model

import "math"

// A finish makes the log odds of a bank's labels from what the hashed features come to and the dense ones. The odds are calibrated.
type finish struct {
	labels int
	stride int       // from row to row: labels, filled up to a multiple of eight
	rows   []float32 // see inScale; the weights of each dense feature come after
}

// The first rows of a finish.
const (
	inScale         = iota // by what the hashed features are multiplied
	inShift                // what is added
	inEnough               // the log odds from which a label is likely
	inEnoughSeveral        // and in a stretch of several clauses
	inDense
)

func newFinish(l *linear) *finish {
	k := len(l.Labels)
	f := &finish{labels: k, stride: (k + 7) &^ 7}
	f.rows = make([]float32, (inDense+l.Layout.Dense)*f.stride)
	for j := range f.stride {
		f.row(inEnough)[j], f.row(inEnoughSeveral)[j] = float32(math.Inf(1)), float32(math.Inf(1))
	}
	for j := range k {
		f.row(inScale)[j], f.row(inShift)[j] = l.Scale[j]*l.Slope[j], l.Shift[j]
		for i := range l.Layout.Dense {
			f.row(inDense + i)[j] = l.Dense[i*k+j] * l.Slope[j]
		}
	}
	return f
}

// row is a row of it.
func (f *finish) row(i int) []float32 { return f.rows[i*f.stride:][:f.stride] }

// raise adds, after the dense features, one for each label from one on that adds so much to its log odds.
func (f *finish) raise(from int, by float32) {
	for j := from; j < f.labels; j++ {
		row := make([]float32, f.stride)
		row[j] = by
		f.rows = append(f.rows, row...)
	}
}
