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

// A slot is the place of a spelling: its number and one, and above that what sets its hash apart. It is 0 where it is free.
type slot uint32

const (
	maxSpellings = 1 << 15
	maxLetters   = 1 << 20
	firstSlots   = 1 << 10
	numberBits   = 17 // of a slot: the last text before a lexis is emptied has fewer words than it may hold by then
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

// start begins a text: it empties a full lexis.
func (l *lexis) start() {
	if len(l.list) >= maxSpellings || l.letters >= maxLetters {
		l.clear(firstSlots)
		l.list, l.letters = nil, 0
		l.round++
	}
}

// read appends the tokens of text[e.Start:e.End] to toks and what is known of them to reads.
func (l *lexis) read(toks []Token, reads []*reading, text string, e Extent) ([]Token, []*reading) {
	before := text[:e.End]
	for start, end, kind := next(before, e.Start); start < end; start, end, kind = next(before, end) {
		r := l.reading(text, start, end, kind)
		if r.cut > 0 {
			cut := end - int(r.cut)
			head := l.reading(text, start, cut, kind)
			toks, reads = head.appendToken(toks, start, cut, kind), append(reads, head)
			start, r = cut, l.reading(text, cut, end, kind)
		}
		toks, reads = r.appendToken(toks, start, end, kind), append(reads, r)
	}
	return toks, reads
}

// appendToken appends a token of that spelling.
func (r *reading) appendToken(list []Token, start, end int, kind uint8) []Token {
	list = appendToken(list, start, end, kind)
	t := &list[len(list)-1]
	t.Spelling, t.Judges, t.Denies = int(r.number), r.weight, r.class&isNegator != 0
	return list
}

// reading returns what is known of the token text[start:end].
func (l *lexis) reading(text string, start, end int, kind uint8) *reading {
	key, long := l.key(text, start, end), end-start > 8
	hash := l.hash(key)
	for at := hash >> l.shift; ; at++ {
		s := l.slots[at&uint64(len(l.slots)-1)]
		if s == 0 {
			return l.learn(key, text[start:end], kind)
		}
		if (s^slot(hash)<<numberBits)>>numberBits != 0 {
			continue
		}
		if r := &l.list[s&(1<<numberBits-1)-1]; r.key == key && r.class&isLong != 0 == long && (!long || r.written == text[start:end]) {
			return r
		}
	}
}

// learn looks a token up that was not written so before.
func (l *lexis) learn(key uint64, written string, kind uint8) *reading {
	r := l.phrases.reading(written, kind)
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
	for l.slots[at&mask] != 0 {
		at++
	}
	l.slots[at&mask] = slot(hash)<<numberBits | slot(r.number+1)
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
