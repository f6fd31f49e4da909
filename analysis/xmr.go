package analysis

import "math"

// trialPoints is how many points limits need to be more than a first sight of them.
const trialPoints = 12

// An XmR is the natural limits of a series of single values: the mean, and 2.66 mean moving ranges to either
// side (Wheeler 1993, Understanding Variation; NHS England, Making Data Count).
type XmR struct {
	N            int // values
	Mean, Lo, Hi float64
	Trial        bool // too few values for the limits to stand
}

// NewXmR sets the limits of values in the order of time, none under three of them. Moving ranges above 3.267
// times their mean are left out of it, once.
func NewXmR(values []float64) (XmR, bool) {
	if len(values) < 3 {
		return XmR{}, false
	}
	x := XmR{N: len(values), Trial: len(values) < trialPoints}
	for _, v := range values {
		x.Mean += v / float64(x.N)
	}
	ranges := make([]float64, x.N-1)
	for i := range ranges {
		ranges[i] = math.Abs(values[i+1] - values[i])
	}
	usual := meanUpTo(ranges, math.Inf(1))
	half := 2.66 * meanUpTo(ranges, 3.267*usual)
	x.Lo, x.Hi = x.Mean-half, x.Mean+half
	return x, true
}

// meanUpTo is the mean of the values that are not above most; at least one must not be.
func meanUpTo(values []float64, most float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range values {
		if v <= most {
			sum += v
			n++
		}
	}
	return sum / n
}
