package model

// A note is what features need of a word that depends on how it is written alone.
type note struct {
	known   bool
	hash    uint32 // of its shape
	shape   string
	turns   bool    // "but": a negation reaches no further
	capital bool    // all letters are capitals
	rating  float32 // by the lexicon
	// sum is that of the rows of its runs of characters, of which there are runs.
	sum  []uint64
	runs int
}

// notes are of the words that were met, by their spelling: nearly all of a text are noted before.
type notes struct {
	lexicon lexicon
	chars   *table // nil where nothing is scored
	list    []note
	round   int // of the spellings
}

// start begins a text whose words are spelled in a round.
func (n *notes) start(round int) {
	if n.round != round {
		clear(n.list)
		n.list, n.round = n.list[:0], round
	}
}

// of returns the note of a spelling, which it makes if need be. It holds until the next is made.
func (n *notes) of(spelling int, written string) *note {
	for len(n.list) <= spelling {
		n.list = append(n.list, note{})
	}
	x := &n.list[spelling]
	if !x.known {
		n.make(x, written)
	}
	return x
}

func (n *notes) make(x *note, written string) {
	shape := appendShape(nil, written)
	*x = note{known: true, shape: string(shape), hash: hashBytes(shape), capital: allCapitals(written)}
	x.turns = x.shape == "but" || x.shape == "however"
	x.rating = n.lexicon[x.hash]
	if n.chars != nil {
		runs := appendChars(nil, x.shape)
		x.runs, x.sum = len(runs), make([]uint64, n.chars.size())
		n.chars.add(x.sum, runs)
	}
}
