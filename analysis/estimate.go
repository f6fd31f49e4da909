package analysis

import "math"

const (
	effectScale = .30   // of the half-normal prior of an effect
	z90         = 1.645 // half the width of a 90 % interval in standard deviations
)

// An estimate says when a change began and how large it is.
type estimate struct {
	since, lo, hi    int // weeks: posterior median, 10 % and 90 % points
	effect, low, top float64
}

// estimate weighs the start weeks of a scan by their Bayes factors. The effect rests on plain weekly
// means: clipping guards the decision and would shrink the answer.
func (l *look) estimate(s scan, dir direction) estimate {
	var e estimate
	e.since, e.lo, e.hi = s.quantile(.5), s.quantile(.1), s.quantile(.9)
	mean, square := 0.0, 0.0
	for i, f := range s.factors {
		if f == 0 {
			continue
		}
		q := f / s.sum
		start := s.from + i
		post := l.between(start, l.week+1)
		b, g := l.base(start)
		d := post.graw/post.g - (b.graw+l.prior*l.mu)/g
		m, v := halfNormal(float64(dir)*d, 1/post.g+1/g+levelWander, effectScale)
		mean += q * m
		square += q * (v + m*m)
	}
	half := z90 * math.Sqrt(max(square-mean*mean, 0))
	e.effect, e.low, e.top = mean, max(mean-half, 0), mean+half
	if dir == down {
		e.effect, e.low, e.top = -e.effect, -e.top, -e.low
	}
	return e
}

// quantile returns the first start week by which a share p of the posterior is reached.
func (s scan) quantile(p float64) int {
	sum := 0.0
	for i, f := range s.factors {
		if sum += f; sum >= p*s.sum {
			return s.from + i
		}
	}
	return s.from + len(s.factors) - 1
}

// halfNormal returns mean and variance of the size of a change, half-normal a priori, that was
// measured as d with variance v: a normal cut off at 0.
func halfNormal(d, v, scale float64) (mean, variance float64) {
	s2 := scale * scale
	m, sd := d*s2/(v+s2), math.Sqrt(v*s2/(v+s2))
	a := m / sd
	// hazard is φ(a)/Φ(a)
	hazard := math.Exp(-a*a/2 - 0.5*math.Log(2*math.Pi) - logPhi(a))
	return m + sd*hazard, sd * sd * max(1-hazard*(hazard+a), 0)
}

// logPhi returns the log of the standard normal distribution function, to about 1e-12 relative.
func logPhi(x float64) float64 {
	switch {
	case x > 0:
		return math.Log1p(-0.5 * math.Erfc(x/math.Sqrt2))
	case x > -20:
		return math.Log(0.5 * math.Erfc(-x/math.Sqrt2))
	}
	// Mills' ratio, asymptotically: Φ(x) = φ(x)/|x| · (1 - 1/x² + 3/x⁴ - 15/x⁶ + ...)
	y := 1 / (x * x)
	return -x*x/2 - math.Log(-x) - 0.5*math.Log(2*math.Pi) + math.Log1p(-y*(1-y*(3-y*(15-y*105))))
}
