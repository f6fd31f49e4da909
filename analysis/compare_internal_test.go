package analysis

import (
	"math"
	"testing"
)

// Thirteen trials of the BCG vaccine (Colditz et al. 1994), the standard example of random effects: log
// relative risks and their variances from the counts of cases. metafor's rma(method = "DL") gives
// tau² = 0.3088, and -0.7141 as the mean.
func TestOverdispersionOfThePublishedExample(t *testing.T) {
	trials := [][4]float64{ // vaccinated with and without tuberculosis, controls with and without
		{4, 119, 11, 128}, {6, 300, 29, 274}, {3, 228, 11, 209}, {62, 13536, 248, 12619}, {33, 5036, 47, 5761},
		{180, 1361, 372, 1079}, {8, 2537, 10, 619}, {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
		{17, 1699, 65, 1600}, {186, 50448, 141, 27197}, {5, 2493, 3, 2338}, {27, 16886, 29, 17825},
	}
	var y, v []float64
	sum, weight := 0.0, 0.0
	for _, c := range trials {
		n1, n2 := c[0]+c[1], c[2]+c[3]
		y = append(y, math.Log(c[0]/n1/(c[2]/n2)))
		v = append(v, 1/c[0]-1/n1+1/c[2]-1/n2)
		sum += y[len(y)-1] / v[len(v)-1]
		weight += 1 / v[len(v)-1]
	}
	t2 := overdispersion(y, v, sum/weight, 0)
	if math.Abs(t2-.3088) > .0001 {
		t.Errorf("tau² = %.4f, want .3088", t2)
	}
	sum, weight = 0, 0
	for i := range y {
		sum += y[i] / (v[i] + t2)
		weight += 1 / (v[i] + t2)
	}
	if math.Abs(sum/weight+.7141) > .0001 {
		t.Errorf("mean = %.4f, want -.7141", sum/weight)
	}
	// What is drawn in says less.
	if drawn := overdispersion(y, v, sum/weight, .10); drawn >= overdispersion(y, v, sum/weight, 0) {
		t.Errorf("winsorised tau² = %.4f is not smaller", drawn)
	}
}

func TestTies(t *testing.T) {
	for _, tc := range []struct {
		name  string
		at    []float64
		least float64
		want  []int
	}{
		{"all apart", []float64{9, 6, 3}, 2, []int{1, 2, 3}},
		{"all tied", []float64{3, 2.5, 2}, 2, []int{1, 1, 1}},
		{"a chain is one group: its ends may be apart, its links are not", []float64{6, 4.5, 3, 1.5}, 2, []int{1, 1, 1, 1}},
		{"two groups", []float64{9, 8.5, 3, 2}, 2, []int{1, 1, 2, 2}},
		{"none", nil, 2, []int{}},
	} {
		got := ties(len(tc.at), func(i, j int) bool { return tc.at[i]-tc.at[j] > tc.least })
		if len(got) != len(tc.want) {
			t.Fatalf("%s: %v, want %v", tc.name, got, tc.want)
		}
		for i := range got {
			if got[i] != tc.want[i] {
				t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
				break
			}
		}
	}
}
