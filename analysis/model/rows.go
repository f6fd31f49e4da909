package model

// rows are the weights of a bank's hashed features, each times its document frequency, and the square of that: four
// numbers of 16 bits to a word, so that a feature that was counted once is added to all labels by a few additions. A row of
// 31 labels is a line of the processor's cache. The sums are exact.
type rows struct {
	width int // words of a row
	words []uint64
}

const (
	lanes = 4                                     // numbers in a word
	bias  = 1 << 15                               // makes a weight times a document frequency, a byte each, a number of 16 bits
	room  = (maxLabels/(2*lanes) + 1) * 2 * lanes // numbers in the longest row
	often = 4                                     // counts up to this one have their rows added up first
)

// newRows lays the weights of l out.
func newRows(l *linear) rows {
	k := len(l.Labels)
	r := rows{width: (k + lanes) / lanes}
	if r.width > 1 {
		r.width += r.width % 2
	}
	r.words = make([]uint64, len(l.idf)*r.width)
	for i, idf := range l.idf {
		row := r.words[i*r.width:][:r.width]
		for j, w := range l.weights[i*k:][:k] {
			row[j/lanes] |= uint64(int(int8(w))*int(idf)+bias) << (j % lanes * 16)
		}
		row[k/lanes] |= uint64(idf) * uint64(idf) << (k % lanes * 16)
	}
	return r
}

// even takes every second number of a word, which leaves each the room to grow.
const even = 0x0000ffff_0000ffff

// add sets sum to the sums of the rows of at, bias included.
func (r *rows) add(at []uint32, sum *[room]uint32) {
	width := uint32(r.width)
	if width == 1 {
		var a, b uint64
		for _, i := range at {
			x := r.words[i]
			a, b = a+x&even, b+x>>16&even
		}
		sum[0], sum[1], sum[2], sum[3] = uint32(a), uint32(b), uint32(a>>32), uint32(b>>32)
		return
	}
	for w := uint32(0); w < width; w += 2 {
		var a, b, c, d uint64
		for _, i := range at {
			x := (*[2]uint64)(r.words[i*width+w:])
			a, b = a+x[0]&even, b+x[0]>>16&even
			c, d = c+x[1]&even, d+x[1]>>16&even
		}
		s := (*[2 * lanes]uint32)(sum[w*lanes:])
		s[0], s[1], s[2], s[3] = uint32(a), uint32(b), uint32(a>>32), uint32(b>>32)
		s[4], s[5], s[6], s[7] = uint32(c), uint32(d), uint32(c>>32), uint32(d>>32)
	}
}

// addAll adds the rows of a vector of counts to sum, one a label, and returns the square of the vector's length. It may put
// the vector in another order.
func (r *rows) addAll(v vector, sum []float64) (square float64) {
	k := len(sum)
	var some [room]uint32
	for n := 1; len(v.at) > 0; n++ {
		val, same := v.val[0], 1
		if n <= often {
			val, same = damped[n], 0
			for i, x := range v.val {
				if x == val {
					if i > same {
						v.swap(i, same)
					}
					same++
				}
			}
		}
		if same == 0 {
			continue
		}
		r.add(v.at[:same], &some)
		f := float64(val)
		for j := range sum {
			sum[j] += f * float64(int64(some[j])-int64(same)*bias)
		}
		square += f * f * float64(some[k])
		v.at, v.val = v.at[same:], v.val[same:]
	}
	return square
}
