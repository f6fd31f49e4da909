package model

import (
	"math"
	"slices"
)

// A block is a table of hashed features that is normalised by itself.
type block struct {
	Name string `json:"name"`
	Bits int    `json:"bits"`
	// Length is what the features of the block are brought to: how much it counts beside the others.
	Length float32 `json:"length"`
	// Once is true where a feature counts once however often it stands, which no sum over words can do.
	Once bool `json:"once,omitempty"`
}

// A layout says where the features of a kind of text lie: the tables, one after another, then Dense
// features that are used as they are.
type layout struct {
	Blocks []block `json:"blocks"`
	Dense  int     `json:"dense"`
}

// before is the size of the tables before block i.
func (l layout) before(i int) int {
	n := 0
	for _, b := range l.Blocks[:i] {
		n += 1 << b.Bits
	}
	return n
}

// hashed is the size of all tables.
func (l layout) hashed() int { return l.before(len(l.Blocks)) }

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

// weigh makes features of hashed ones, which are counts. With counts n and squared document frequencies q those of a block
// are length × n√q / √(Σ nq): the weights of a stretch of text, but for the root, are those of its words added up.
func (v *vector) weigh(l layout, squares []byte) {
	i, end := 0, uint32(0)
	for _, b := range l.Blocks {
		end += 1 << b.Bits
		from, sum := i, 0.0
		for ; i < len(v.at) && v.at[i] < end; i++ {
			q := float64(squares[v.at[i]])
			sum += float64(v.val[i]) * q
			v.val[i] *= float32(math.Sqrt(q))
		}
		if sum > 0 {
			f := b.Length / float32(math.Sqrt(sum))
			for k := from; k < i; k++ {
				v.val[k] *= f
			}
		}
	}
}

// A features tells what a bank sees: the hashes, spread, of each block, and the dense features.
type features struct {
	block func(i int, list []uint32) []uint32
	dense func(*dense)
}

// count returns the vector of features, with counts for those that are hashed.
func (s *sheet) count(l layout, f features) vector {
	var v vector
	offset := uint32(0)
	for i, b := range l.Blocks {
		list := f.block(i, s.hashes[:0])
		slices.Sort(list)
		for _, h := range list {
			at := offset + h>>(32-b.Bits)
			if n := len(v.at); n == 0 || v.at[n-1] != at {
				v.add(at, 1)
			} else if !b.Once {
				v.val[n-1]++
			}
		}
		s.hashes = list
		offset += 1 << b.Bits
	}
	rest := dense{at: offset}
	f.dense(&rest)
	for _, x := range rest.values() {
		v.add(x.at, x.is)
	}
	return vector{slices.Clip(v.at), slices.Clip(v.val)}
}

// spread gives every bit of a hash a part in the high ones, which say where in a table it lies.
func spread(hash uint32) uint32 {
	hash *= 0x9e3779b1
	return hash ^ hash>>15
}
