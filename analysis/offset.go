package analysis

import (
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Sources differ in how they score the same practice. How much is fitted inside blocks of eight weeks,
// so that a change of level over time stays out of it, and shrunk in three steps: the network's
// offset of a source, the practice's, the touchpoint's.
const (
	blockWeeks   = 8
	blockCount   = 14  // the latest, about two years
	scoreVar     = .25 // variance of a score within a block, before any is measured
	networkVar   = 1.0
	practiceVar  = .10 * .10
	touchVar     = .06 * .06
	fewPractices = 10 // fewer have no network to shrink to
)

// A block is eight weeks of weighted scores, added up: [touchpoint*len(sources)+source].
type block struct {
	number int
	sums   []moments
}

// oldestBlock is the first of the blockCount blocks that a refit of a week rests on, the last of which
// may have begun only.
func oldestBlock(week int) int { return (week+blockWeeks-1)/blockWeeks - blockCount }

// forget drops the blocks that a refit of a week does not rest on.
func (h *history) forget(week int) {
	oldest := oldestBlock(week)
	h.blocks = slices.DeleteFunc(h.blocks, func(b block) bool { return b.number < oldest })
}

// remember takes note of a week that has been read.
func (h *history) remember(week int) {
	if len(h.week(week)) > 0 {
		h.spoken++
		h.tally(week)
	}
}

// tally adds a week's voices to the block it lies in.
func (h *history) tally(week int) {
	voices := h.week(week)
	if len(voices) == 0 {
		return
	}
	number := (week - mod(week, blockWeeks)) / blockWeeks
	if n := len(h.blocks); n == 0 || h.blocks[n-1].number != number {
		h.blocks = append(h.blocks, block{number: number, sums: make([]moments, len(h.touchpoints)*len(h.sources))})
	}
	sums := h.blocks[len(h.blocks)-1].sums
	for _, v := range voices {
		for _, r := range h.remarks[v.from:v.to] {
			sums[int(r.touch)*len(h.sources)+int(v.source)].add(r.score, v.weight)
			h.seen = max(h.seen, int(r.touch)+1)
		}
	}
}

// contrasts are the normal equations of source offsets inside blocks: per touchpoint, and of all.
// The matrices are len(met)² and the vectors len(met), one touchpoint after another.
type contrasts struct {
	met    int
	matrix []float64
	vector []float64
	// total is the sum over touchpoints.
	totalMatrix, totalVector []float64
	share                    []float64 // of each source among the remarks
}

// contrast sets up the normal equations from the blocks so far.
func (h *history) contrast() {
	m := h.met
	c := contrasts{
		met: m, matrix: make([]float64, h.seen*m*m), vector: make([]float64, h.seen*m),
		totalMatrix: make([]float64, m*m), totalVector: make([]float64, m), share: make([]float64, m),
	}
	all := 0.0
	for k := range h.seen {
		a, v := c.matrix[k*m*m:(k+1)*m*m], c.vector[k*m:(k+1)*m]
		for _, b := range h.blocks {
			row := b.sums[k*len(h.sources):][:m]
			addContrast(a, v, row)
			for s, t := range row {
				c.share[s] += t.n
				all += t.n
			}
		}
		for i, x := range a {
			c.totalMatrix[i] += x
		}
		for i, x := range v {
			c.totalVector[i] += x
		}
	}
	if all > 0 {
		for s := range c.share {
			c.share[s] /= all
		}
	}
	h.fit = c
}

// addContrast adds the sources of one block to the normal equations of their offsets inside blocks, a
// matrix of len(row)² and a vector of len(row): what differs between blocks stays out of them.
func addContrast(matrix, vector []float64, row []moments) {
	n, sum := 0.0, 0.0
	for _, t := range row {
		n += t.n
		sum += t.sum
	}
	for s, t := range row {
		if t.n == 0 {
			continue
		}
		matrix[s*len(row)+s] += t.n
		vector[s] += t.sum - t.n*sum/n
		for u, w := range row {
			matrix[s*len(row)+u] -= t.n * w.n / n
		}
	}
}

// fitOffsets solves for the offsets of every touchpoint and source.
func (h *history) fitOffsets(net *network) {
	m := h.fit.met
	if m == 0 {
		return
	}
	prior := make([]float64, m)
	for s := range prior {
		prior[s] = net.offsets[h.sources[s].name]
	}
	practice := ridge(h.fit.totalMatrix, h.fit.totalVector, prior, practiceVar)
	for k := range h.seen {
		a := ridge(h.fit.matrix[k*m*m:(k+1)*m*m], h.fit.vector[k*m:(k+1)*m], practice, touchVar)
		mean := 0.0
		for s := range a {
			mean += a[s] * h.fit.share[s]
		}
		for s := range a {
			h.offsets[k*len(h.sources)+s] = a[s] - mean
		}
	}
}

// offset returns how a source differs on a touchpoint.
func (h *history) offset(touch, source int32) float64 {
	return h.offsets[int(touch)*len(h.sources)+int(source)]
}

// ridge solves (A/scoreVar + I/v) x = c/scoreVar + prior/v for a positive semidefinite A.
func ridge(a, c, prior []float64, v float64) []float64 {
	m := len(c)
	sym := mat.NewSymDense(m, nil)
	for i := range m {
		for j := i; j < m; j++ {
			sym.SetSym(i, j, a[i*m+j]/scoreVar)
		}
		sym.SetSym(i, i, a[i*m+i]/scoreVar+1/v)
	}
	b := mat.NewVecDense(m, nil)
	for i := range m {
		b.SetVec(i, c[i]/scoreVar+prior[i]/v)
	}
	var chol mat.Cholesky
	var x mat.VecDense
	if !chol.Factorize(sym) || chol.SolveVecTo(&x, b) != nil {
		return prior // cannot be: A is a sum of Gram matrices and 1/v is added to its diagonal
	}
	return x.RawVector().Data
}
