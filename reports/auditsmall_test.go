package reports

import (
	"slices"
	"testing"
)

func TestASmallCellCannotBeToldFromTheTotal(t *testing.T) {
	ids := []string{"a", "b", "c", "d"}
	for _, tt := range []struct {
		name     string
		internal bool
		cells    []int
		want     []string
	}{
		{"nothing is small", false, []int{7, 9, 0, 12}, []string{"7", "9", "0", "12"}},
		{"one alone takes the next smallest with it", false, []int{7, 3, 0, 12}, []string{"withheld", "under 5", "0", "12"}},
		{"two hide each other", false, []int{7, 3, 1, 12}, []string{"7", "under 5", "under 5", "12"}},
		{"the only one that is not 0", false, []int{0, 3, 0, 0}, []string{"0", "under 5", "0", "0"}},
		{"inside nothing is hidden", true, []int{7, 3, 0, 12}, []string{"7", "3", "0", "12"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &figures{small: tt.internal}
			var got []string
			for _, g := range f.counts(ids, ids, tt.cells) {
				got = append(got, g.Shown)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("counts(%v) show %q, want %q", tt.cells, got, tt.want)
			}
			for i, g := range f.list {
				if g.Shown == "withheld" && g.Value != "" {
					t.Errorf("the pack tells cell %d: %q", i, g.Value)
				}
			}
		})
	}
	f := &figures{}
	if m := f.mean("m", "mean", "+0.90", .9, 3); m.Shown != "hidden" || m.Value != "" {
		t.Errorf("mean of 3 persons shows %q, value %q", m.Shown, m.Value)
	}
	if m := f.mean("m", "mean", "+0.90", .9, 5); m.Shown != "+0.90" {
		t.Errorf("mean of 5 persons shows %q", m.Shown)
	}
}
