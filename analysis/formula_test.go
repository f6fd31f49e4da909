package analysis

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// integral is of f from a to b, by Gauss-Legendre in pieces no wider than the narrowest density.
func integral(f func(float64) float64, a, b, width float64) float64 {
	n := int(math.Ceil((b - a) / width))
	sum := 0.0
	for i := range n {
		lo := a + (b-a)*float64(i)/float64(n)
		sum += quad.Fixed(f, lo, a+(b-a)*float64(i+1)/float64(n), 20, quad.Legendre{}, 0)
	}
	return sum
}

// factor is the Bayes factor of a change of the sign of dir against none, by integration: the change is
// half-normal with the given scale and was measured as d with variance v.
func factor(d, v, scale, dir float64) float64 {
	prior, noise := distuv.Normal{Sigma: scale}, distuv.Normal{Sigma: math.Sqrt(v)}
	likelihood := func(x float64) float64 { return 2 * prior.Prob(x) * noise.Prob(d-dir*x) }
	return integral(likelihood, 0, 10*scale, math.Sqrt(v)/2) / noise.Prob(d)
}

func TestBayesFactorsAreIntegrals(t *testing.T) {
	for _, scale := range []float64{touchDrop, wideDrop} {
		for _, v := range []float64{.0009, .01, .09, 1} {
			for _, z := range []float64{-4, -1.5, 0, .7, 3} {
				d := z * math.Sqrt(v)
				fall, rise := bayes(d, v, scale)
				wantFall, wantRise := factor(d, v, scale, -1), factor(d, v, scale, 1)
				if math.Abs(fall/wantFall-1) > 1e-8 || math.Abs(rise/wantRise-1) > 1e-8 {
					t.Errorf("bayes(%v, %v, %v) = %v, %v, want %v, %v", d, v, scale, fall, rise, wantFall, wantRise)
				}
			}
		}
	}
	for _, d := range []float64{-2, 2} {
		if fall, rise := bayes(d, 1e-3, .3); math.IsInf(fall, 0) || math.IsNaN(fall) || math.IsInf(rise, 0) || math.IsNaN(rise) {
			t.Errorf("bayes(%v, 0.001, 0.3) = %v, %v, want finite", d, fall, rise)
		}
	}
}

// TestStatisticIsTheSumOverStartWeeks works the Shiryaev-Roberts sum out from the weekly means: every
// start week's factor is an integral, and the statistic the log of their sum.
func TestStatisticIsTheSumOverStartWeeks(t *testing.T) {
	s := newStream(0)
	s.mu, s.sd, s.wander = .3, .24, .0036
	const week = 60
	for w := range week + 1 {
		x := .3 + .1*math.Sin(float64(w*w))
		if w > 52 {
			x -= .3
		}
		s.points = append(s.points, point{x: x, info: 20 + float64(w%7), n: 5})
	}
	var l look
	l.take(s, 0, week, usedWeeks)
	falls, rises := l.scan(week, s.drop)
	g := func(w int) float64 { return 1 / (1/s.points[w].info + 1.3*.0036) }
	sumFall, sumRise := 0.0, 0.0
	for v := week - 15; v < week; v++ { // the last week alone is one week, and two are needed
		g1, x1, g0, x0 := 0.0, 0.0, 1/(.24*.24), .3/(.24*.24)
		for w := max(v-52, 0); w <= week; w++ {
			if w < v {
				g0, x0 = g0+g(w), x0+g(w)*s.points[w].x
			} else {
				g1, x1 = g1+g(w), x1+g(w)*s.points[w].x
			}
		}
		d, variance := x1/g1-x0/g0, 1/g1+1/g0+.03*.03
		sumFall += factor(d, variance, .30, -1)
		sumRise += factor(d, variance, .30, 1)
	}
	if math.Abs(falls.statistic-math.Log(sumFall)) > 1e-8 || math.Abs(rises.statistic-math.Log(sumRise)) > 1e-8 {
		t.Errorf("statistics %v, %v, want %v, %v", falls.statistic, rises.statistic, math.Log(sumFall), math.Log(sumRise))
	}
}

