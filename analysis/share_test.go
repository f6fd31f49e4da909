package analysis

import (
	"math"
	"testing"
)

func TestShareHasWilsonsInterval(t *testing.T) {
	for _, c := range []struct {
		share  Share
		lo, hi float64
	}{
		// By hand from (2np + z² ± z√(z² + 4npq)) / 2(n + z²).
		{Share{8, 10}, 0.4902, 0.9433},
		{Share{0, 10}, 0, 0.2775},
		{Share{10, 10}, 0.7225, 1},
		{Share{50, 100}, 0.4038, 0.5962},
		{Share{0, 0}, 0, 1},
	} {
		if lo, hi := c.share.Interval(); math.Abs(lo-c.lo) > 5e-5 || math.Abs(hi-c.hi) > 5e-5 {
			t.Errorf("Interval of %+v = %.4f to %.4f, want %.4f to %.4f", c.share, lo, hi, c.lo, c.hi)
		}
	}
}

func TestMoreIsEnoughAndNoneTooMany(t *testing.T) {
	for _, s := range []Share{{0, 0}, {1, 2}, {8, 10}, {10, 10}, {0, 3}, {90, 100}, {500, 1000}} {
		more, p := s.More(0.1), s.Value()
		if s.N == 0 {
			p = 0.5
		}
		if _, half := scoreInterval(p, float64(s.N+more)); half > 0.1 {
			t.Errorf("%+v: %d more give %.4f to either side, want at most 0.1", s, more, half)
		}
		if more == 0 {
			continue
		}
		if _, half := scoreInterval(p, float64(s.N+more-1)); half <= 0.1 {
			t.Errorf("%+v: %d more where one less is enough", s, more)
		}
	}
	if got := (Share{}).More(0.1); got != 93 {
		t.Errorf("of nothing counted, More = %d, want 93", got)
	}
}
