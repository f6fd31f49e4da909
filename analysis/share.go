package analysis

import "math"

// z95 is the normal quantile of a two-sided interval of 95 %.
const z95 = 1.959964

// A Share is how many of N things are so.
type Share struct{ K, N int }

// Value is the share itself, 0 where there is nothing to count.
func (s Share) Value() float64 { return float64(s.K) / float64(max(s.N, 1)) }

// Interval is Wilson's score interval of 95 % (Wilson 1927); all of 0 to 1 where there is nothing to count.
func (s Share) Interval() (lo, hi float64) {
	if s.N == 0 {
		return 0, 1
	}
	centre, half := wilson(s.Value(), float64(s.N))
	return max(0, centre-half), min(1, centre+half)
}

// More is how many more things must be counted until the interval is at most half, above 0, to either side, if
// the share stays as it is; a share of nothing is taken for one half, which needs most.
func (s Share) More(half float64) int {
	p := s.Value()
	if s.N == 0 {
		p = 0.5
	}
	for n := max(s.N, 1); ; n++ {
		if _, h := wilson(p, float64(n)); h <= half {
			return n - s.N
		}
	}
}

// wilson is the centre and half the width of the interval of a share p of n.
func wilson(p, n float64) (centre, half float64) {
	d := 1 + z95*z95/n
	return (p + z95*z95/(2*n)) / d, z95 * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n)) / d
}