// TestHalfNormalMoments holds the posterior of an effect against integrals, and its limits against
// what is published: a measurement that says nothing leaves the half-normal prior, of mean s√(2/π) and
// variance s²(1-2/π) (Leone, Nelson and Nottingham, The folded normal distribution, Technometrics 3,
// 1961); one that says all leaves itself.
func TestHalfNormalMoments(t *testing.T) {
	for _, v := range []float64{.0009, .01, .09} {
		for _, z := range []float64{-3, -.5, 0, 1, 4} {
			d := z * math.Sqrt(v)
			prior, noise := distuv.Normal{Sigma: .3}, distuv.Normal{Sigma: math.Sqrt(v)}
			moment := func(k int) float64 {
				return integral(func(x float64) float64 { return math.Pow(x, float64(k)) * prior.Prob(x) * noise.Prob(d-x) }, 0, 3, math.Sqrt(v)/4)
			}
			mean := moment(1) / moment(0)
			variance := moment(2)/moment(0) - mean*mean
			gotMean, gotVariance := halfNormal(d, v, .3)
			if math.Abs(gotMean-mean) > 1e-9 || math.Abs(gotVariance-variance) > 1e-9 {
				t.Errorf("halfNormal(%v, %v, .3) = %v, %v, want %v, %v", d, v, gotMean, gotVariance, mean, variance)
			}
		}
	}
	if m, v := halfNormal(0, 1e9, .3); math.Abs(m-.3*math.Sqrt(2/math.Pi)) > 1e-6 || math.Abs(v-.09*(1-2/math.Pi)) > 1e-6 {
		t.Errorf("halfNormal that measured nothing = %v, %v, want the prior's", m, v)
	}
	if m, v := halfNormal(0, 1e9, .2); math.Abs(m-.2*math.Sqrt(2/math.Pi)) > 1e-6 || math.Abs(v-.04*(1-2/math.Pi)) > 1e-6 {
		t.Errorf("halfNormal of another scale that measured nothing = %v, %v, want the prior's", m, v)
	}
	if m, v := halfNormal(.4, 1e-9, .3); math.Abs(m-.4) > 1e-6 || math.Abs(v-1e-9) > 1e-12 {
		t.Errorf("halfNormal that measured exactly = %v, %v, want the measurement's", m, v)
	}
}

// TestVisibleIsSeenFourTimesInFive works the smallest visible drop out from what it promises: eight
// weeks that lie lower by so much are told from the base by a normal test at √(2h) with power .8. The
// power is an integral of the normal density; the constant .84 is rounded from .8416.
func TestVisibleIsSeenFourTimesInFive(t *testing.T) {
	const week, h, info, wander = 79, 5.9, 30.0, .0036
	s := newStream(0)
	s.mu, s.sd, s.wander = .3, .12, wander
	for range week + 1 {
		s.points = append(s.points, point{x: .3, info: info, n: 5})
	}
	hist := &history{first: 0, window: stretch{from: 0}}
	got := s.outlook(hist, week, h)
	g := 1 / (1/info + 1.3*wander)
	sd := math.Sqrt(1/(8*g) + 1/(52*g+1/(.12*.12)))
	unit := distuv.UnitNormal
	power := integral(unit.Prob, math.Sqrt(2*h)-got.visible/sd, 12, .5)
	if math.Abs(power-.8) > 1e-3 || got.weeks != 0 {
		t.Errorf("a drop of %v is seen with probability %v, %d weeks to go; want .8 and none", got.visible, power, got.weeks)
	}
}

// TestThresholdFollowsTheMeasuredCurve holds the rule against the thresholds that gave each number of
// false alarms on two sets of simulated practices without a change, 14 touchpoints each.
func TestThresholdFollowsTheMeasuredCurve(t *testing.T) {
	for _, c := range []struct{ alpha, one, other float64 }{
		{.10, 7.45, 7.10}, {.25, 6.56, 6.46}, {.50, 5.81, 5.90}, {1, 5.21, 5.28}, {2, 4.64, 4.68},
	} {
		d := detector{DetectOptions: DetectOptions{Alpha: c.alpha}}
		if got := d.threshold(&history{seen: 14}); math.Abs(got-(c.one+c.other)/2) > .1 {
			t.Errorf("threshold at alpha %v = %.3f, measured %v and %v", c.alpha, got, c.one, c.other)
		}
	}
}
