package analysis

import (
	"math"
	"testing"
)

func TestShareOfABusyWeek(t *testing.T) {
	for _, c := range []struct {
		name   string
		recent []int
		n      int
		want   float64
	}{
		{"no past, no cap", nil, 40, 1},
		{"a usual week counts whole", []int{3, 4, 5}, 5, 1},
		{"twice the median and two counts whole", []int{3, 4, 5}, 10, 1},
		{"more shares what is left", []int{3, 4, 5}, 40, .25},
		{"an even number of weeks has a median between", []int{3, 4}, 18, .5},
		{"a quiet source may say two", []int{0, 0, 0, 9}, 8, .25},
		{"an empty week", []int{3}, 0, 1},
	} {
		o := origin{recent: c.recent}
		if got := o.share(c.n); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: share(%d) after %v = %v, want %v", c.name, c.n, c.recent, got, c.want)
		}
	}
}

func TestCopiesWeighNothingForFourWeeks(t *testing.T) {
	var obs []Observation
	for i, day := range []int{0, 1, 28, 57} { // 57 is 29 days after the third
		obs = append(obs, Observation{
			Practice: "p", Touchpoint: "exam", Source: "google", Day: simStart.AddDate(0, 0, day), Score: .5,
			Review: string(rune('a' + i)), TextSig: "long text",
		})
	}
	d := loaded(t, obs)
	if err := d.replay(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []float64{1, 0, 0, 1}
	for i, v := range d.histories[0].voices {
		if v.weight != want[i] {
			t.Errorf("voice %d weighs %v, want %v", i, v.weight, want[i])
		}
	}
}
