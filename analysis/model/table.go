package model

import "math"

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

// row is the row of a feature.
func (t *table) row(feature uint32) []uint64 {
	return t.words[int(feature>>t.shift)*t.stride:][:t.width]
}

// touch brings the rows of features into the cache, all at once rather than one after another. What it returns is of no use
// but that the rows must be read for it.
func (t *table) touch(features []uint32) (of uint64) {
	for _, h := range features {
		of += t.words[int(h>>t.shift)*t.stride]
	}
	return of
}

// total adds the rows of features to a sum, see widen.
func (t *table) total(sum []uint64, features []uint32) {
	for len(features) > 0 {
		n := min(run, len(features))
		t.add(sum, features[:n])
		features = features[n:]
	}
}

// add adds up to run rows to a sum.
func (t *table) add(sum []uint64, features []uint32) {
	if t.width == 1 {
		var low, top uint64
		for _, h := range features {
			x := t.words[h>>t.shift]
			low += x & odd
			top += x >> 8 & odd
		}
		widen(sum, []uint64{low}, []uint64{top})
		return
	}
	var lows, tops [maxWords]uint64
	low, top := lows[:t.width], tops[:t.width]
	for _, h := range features {
		addRow(low, top, t.row(h))
	}
	widen(sum, low, top)
}

// addRow adds a row to sums that have two bytes for each number: those of every second byte of its words, and the rest.
func addRow(low, top, row []uint64) {
	low, top = low[:len(row)], top[:len(row)]
	for i, x := range row {
		low[i] += x & odd
		top[i] += x >> 8 & odd
	}
}

// widen adds such sums to one that has four bytes for each number, two to a word, in order. It is exact: no text has features
// enough for more.
func widen(sum, low, top []uint64) {
	top, sum = top[:len(low)], sum[:4*len(low)]
	for i, a := range low {
		b, s := top[i], (*[4]uint64)(sum[4*i:])
		s[0] += a & even
		s[1] += a >> 16 & even
		s[2] += b & even
		s[3] += b >> 16 & even
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
