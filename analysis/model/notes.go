package model

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

// A record is what a word by itself adds to a strip: its rows, and the sums of those of its runs of characters, see addRow.
type record struct {
	rows []uint64
	runs int
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

// record returns that of a word. It holds until the next is asked for.
func (n *notes) record(x term) record {
	w, denied := &n.list[x.spelling], 0
	if x.marked != w.hash {
		denied = 1
	}
	if w.rows[denied] < 0 {
		w.rows[denied] = int32(len(n.rows))
		n.take(x)
	}
	return record{n.rows[w.rows[denied]:][:n.tables.recorded()], int(w.runs)}
}

// take adds the rows of a word.
func (n *notes) take(x term) {
	t, word := n.tables, spread(mix(0, x.marked))
	n.rows = append(n.rows, t.words.row(word)...)
	if t.single != nil {
		n.rows = append(n.rows, t.single.row(word)...)
	}
	from := len(n.rows)
	for range 2 * t.chars.width {
		n.rows = append(n.rows, 0)
	}
	low, top := n.rows[from:][:t.chars.width], n.rows[from+t.chars.width:]
	runs := appendChars(nil, n.shapes[x.spelling])
	for _, h := range runs {
		addRow(low, top, t.chars.row(h))
	}
	n.list[x.spelling].runs = uint8(len(runs))
}
