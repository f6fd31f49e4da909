package analysis

import (
	"math"
	"testing"
)

func TestUsualLimitsOfAWorkedExample(t *testing.T) {
	// Moving ranges 2 2 2 2 2 and 20: the last, above 3.267 times their mean of 5, is left out.
	l, ok := UsualLimits([]float64{10, 12, 10, 12, 10, 12, 32})
	if !ok || !l.Trial {
		t.Fatalf("UsualLimits = %+v, %v, want trial limits", l, ok)
	}
	if centre := 98. / 7; math.Abs(l.Centre-centre) > 1e-12 || math.Abs(l.Hi-(centre+5.32)) > 1e-12 || math.Abs(l.Lo-(centre-5.32)) > 1e-12 {
		t.Errorf("limits = %+v, want 14 and 5.32 to either side", l)
	}
	if _, ok := UsualLimits([]float64{1, 2, 3, 4, 5}); ok {
		t.Error("five values have limits")
	}
}
