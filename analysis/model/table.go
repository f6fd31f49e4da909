package model

import (
	"math"
	"slices"
)

// A table is a hashed block as scoring adds it up, for one bank or for several that have its features in common. A row is a
// byte for each number, eight to a word: the weights of a bank, then the square.
type table struct {
	shift  uint // a feature's row is its hash, spread, without this many low bits
	width  int  // of a row, in words
	stride int  // from row to row: the next power of two, so that a row lies in one line of the cache
	words  []uint64
}

const (
	bias     = 1 << 7                  // makes a weight a byte without a sign
	maxWords = (maxLabels + 8) / 8 * 2 // of a row
	run      = 256                     // how many rows two bytes have room for
	odd      = 0x00ff00ff_00ff00ff     // every second byte of a word
	even     = 0x0000ffff_0000ffff     // every second pair of bytes
)

// A place is where a row holds a number.
type place struct {
	word  int
	shift uint
}

// placesFrom returns those of n numbers from one on. The bytes of a word are not in order, so that the numbers of a sum are.
func placesFrom(first, n int) []place {
	list := make([]place, n)
	for i := range list {
		at := first + i
		list[i] = place{at / 8, [...]uint{0, 32, 16, 48, 8, 40, 24, 56}[at%8]}
	}
	return list
}

// A column is where the numbers of a bank are in a table.
type column struct {
	at, labels int
	length     float64
	part       part // of a strip
}

// A share of a table is a block of a bank, and where to put its column.
type share struct {
	bank  *linear
	block int
	to    *column
}

// newTable returns the table of blocks that have the same features; shares without a bank are left out. A block with fewer
// rows than another has each of its rows several times.
func newTable(shares ...share) *table {
	n, bits := 0, 0
	for _, s := range shares {
		if s.bank == nil {
			continue
		}
		b := s.bank.Layout.Blocks[s.block]
		*s.to = column{at: n, labels: len(s.bank.Labels), length: float64(b.Length)}
		n += (len(s.bank.Labels) + 2) &^ 1 // even, so that the first two share a word
		bits = max(bits, b.Bits)
	}
	t := &table{shift: 32 - uint(bits), width: (n + 7) / 8, stride: 1}
	for t.stride < t.width {
		t.stride *= 2
	}
	t.words = make([]uint64, t.stride<<bits)
	for _, s := range shares {
		if s.bank == nil {
			continue
		}
		k, from := len(s.bank.Labels), s.bank.Layout.before(s.block)
		places, fewer := placesFrom(s.to.at, k+1), bits-s.bank.Layout.Blocks[s.block].Bits
		for r := range 1 << bits {
			row, of := t.words[r*t.stride:][:t.width], from+r>>fewer
			for j, w := range s.bank.weights[of*k:][:k] {
				row[places[j].word] |= uint64(w^bias) << places[j].shift
			}
			row[places[k].word] |= uint64(s.bank.squares[of]) << places[k].shift
		}
	}
	return t
}

// row is where the row of a feature begins.
func (t *table) row(feature uint32) int32 { return int32(feature>>t.shift) * int32(t.stride) }

// total adds the rows of features to a sum, see addRows.
func (t *table) total(sum []uint64, features []uint32) {
	for part := range slices.Chunk(features, run) {
		for i := range t.width {
			var low, top uint64
			for _, h := range part {
				x := t.words[int(t.row(h))+i]
				low += x & odd
				top += x >> 8 & odd
			}
			widen(sum[4*i:], low, top)
		}
	}
}

// addRows adds width words of up to run rows to a sum, which has four bytes for each of their numbers, two to a word, in order.
// What is added of a row is from words after where it begins. It is exact: no text has features enough for more.
func addRows(sum, words []uint64, rows []int32, from, width int) {
	if len(rows) == 0 {
		return
	}
	for i := range width {
		var low, top uint64
		column := words[from+i:]
		for _, at := range rows {
			x := column[at]
			low += x & odd
			top += x >> 8 & odd
		}
		widen(sum[4*i:], low, top)
	}
}

// widen adds to a sum what a word of some rows comes to: two bytes for each number, those of its every second byte and the rest.
func widen(sum []uint64, low, top uint64) {
	s := (*[4]uint64)(sum)
	s[0] += low & even
	s[1] += low >> 16 & even
	s[2] += top & even
	s[3] += top >> 16 & even
}

// narrow sets low and top to what up to run rows come to, two bytes for each number, see widen.
func (t *table) narrow(low, top []uint64, features []uint32) {
	for i := range t.width {
		low[i], top[i] = 0, 0
		for _, h := range features {
			x := t.words[int(t.row(h))+i]
			low[i] += x & odd
			top[i] += x >> 8 & odd
		}
	}
}

// addNarrow adds sums that narrow made to a sum.
func addNarrow(sum, words []uint64, rows []int32, from, width int) {
	if len(rows) == 0 {
		return
	}
	for i := range width {
		var low, top uint64
		lows, tops := words[from+i:], words[from+i+width:]
		for _, at := range rows {
			low += lows[at]
			top += tops[at]
		}
		widen(sum[4*i:], low, top)
	}
}

// add adds to all, one a label, what n features come to whose rows sum up to the difference of two sums.
func (c *column) add(all *[maxLabels]float64, to, from []uint64, n int) {
	if n == 0 {
		return
	}
	f := c.factor(to, from)
	if f == 0 {
		return
	}
	over, half := int64(n)*bias, (c.labels+1)/2
	to, from = to[c.at/2:][:half], from[c.at/2:][:half]
	for i, x := range to {
		x -= from[i]
		pair := all[2*i : 2*i+2 : 2*i+2] // the second of the last may be nobody's
		pair[0] += f * float64(int64(uint32(x))-over)
		pair[1] += f * float64(int64(x>>32)-over)
	}
}

// addTotal adds to all what n features come to whose rows sum up to a sum.
func (c *column) addTotal(all *[maxLabels]float64, sum []uint64, n int) {
	c.add(all, sum, none[:len(sum)], n)
}

// none is the sum of no rows.
var none [4 * maxWords]uint64

// of returns what add adds to label j.
func (c *column) of(j int, to, from []uint64, n int) float64 {
	if n == 0 {
		return 0
	}
	return c.factor(to, from) * float64(int64(number(c.at+j, to, from))-int64(n)*bias)
}

// factor brings a sum of weights to the block's length; it is 0 where there is nothing to bring.
func (c *column) factor(to, from []uint64) float64 {
	square := number(c.at+c.labels, to, from)
	if square == 0 {
		return 0
	}
	return c.length / math.Sqrt(float64(square))
}

// number returns number i of the difference of two sums.
func number(i int, to, from []uint64) uint32 {
	return uint32((to[i/2] - from[i/2]) >> (i % 2 * 32))
}
