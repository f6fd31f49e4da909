package analysis

import (
	"slices"
	"strings"
)

// A reading is what is known of a token by how it is written. What is asked of every token comes first.
type reading struct {
	marks      uint64     // of form and stem, see mark
	passes     uint64     // all ones for an article: it may stand between the words of a phrase
	begins     *beginning // of phrases, nil for none
	form, stem int32      // numbers in the vocabulary, 0 unknown
	number     int32      // of the spelling, and its key, in a lexis
	mark       bool
	counts     bool // a number, in digits or as a word
	contrasts  bool // a word of contrast
	long       bool // more than eight bytes
	key        uint64
	word       word // sentiment and grammar
	written    string
	lower      string // in lower case
}

// A vocabulary numbers the words that phrases are made of.
type vocabulary struct {
	english *english
	forms   map[string]int32
	stems   map[string]int32
}

func newVocabulary(e *english) *vocabulary {
	return &vocabulary{english: e, forms: map[string]int32{}, stems: map[string]int32{}}
}

// reading returns what is known of a token.
func (v *vocabulary) reading(text string, t *Token) *reading {
	r := &reading{written: strings.Clone(t.In(text)), mark: t.Mark, long: t.End-t.Start > 8}
	r.lower = strings.ToLower(r.written)
	switch {
	case t.Word:
		v.look(r)
	case t.Number:
		r.form = v.forms[r.lower]
	}
	r.counts = t.Number || r.word.number > 0
	if r.marks = mark(r.stem) | mark(r.form); r.counts {
		r.marks |= markNumber
	}
	if r.word.article {
		r.passes = ^uint64(0)
	}
	r.contrasts = t.Word && slices.Contains(contrastWords, r.lower)
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
		r.word = *known
	}
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
