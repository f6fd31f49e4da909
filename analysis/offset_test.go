package analysis

import (
	"math"
	"testing"
)

// TestOffsetsAreFoundBesideAChange plants a drop and a shift of the mix together: offsets are the
// difference of sources at one time, and the drop must stay out of them.
func TestOffsetsAreFoundBesideAChange(t *testing.T) {
	for _, practices := range []int{1, 12} {
		obs := simulation{
			seed: 53, practices: practices, weeks: 100, perWeek: 20,
			change: func(_, w, _ int) float64 { return when(w >= 50, -.3, 0) },
			volume: func(w int, source string) float64 { return when(w >= 50 && source == "survey", .3, 1) },
		}.run()
		d := loaded(t, obs)
		if err := d.replay(t.Context()); err != nil {
			t.Fatal(err)
		}
		h := d.histories[0]
		at := make(map[string]int32)
		for i, s := range h.sources {
			at[s.name] = int32(i)
		}
		mean := 0.0
		for k := range h.touchpoints {
			mean += (h.offset(int32(k), at["survey"]) - h.offset(int32(k), at["google"])) / float64(len(h.touchpoints))
		}
		if math.Abs(mean-.25) > .05 {
			t.Errorf("%d practices: survey over google %.3f, want .25", practices, mean)
		}
		for k := range h.touchpoints {
			weighted := 0.0
			for s, share := range h.fit.share {
				weighted += share * h.offset(int32(k), int32(s))
			}
			if math.Abs(weighted) > 1e-9 {
				t.Errorf("offsets of %s average %v over the usual mix, want 0", h.touchpoints[k], weighted)
			}
		}
	}
}

func TestRidge(t *testing.T) {
	// (A/.25 + I/v) x = c/.25 + prior/v with A = [[2 -2] [-2 2]], c = (.4 -.4), v = .5, prior (.1 .3):
	// 10x - 8y = 1.8 and -8x + 10y = -1, so x = 5/18, y = 11/90.
	got := ridge([]float64{2, -2, -2, 2}, []float64{.4, -.4}, []float64{.1, .3}, .5)
	for i, want := range []float64{5. / 18, 11. / 90} {
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("x[%d] = %v, want %v", i, got[i], want)
		}
	}
}

func TestSourcesBeyondTheLastAreKeptTogether(t *testing.T) {
	var obs []Observation
	for i := range 40 {
		obs = append(obs, Observation{
			Practice: "p", Touchpoint: "exam", Source: string(rune('A' + i)), Day: simWeek(i / 4), Score: .5,
		})
	}
	d := loaded(t, obs)
	h := d.histories[0]
	if len(h.sources) != maxSources || h.sources[maxSources-1].name != otherSources || h.voices[39].source != maxSources-1 {
		t.Errorf("%d sources, the last %q", len(h.sources), h.sources[len(h.sources)-1].name)
	}
	if err := d.replay(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// loaded is a detector before its first week.
func loaded(t *testing.T, obs []Observation) *detector {
	t.Helper()
	d, err := configure(DetectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.load(t.Context(), split(obs)); err != nil {
		t.Fatal(err)
	}
	return d
}
