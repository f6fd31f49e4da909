package model

import "slices"

// A note is what features need of a word that depends on how it is written alone.
type note struct {
	hash    uint32   // of its shape
	rating  float32  // by the lexicon
	rows    [2]int32 // where those of the word begin, and of the word denied; -1 before they are asked for
	runs    uint8    // of its characters
	known   bool
	but     bool
	turns   bool // "but" or "however": a negation reaches no further
	capital bool // all letters are capitals
	loud    bool // its second of at least four bytes is a capital
}

// notes are of the words that were met, by their spelling: nearly all of a text are noted before.
type notes struct {
	lexicon *lexicon
	tables  *tables // nil where nothing is scored
	list    []note
	shapes  []string
	rows    []uint64 // of the words
	round   int      // of the spellings
}

// start begins a text whose words are spelled in a round.
func (n *notes) start(round int) {
	if n.round != round {
		clear(n.shapes)
		n.list, n.shapes, n.rows, n.round = n.list[:0], n.shapes[:0], n.rows[:0], round
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
	x := note{known: true, hash: hashBytes(shape), rows: [2]int32{-1, -1}, capital: allCapitals(written), loud: len(written) > 3 && written[1] >= 'A' && written[1] <= 'Z'}
	n.shapes[spelling] = string(shape)
	x.but = n.shapes[spelling] == "but"
	x.turns = x.but || n.shapes[spelling] == "however"
	x.rating = n.lexicon.ratings[x.hash]
	n.list[spelling] = x
}

// record returns where in n.rows those of a word begin, and of how many runs of characters they are.
func (n *notes) record(x term) (at int32, runs int) {
	w, denied := &n.list[x.spelling], 0
	if x.marked != w.hash {
		denied = 1
	}
	if w.rows[denied] < 0 {
		w.rows[denied] = int32(len(n.rows))
		n.take(x)
	}
	return w.rows[denied], int(w.runs)
}

// take adds the rows of a word: of the word, the same of words around a stretch, and the sums of its runs of characters.
func (n *notes) take(x term) {
	t, word := n.tables, spread(mix(0, x.marked))
	n.rows = append(n.rows, t.words.words[t.words.row(word):][:t.words.width]...)
	if t.single != nil {
		n.rows = append(n.rows, t.single.words[t.single.row(word):][:t.single.width]...)
	}
	from, width := len(n.rows), t.chars.width
	n.rows = slices.Grow(n.rows, 2*width)[:from+2*width]
	runs := appendChars(nil, n.shapes[x.spelling])
	t.chars.narrow(n.rows[from:][:width], n.rows[from+width:], runs)
	n.list[x.spelling].runs = uint8(len(runs))
}
