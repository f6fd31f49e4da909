package model

import "math"

// A table is a hashed block as scoring adds it up, for one bank or for several that have its features in common. A row is a
// byte for each number, eight to a word: the weights of a bank, then the square. Sums of rows have four bytes for each, two to
// a word, and are exact: no text has features enough for more.
type table struct {
	shift uint // a feature's row is its hash, spread, without this many low bits
	width int  // of a row, in words
	words []uint64
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
}

// A share of a table is a block of a bank.
type share struct {
	bank  *linear
	block int
}

// newTable returns the table of blocks that have the same features, and a column for each.
func newTable(shares ...share) (*table, []column) {
	columns, n := make([]column, len(shares)), 0
	for i, s := range shares {
		columns[i] = column{n, len(s.bank.Labels), float64(s.bank.Layout.Blocks[s.block].Length)}
		n += (len(s.bank.Labels) + 2) &^ 1 // even, so that the first two share a word
	}
	bits := shares[0].bank.Layout.Blocks[shares[0].block].Bits
	t := &table{shift: 32 - uint(bits), width: (n + 7) / 8}
	t.words = make([]uint64, t.width<<bits)
	for i, s := range shares {
		k, from := len(s.bank.Labels), s.bank.Layout.before(s.block)
		places := placesFrom(columns[i].at, k+1)
		for r := range 1 << bits {
			row := t.words[r*t.width:][:t.width]
			for j, w := range s.bank.weights[(from+r)*k:][:k] {
				row[places[j].word] |= uint64(w^bias) << places[j].shift
			}
			row[places[k].word] |= uint64(s.bank.squares[from+r]) << places[k].shift
		}
	}
	return t, columns
}

// size is how many words a sum has.
func (t *table) size() int { return 4 * t.width }

// add adds the rows of features to sum.
func (t *table) add(sum []uint64, features []uint32) {
	for len(features) > run {
		t.addRun(sum, features[:run])
		features = features[run:]
	}
	t.addRun(sum, features)
}

func (t *table) addRun(sum []uint64, features []uint32) {
	if t.width == 1 {
		var a, b uint64
		for _, h := range features {
			x := t.words[h>>t.shift]
			a += x & odd
			b += x >> 8 & odd
		}
		widen(sum, a, b)
		return
	}
	var pairs [2 * maxWords]uint64
	for _, h := range features {
		row := t.words[int(h>>t.shift)*t.width:][:t.width]
		for i, x := range row {
			p := (*[2]uint64)(pairs[2*i:])
			p[0] += x & odd
			p[1] += x >> 8 & odd
		}
	}
	for i := range t.width {
		widen(sum[4*i:], pairs[2*i], pairs[2*i+1])
	}
}

// widen adds numbers of two bytes to four words of a sum.
func widen(sum []uint64, a, b uint64) {
	s := (*[4]uint64)(sum)
	s[0] += a & even
	s[1] += a >> 16 & even
	s[2] += b & even
	s[3] += b >> 16 & even
}

// add adds to all, one a label, what n features come to whose rows sum up to the difference of two sums.
func (c *column) add(all []float64, to, from []uint64, n int) {
	if n == 0 {
		return
	}
	f, over := c.factor(to, from), int64(n)*bias
	if f == 0 {
		return
	}
	to, from = to[c.at/2:], from[c.at/2:]
	for j := 0; j < c.labels; j += 2 {
		d := to[j/2] - from[j/2]
		all[j] += f * float64(int64(uint32(d))-over)
		if j+1 < c.labels {
			all[j+1] += f * float64(int64(d>>32)-over)
		}
	}
}

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
