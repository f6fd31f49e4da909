package model

import (
	"encoding/binary"

	"percept/analysis"
)

// A note is what features need of a word that depends on how it is written alone.
type note struct {
	term           // where no negation reaches it
	against uint32 // its mark where one does
	reached int32  // where the record of it begins then, -1 before it is asked for
	known   bool
	turns   bool // "but" or "however": a negation reaches no further
	shouted bool // a word of two letters at least, all in capitals
	quiet   bool // another of two
}

// notes are of the words that were met, by their spelling: nearly all of a text are noted before.
type notes struct {
	lexicon *lexicon
	tables  *tables // nil where nothing is scored
	list    []note
	shapes  []string
	records []byte // of the words, see take
	round   int    // of the spellings
}

// start begins a text whose words are spelled in a round.
func (n *notes) start(round int) {
	if n.round != round {
		clear(n.shapes)
		n.list, n.shapes, n.records, n.round = n.list[:0], n.shapes[:0], n.records[:0], round
	}
}

// of returns the note of a token, which it makes if need be. It holds until the next is made.
func (n *notes) of(k *analysis.Token, text string) *note {
	if int(k.Spelling) >= len(n.list) || !n.list[k.Spelling].known {
		n.make(k, k.In(text))
	}
	return &n.list[k.Spelling]
}

// make notes a word.
func (n *notes) make(k *analysis.Token, written string) {
	for len(n.list) <= int(k.Spelling) {
		n.list, n.shapes = append(n.list, note{}), append(n.shapes, "")
	}
	shape := string(appendShape(nil, written))
	hash := hashString(shape)
	x := note{known: true, against: mix(deniedTag, hash), reached: -1, turns: shape == "but" || shape == "however"}
	x.term = term{hash: hash, marked: hash, spelling: k.Spelling, mark: k.Mark}
	switch first := written[0]; {
	case k.Mark:
		x.silent = first != '!' && first != '?'
		x.stops = first != '-' && first != '"' && first != '\''
	case k.Word:
		x.but, x.loud = shape == "but", len(written) > 3 && written[1] >= 'A' && written[1] <= 'Z'
		if len(written) > 1 {
			x.shouted = allCapitals(written)
			x.quiet = !x.shouted
		}
		x.capital = x.shouted
		fallthrough
	default:
		x.rating = n.lexicon.ratings[hash]
	}
	n.shapes[k.Spelling] = shape
	if n.tables != nil && !x.silent {
		x.record, x.runs = n.take(shape, hash)
	}
	n.list[k.Spelling] = x
}

// againstRecord returns where the record of a word begins that a negation reaches.
func (n *notes) againstRecord(x *note) int32 {
	if x.reached < 0 && n.tables != nil {
		x.reached, _ = n.take(n.shapes[x.spelling], x.against)
	}
	return x.reached
}

// take adds the record of a word with that mark: its row, that of it around a stretch, and the sums of its runs of characters, of two
// bytes each. It returns where that begins, and how many runs there are.
func (n *notes) take(shape string, marked uint32) (record int32, runs uint8) {
	t, word, at := n.tables, spread(mix(0, marked)), len(n.records)
	n.records = append(n.records, t.words.of(word)...)
	if t.single != nil {
		n.records = append(n.records, t.single.of(word)...)
	}
	chars := appendChars(nil, shape)
	sum := make([]int32, t.chars.width)
	t.chars.total(sum, chars, []int32{int32(len(chars))})
	for _, v := range sum {
		n.records = binary.NativeEndian.AppendUint16(n.records, uint16(v))
	}
	return int32(at), uint8(len(chars))
}
