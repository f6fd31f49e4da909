package analysis

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// fewShared is how many practices must have a source before its effect is told from theirs.
const fewShared = 2

// platform is what practices share of a source: the host of its pages, the service behind it, or the
// file that holds several of them.
func platform(source string) string {
	kind, rest, ok := strings.Cut(source, ":")
	switch {
	case !ok || kind == "survey":
		return source
	case kind == "web":
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			rest = rest[:i]
		}
		return kind + ":" + rest
	}
	return kind
}

// A SourceEffect is how a source scores the practices that have it, against the usual mix of the
// sources it can be compared with.
type SourceEffect struct {
	Source    string    `json:"source"`
	Practices int       `json:"practices"`
	N         int       `json:"n"`
	Effect    *Estimate `json:"effect,omitempty"` // in points of the metric
	Why       string    `json:"why,omitempty"`    // why there is none
}

// Why a source has no effect of its own.
const (
	oneAlone    = "one practice alone has it"
	neverBeside = "no practice has it beside another shared source in the same weeks"
)

// A mixture is the sources of a comparison: how they differ, fitted inside blocks of one practice, so
// that neither the level of a practice nor its change over time is taken for the effect of a source.
type mixture struct {
	names     []string // of the shared sources
	place     map[string]int
	usual     []float64 // answers from each
	linked    []int     // sources that are, through practices, beside one another have one number
	offsets   []float64
	variance  *mat.SymDense // of offsets
	practices float64       // variance of a practice's own offset around that of the source
	sources   []SourceEffect
}

// newMixture fits the sources of practices to their cells; noise is the variance of one answer and
// scale the points that one point of score (-1 to 1) comes to. With a_p the offsets in practice p, A and
// c its normal equations inside blocks,
//
//	c | a_p ~ N(A a_p, A noise),  a_p ~ N(a, practiceVar),  a ~ N(0, networkVar)
//
// a has the precision Σ (noise I + practiceVar A)⁻¹ A + I/networkVar, by which a practice with thousands
// of answers counts for one practice.
func newMixture(all []Answers, noise, scale float64) *mixture {
	m := &mixture{place: make(map[string]int), practices: practiceVar * scale * scale}
	m.meet(all)
	n := len(m.names)
	if n == 0 {
		return m
	}
	m.usual, m.linked, m.offsets = make([]float64, n), make([]int, n), make([]float64, n)
	for i := range m.linked {
		m.linked[i] = i
	}
	precision, vector := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	for i := range n {
		precision.SetSym(i, i, 1/(networkVar*scale*scale))
	}
	for _, a := range all {
		sources, matrix, sums := m.contrast(a)
		m.learn(precision, vector, sources, matrix, sums, noise)
	}
	var chol mat.Cholesky
	var x mat.VecDense
	m.variance = mat.NewSymDense(n, nil)
	if !chol.Factorize(precision) || chol.SolveVecTo(&x, vector) != nil || chol.InverseTo(m.variance) != nil {
		panic("analysis: precision of source offsets is singular") // cannot be: a ridge is on its diagonal
	}
	copy(m.offsets, x.RawVector().Data)
	m.tell()
	return m
}

// meet finds the sources and those that practices share.
func (m *mixture) meet(all []Answers) {
	at := make(map[string]int)
	for _, a := range all {
		met := make(map[string]bool)
		for _, c := range a.cells {
			i, ok := at[c.source]
			if !ok {
				i = len(m.sources)
				at[c.source] = i
				m.sources = append(m.sources, SourceEffect{Source: c.source})
			}
			m.sources[i].N += int(c.n)
			if !met[c.source] {
				met[c.source] = true
				m.sources[i].Practices++
			}
		}
	}
	slices.SortFunc(m.sources, func(a, b SourceEffect) int { return strings.Compare(a.Source, b.Source) })
	for i := range m.sources {
		if s := &m.sources[i]; s.Practices < fewShared {
			s.Why = oneAlone
		} else {
			m.place[s.Source] = len(m.names)
			m.names = append(m.names, s.Source)
		}
	}
}

