package analysis

import "math"

// What a scan asks of the weeks it compares.
const (
	levelWander = .03 * .03 // variance of a level that no data narrow: small shifts are nobody's news
	recentWeeks = 8         // left out where clipping limits are set
	clipSD      = 3
	minWeeks    = 2 // with voices after the start
	minVoices   = 4 // after the start
	minBase     = 4 // weeks with voices before it: what has no before has not changed
)

// A direction is the sign of a change.
type direction float64

const (
	down direction = -1
	up   direction = 1
)

// A look is a stream seen from one week back, as running sums: entry i is the sum before week from+i.
type look struct {
	from, week int
	mu, prior  float64 // prior of the level: mean, precision
	sums       [keptWeeks + refitWeeks + 1]sums
}

// sums are over weeks: of precision, of precision times the clipped and the plain mean, of voices, and
// how many had any.
type sums struct{ g, gx, graw, n, weeks float64 }

func (a sums) minus(b sums) sums {
	return sums{a.g - b.g, a.gx - b.gx, a.graw - b.graw, a.n - b.n, a.weeks - b.weeks}
}

// between sums weeks from, but not to.
func (l *look) between(from, to int) sums {
	from, to = max(from, l.from), max(to, l.from)
	return l.sums[to-l.from].minus(l.sums[from-l.from])
}

// take fills the look from the series whose first point is of week first. Weekly means are clipped to
// three standard deviations around the mean of all but the latest weeks, so that one wild week cannot
// raise an alarm alone.
func (l *look) take(s *stream, first, week, weeks int) {
	l.week, l.from = week, max(week-weeks+1, first)
	l.mu, l.prior = s.mu, 1/(s.sd*s.sd)
	g, gx := l.prior, l.prior*l.mu
	for t := max(l.from, week-usedWeeks+1); t <= week-recentWeeks; t++ {
		if p := s.points[t-first]; p.info > 0 && s.uses(t) {
			q := s.precision(p)
			g += q
			gx += q * p.x
		}
	}
	centre, centreVar := gx/g, 1/g
	sum := sums{}
	l.sums[0] = sum
	for t := l.from; t <= week; t++ {
		if p := s.points[t-first]; p.info > 0 && s.uses(t) {
			q := s.precision(p)
			limit := clipSD * math.Sqrt(1/q+centreVar)
			sum.g += q
			sum.gx += q * min(max(p.x, centre-limit), centre+limit)
			sum.graw += q * p.x
			sum.n += p.n
			sum.weeks++
		}
		l.sums[t+1-l.from] = sum
	}
}

// base is the level of the year before a start week, prior included.
func (l *look) base(start int) (b sums, g float64) {
	b = l.between(start-baseWeeks, start)
	return b, b.g + l.prior
}

// A scan holds, for the start weeks from to from+scanWeeks-1, the Bayes factor of a change that began
// there against none; 0 where too little is known.
type scan struct {
	from      int
	factors   [scanWeeks]float64
	sum       float64 // of the factors
	statistic float64 // log of sum; -Inf where nothing is known
}

// scan looks for a change that began in one of the scanWeeks weeks up to last.
func (l *look) scan(last int, scale float64) (falls, rises scan) {
	falls.from = last - scanWeeks + 1
	rises.from = falls.from
	for i := range scanWeeks {
		if d, v, ok := l.shift(falls.from + i); ok {
			falls.factors[i], rises.factors[i] = bayes(d, v, scale)
			falls.sum += falls.factors[i]
			rises.sum += rises.factors[i]
		}
	}
	falls.statistic, rises.statistic = math.Log(falls.sum), math.Log(rises.sum)
	return falls, rises
}

// shift returns the clipped change of level at a start week and its variance.
func (l *look) shift(start int) (d, v float64, ok bool) {
	post := l.between(start, l.week+1)
	if start < l.from || post.weeks < minWeeks || post.n < minVoices {
		return 0, 0, false
	}
	b, g := l.base(start)
	if b.weeks < minBase {
		return 0, 0, false
	}
	return post.gx/post.g - (b.gx+l.prior*l.mu)/g, 1/post.g + 1/g + levelWander, true
}

// maxSigmas bounds the argument of bayes, where e^(u²/2) would leave the range of a float64. Nobody is
// surer at forty standard deviations than at thirty-five.
const maxSigmas = 35

// bayes returns the Bayes factors of a drop and of a rise, half-normal with the given scale, against
// no change, where a change d was measured with variance v. With u = ds/√(v(v+s²)) that of a drop is
//
//	2 √(v/(v+s²)) e^(u²/2) Φ(-u)
//
// and a rise has Φ(u).
func bayes(d, v, scale float64) (fall, rise float64) {
	s2 := scale * scale
	u := min(max(d*scale/math.Sqrt(v*(v+s2)), -maxSigmas), maxSigmas)
	f := math.Sqrt(v/(v+s2)) * math.Exp(u*u/2)
	return f * math.Erfc(u/math.Sqrt2), f * math.Erfc(-u/math.Sqrt2)
}
