package model

// A note is what features need of a word that depends on how it is written alone.
type note struct {
	known   bool
	hash    uint32 // of its shape
	shape   string
	turns   bool    // "but": a negation reaches no further
	capital bool    // all letters are capitals
	loud    bool    // its second of at least four bytes is a capital
	rating  float32 // by the lexicon
	runs    tally   // of its characters
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
	x.loud = len(written) > 3 && written[1] >= 'A' && written[1] <= 'Z'
	x.turns = x.shape == "but" || x.shape == "however"
	x.rating = n.lexicon[x.hash]
	if n.chars != nil {
		x.runs = n.chars.tally()
		for _, h := range appendChars(nil, x.shape) {
			n.chars.add(&x.runs, h)
		}
	}
}