// contrast sets up the normal equations of a practice for the shared sources it has, by their place, and
// links those that are beside each other.
func (m *mixture) contrast(a Answers) (sources []int, matrix, vector []float64) {
	for _, c := range a.cells {
		if s, ok := m.place[c.source]; ok && !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	n := len(sources)
	matrix, vector = make([]float64, n*n), make([]float64, n)
	row := make([]moments, n)
	for i := 0; i < len(a.cells); {
		clear(row)
		first, block := -1, a.cells[i].block
		for ; i < len(a.cells) && a.cells[i].block == block; i++ {
			s, ok := m.place[a.cells[i].source]
			if !ok {
				continue
			}
			row[slices.Index(sources, s)] = a.cells[i].moments
			m.usual[s] += a.cells[i].n
			if first < 0 {
				first = s
			}
			m.link(first, s)
		}
		addContrast(matrix, vector, row)
	}
	return sources, matrix, vector
}

func (m *mixture) link(i, j int) {
	from, to := m.linked[i], m.linked[j]
	if from == to {
		return
	}
	for s := range m.linked {
		if m.linked[s] == from {
			m.linked[s] = to
		}
	}
}

// learn adds what one practice says of the offsets of its sources.
func (m *mixture) learn(precision *mat.SymDense, vector *mat.VecDense, sources []int, matrix, sums []float64, noise float64) {
	n := len(sources)
	if n < 2 {
		return // nothing to compare
	}
	spread := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			spread.SetSym(i, j, m.practices*matrix[i*n+j])
		}
		spread.SetSym(i, i, noise+spread.At(i, i))
	}
	var chol mat.Cholesky
	var said mat.Dense
	var x mat.VecDense
	if !chol.Factorize(spread) || chol.SolveTo(&said, mat.NewDense(n, n, matrix)) != nil || chol.SolveVecTo(&x, mat.NewVecDense(n, sums)) != nil {
		panic("analysis: contrasts of sources are singular") // cannot be: A is a sum of Gram matrices and the noise is added to its diagonal
	}
	for i, s := range sources {
		for j, u := range sources[:i+1] {
			precision.SetSym(s, u, precision.At(s, u)+(said.At(i, j)+said.At(j, i))/2)
		}
		vector.SetVec(s, vector.AtVec(s)+x.AtVec(i))
	}
}

// tell fills in the effects of the sources.
func (m *mixture) tell() {
	share := make([]float64, len(m.names))
	for i := range m.sources {
		s, ok := m.place[m.sources[i].Source]
		if !ok {
			continue
		}
		clear(share)
		share[s] = 1
		d, apart := m.against(share)
		if !apart {
			m.sources[i].Why = neverBeside
			continue
		}
		e, v := m.sum(d)
		half := z95 * math.Sqrt(v)
		m.sources[i].Effect = &Estimate{e, e - half, e + half}
	}
}

// against is a mix of sources less the usual one, source by source; it sums to 0 among those that are
// linked, and is 0 for a source that is linked with none. It reports whether anything is left.
func (m *mixture) against(share []float64) (d []float64, apart bool) {
	d = make([]float64, len(share))
	own, usual := make([]float64, len(share)), make([]float64, len(share))
	for s, number := range m.linked {
		own[number] += share[s]
		usual[number] += m.usual[s]
	}
	for s, number := range m.linked {
		d[s] = share[s] - own[number]*m.usual[s]/usual[number]
		apart = apart || math.Abs(d[s]) > 1e-12
	}
	return d, apart
}

// sum is the offset of a mix against the usual one, with its variance.
func (m *mixture) sum(d []float64) (offset, variance float64) {
	v := mat.NewVecDense(len(d), d)
	return mat.Dot(v, mat.NewVecDense(len(d), m.offsets)), mat.Inner(v, m.variance, v)
}

// An adjustment is what the mix of sources adds to a practice's mean.
type adjustment struct {
	offset float64
	shared float64 // variance of it that all practices share: the offsets of sources are estimates
	own    float64 // variance by what a source is at this practice
}

// of is the adjustment of a practice; ok is false where there is nothing to adjust.
func (m *mixture) of(a Answers) (x adjustment, ok bool) {
	share := make([]float64, len(m.names))
	for _, c := range a.cells {
		if s, ok := m.place[c.source]; ok {
			share[s] += c.n / a.moments.n
		}
	}
	d, ok := m.against(share)
	if !ok {
		return x, false
	}
	x.offset, x.shared = m.sum(d)
	for _, v := range d {
		x.own += m.practices * v * v
	}
	return x, true
}
