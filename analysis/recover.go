package analysis

import "math"

// clearAt is the log Bayes factor at which a change counts as over. A reversed alarm would call half
// of all lasting drops recovered.
const clearAt = 4

// recovered looks for the week in which the level went back to what it was before start. For every
// week r since, the weeks from r are held against two levels: the one before start, and that of the
// weeks between start and r.
func (l *look) recovered(start int, scale float64) (week int, ok bool) {
	b, g := l.base(start)
	before := (b.gx + l.prior*l.mu) / g
	best := math.Inf(-1)
	for r := start + 1; r <= l.week; r++ {
		during, after := l.between(start, r), l.between(r, l.week+1)
		if during.g == 0 || after.weeks < minWeeks {
			continue
		}
		v := 1/during.g + 1/g + levelWander
		shrunk := scale * scale / (scale*scale + v)
		changed := before + (during.gx/during.g-before)*shrunk
		x, noise := after.gx/after.g, 1/after.g+levelWander
		f := logNormal(x, before, noise+1/g) - logNormal(x, changed, noise+v*shrunk)
		if f > best {
			week, best = r, f
		}
	}
	return week, best >= clearAt
}

// logNormal returns the log density of a normal, without its constant.
func logNormal(x, mean, variance float64) float64 {
	return -0.5*math.Log(variance) - (x-mean)*(x-mean)/(2*variance)
}
