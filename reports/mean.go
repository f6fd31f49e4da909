package reports

import (
	"math"
)

// Bands of how many people a mean may be shown for.
const (
	enough = 10 // below it no mean is shown
	solid  = 30 // below it a mean is indicative
)

// mean writes the mean of persons' scores with its 90 % interval by Student's t.
func (l *language) mean(scores []float64) string {
	n := float64(len(scores))
	if len(scores) < enough {
		return ""
	}
	var sum, squares float64
	for _, s := range scores {
		sum += s
	}
	for _, s := range scores {
		squares += (s - sum/n) * (s - sum/n)
	}
	half := t95(n-1) * math.Sqrt(squares/(n-1)/n)
	text := l.say("%s (90 %% sure: %s to %s)",
		l.signed(sum/n), l.signed(max(-1, sum/n-half)), l.signed(min(1, sum/n+half)))
	if len(scores) < solid {
		text += l.say(", indicative: under %d people", solid)
	}
	return text
}

// t95 is the 95th percentile of Student's t with v degrees of freedom, by the expansion in
// Abramowitz and Stegun 26.7.5; within 0.01 from v = 5.
func t95(v float64) float64 {
	const z = 1.6448536
	return z + (z*z*z+z)/(4*v) + (5*math.Pow(z, 5)+16*z*z*z+3*z)/(96*v*v)
}
