package model

import "math"

// A block is a table of hashed features that is normalised by itself.
type block struct {
	Name string `json:"name"`
	Bits int    `json:"bits"`
	// Length is what the features of the block are brought to: how much it counts beside the others.
	Length float32 `json:"length"`
}

// weigh brings sum, of features of a length, to the block's length and adds it to all.
func (b *block) weigh(square float64, sum, all []float64) {
	if square <= 0 {
		return
	}
	f := float64(b.Length) / math.Sqrt(square)
	for j, v := range sum {
		all[j] += f * v
	}
}

// A layout says where the features of a kind of text lie: the tables, one after another, then Dense
// features that are used as they are.
type layout struct {
	Blocks []block `json:"blocks"`
	Dense  int     `json:"dense"`
}

// hashed is the size of all tables.
func (l layout) hashed() int {
	n := 0
	for _, b := range l.Blocks {
		n += 1 << b.Bits
	}
	return n
}

// size is the number of features.
func (l layout) size() int { return l.hashed() + l.Dense }

// A vector is a sparse list of features, ordered by block.
type vector struct {
	at  []uint32
	val []float32
}

func (v *vector) add(at uint32, val float32) {
	v.at, v.val = append(v.at, at), append(v.val, val)
}

func (v *vector) swap(i, j int) {
	v.at[i], v.at[j], v.val[i], v.val[j] = v.at[j], v.at[i], v.val[j], v.val[i]
}

// idfStep is how finely inverse document frequencies are kept in a byte.
const idfStep = 1.0 / 20

// weigh multiplies the hashed features by their inverse document frequencies and brings each block to
// its length.
func (v *vector) weigh(l layout, idf []byte) {
	i, end := 0, uint32(0)
	for _, b := range l.Blocks {
		end += 1 << b.Bits
		from, sum := i, 0.0
		for ; i < len(v.at) && v.at[i] < end; i++ {
			v.val[i] *= float32(idf[v.at[i]]) * idfStep
			sum += float64(v.val[i]) * float64(v.val[i])
		}
		if sum > 0 {
			f := b.Length / float32(math.Sqrt(sum))
			for k := from; k < i; k++ {
				v.val[k] *= f
			}
		}
	}
}

// A counter fills the blocks of a vector: it counts hashes of one block at a time.
type counter struct {
	counts  []uint8
	touched []uint32
}

// add counts a feature of the block at hand.
func (c *counter) add(hash uint32, bits int) {
	at := spread(hash) >> (32 - bits)
	if c.counts[at] == 0 {
		c.touched = append(c.touched, at)
	}
	if c.counts[at] < math.MaxUint8 {
		c.counts[at]++
	}
}

// spread gives every bit of a hash a part in the high ones, which say where in a table it lies.
func spread(hash uint32) uint32 {
	hash *= 0x9e3779b1
	return hash ^ hash>>15
}

// damped are the values of counts, 1 + ln of each: a feature that is repeated tells less each time.
var damped = func() (list [math.MaxUint8 + 1]float32) {
	for n := range list[1:] {
		list[n+1] = 1 + float32(math.Log(float64(n+1)))
	}
	return list
}()

// flush writes the block that starts at offset to v, 1 + ln of each count, and starts the next.
func (c *counter) flush(v *vector, offset uint32) {
	for _, at := range c.touched {
		v.add(offset+at, damped[c.counts[at]])
		c.counts[at] = 0
	}
	c.touched = c.touched[:0]
}
