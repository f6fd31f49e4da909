package analysis

import "strings"

// A reading is what is known of a token by how it is written: no more than what is asked of every token, so that the
// readings of many words lie close together.
type reading struct {
	key    uint64     // of the spelling, in a lexis
	marks  uint64     // of form and stem, see mark
	weight float64    // sentiment, -1 to 1
	begins *beginning // of phrases, nil for none
	*spelling
	form, stem int32 // numbers in the vocabulary, 0 unknown
	number     int32 // of the spelling, in a lexis
	class      class
	cut        uint8 // bytes of a contraction that are a word, 0 for other words
}

// A spelling is what is asked of few tokens.
type spelling struct {
	written string
	lower   string // in lower case
	word    word   // sentiment and grammar
}

// A class is the kinds of words and marks that a token is of.
type class uint16

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
	isIrony // may be a mark of it
	isLong  // of more than eight bytes
)

// classes are those of words that are told by their form alone.
var classes = func() map[string]class {
	list := map[string]class{"and": isAnd}
	for class, words := range map[class]string{
		isContrast: "but however although though tho while whilst yet except whereas despite nevertheless",
		isWaiting:  "wait waited waiting waits late past hold queue queued queuing overdue delayed behind still sat",
	} {
		for w := range strings.FieldsSeq(words) {
			list[w] |= class
		}
	}
	return list
}()

// A vocabulary numbers the words that phrases are made of.
type vocabulary struct {
	english *english
	forms   map[string]int32
	stems   map[string]int32
}

func newVocabulary(e *english) *vocabulary {
	return &vocabulary{english: e, forms: map[string]int32{}, stems: map[string]int32{}}
}

// reading returns what is known of a token of that kind.
func (v *vocabulary) reading(written string, kind uint8) *reading {
	r := &reading{spelling: &spelling{written: strings.Clone(written)}}
	r.lower = strings.ToLower(r.written)
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
	return r
}

// look adds what is known of a word.
func (v *vocabulary) look(r *reading) {
	r.form = v.forms[r.lower]
	known := v.english.words[r.lower]
	root := v.root(r.lower)
	r.stem = v.stems[root]
	if known == nil {
		known = v.english.stems[root]
	}
	if known != nil {
		r.word, r.weight = *known, known.weight
	}
	r.class = r.word.class() | classes[r.lower]
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
