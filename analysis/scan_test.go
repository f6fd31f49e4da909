package analysis

import (
	"math"
	"testing"
)

// integrate sums f from 0 to hi by Simpson's rule.
func integrate(hi float64, f func(float64) float64) float64 {
	const n = 20000
	h := hi / n
	sum := f(0) + f(hi)
	for i := 1; i < n; i++ {
		sum += float64(2+2*(i%2)) * f(float64(i)*h)
	}
	return sum * h / 3
}

func density(x, mean, variance float64) float64 {
	return math.Exp(-(x-mean)*(x-mean)/(2*variance)) / math.Sqrt(2*math.Pi*variance)
}

// TestBayesIsTheRatioOfLikelihoods holds the closed form against the integral it stands for: the
// likelihood of the change d under a half-normal drop, over that under none.
func TestBayesIsTheRatioOfLikelihoods(t *testing.T) {
	for _, c := range []struct{ d, v, scale float64 }{
		{0, .01, .3}, {-.3, .01, .3}, {.3, .01, .3}, {-.6, .02, .3}, {-.1, .002, .2}, {.15, .002, .2}, {-.5, .2, .3},
	} {
		none := density(c.d, 0, c.v)
		size := func(x float64) float64 { return 2 * density(x, 0, c.scale*c.scale) }
		wantFall := integrate(12*c.scale, func(x float64) float64 { return size(x) * density(c.d, -x, c.v) }) / none
		wantRise := integrate(12*c.scale, func(x float64) float64 { return size(x) * density(c.d, x, c.v) }) / none
		fall, rise := bayes(c.d, c.v, c.scale)
		if math.Abs(fall/wantFall-1) > 1e-9 || math.Abs(rise/wantRise-1) > 1e-9 {
			t.Errorf("bayes(%v, %v, %v) = %v, %v, want %v, %v", c.d, c.v, c.scale, fall, rise, wantFall, wantRise)
		}
		// The form written with logarithms.
		s2 := c.scale * c.scale
		log := .5*math.Log(c.v/(c.v+s2)) + c.d*c.d*s2/(2*c.v*(c.v+s2)) + math.Ln2 + logPhi(-c.d*c.scale/math.Sqrt(c.v*(c.v+s2)))
		if math.Abs(math.Log(fall)-log) > 1e-9 {
			t.Errorf("log of bayes(%v, %v, %v) = %v, want %v", c.d, c.v, c.scale, math.Log(fall), log)
		}
	}
	for _, d := range []float64{-2, 2} {
		if fall, rise := bayes(d, 1e-3, .3); math.IsInf(fall, 0) || math.IsNaN(fall) || math.IsInf(rise, 0) || math.IsNaN(rise) {
			t.Errorf("bayes(%v, 0.001, 0.3) = %v, %v, want finite", d, fall, rise)
		}
	}
}

// TestLogPhi compares with values computed to 50 digits from the continued fraction and the series of
// the error function.
func TestLogPhi(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{-60, -1805.0135606805673},
		{-40, -804.6084420137538},
		{-25, -316.63940800802027},
		{-20.5, -214.06672896326381},
		{-19.5, -194.01696577749749},
		{-10, -53.23128515051247},
		{-5, -15.064998393988725},
		{-1.5, -2.7059444008238898},
		{-.25, -0.9130617648111351},
		{0, -0.69314718055994529},
		{.5, -0.3689464152886564},
		{2, -0.02301290932896349},
		{4.9, -4.7918339139866283e-07},
		{5.1, -1.6982675513532239e-07},
		{8, -6.2209605742717858e-16},
	} {
		if got := logPhi(c.x); math.Abs(got/c.want-1) > 1e-11 {
			t.Errorf("logPhi(%v) = %v, want %v", c.x, got, c.want)
		}
	}
	for x := -60.0; x < 10; x += .01 {
		if logPhi(x) >= logPhi(x+.01) && x < 8 {
			t.Fatalf("logPhi does not rise at %v", x)
		}
	}
}

