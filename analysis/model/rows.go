package model

import "slices"

// rows are the weights of a bank's hashed features, and last their document frequencies: a byte each, eight to a word. A row
// counts for its weights times its document frequency, and for the square of that. A few multiplications and additions do
// this for all labels; the sums are exact.
type rows struct {
	labels, width int // of a row: its bytes without the last, its words
	words         []uint64
}

const (
	bias      = 1 << 7              // makes a weight a byte without a sign
	maxWords  = (maxLabels + 8) / 8 // of a row
	room      = 8 * maxWords        // numbers in a row
	packed    = 4*maxWords + 1      // words of a packed sum
	maxSummed = 1 << 16             // how many rows a packed sum has room for; the words of a text, and their pairs, are fewer
	odd       = 0x00ff00ff_00ff00ff // every second byte of a word: products by a byte have room
	even      = 0x0000ffff_0000ffff // every second product: sums of them have room
	often     = 4                   // counts up to this one are looked for one by one
)

// newRows lays the weights of l out.
func newRows(l *linear) rows {
	k := len(l.Labels)
	r := rows{labels: k, width: (k + 8) / 8}
	r.words = make([]uint64, len(l.idf)*r.width)
	for i, idf := range l.idf {
		row := r.words[i*r.width:][:r.width]
		for j, w := range l.weights[i*k:][:k] {
			row[j/8] |= uint64(w^bias) << (j % 8 * 8)
		}
		row[k/8] |= uint64(idf) << (k % 8 * 8)
	}
	return r
}

// part returns n rows from one on.
func (r *rows) part(from, n int) rows {
	return rows{labels: r.labels, width: r.width, words: r.words[from*r.width:][:n*r.width]}
}

// size is how many words a packed sum has: four to a word of a row, two numbers each, and the sum of document frequencies.
func (r *rows) size() int { return 4*r.width + 1 }

// addTo adds a row to a packed sum.
func (r *rows) addTo(sum []uint64, row uint32) {
	words := r.words[int(row)*r.width:][:r.width]
	idf := words[len(words)-1] >> (r.labels % 8 * 8) & 0xff
	for i, x := range words {
		s := (*[4]uint64)(sum[4*i:])
		a, b := x&odd*idf, x>>8&odd*idf
		s[0] += a & even
		s[1] += a >> 16 & even
		s[2] += b & even
		s[3] += b >> 16 & even
	}
	sum[4*len(words)] += idf
}

// addRows adds several. Rows of one word are read one beside the other, as fetch does.
func (r *rows) addRows(sum []uint64, list []uint32) {
	if r.width > 1 {
		for _, row := range list {
			r.addTo(sum, row)
		}
		return
	}
	s := (*[5]uint64)(sum)
	for _, row := range list {
		x := r.words[row]
		idf := x >> (r.labels * 8) & 0xff
		a, b := x&odd*idf, x>>8&odd*idf
		s[0] += a & even
		s[1] += a >> 16 & even
		s[2] += b & even
		s[3] += b >> 16 & even
		s[4] += idf
	}
}

// fetch looks at each row, and no more. Rows lie all over a table that is larger than the processor's cache: asked for at once
// they come together, not one after the other.
//
//go:noinline
func (r *rows) fetch(list []uint32) (any uint64) {
	width := uint32(r.width)
	for _, row := range list {
		any |= r.words[row*width]
	}
	return any
}

// unpack sets out to the numbers in a packed sum, one a label and the square, less those in from; a nil from is nothing.
func (r *rows) unpack(sum, from []uint64, out *[room]int64) {
	n := 4 * r.width
	idf := sum[n]
	if from != nil {
		idf -= from[n]
	}
	over := int64(idf) * bias
	for i := range r.width {
		w := *(*[4]uint64)(sum[4*i:])
		if from != nil {
			f := (*[4]uint64)(from[4*i:])
			w[0], w[1], w[2], w[3] = w[0]-f[0], w[1]-f[1], w[2]-f[2], w[3]-f[3]
		}
		x := (*[8]int64)(out[8*i:])
		x[0] = int64(uint32(w[0])) - over
		x[1] = int64(uint32(w[2])) - over
		x[2] = int64(uint32(w[1])) - over
		x[3] = int64(uint32(w[3])) - over
		x[4] = int64(w[0]>>32) - over
		x[5] = int64(w[2]>>32) - over
		x[6] = int64(w[1]>>32) - over
		x[7] = int64(w[3]>>32) - over
	}
	out[r.labels] += over // which has no bias
}

// addAll adds the rows of a vector of counts to sum, one a label, and returns the square of the vector's length. It may put
// the vector in another order.
func (r *rows) addAll(v vector, sum []float64) (square float64) {
	for n := 1; len(v.at) > 0; n++ {
		val, same := damped[min(n, often)], 0
		if n > often {
			val = slices.Min(v.val)
		}
		for i, x := range v.val {
			if x == val {
				if i > same {
					v.swap(i, same)
				}
				same++
			}
		}
		if same == 0 {
			continue
		}
		var some [packed]uint64
		r.addRows(some[:], v.at[:same])
		var all [room]int64
		r.unpack(some[:r.size()], nil, &all)
		f := float64(val)
		for j := range sum {
			sum[j] += f * float64(all[j])
		}
		square += f * f * float64(all[r.labels])
		v.at, v.val = v.at[same:], v.val[same:]
	}
	return square
}
