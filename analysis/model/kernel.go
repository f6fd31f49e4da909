package model

// #cgo CFLAGS: -O3
// #cgo LDFLAGS: -lm
// #cgo noescape percept_lay
// #cgo nocallback percept_lay
// #cgo noescape percept_total
// #cgo nocallback percept_total
// #cgo noescape percept_odds
// #cgo nocallback percept_odds
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

// An end is where the addends, values and runs of one stretch end among those of many, and whether it is near the question, and of
// several clauses.
type end struct {
	addends, values, runs int32
	asked, several        bool
}

// lay writes the sums up to each stop of cuts, after zeros.
func (t *tables) lay(sums []int32, records []byte, words, pairs []int32, cuts []cut) {
	C.percept_lay(numbers[C.uint8_t](records), numbers[C.uint8_t](t.words.rows), numbers[C.int32_t](words), numbers[C.int32_t](pairs),
		numbers[C.cut](cuts), C.int(len(cuts)), C.int(t.words.width), C.int(t.around()), C.int(t.chars.width), numbers[C.int32_t](sums))
}

// total sets sums, as wide as a row each, to those of the rows of features up to each end. Every second has what the one before it has.
func (t *table) total(sums []int32, features []uint32, ends []int32) {
	C.percept_total(numbers[C.uint8_t](t.rows), C.int(t.stride), C.int(t.width), C.int(t.shift),
		numbers[C.uint32_t](features), numbers[C.int32_t](ends), C.int(len(ends)), numbers[C.int32_t](sums))
}

// beyond is how many numbers after sums are read, for nothing, by odds.
const beyond = 8

// odds sets the log odds of all that is asked, from sums and what the question adds where it is near.
func (f *finish) odds(asked *batch, sums []int32, question *[maxLabels]float32) {
	n := len(asked.ends) * f.stride
	asked.likely = slices.Grow(asked.likely[:0], len(asked.ends))[:len(asked.ends)]
	asked.odds, asked.labels, asked.stride = slices.Grow(asked.odds[:0], n)[:n], f.labels, f.stride
	d := &asked.rest
	C.percept_odds(numbers[C.int32_t](sums), numbers[C.float](question[:]), numbers[C.addend](asked.addends),
		numbers[C.value](d.list), numbers[C.run](d.runs), numbers[C.float](d.flow), numbers[C.end](asked.ends), C.int(len(asked.ends)),
		numbers[C.float](f.rows), C.int(f.stride), numbers[C.float](asked.odds), numbers[C.uint64_t](asked.likely))
}

// numbers returns where C finds a list of numbers.
func numbers[T, E any](list []E) *T { return (*T)(unsafe.Pointer(unsafe.SliceData(list))) }
