package model

// #cgo CFLAGS: -O3
// #cgo LDFLAGS: -lm
// #cgo noescape percept_total
// #cgo nocallback percept_total
// #cgo noescape percept_answer
// #cgo nocallback percept_answer
// #include "kernel.h"
import "C"
import (
	"slices"
	"unsafe"
)

// What scoring does most is adding up rows of numbers, which C compilers do for many numbers at once and Go's does not. A call of C costs
// some 50 ns, as much as ten rows, which is why a call does all that is ready.

// A cut is how many words and pairs of words of a text come before it, and whether a stop is there. The words of one beside the text
// count around a stretch alone.
type cut struct {
	words, pairs int32
	stop, beside bool
}

// An addend is what some features come to: the difference of the sums that begin at to and from, less what makes weights bytes without
// a sign, brought to a length by what their squares add up to.
type addend struct {
	length                 float32
	to, from, square, over int32
}

// An end is where the addends, values, runs and what those are of one stretch end among those of many, where its log odds begin, by which
// bank, of how many labels, and whether it is near the question, and of several clauses.
type end struct {
	addends, values, runs, flow, odds int32
	bank, labels                      uint8
	asked, several                    bool
}

// A shape is that of a table.
type shape struct {
	stride int32 // from row to row: the next power of two after width, so that a row lies in one line of the cache
	width  int32 // of a row
	shift  int32 // a feature's row is its hash, spread, without this many low bits
}

// Sizes are those of the parts of a sum, and where the rows of each bank begin.
type sizes struct {
	words, around, chars int32
	banks                [banks]struct{ at, stride int32 }
}

// total sets sums, as wide as a row each, to those of the rows of features up to each end. Every second has what the one before it has.
func (t *table) total(sums []int32, features []uint32, ends []int32) {
	C.percept_total(numbers[C.uint8_t](t.rows), (*C.shape)(unsafe.Pointer(&t.shape)),
		numbers[C.uint32_t](features), numbers[C.int32_t](ends), C.int(len(ends)), numbers[C.int32_t](sums))
}

// beyond is how many numbers after sums are read, for nothing, by odds.
const beyond = 8

// answer lays the text out, where it is not yet, and sets the log odds of all that is asked.
func (u *sums) answer(b *batch, records []byte) {
	s, d, of := u.text, &b.rest, &shape{}
	var rows []byte
	if b.table != nil {
		rows, of = b.table.rows, &b.table.shape
	}
	s.sums = slices.Grow(s.sums, len(b.totals)*int(of.width)+beyond)
	b.odds, b.likely = slices.Grow(b.odds[:0], b.size)[:b.size], slices.Grow(b.likely[:0], len(b.ends))[:len(b.ends)]
	C.percept_answer((*C.sizes)(unsafe.Pointer(&u.sizes)), numbers[C.int32_t](s.sums), numbers[C.uint8_t](records), numbers[C.uint8_t](u.words.rows),
		numbers[C.int32_t](s.words), numbers[C.int32_t](s.pairs), numbers[C.cut](s.cuts), C.int(len(s.cuts)),
		numbers[C.uint8_t](rows), (*C.shape)(unsafe.Pointer(of)), numbers[C.uint32_t](b.features), numbers[C.int32_t](b.totals), C.int(len(b.totals)),
		C.int(len(s.sums)), numbers[C.float](u.question[:]), numbers[C.addend](b.addends), numbers[C.value](d.list), numbers[C.run](d.runs),
		numbers[C.float](d.flow), numbers[C.end](b.ends), C.int(len(b.ends)), numbers[C.float](u.rows), numbers[C.float](b.odds), numbers[C.uint64_t](b.likely))
	s.cuts = s.cuts[:0]
}

// numbers returns where C finds a list of numbers.
func numbers[T, E any](list []E) *T { return (*T)(unsafe.Pointer(unsafe.SliceData(list))) }
