package model

// tables are weights as scoring adds them up. Any number of scorers read them.
type tables struct {
	weights *Weights
	// The words of a text and their runs of characters are read for the whole and its units at once.
	words, chars *table
	wholeColumns [2]column // of these two
	kind         *summer   // of the whole: question x word

	// Of units, nil without them.
	before, after *table
	unitColumns   [4]column // of words, chars, before and after
	question      *summer

	aspect *bankTables
}

func newTables(w *Weights) *tables {
	t := &tables{weights: w, kind: newSummer(w.Whole, 2), aspect: newBankTables(w.Aspect)}
	for i, joint := range []**table{&t.words, &t.chars} {
		var columns []column
		if w.Units == nil {
			*joint, columns = newTable(share{w.Whole, i})
		} else {
			*joint, columns = newTable(share{w.Whole, i}, share{w.Units, i})
			t.unitColumns[i] = columns[1]
		}
		t.wholeColumns[i] = columns[0]
	}
	if w.Units != nil {
		for i, alone := range []**table{&t.before, &t.after} {
			var columns []column
			*alone, columns = newTable(share{w.Units, 2 + i})
			t.unitColumns[2+i] = columns[0]
		}
		t.question = newSummer(w.Units, 4)
	}
	return t
}

// A summer sums a block of one bank by itself.
type summer struct {
	*table
	column column
}

func newSummer(b *linear, block int) *summer {
	t, columns := newTable(share{b, block})
	return &summer{t, columns[0]}
}

var zeros [4 * maxWords]uint64

// add adds to all, one a label, what features come to.
func (s *summer) add(all []float64, features []uint32) {
	if len(features) == 0 {
		return
	}
	var few [4]uint64 // enough for most
	sum := few[:]
	if s.width > 1 {
		sum = make([]uint64, s.size())
	}
	s.table.add(sum, features)
	s.column.add(all, sum, zeros[:s.size()], len(features))
}

// bankTables are those of a bank whose features are summed stretch by stretch.
type bankTables struct {
	bank   *linear
	blocks []*summer
}

func newBankTables(b *linear) *bankTables {
	t := &bankTables{bank: b}
	for i := range b.Layout.Blocks {
		t.blocks = append(t.blocks, newSummer(b, i))
	}
	return t
}

// likely sets out to the probability of each label by itself.
func (t *bankTables) likely(s *sheet, f features, out []float64) {
	var hashed [maxLabels]float64
	for i, b := range t.blocks {
		s.hashes = f.block(i, s.hashes[:0])
		if t.bank.Layout.Blocks[i].Once {
			s.hashes = s.once(s.hashes, b.shift)
		}
		b.add(hashed[:len(out)], s.hashes)
	}
	t.bank.finish(hashed[:len(out)], s.dense(f.dense), out)
	t.bank.settle(out)
}

// dense returns the dense features that fn writes, until the next are asked for.
func (s *sheet) dense(fn func(*dense)) *vector {
	s.sparse = vector{s.sparse.at[:0], s.sparse.val[:0]}
	fn(&dense{v: &s.sparse})
	return &s.sparse
}

// once keeps one hash for each row.
func (s *sheet) once(list []uint32, shift uint) []uint32 {
	kept := list[:0]
	for _, h := range list {
		row := h >> shift
		if word, bit := &s.seen[row/64], uint64(1)<<(row%64); *word&bit == 0 {
			*word |= bit
			kept = append(kept, h)
		}
	}
	for _, h := range kept {
		s.seen[h>>shift/64] = 0
	}
	return kept
}
