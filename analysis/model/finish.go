package model

// A finish makes the log odds of a bank's labels from what the hashed features come to and the dense ones.
type finish struct {
	labels       int
	stride       int       // from row to row: labels, filled up to a multiple of eight
	scale, shift []float64 // a row, calibrated
	rows         []float32 // the weights of each dense feature, calibrated
	enough       []float64 // nil or two rows: the log odds from which a label is likely, and in a stretch of several clauses
}

func newFinish(l *linear) *finish {
	k := len(l.Labels)
	f := &finish{labels: k, stride: (k + 7) &^ 7}
	f.scale, f.shift, f.rows = make([]float64, f.stride), make([]float64, f.stride), make([]float32, l.Layout.Dense*f.stride)
	for j := range k {
		f.scale[j], f.shift[j] = float64(l.Scale[j])*float64(l.Slope[j]), float64(l.Shift[j])
		for i := range l.Layout.Dense {
			f.rows[i*f.stride+j] = l.Dense[i*k+j] * l.Slope[j]
		}
	}
	return f
}

// raise adds, after the dense features, one for each label from one on that adds so much to its log odds.
func (f *finish) raise(from int, by float32) {
	for j := from; j < f.labels; j++ {
		row := make([]float32, f.stride)
		row[j] = by
		f.rows = append(f.rows, row...)
	}
}
