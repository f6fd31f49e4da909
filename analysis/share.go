package analysis

// A Share is how many of N things are so.
type Share struct{ K, N int }

// Value is the share itself, 0 where there is nothing to count.
func (s Share) Value() float64 { return float64(s.K) / float64(max(s.N, 1)) }

// Interval is Wilson's score interval of 95 % (Wilson 1927); all of 0 to 1 where there is nothing to count.
func (s Share) Interval() (lo, hi float64) {
	if s.N == 0 {
		return 0, 1
	}
	e := wilson(float64(s.K), float64(s.N))
	return e.Lo, e.Hi
}

// More is how many more things must be counted until the interval is at most half, above 0, to either side, if
// the share stays as it is; a share of nothing is taken for one half, which needs most.
func (s Share) More(half float64) int {
	p := s.Value()
	if s.N == 0 {
		p = 0.5
	}
	for n := max(s.N, 1); ; n++ {
		if _, h := scoreInterval(p, float64(n)); h <= half {
			return n - s.N
		}
	}
}
