package model

import (
	"slices"

	"percept/analysis"
)

// maxBits is the largest table.
const maxBits = 16

// deniedWords is how many words after a negation carry its mark.
const deniedWords = 4

// A term is a token as features see it.
type term struct {
	hash     uint32 // of the word in lower case
	marked   uint32 // the same with the mark of a negation where one reaches it
	spelling int32
	record   int32   // where that of the word begins, see notes.take
	rating   float32 // by the lexicon
	runs     uint8   // of its characters
	denied   bool    // a negation reaches it
	mark     bool
	silent   bool // a mark that is no feature
	stops    bool // a mark that ends what a negation reaches
	capital  bool // a word all in capitals, of two at least
	loud     bool // its second of at least four bytes is a capital
	but      bool // the word
}

// terms are the tokens of a text, one to one.
type terms struct {
	list    []term
	marks   []int // which are marks
	buts    bool  // one is a "but"
	shouted bool  // some words are in capitals and some are not
}

const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
	deniedTag = 0x5bd1e995
)

func hashBytes(b []byte) uint32 {
	h := uint32(fnvOffset)
	for _, c := range b {
		h = (h ^ uint32(c)) * fnvPrime
	}
	return h
}

func hashString(s string) uint32 { return hashBytes([]byte(s)) }

// mix joins two hashes in order.
func mix(a, b uint32) uint32 { return (a*0x85ebca6b ^ b) * fnvPrime }

// read fills t from the tokens of text.
func (t *terms) read(text string, toks []analysis.Token, words *notes) {
	t.list = slices.Grow(t.list[:0], len(toks))[:len(toks)]
	left, shouted, quiet := 0, false, false
	t.marks, t.buts = t.marks[:0], false
	for i := range toks {
		w, x := words.of(&toks[i], text), &t.list[i]
		*x = w.term
		if x.mark {
			if x.stops {
				left = 0
			}
			t.marks = append(t.marks, i)
			continue
		}
		t.buts, shouted, quiet = t.buts || w.but, shouted || w.shouted, quiet || w.quiet
		switch {
		case toks[i].Denies:
			left = deniedWords
		case w.turns:
			left = 0
		case left > 0:
			left--
			x.marked, x.denied, x.record = w.against, true, words.againstRecord(w)
		}
	}
	t.shouted = shouted && quiet
}

// appendShape appends a token, its ASCII letters in lower case; all digits are one, and a run of marks is one mark.
func appendShape(buf []byte, s string) []byte {
	if s[0] == '!' || s[0] == '?' {
		return append(buf, s[0])
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= '0' && c <= '9':
			c = '0'
		}
		buf = append(buf, c)
	}
	return buf
}

// words appends the words and pairs of words of terms [first, last), each mixed with salt. The first makes a pair with the word
// before too, so that a stretch has all features of its clauses.
func (t *terms) words(list []uint32, first, last int, salt uint32) []uint32 {
	before, some := uint32(0), false
	if first > 0 {
		before, some = mix(salt, t.list[first-1].marked), !t.list[first-1].silent
	}
	for _, x := range t.list[first:last] {
		if x.silent {
			some = false
			continue
		}
		h := mix(salt, x.marked)
		list = append(list, spread(h))
		if some {
			list = append(list, spread(mix(before, h)))
		}
		before, some = h, true
	}
	return list
}

// single appends the words of terms [first, last), each mixed with salt.
func (t *terms) single(list []uint32, first, last int, salt uint32) []uint32 {
	for _, x := range t.list[first:last] {
		if !x.silent {
			list = append(list, spread(mix(salt, x.marked)))
		}
	}
	return list
}

// chars appends the runs of three to five bytes within the words of tokens [first, last), their edges marked.
func (s *sheet) chars(list []uint32, first, last int) []uint32 {
	for _, x := range s.terms.list[first:last] {
		if !x.silent {
			list = appendChars(list, s.notes.shapes[x.spelling])
		}
	}
	return list
}

// maxChars is how many bytes of a word are taken apart, into fewer runs than a note has room to count.
const maxChars = 40

// appendChars appends the hashes, spread, of the runs of three to five bytes of a word's shape, its edges marked.
func appendChars(list []uint32, shape string) []uint32 {
	var word [maxChars + 2]byte
	w := append(append(append(word[:0], ' '), shape[:min(len(shape), maxChars)]...), ' ')
	for i := 0; i+3 <= len(w); i++ {
		h := hashBytes(w[i : i+3])
		list = append(list, spread(h))
		for n := 3; n < 5 && i+n < len(w); n++ {
			h = (h ^ uint32(w[i+n])) * fnvPrime
			list = append(list, spread(h))
		}
	}
	return list
}
