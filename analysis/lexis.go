package analysis

import (
	"math/bits"
	"math/rand/v2"
)

// A lexis keeps what is known of words by how they are written: nearly every word of a text was read before. It is emptied
// when it is full, so that no text can make it grow.
type lexis struct {
	phrases *phrases
	slots   []slot // a power of two, at most half of them taken: a spelling is in that of its hash, or the next free after it
	shift   uint   // brings a hash to the number of a slot
	seed    uint64 // of hashes, so that nobody can write words which share a slot
	count   int
	letters int // of all, in bytes
	round   int // goes up when it is emptied: words are numbered anew
}

// A slot is the place of a spelling, free without a reading.
type slot struct {
	key     uint64
	reading *reading
}

const (
	maxSpellings = 1 << 15
	maxLetters   = 1 << 20
	firstSlots   = 1 << 10
)

func newLexis(p *phrases) lexis {
	l := lexis{phrases: p, seed: rand.Uint64()}
	l.clear(firstSlots)
	return l
}

// clear leaves n free slots, a power of two.
func (l *lexis) clear(n int) {
	l.slots, l.shift = make([]slot, n), uint(64-bits.TrailingZeros(uint(n)))
}

// read appends what is known of toks, the tokens of text, and marks them with it. It empties a full lexis before, never on the way.
func (l *lexis) read(list []*reading, text string, toks []Token) []*reading {
	if l.count >= maxSpellings || l.letters >= maxLetters {
		l.clear(firstSlots)
		l.count, l.letters = 0, 0
		l.round++
	}
	for i := range toks {
		t := &toks[i]
		r := l.reading(text, t)
		t.Spelling, t.Judges, t.Denies = int(r.number), r.word.weight, r.word.negator
		list = append(list, r)
	}
	return list
}

// reading returns what is known of a token.
func (l *lexis) reading(text string, t *Token) *reading {
	key, long := l.key(text, t.Start, t.End), t.End-t.Start > 8
	at := int(l.hash(key) >> l.shift)
	for {
		s := &l.slots[at]
		switch r := s.reading; {
		case r == nil:
			return l.learn(at, key, text, t)
		case s.key == key && r.long == long && (!long || r.written == t.In(text)):
			return r
		}
		at = (at + 1) & (len(l.slots) - 1)
	}
}

// learn looks a token up that was not written so before. Its place is the free slot at.
func (l *lexis) learn(at int, key uint64, text string, t *Token) *reading {
	r := l.phrases.reading(text, t)
	r.number = int32(l.count)
	l.slots[at] = slot{key, r}
	l.letters += len(r.written)
	if l.count++; 2*l.count > len(l.slots) {
		old := l.slots
		l.clear(2 * len(old))
		for _, s := range old {
			if s.reading == nil {
				continue
			}
			at := int(l.hash(s.key) >> l.shift)
			for l.slots[at].reading != nil {
				at = (at + 1) & (len(l.slots) - 1)
			}
			l.slots[at] = s
		}
	}
	return r
}

// key returns a number for text[start:end], which has no zero byte: its bytes where they are no more than eight, else a hash.
func (l *lexis) key(text string, start, end int) uint64 {
	n := end - start
	if n <= 8 && start+8 <= len(text) {
		return eightBytes(text, start) << (64 - 8*uint(n))
	}
	key := uint64(0)
	for ; start+8 < end; start += 8 {
		key = l.hash(key ^ eightBytes(text, start))
	}
	last := uint64(0)
	for ; start < end; start++ {
		last = last>>8 | uint64(text[start])<<56
	}
	return key ^ last
}

// hash mixes a key with the seed.
func (l *lexis) hash(key uint64) uint64 {
	hi, lo := bits.Mul64(key^l.seed, 0x9e3779b97f4a7c15)
	return hi ^ lo
}

// eightBytes returns those of s from i on, in one load.
func eightBytes(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
