package model

import (
	"math"
	"math/rand/v2"
	"testing"
)

// randomBank is a bank of k labels over two blocks and two dense features, with weights of every size.
func randomBank(r *rand.Rand, k int) *linear {
	l := layout{Blocks: []block{{Name: "a", Bits: 6, Length: 1}, {Name: "b", Bits: 5, Length: 0.5}}, Dense: 2}
	b := &linear{Layout: l, Labels: make([]string, k), Scale: make([]float32, k), Dense: make([]float32, k*l.Dense), Slope: make([]float32, k), Shift: make([]float32, k)}
	b.squares, b.weights = make([]byte, l.hashed()), make([]byte, l.hashed()*k)
	for i := range b.squares {
		b.squares[i] = byte(1 + r.IntN(math.MaxUint8))
	}
	for i := range b.weights {
		b.weights[i] = byte(r.IntN(256))
	}
	for i := range b.Dense {
		b.Dense[i] = r.Float32() - 0.5
	}
	for j := range b.Scale {
		b.Scale[j], b.Slope[j] = r.Float32()/127, 1
	}
	return b
}

// randomFeatures are up to n features of a block, many of them often.
func randomFeatures(r *rand.Rand, n int) []uint32 {
	list := make([]uint32, r.IntN(n))
	for i := range list {
		list[i] = spread(r.Uint32N(90))
	}
	return list
}

// TestTablesGiveTheLogitsOfWeighedVectors compares sums of rows with what training computes.
func TestTablesGiveTheLogitsOfWeighedVectors(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s := sheetOf(t, "")
	for k := 1; k <= maxLabels; k++ {
		b := randomBank(r, k)
		blocks := [][]uint32{randomFeatures(r, 1000), randomFeatures(r, 20)}
		v := s.count(b.Layout, features{
			func(i int, list []uint32) []uint32 { return append(list, blocks[i]...) },
			func(d *dense) { d.put(0); d.put(0.3) },
		})
		v.weigh(b.Layout, b.squares)
		var hashed [maxLabels]float64
		got, want := make([]float64, k), make([]float64, k)
		b.logits(&v, want)
		for i, list := range blocks {
			sumOf(b, i, &hashed, list)
		}
		end := newFinish(b)
		end.all(end.shift, &hashed, []value{{1, 0.3}}, got)
		for j := range want {
			if math.Abs(got[j]-want[j]) > 1e-4 {
				t.Fatalf("%d labels: label %d = %v by rows, %v weighed", k, j, got[j], want[j])
			}
		}
	}
}

// sumOf adds to all what features of a block come to.
func sumOf(b *linear, block int, all *[maxLabels]float64, features []uint32) {
	var c column
	t := newTable(share{b, block, &c})
	sum := make([]uint64, 4*t.width)
	t.total(sum, features)
	c.addTotal(all, sum, len(features))
}

// TestColumnsOfATableAreThoseOfItsBanks adds up random features of two banks and compares label by label.
func TestColumnsOfATableAreThoseOfItsBanks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, k := range []int{1, 3, 5, 7, 8, 31, 40, maxLabels} {
		banks := []*linear{randomBank(r, 5), randomBank(r, k)}
		// The first has fewer rows.
		var columns [2]column
		table := newTable(share{banks[0], 1, &columns[0]}, share{nil, 1, nil}, share{banks[1], 0, &columns[1]})
		for _, n := range []int{1, 2, 40, 1000} {
			features := randomFeatures(r, n)
			sum := make([]uint64, 4*table.width)
			table.total(sum, features)
			for i, b := range banks {
				var want, got [maxLabels]float64
				sumOf(b, 1-i, &want, features)
				columns[i].addTotal(&got, sum, len(features))
				for j := range b.Labels {
					if alone := columns[i].of(j, sum, none[:len(sum)], len(features)); got[j] != want[j] || alone != want[j] {
						t.Fatalf("%d labels, label %d of %d features = %v and %v, want %v", k, j, len(features), got[j], alone, want[j])
					}
				}
			}
		}
	}
}

// TestSumsOfTheLongestTextAreExact adds more rows than two bytes have room for, each as large as can be.
func TestSumsOfTheLongestTextAreExact(t *testing.T) {
	b := randomBank(rand.New(rand.NewPCG(7, 8)), 3)
	for i := range b.weights {
		b.weights[i] = 127
	}
	for i := range b.squares {
		b.squares[i] = 255
	}
	const n = 8 * maxRunes
	features := make([]uint32, n)
	var all [maxLabels]float64
	sumOf(b, 0, &all, features)
	if want := n * 127 / math.Sqrt(n*255); math.Abs(all[0]-want) > 1e-6 {
		t.Errorf("sum %v, want %v", all[0], want)
	}
}

// maxRunes is how many characters of a text are read.
const maxRunes = 20_000

func TestFeaturesWithoutWeightAreNothing(t *testing.T) {
	b := randomBank(rand.New(rand.NewPCG(3, 4)), 3)
	clear(b.squares)
	var all [maxLabels]float64
	sumOf(b, 0, &all, []uint32{1, 2, 70})
	for j, z := range all[:3] {
		if z != 0 {
			t.Errorf("label %d = %v, want 0", j, z)
		}
	}
}