func TestHalfNormalIsThePosterior(t *testing.T) {
	for _, c := range []struct{ d, v, scale float64 }{
		{.3, .01, .3}, {0, .01, .3}, {-.2, .01, .3}, {-1, .01, .3}, {.8, .05, .3},
	} {
		posterior := func(x float64) float64 { return density(x, 0, c.scale*c.scale) * density(c.d, x, c.v) }
		total := integrate(3, posterior)
		mean := integrate(3, func(x float64) float64 { return x * posterior(x) }) / total
		variance := integrate(3, func(x float64) float64 { return x * x * posterior(x) })/total - mean*mean
		m, v := halfNormal(c.d, c.v, c.scale)
		if math.Abs(m-mean) > 1e-7 || math.Abs(v-variance) > 1e-7 {
			t.Errorf("halfNormal(%v, %v, %v) = %v, %v, want %v, %v", c.d, c.v, c.scale, m, v, mean, variance)
		}
	}
}

// TestLookScansTheSeries checks one scan against the formulas of its documentation, worked out here
// from the points without running sums.
func TestLookScansTheSeries(t *testing.T) {
	s := newStream(0)
	s.mu, s.sd, s.wander = .4, .12, .0025
	const first, week = 100, 140
	for w := first; w <= week; w++ {
		p := point{x: .4 + .03*float64(w%3-1), info: 40 + float64(w%5), n: 10}
		if w >= 134 {
			p.x -= .35
		}
		if w%11 == 0 {
			p = point{}
		}
		s.points = append(s.points, p)
	}
	var l look
	l.take(s, first, week, usedWeeks)
	falls, rises := l.scan(week, s.drop)
	sum, best, at := 0.0, 0.0, 0
	for v := week - 15; v < week; v++ {
		g1, x1, g0, x0, voices := 0.0, 0.0, 1/(.12*.12), .4/(.12*.12), 0
		for w := first; w <= week; w++ {
			p := s.points[w-first]
			if p.info == 0 {
				continue
			}
			g := 1 / (1/p.info + 1.3*.0025)
			if w >= v {
				g1, x1, voices = g1+g, x1+g*p.x, voices+1
			} else {
				g0, x0 = g0+g, x0+g*p.x
			}
		}
		if voices < 2 {
			continue
		}
		fall, _ := bayes(x1/g1-x0/g0, 1/g1+1/g0+.0009, .3)
		if sum += fall; fall > best {
			best, at = fall, v
		}
	}
	if math.Abs(falls.statistic-math.Log(sum)) > 1e-9 {
		t.Errorf("statistic %v, want %v", falls.statistic, math.Log(sum))
	}
	if got := falls.quantile(.5); got != at || at != 134 {
		t.Errorf("start week %d, want %d, where the drop is", got, at)
	}
	if rises.statistic > 0 {
		t.Errorf("statistic of a rise %v in a series that fell", rises.statistic)
	}
}

func TestClippingHoldsOneWildWeek(t *testing.T) {
	s := newStream(0)
	s.mu, s.sd, s.wander = .4, .12, .0025
	for w := range 40 {
		s.points = append(s.points, point{x: .4 + .02*float64(w%3-1), info: 60, n: 10})
	}
	s.points[39].x = -1
	var l look
	l.take(s, 0, 39, usedWeeks)
	// One week at three standard deviations, shared with at least one more: no alarm.
	if falls, _ := l.scan(39, s.drop); falls.statistic >= 5 {
		t.Errorf("statistic %v after one wild week, want under 5", falls.statistic)
	}
	s.points[38].x, s.points[37].x = -.2, -.2
	l.take(s, 0, 39, usedWeeks)
	if falls, _ := l.scan(39, s.drop); falls.statistic < 6 {
		t.Errorf("statistic %v after three bad weeks, want over 6", falls.statistic)
	}
}
