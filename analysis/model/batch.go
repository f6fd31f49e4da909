package model

// A batch is stretches of a text whose log odds by one bank are asked for in one go.
type batch struct {
	addends []addend
	rest    dense
	ends    []end
	odds    []float32 // one a label, for one stretch after another
	likely  []uint64  // a bit for each that is enough, see finish
	labels  int       // how many
	stride  int       // from stretch to stretch
}

// start empties it.
func (b *batch) start() *batch {
	b.addends, b.ends = b.addends[:0], b.ends[:0]
	b.rest.clear()
	return b
}

// next returns what the dense features of the next stretch are written to.
func (b *batch) next() *dense {
	b.rest.at = 0
	b.rest.runs = append(b.rest.runs, run{}) // that no run goes on from one to the next
	return &b.rest
}

// end ends a stretch; asked tells whether the question is near, and several whether it has several clauses.
func (b *batch) end(asked, several bool) {
	b.ends = append(b.ends, end{int32(len(b.addends)), int32(len(b.rest.list)), int32(len(b.rest.runs)), asked, several})
}

// of returns the log odds of stretch i.
func (b *batch) of(i int) []float32 {
	return b.odds[i*b.stride:][:b.labels]
}
