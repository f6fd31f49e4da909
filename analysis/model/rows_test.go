package model

import (
	"math"
	"math/rand/v2"
	"testing"
)

// randomBank is a bank of k labels over two blocks and two dense features, with weights of every size.
func randomBank(r *rand.Rand, k int) *linear {
	l := layout{Blocks: []block{{Name: "a", Bits: 6, Length: 1}, {Name: "b", Bits: 5, Length: 0.5}}, Dense: 2}
	b := &linear{Layout: l, Labels: make([]string, k), Scale: make([]float32, k), Dense: make([]float32, k*l.Dense)}
	b.idf, b.weights = make([]byte, l.hashed()), make([]byte, l.hashed()*k)
	for i := range b.idf {
		b.idf[i] = byte(1 + r.IntN(math.MaxUint8))
	}
	for i := range b.weights {
		b.weights[i] = byte(r.IntN(256))
	}
	for i := range b.Dense {
		b.Dense[i] = r.Float32() - 0.5
	}
	for j := range b.Scale {
		b.Scale[j] = r.Float32() / 127
	}
	return b
}

func TestCountedVectorsGiveTheLogitsOfWeighedOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for k := 1; k <= maxLabels; k++ {
		b := randomBank(r, k)
		c := counter{counts: make([]uint8, 1<<maxBits)}
		var v vector
		offset := uint32(0)
		for _, block := range b.Layout.Blocks {
			for range r.IntN(200) {
				c.add(r.Uint32N(90), block.Bits) // some of them often
			}
			c.flush(&v, offset)
			offset += 1 << block.Bits
		}
		v.add(offset+1, 0.3)
		counted, want := make([]float64, k), make([]float64, k)
		w := vector{append([]uint32(nil), v.at...), append([]float32(nil), v.val...)}
		w.weigh(b.Layout, b.idf)
		b.logits(&w, want)
		b.counted(&v, counted)
		for j := range want {
			if math.Abs(counted[j]-want[j]) > 1e-4 {
				t.Fatalf("%d labels: label %d = %v counted, %v weighed", k, j, counted[j], want[j])
			}
		}
	}
}

func TestAVectorWithoutWeightIsNothing(t *testing.T) {
	b := randomBank(rand.New(rand.NewPCG(3, 4)), 3)
	clear(b.idf)
	out := make([]float64, 3)
	b.counted(&vector{[]uint32{1, 2, 70}, []float32{1, 1, damped[9]}}, out)
	for j, z := range out {
		if z != 0 {
			t.Errorf("label %d = %v, want 0", j, z)
		}
	}
}
