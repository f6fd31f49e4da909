package analysis

import (
	"hash/maphash"
	"math/bits"
)

// A lexis keeps what is known of words by how they are written: nearly every word of a text was read before. It is emptied
// when it is full, so that no text can make it grow.
type lexis struct {
	phrases *phrases
	list    []reading // by number
	slots   []slot    // a power of two, at most half of them taken: a spelling is in that of its hash, or the next free after it
	shift   uint      // brings a hash to the number of a slot
	seed    uint64    // of hashes, so that nobody can write words which share a slot
	letters int       // of all, in bytes
	round   int       // goes up when it is emptied: words are numbered anew
}

// A slot is the place of a spelling: its number and one, and what sets its hash apart. Both are 0 where it is free.
type slot struct{ number, tag uint32 }

const (
	maxSpellings = 1 << 15
	maxLetters   = 1 << 20
	firstSlots   = 1 << 10
)

func newLexis(p *phrases) lexis {
	l := lexis{phrases: p, seed: maphash.Bytes(maphash.MakeSeed(), nil)}
	l.clear(firstSlots)
	return l
}

// clear leaves n free slots, a power of two.
func (l *lexis) clear(n int) {
	l.slots, l.shift = make([]slot, n), uint(64-bits.TrailingZeros(uint(n)))
}

// read appends what is known of toks, the tokens of text, and marks them with it. It empties a full lexis before, never on the way.
func (l *lexis) read(list []*reading, text string, toks []Token) []*reading {
	if len(l.list) >= maxSpellings || l.letters >= maxLetters {
		l.clear(firstSlots)
		l.list, l.letters = nil, 0
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
	hash := l.hash(key)
	for at := hash >> l.shift; ; at++ {
		s := l.slots[at&uint64(len(l.slots)-1)]
		if s.number == 0 {
			return l.learn(key, text, t)
		}
		if s.tag != uint32(hash) {
			continue
		}
		if r := &l.list[s.number-1]; r.key == key && r.long == long && (!long || r.written == t.In(text)) {
			return r
		}
	}
}

// learn looks a token up that was not written so before.
func (l *lexis) learn(key uint64, text string, t *Token) *reading {
	r := l.phrases.reading(text, t)
	r.number, r.key = int32(len(l.list)), key
	l.list = append(l.list, *r)
	l.letters += len(r.written)
	if 2*len(l.list) <= len(l.slots) {
		l.place(r)
		return r
	}
	l.clear(2 * len(l.slots))
	for i := range l.list {
		l.place(&l.list[i])
	}
	return r
}

// place takes a free slot for r.
func (l *lexis) place(r *reading) {
	hash, mask := l.hash(r.key), uint64(len(l.slots)-1)
	at := hash >> l.shift
	for l.slots[at&mask].number != 0 {
		at++
	}
	l.slots[at&mask] = slot{uint32(r.number) + 1, uint32(hash)}
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
