package model

import "slices"

// A batch is stretches of a text whose log odds are asked for in one go.
type batch struct {
	addends []addend
	rest    dense
	ends    []end
	size    int       // of all odds
	odds    []float32 // by each stretch's bank, a multiple of eight
	likely  []uint64  // a bit for each label that is enough, see finish

	// Rows that are added up for it, after those of the text: of features up to each end.
	table    *table
	features []uint32
	totals   []int32
}

// start empties it.
func (b *batch) start() *batch {
	b.addends, b.ends, b.features, b.totals, b.size = b.addends[:0], b.ends[:0], b.features[:0], b.totals[:0], 0
	b.rest.clear()
	return b
}

// add adds what n features of a column come to, which are the difference of the sums that begin at to and from.
func (b *batch) add(c *column, to, from, n int) {
	k := len(b.addends)
	b.addends = slices.Grow(b.addends, 1)[:k+1]
	a := &b.addends[k]
	a.length, a.to, a.from, a.square, a.over = c.length, int32(to+c.at), int32(from+c.at), int32(c.labels), int32(n)*bias
}

// total ends features to be added up, of t.
func (b *batch) total(t *table) {
	b.table, b.totals = t, append(b.totals, int32(len(b.features)))
}

// next returns what the dense features of the next stretch are written to.
func (b *batch) next() *dense {
	b.rest.at, b.rest.from = 0, len(b.rest.runs)
	return &b.rest
}

// end ends a stretch that a bank is asked about; asked tells whether the question is near, and several whether it has several clauses.
func (b *batch) end(bank int, f *finish, asked, several bool) {
	k := len(b.ends)
	b.ends = slices.Grow(b.ends, 1)[:k+1]
	e := &b.ends[k]
	e.addends, e.values, e.runs, e.flow = int32(len(b.addends)), int32(len(b.rest.list)), int32(len(b.rest.runs)), int32(len(b.rest.flow))
	e.odds, e.bank, e.labels, e.asked, e.several = int32(b.size), uint8(bank), uint8(f.labels), asked, several
	b.size += f.stride
}

// of returns the log odds of stretch i.
func (b *batch) of(i int) []float32 {
	e := &b.ends[i]
	return b.odds[e.odds:][:e.labels]
}
