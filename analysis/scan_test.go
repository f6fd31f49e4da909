package analysis

import (
	"math"
	"testing"
)

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
