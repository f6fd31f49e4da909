package analysis

import (
	"hash/maphash"
	"math/bits"
	"slices"
)

// A lexis keeps what is known of words by how they are written: nearly every word of a text was read before. It is emptied
// when it is full, so that no text can make it grow.
type lexis struct {
	phrases *phrases
	list    []reading  // by number
	room    []spelling // of those to come
	slots   []slot     // a power of two, at most half of them taken: a spelling is in that of its hash, or the next free after it
	shift   uint       // brings a hash to the number of a slot
	seed    uint64     // of hashes, so that nobody can write words which share a slot
	letters int        // of all, in bytes
	round   int        // goes up when it is emptied: words are numbered anew
	lookups []lookup   // of the text at hand
	touched slot       // of no use but that the slots are read early
}

// A slot is the place of a spelling: its number and one, and above that the tag, bits of its hash. It is 0 where it is free.
type slot uint32

func (s slot) number() int { return int(s&(1<<numberBits-1)) - 1 }
func (s slot) tag() slot   { return s >> numberBits }

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

// A lookup is of a token, or of two where it is a contraction.
type lookup struct {
	key, hash  uint64
	start, end int32
	kind       uint8
}

// read appends the tokens of text[e.Start:e.End] to toks and what is known of them to reads. It cuts the text first and looks up
// then, so that memory is waited for once and not word by word.
func (l *lexis) read(toks []Token, reads []*reading, text string, e Extent) ([]Token, []*reading) {
	l.cut(text, e)
	n, room := len(toks), len(toks)+2*len(l.lookups)
	toks, reads = slices.Grow(toks, room-n)[:room], slices.Grow(reads, room-n)[:room]
	for i := range l.lookups {
		p := &l.lookups[i]
		start, end := int(p.start), int(p.end)
		r := l.find(p.key, p.hash, text[start:end], p.kind)
		if r.cut > 0 {
			cut := end - int(r.cut)
			reads[n] = l.reading(text, start, cut, p.kind)
			reads[n].set(&toks[n], start, cut, p.kind)
			start, r, n = cut, l.reading(text, cut, end, p.kind), n+1
		}
		reads[n] = r
		r.set(&toks[n], start, end, p.kind)
		n++
	}
	return toks[:n], reads[:n]
}

// cut sets l.lookups to those of text[e.Start:e.End].
func (l *lexis) cut(text string, e Extent) {
	n, touched := 0, slot(0)
	l.lookups = slices.Grow(l.lookups[:0], e.End-e.Start)[:e.End-e.Start]
	before, mask := text[:e.End], uint64(len(l.slots)-1)
	for i := e.Start; i < len(before); {
		start, kind := i, byteKinds[before[i]]
		var key uint64
		switch kind {
		case blankByte:
			i++
			continue
		case letterByte:
			var size int
			if size, key = shortWord(text, i); size > 0 && i+size <= len(before) {
				i += size
			} else {
				i = wordEnd(before, i)
				key = l.key(text, start, i)
			}
		default:
			if start, i, kind = next(before, i); start == i {
				continue
			}
			key = l.key(text, start, i)
		}
		hash := l.hash(key)
		touched += l.slots[hash>>l.shift&mask]
		p := &l.lookups[n] // field by field: what is written in parts and copied as a whole has to be waited for
		p.key, p.hash, p.start, p.end, p.kind = key, hash, int32(start), int32(i), kind
		n++
	}
	l.lookups, l.touched = l.lookups[:n], touched
}

// set makes t a token of that spelling.
func (r *reading) set(t *Token, start, end int, kind uint8) {
	t.Start, t.End, t.Spelling, t.Judges, t.Denies, t.Covered = start, end, r.number, r.judges, r.class&isNegator != 0, false
	t.Word, t.Number, t.Mark, t.Emoji = kind == letterByte, kind == digitByte, kind == markByte, kind == emojiByte
}

// shortWord returns the length and the key of the word that starts at i where both are plain from eight bytes: nearly always. Else
// it returns 0.
func shortWord(text string, i int) (n int, key uint64) {
	if i+8 > len(text) {
		return 0, 0
	}
	eight := eightBytes(text, i)
	if n = letters(eight); n == 8 {
		return 0, 0
	}
	switch c := byte(eight >> (8 * n)); {
	case byteKinds[c] == blankByte, byteKinds[c] == markByte && c != '\'':
		return n, eight << (64 - 8*n)
	}
	return 0, 0
}

// reading returns what is known of the token text[start:end].
func (l *lexis) reading(text string, start, end int, kind uint8) *reading {
	key := l.key(text, start, end)
	return l.find(key, l.hash(key), text[start:end], kind)
}

// find returns what is known of a token by its key and the hash of that.
func (l *lexis) find(key, hash uint64, written string, kind uint8) *reading {
	mask := uint64(len(l.slots) - 1)
	for at := hash >> l.shift; ; at++ {
		s := l.slots[at&mask]
		if s == 0 {
			return l.learn(key, written, kind)
		}
		if s.tag() != slot(hash).tag() {
			continue
		}
		r := &l.list[s.number()]
		if r.key == key && (r.class&isLong != 0) == (len(written) > 8) {
			return r
		}
	}
}

// learn looks a token up that was not written so before.
func (l *lexis) learn(key uint64, written string, kind uint8) *reading {
	if len(l.room) == 0 {
		l.room = make([]spelling, 64)
	}
	l.list = append(l.list, reading{key: key, number: int32(len(l.list)), spelling: &l.room[0]})
	r := &l.list[len(l.list)-1]
	l.room = l.room[1:]
	r.spell(written)
	l.phrases.read(r, kind)
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
	l.slots[at&mask] = slot(hash).tag()<<numberBits | slot(r.number+1)
}

// key returns a number for text[start:end], which has no zero byte: its bytes where they are no more than eight, else a hash that
// no two words have in common but once in 2^64 times.
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
