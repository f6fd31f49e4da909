package analysis

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func symmetric(k int, upper ...float64) *mat.SymDense {
	m := mat.NewSymDense(k, nil)
	at := 0
	for i := range k {
		m.SetSym(i, i, 1)
		for j := i + 1; j < k; j++ {
			m.SetSym(i, j, upper[at])
			at++
		}
	}
	return m
}

func TestRelativeWeights(t *testing.T) {
	for _, tc := range []struct {
		name string
		corr *mat.SymDense
		want []float64
	}{
		// The example of relWt in the R package iopsych 0.90.1 (Goebl, Jones & Beatty), with its output.
		{"iopsych", symmetric(5,
			.2, .3, .4, -.4,
			.5, .1, .1,
			.2, -.3,
			.4), []float64{.24066119, .05492664, .12143476, .28158189}},
		// Predictors that are uncorrelated weigh what their squared correlations are.
		{"orthogonal", symmetric(4,
			0, 0, .5,
			0, -.3,
			.1), []float64{.25, .09, .01}},
		{"one predictor", symmetric(2, .6), []float64{.36}},
		// Two predictors that are one: R² is shared alike.
		{"twice the same", symmetric(3, 1, .6, .6), []float64{.18, .18}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := relativeWeights(tc.corr)
			for i, want := range tc.want {
				if math.Abs(got[i]-want) > 1e-8 {
					t.Errorf("weight %d = %.8f, want %.8f", i, got[i], want)
				}
			}
		})
	}
}

// With two predictors, Johnson's weights are those of LMG (Lindeman, Merenda & Gold 1980: the mean of
// what each adds first and what it adds last), which is another road to the same number.
func TestRelativeWeightsOfTwoAreLMG(t *testing.T) {
	for _, c := range [][3]float64{{.3, .5, .4}, {-.6, .2, .5}, {.8, .7, .5}, {.1, 0, .9}} {
		r12, r1, r2 := c[0], c[1], c[2]
		square := (r1*r1 + r2*r2 - 2*r12*r1*r2) / (1 - r12*r12)
		lmg := []float64{(r1*r1 + square - r2*r2) / 2, (r2*r2 + square - r1*r1) / 2}
		got := relativeWeights(symmetric(3, r12, r1, r2))
		for i := range lmg {
			if math.Abs(got[i]-lmg[i]) > 1e-12 {
				t.Errorf("r = %v: weight %d = %.12f, LMG %.12f", c, i, got[i], lmg[i])
			}
		}
		if math.Abs(got[0]+got[1]-square) > 1e-12 {
			t.Errorf("r = %v: weights add up to %.12f, R² is %.12f", c, got[0]+got[1], square)
		}
	}
}

func TestCorrelations(t *testing.T) {
	table := table{width: 3, cells: []float64{
		1, 2, 7,
		2, 4, 7,
		3, 6, 7,
		4, 1, 7,
	}}
	c := table.correlations([]float64{1, 1, 1, 0})
	if math.Abs(c.At(0, 1)-1) > 1e-12 || c.At(0, 2) != 0 {
		t.Errorf("r = %v and %v, want 1, and 0 with a column that does not vary", c.At(0, 1), c.At(0, 2))
	}
	// Twice the first row is the row written twice.
	twice := table.correlations([]float64{2, 1, 1, 1}).At(0, 1)
	long := tableOf(3, append(table.cells, 1, 2, 7)).correlations([]float64{1, 1, 1, 1, 1}).At(0, 1)
	if math.Abs(twice-long) > 1e-12 {
		t.Errorf("r = %v counted twice, %v written twice", twice, long)
	}
}

func tableOf(width int, cells []float64) *table { return &table{width, cells} }
