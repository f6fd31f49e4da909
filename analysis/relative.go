package analysis

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// smallestEigenvalue is below what a correlation matrix of predictors holds nothing but rounding.
const smallestEigenvalue = 1e-9

// relativeWeights splits R² between correlated predictors (Johnson 2000, Multivariate Behavioral
// Research 35:1): corr holds the correlations of the k predictors and, last, of the outcome. The
// weights are at least 0 and add up to R².
func relativeWeights(corr *mat.SymDense) []float64 {
	k := corr.SymmetricDim() - 1
	weights := make([]float64, k)
	var eigen mat.EigenSym
	if k == 0 || !eigen.Factorize(corr.SliceSym(0, k), true) {
		return weights
	}
	var v mat.Dense
	eigen.VectorsTo(&v)
	values := eigen.Values(nil)
	// root is the square root of the predictors' correlations, beta the outcome on the nearest orthogonal predictors.
	root, beta := make([]float64, k*k), make([]float64, k)
	for e, value := range values {
		if value < smallestEigenvalue {
			continue
		}
		r := math.Sqrt(value)
		dot := 0.0
		for i := range k {
			dot += v.At(i, e) * corr.At(i, k)
		}
		for i := range k {
			beta[i] += v.At(i, e) * dot / r
			for j := range k {
				root[i*k+j] += v.At(i, e) * v.At(j, e) * r
			}
		}
	}
	for i := range k {
		for j := range k {
			l := root[i*k+j]
			weights[i] += l * l * beta[j] * beta[j]
		}
	}
	return weights
}

// A table is numbers by row: n rows of width columns.
type table struct {
	width int
	cells []float64
}

func (t *table) row(i int) []float64 { return t.cells[i*t.width : (i+1)*t.width] }

func (t *table) len() int { return len(t.cells) / t.width }

// correlations are those of the columns, each row counted times[i] times. A column that does not vary
// is correlated with nothing.
func (t *table) correlations(times []float64) *mat.SymDense {
	w := t.width
	total := 0.0
	sum, cross := make([]float64, w), make([]float64, w*w)
	for i, c := range times {
		if c == 0 {
			continue
		}
		total += c
		row := t.row(i)
		for a, x := range row {
			if x == 0 {
				continue
			}
			x *= c
			sum[a] += x
			line := cross[a*w : a*w+w]
			for b := a; b < w; b++ {
				line[b] += x * row[b]
			}
		}
	}
	corr := mat.NewSymDense(w, nil)
	sd := make([]float64, w)
	for a := range w {
		sd[a] = math.Sqrt(max(cross[a*w+a]/total-sum[a]*sum[a]/(total*total), 0))
	}
	for a := range w {
		corr.SetSym(a, a, 1)
		for b := a + 1; b < w; b++ {
			if sd[a] > 1e-9 && sd[b] > 1e-9 {
				corr.SetSym(a, b, (cross[a*w+b]/total-sum[a]*sum[b]/(total*total))/(sd[a]*sd[b]))
			}
		}
	}
	return corr
}

// resampler draws the samples of a bootstrap over n stories: the same stories draw the same samples.
func resampler(n int) *rand.Rand {
	return rand.New(rand.NewPCG(2000, uint64(n))) //nolint:gosec // numbers to repeat, no secret
}
