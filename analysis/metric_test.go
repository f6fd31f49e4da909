package analysis_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"percept/analysis"
	"percept/collector"
)

// given makes answers on one scale; rating 0 is "don't know".
func given(channel collector.Kind, scale string, counts map[float64]int) analysis.Answers {
	return of("elm", channel, scale, counts)
}

func of(practice string, channel collector.Kind, scale string, counts map[float64]int) analysis.Answers {
	var all []analysis.RatingCount
	for r, n := range counts {
		all = append(all, analysis.RatingCount{Practice: practice, Channel: channel, Scale: scale, Rating: r, Valid: r > 0, N: n})
	}
	slices.SortFunc(all, func(a, b analysis.RatingCount) int { return int(math.Copysign(1, a.Rating-b.Rating)) })
	return analysis.Tally(all)[0]
}

// likely is a likelihood of 0 to 10 on the common scale of 1 to 5.
func likely(n float64) float64 { return 1 + n*.4 }

func TestMetricsByTheirDefinitions(t *testing.T) {
	for _, tc := range []struct {
		name          string
		scale         string
		counts        map[float64]int
		tag           analysis.Tag
		n             int
		value, lo, hi float64
		within        float64
	}{
		// Delighted's help 240: 74 of 107 answers are 4 or 5, CSAT 69.16. Interval by Wilson's formula.
		{"csat of Delighted's example", "csat-5", map[float64]int{5: 50, 4: 24, 3: 20, 1: 13}, analysis.CSAT, 107, 69.16, 59.88, 77.10, .05},
		// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: 81/263, 15/148, 0/20, 1/29.
		{"share 81 of 263", "csat-5", map[float64]int{5: 81, 2: 182}, analysis.CSAT, 263, 30.80, 25.53, 36.62, .006},
		{"share 15 of 148", "csat-5", map[float64]int{4: 15, 3: 133}, analysis.CSAT, 148, 10.14, 6.24, 16.05, .006},
		{"share 0 of 20", "csat-5", map[float64]int{1: 20}, analysis.CSAT, 20, 0, 0, 16.11, .006},
		{"share 1 of 29", "csat-5", map[float64]int{5: 1, 1: 28}, analysis.CSAT, 29, 3.45, .61, 17.18, .006},
		// 6 of 12: 5, 6 and 7 of 7 count, 4 does not. Wilson: (.5 + z²/24 ± z √(.25/12 + z²/576)) / (1 + z²/12).
		{"effort counts from 5 of 7", "ces-7", map[float64]int{1 + 4*4./6: 3, 5: 3, 3: 6}, analysis.CES, 12, 50, 25.38, 74.62, .01},
		// FFT: the two best of all answers, "don't know" among them: 12 of 20.
		{"fft counts don't know", "fft", map[float64]int{5: 10, 4: 2, 3: 2, 1: 1, 0: 5}, analysis.FFT, 20, 60, 38.66, 78.12, .01},
		{"csat leaves don't know out", "csat-5", map[float64]int{5: 10, 4: 2, 3: 2, 1: 1, 0: 5}, analysis.CSAT, 15, 80, 54.81, 92.95, .01},
		// NPS by hand: 70 promoters, 20 passives, 10 detractors of 100. n' = 103, p' = .68689, d' = .10437,
		// net .58252, variance .79126 - .33933 = .45193, half width 1.96 √(.45193/103) = .12983.
		{"nps of 100", "nps-0-10", map[float64]int{5: 40, likely(9): 30, likely(8): 10, likely(7): 10, 3: 10}, analysis.NPS, 100, 60, 45.27, 71.24, .01},
		// n' = 23, net -10/23 = -.43478, variance .5 - .18904 = .31096, half width 1.96 √(.31096/23) = .22790.
		{"nps counts 6 as a detractor and 7 as passive", "nps-0-10", map[float64]int{likely(6): 10, likely(7): 10}, analysis.NPS, 20, -50, -66.27, -20.69, .01},
		// Stars by hand: mean of 5x6, 4x2, 1x2 is 4; n' = 13, sum 40 + 4.5 + 4.5 = 49, mean 3.76923; squares
		// 184 + 19.5 + 13.5 = 217, variance 16.6923 - 14.2071 = 2.4852, half width 1.96 √(2.4852/13) = .8570.
		{"stars", "stars", map[float64]int{5: 6, 4: 2, 1: 2}, analysis.Stars, 10, 4, 2.912, 4.626, .001},
		// A scale without a name of its own is a mean on its own numbers, here 1 to 10: n' = 33, variance
		// (15·101 + .75·101 + 1.5·30.25)/33 - 5.5² = 19.33, half width 1.96 √(19.33/33) = 1.500.
		{"any other scale", "scale-1-10", map[float64]int{5: 15, 1: 15}, "scale-1-10-mean", 30, 5.5, 4.0, 7.0, .001},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := given(collector.Response, tc.scale, tc.counts).Metric()
			if m.Tag != tc.tag || m.N != tc.n || m.Value == nil {
				t.Fatalf("metric = %+v, want %s of %d", m, tc.tag, tc.n)
			}
			near(t, "value", m.Value.Value, tc.value, tc.within)
			near(t, "lo", m.Value.Lo, tc.lo, tc.within)
			near(t, "hi", m.Value.Hi, tc.hi, tc.within)
		})
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s = %.5f, want %.5f", what, got, want)
	}
}

