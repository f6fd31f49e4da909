package model

import "percept/analysis"

// maxBits is the largest table.
const maxBits = 16

// deniedWords is how many words after a negation carry its mark.
const deniedWords = 4

// A term is a token as features see it.
type term struct {
	hash     uint32 // of the word in lower case
	marked   uint32 // the same with the mark of a negation where one reaches it
	spelling int32
	silent   bool // a mark that is no feature
	whole    bool // its runs of characters are no features: the text has too many
	shape    string
}

// terms are the tokens of a text, one to one.
type terms struct{ list []term }

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
	t.list = t.list[:0]
	left, runs := 0, 0
	for _, k := range toks {
		w := words.of(k.Spelling, k.In(text))
		runs += len(w.chars)
		x := term{hash: w.hash, marked: w.hash, spelling: int32(k.Spelling), whole: runs > maxSummed, shape: w.shape}
		first := text[k.Start]
		switch {
		case k.Mark:
			x.silent = first != '!' && first != '?'
			if first != '-' && first != '"' && first != '\'' {
				left = 0
			}
		case k.Denies:
			left = deniedWords
		case w.turns:
			left = 0
		case left > 0:
			left--
			x.marked = mix(deniedTag, x.hash)
		}
		t.list = append(t.list, x)
	}
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

// words counts the words and pairs of words of terms [first, last), each mixed with salt.
func (t *terms) words(c *counter, bits, first, last int, salt uint32) {
	before, some := uint32(0), false
	for _, x := range t.list[first:last] {
		if x.silent {
			some = false
			continue
		}
		h := mix(salt, x.marked)
		c.add(h, bits)
		if some {
			c.add(mix(before, h), bits)
		}
		before, some = h, true
	}
}

// single counts the words of terms [first, last), each mixed with salt.
func (t *terms) single(c *counter, bits, first, last int, salt uint32) {
	for _, x := range t.list[first:last] {
		if !x.silent {
			c.add(mix(salt, x.marked), bits)
		}
	}
}

// chars counts the runs of three to five bytes within the words of terms [first, last), their edges
// marked. No text of 20,000 Latin letters, the longest there are, has too many.
func (t *terms) chars(c *counter, bits, first, last int) {
	var buf [3 * maxChars]uint32
	for _, x := range t.list[first:last] {
		if x.silent || x.whole {
			continue
		}
		for _, h := range appendChars(buf[:0], x.shape) {
			c.add(h, bits)
		}
	}
}

// maxChars is how many bytes of a word are taken apart.
const maxChars = 40

// appendChars appends the hashes of the runs of three to five bytes of a word's shape, its edges marked.
func appendChars(list []uint32, shape string) []uint32 {
	var word [maxChars + 2]byte
	w := append(append(append(word[:0], ' '), shape[:min(len(shape), maxChars)]...), ' ')
	for i := 0; i+3 <= len(w); i++ {
		h := hashBytes(w[i : i+3])
		list = append(list, h)
		for n := 3; n < 5 && i+n < len(w); n++ {
			h = (h ^ uint32(w[i+n])) * fnvPrime
			list = append(list, h)
		}
	}
	return list
}
