package model

// A finish makes the log odds of a bank's labels from what the hashed features come to and the dense ones.
type finish struct {
	scale, shift []float64 // one a label, calibrated
	rows         []float32 // the weights of each dense feature, calibrated: one a label, filled up to a multiple of four
	stride       int
}

func newFinish(l *linear) *finish {
	k := len(l.Labels)
	f := &finish{stride: (k + 3) &^ 3}
	f.rows = make([]float32, l.Layout.Dense*f.stride)
	for j := range k {
		f.scale = append(f.scale, float64(l.Scale[j])*float64(l.Slope[j]))
		f.shift = append(f.shift, float64(l.Shift[j]))
		for i := range l.Layout.Dense {
			f.rows[i*f.stride+j] = l.Dense[i*k+j] * l.Slope[j]
		}
	}
	return f
}

// all sets out to base, one a label, and what the features add to it.
func (f *finish) all(base []float64, hashed *[maxLabels]float64, dense []value, out []float64) {
	var sums [maxLabels]float32
	for from := 0; from < f.stride; from += 4 {
		var a, b, c, d float32
		for _, x := range dense {
			w := (*[4]float32)(f.rows[int(x.at)*f.stride+from:])
			a += x.is * w[0]
			b += x.is * w[1]
			c += x.is * w[2]
			d += x.is * w[3]
		}
		*(*[4]float32)(sums[from:]) = [4]float32{a, b, c, d}
	}
	for j := range out {
		out[j] = base[j] + hashed[j]*f.scale[j] + float64(sums[j])
	}
}

// one returns what all sets out[j] to.
func (f *finish) one(j int, base, hashed float64, dense []value) float64 {
	sum := float32(0)
	for _, x := range dense {
		sum += x.is * f.rows[int(x.at)*f.stride+j]
	}
	return base + hashed*f.scale[j] + float64(sum)
}