func TestFewAnswersGiveCountsAlone(t *testing.T) {
	m := given(collector.Response, "csat-5", map[float64]int{5: 9}).Metric()
	if m.Value != nil || m.N != 9 || m.Why == "" {
		t.Errorf("9 answers give %+v, want a count and why there is no number", m)
	}
	if m = given(collector.Response, "csat-5", map[float64]int{5: 10}).Metric(); m.Value == nil || m.Why == "" {
		t.Errorf("10 answers give %+v, want a number that says it is indicative", m)
	}
	if m = given(collector.Response, "csat-5", map[float64]int{5: 30}).Metric(); m.Why != "" {
		t.Errorf("30 answers give %+v, want no reserve", m)
	}
}

// The adjusted Wald interval of NPS holds what it says in small samples too: 93 to 96 %, as Rocks 2016
// and Lewis & Sauro 2021 found. All samples are enumerated with their probabilities.
func TestNPSIntervalHolds(t *testing.T) {
	const p, d = .70, .10
	for _, n := range []int{10, 12, 15, 20} {
		held := 0.0
		for i := 0; i <= n; i++ {
			for j := 0; i+j <= n; j++ {
				m := given(collector.Response, "nps-0-10", map[float64]int{5: i, 1: j, likely(8): n - i - j}).Metric()
				if !m.Value.Apart(100 * (p - d)) {
					held += trinomial(n, i, j, p, d)
				}
			}
		}
		if held < .93 || held > .97 {
			t.Errorf("at n = %d the interval holds %.3f, want about .95", n, held)
		}
	}
}

// On skewed stars the interval holds what it says too, where Student's t holds 65 % at ten answers: nine
// of ten people give five stars, one in twenty gives one.
func TestStarsIntervalHolds(t *testing.T) {
	shares := []float64{.05, .01, .01, .03, .90}
	truth := 0.
	for i, p := range shares {
		truth += float64(i+1) * p
	}
	rng := rand.New(rand.NewPCG(5, 5))
	for _, n := range []int{10, 30, 100} {
		held := 0
		const runs = 3000
		for range runs {
			counts := map[float64]int{}
			for range n {
				star, u := 0, rng.Float64()
				for u > shares[star] && star < 4 {
					u -= shares[star]
					star++
				}
				counts[float64(star+1)]++
			}
			if !given(collector.Review, "stars", counts).Metric().Value.Apart(truth) {
				held++
			}
		}
		if share := float64(held) / runs; share < .93 || share > .99 {
			t.Errorf("at n = %d the interval holds %.3f, want about .95", n, share)
		}
	}
}

func trinomial(n, i, j int, p, d float64) float64 {
	fact := func(k int) float64 { g, _ := math.Lgamma(float64(k + 1)); return g }
	return math.Exp(fact(n) - fact(i) - fact(j) - fact(n-i-j) +
		float64(i)*math.Log(p) + float64(j)*math.Log(d) + float64(n-i-j)*math.Log(1-p-d))
}

func TestDifferenceOfTwoPeriods(t *testing.T) {
	// Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: 56/70 - 48/80 and 9/10 - 3/10.
	for _, tc := range []struct {
		hits1, n1, hits2, n2 int
		lo, hi               float64
	}{
		{48, 80, 56, 70, 5.24, 33.39},
		{3, 10, 9, 10, 17.05, 80.90},
	} {
		before := given(collector.Response, "csat-5", map[float64]int{5: tc.hits1, 1: tc.n1 - tc.hits1})
		after := given(collector.Response, "csat-5", map[float64]int{5: tc.hits2, 1: tc.n2 - tc.hits2})
		d, err := after.Minus(before)
		if err != nil || d.Value == nil {
			t.Fatal(d, err)
		}
		near(t, "lo", d.Value.Lo, tc.lo, .006)
		near(t, "hi", d.Value.Hi, tc.hi, .006)
	}
	// Two periods of the NPS above: no difference, and the standard errors add in squares.
	a := given(collector.Response, "nps-0-10", map[float64]int{5: 70, likely(8): 20, 1: 10})
	d, err := a.Minus(a)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "value", d.Value.Value, 0, 0)
	near(t, "hi", d.Value.Hi, 12.983*math.Sqrt2, .01)
}

func TestTwoDefinitionsNeverShareAnAxis(t *testing.T) {
	some := map[float64]int{5: 20, 3: 20}
	csat := given(collector.Response, "csat-5", some)
	for _, other := range []analysis.Answers{
		given(collector.Response, "nps-0-10", some),
		given(collector.Response, "ces-7", some),
		given(collector.Response, "fft", some),
		given(collector.Response, "stars", some),
		given(collector.Review, "csat-5", some), // one definition, but public beside private
	} {
		if _, err := other.Minus(csat); !errors.Is(err, analysis.ErrAxis) {
			t.Errorf("%s minus %s: %v, want ErrAxis", other.Axis(), csat.Axis(), err)
		}
		if _, err := analysis.ComparePractices([]analysis.Answers{csat, other}); !errors.Is(err, analysis.ErrAxis) {
			t.Errorf("%s beside %s: %v, want ErrAxis", other.Axis(), csat.Axis(), err)
		}
	}
	// A table of counts keeps them apart by itself.
	var counts []analysis.RatingCount
	for _, scale := range []string{"csat-5", "nps-0-10", "fft", "fft-recommend", "ces-7", "stars", "csat-7"} {
		for _, channel := range []collector.Kind{collector.Review, collector.Response} {
			counts = append(counts, analysis.RatingCount{Practice: "elm", Channel: channel, Scale: scale, Rating: 5, Valid: true, N: 3})
		}
	}
	if all := analysis.Tally(counts); len(all) != len(counts) {
		t.Errorf("%d scales and channels make %d axes", len(counts), len(all))
	}
}
