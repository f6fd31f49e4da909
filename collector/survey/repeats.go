package survey

import (
	"hash/maphash"
	"math/bits"
	"strings"

	"percept/collector"
)

// repeats tells which rows of a file may stand in it more than once: those need be remembered when it is read
// again to mark them, and hardly any other, so that the memory it takes does not grow with the rows. It is a
// Bloom filter of three bits a row, with second bits for what was met again (B. H. Bloom, Space/time trade-offs in
// hash coding with allowable errors, CACM 13(7), 1970): it may take a row for a repeated one, and never the
// reverse. Of a file of five million rows, it takes 1 in 100.
type repeats struct {
	seed        maphash.Seed
	once, again []uint64

	raw          rawRow
	escapes      bool
	id, practice int
	respondent   int
}

// The bits of a filter: one a byte of the file, which has tens of them a row, within these bounds.
const (
	fewestBits = 1 << 16
	mostBits   = 1 << 26
)

// newRepeats returns the filter for a file of so many bytes, before its first row.
func newRepeats(l *Layout, size int64) *repeats {
	words := 1 << bits.Len64(uint64(min(max(size, fewestBits), mostBits)-1)) / 64
	r := &repeats{
		seed: maphash.MakeSeed(), once: make([]uint64, words), again: make([]uint64, words),
		raw: newRawRow(l), escapes: l.Escapes, id: l.find(ID), practice: l.find(Practice), respondent: -1,
	}
	if l.Long {
		r.respondent = l.find(Respondent)
	}
	return r
}

// add shows a row as the file has it.
func (r *repeats) add(cells []string) {
	for _, h := range bitsOf(r.hash(cells, r.escapes)) {
		at, bit := h/64%uint64(len(r.once)), uint64(1)<<(h%64)
		r.again[at] |= r.once[at] & bit
		r.once[at] |= bit
	}
}

// may reports whether a row may stand in the file more than once; its marks are unescaped.
func (r *repeats) may(cells []string) bool {
	for _, h := range bitsOf(r.hash(cells, false)) {
		if r.again[h/64%uint64(len(r.again))]&(1<<(h%64)) == 0 {
			return false
		}
	}
	return true
}

// bitsOf makes three hashes of one, by its halves (A. Kirsch, M. Mitzenmacher, Less hashing, same performance,
// Random Structures and Algorithms 33(2), 2008).
func bitsOf(h uint64) [3]uint64 {
	step := bits.RotateLeft64(h, 32) | 1
	return [3]uint64{h, h + step, h + 2*step}
}

// hash is equal for rows that blocks.mark takes for one: by their id, else by their cells, and of these by
// what the file wrote, in any order.
func (r *repeats) hash(cells []string, escapes bool) (h uint64) {
	at := func(i int) string {
		if escapes {
			return unescape(cell(cells, i))
		}
		return cell(cells, i)
	}
	if id := at(r.id); r.id >= 0 && !blank(id) {
		return maphash.String(r.seed, strings.TrimSpace(id)) + maphash.String(r.seed, at(r.practice))*3
	}
	whole := !blank(at(r.respondent))
	for i := range cells {
		c := at(i)
		switch {
		case whole:
			h = h*31 + maphash.String(r.seed, c)
		case !r.raw.leaves(i, c):
			if c = collector.Fold(c); c != "" {
				h += maphash.String(r.seed, c)
			}
		}
	}
	return h
}
