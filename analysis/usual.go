package analysis

import "math"

// Usual are the limits of a run of numbers: what lies between them is the usual coming and going.
type Usual struct {
	Centre, Lo, Hi float64
	Trial          bool // too few numbers for limits that stay
}

// UsualRanges is how many mean moving ranges lie between the mean and a limit.
const UsualRanges = 2.66

// How many numbers limits take.
const (
	fewestLimits = 6
	solidLimits  = 12
)

// UsualLimits are the natural process limits of a chart of single values (XmR): the mean and 2.66 mean moving
// ranges to either side, moving ranges above 3.267 times their mean left out (NHS England, Making Data Count).
// ok is false under six values.
func UsualLimits(values []float64) (limits Usual, ok bool) {
	if len(values) < fewestLimits {
		return Usual{}, false
	}
	var level, range1, range2 moments
	for i, v := range values {
		level.add(v, 1)
		if i > 0 {
			range1.add(math.Abs(v-values[i-1]), 1)
		}
	}
	for i := 1; i < len(values); i++ {
		if r := math.Abs(values[i] - values[i-1]); r <= 3.267*range1.mean() {
			range2.add(r, 1)
		}
	}
	half := 0.0
	if range2.n > 0 {
		half = UsualRanges * range2.mean()
	}
	m := level.mean()
	return Usual{Centre: m, Lo: m - half, Hi: m + half, Trial: len(values) < solidLimits}, true
}

// A RatingPeriod is a count of ratings of one stretch of time.
type RatingPeriod struct {
	Period int // 0 for the first
	RatingCount
}

// Plain is the number of the answers under their definition, however few; false without any.
func (a Answers) Plain() (float64, bool) {
	if a.moments.n == 0 {
		return 0, false
	}
	return a.moments.mean(), true
}

// Scale is the ends of the scale of the number.
func (a Answers) Scale() (lo, hi float64) { return a.lo, a.hi }
