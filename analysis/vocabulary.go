package analysis

import "strings"

// A reading is what is known of a token by how it is written: no more than what is asked of every token, so that the
// readings of many words lie close together.
type reading struct {
	key    uint64     // of the spelling, in a lexis
	marks  uint64     // of form and stem, see mark
	next   uint64     // marks of what may be the next word of a phrase that begins with it
	begins *beginning // those phrases
	*spelling
	form, stem int32 // numbers in the vocabulary, 0 unknown
	number     int32 // of the spelling, in a lexis
	class      class
	cut        uint8 // bytes of a contraction that are a word, 0 for other words
	judges     int8  // see Token
	weight     float32
}

// A spelling is what is asked of few tokens.
type spelling struct {
	written string
	lower   string // in lower case
	word    *word  // sentiment and grammar
}

// spell sets r to a spelling of which nothing is known.
func (s *spelling) spell(written string) {
	s.written, s.word = strings.Clone(written), &noWord
	s.lower = strings.ToLower(s.written)
}

// noWord is what is known of most words.
var noWord word

// A class is the kinds of words and marks that a token is of.
type class uint32

const (
	isArticle class = 1 << iota // may stand between the words of a phrase
	isPronoun                   // goes on about what came before
	isNegator
	isWeighed  // has a weight
	isDegree   // makes the next word stronger or weaker
	isUnit     // of time
	isNumber   // in digits or as a word
	isContrast // begins a clause
	isAnd
	isWaiting // tells of a wait
	isMark
	isEmoji
	isIrony  // may be a mark of it
	isLong   // of more than eight bytes
	isAnswer // may begin an answer that means something with its question
	isTold   // tells how things are or were
	isWish   // asks for more or better
)

// A vocabulary numbers the words that phrases are made of.
type vocabulary struct {
	english *english
	forms   map[string]int32
	stems   map[string]int32
}

func newVocabulary(e *english) *vocabulary {
	return &vocabulary{english: e, forms: map[string]int32{}, stems: map[string]int32{}}
}

// read adds to r, of a spelling, what is known of a token of that kind.
func (v *vocabulary) read(r *reading, kind uint8) {
	switch kind {
	case letterByte:
		v.look(r)
	case digitByte:
		r.form, r.class = v.forms[r.lower], isNumber
	case emojiByte:
		r.class = isEmoji
	default:
		r.class = isMark
	}
	if ironic(r.written) {
		r.class |= isIrony
	}
	if len(r.written) > 8 {
		r.class |= isLong
	}
	if r.marks = mark(r.stem) | mark(r.form); r.class&isNumber != 0 {
		r.marks |= markNumber
	}
}

// look adds what is known of a word.
func (v *vocabulary) look(r *reading) {
	var room [64]byte
	root, ok := v.english.bases[r.lower]
	if !ok {
		root = string(stem(append(room[:0], r.lower...)))
	}
	r.form, r.stem = v.forms[r.lower], v.stems[root]
	known := v.english.words[r.lower]
	if known == nil {
		known = v.english.stems[root]
	}
	if known != nil {
		r.word, r.class, r.weight = known, known.class, float32(known.weight)
		switch {
		case known.weight > 0:
			r.judges = 1
		case known.weight < 0:
			r.judges = -1
		}
	}
	r.class |= v.english.classes[r.lower]
	if first, _, more := strings.Cut(r.lower, "'"); more && v.english.classes[first]&isAnswer != 0 || !plain(first) {
		r.class |= isAnswer
	}
	r.cut = uint8(contraction(r.written))
}

// number returns the number of key, which it gives out if need be.
func number(m map[string]int32, key string) int32 {
	n, ok := m[key]
	if !ok {
		n = int32(len(m) + 1)
		m[key] = n
	}
	return n
}

// root returns what a lower-case word's forms have in common.
func (v *vocabulary) root(w string) string {
	if base, ok := v.english.bases[w]; ok {
		return base
	}
	return string(stem([]byte(w)))
}
