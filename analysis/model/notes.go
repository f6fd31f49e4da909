package model

// A note is what features need of a word that depends on how it is written alone.
type note struct {
	hash    uint32  // of its shape
	rating  float32 // by the lexicon
	rows    uint8   // of its runs of characters
	known   bool
	turns   bool // "but": a negation reaches no further
	capital bool // all letters are capitals
	loud    bool // its second of at least four bytes is a capital
}

// notes are of the words that were met, by their spelling: nearly all of a text are noted before.
type notes struct {
	lexicon lexicon
	chars   *table // nil where nothing is scored
	list    []note
	shapes  []string
	tallies []uint64 // of the runs of characters, each of the size of one
	round   int      // of the spellings
}

// start begins a text whose words are spelled in a round.
func (n *notes) start(round int) {
	if n.round != round {
		clear(n.shapes)
		n.list, n.shapes, n.tallies, n.round = n.list[:0], n.shapes[:0], n.tallies[:0], round
	}
}

// of returns the note of a spelling, which it makes if need be. It holds until the next is made.
func (n *notes) of(spelling int, written string) *note {
	if spelling >= len(n.list) || !n.list[spelling].known {
		n.make(spelling, written)
	}
	return &n.list[spelling]
}

// make notes a word.
func (n *notes) make(spelling int, written string) {
	for len(n.list) <= spelling {
		n.list, n.shapes = append(n.list, note{}), append(n.shapes, "")
	}
	shape := appendShape(nil, written)
	x := note{known: true, hash: hashBytes(shape), capital: allCapitals(written), loud: len(written) > 3 && written[1] >= 'A' && written[1] <= 'Z'}
	n.shapes[spelling] = string(shape)
	x.turns = n.shapes[spelling] == "but" || n.shapes[spelling] == "however"
	x.rating = n.lexicon[x.hash]
	if n.chars != nil {
		for len(n.tallies) < len(n.list)*n.chars.tallied() {
			n.tallies = append(n.tallies, 0)
		}
		sum := n.tally(spelling)
		for _, h := range appendChars(nil, n.shapes[spelling]) {
			n.chars.add(&sum, h)
		}
		x.rows = uint8(sum.rows)
	}
	n.list[spelling] = x
}

// tally is that of the runs of characters of a word.
func (n *notes) tally(spelling int) tally {
	size := n.chars.tallied()
	return tally{rows: int(n.list[spelling].rows), sums: n.tallies[spelling*size:][:size]}
}
