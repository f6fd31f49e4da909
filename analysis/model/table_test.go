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
		want := make([]float64, k)
		b.logits(&v, want)
		var sums []int32
		var asked batch
		for i, list := range blocks {
			var c column
			table := newTable(byItself, share{b, i, &c})
			sums = addRows(sums, &asked, table, &c, list)
		}
		end := newFinish(b)
		got := oddsOfSums(end, sums, &asked, value{1, 0.3})
		for j := range want {
			if math.Abs(float64(got[j])-want[j]) > 1e-4 {
				t.Fatalf("%d labels: label %d = %v by rows, %v weighed", k, j, got[j], want[j])
			}
		}
	}
}

// oddsOfSums returns the log odds by f of what was added to b, and of dense features.
func oddsOfSums(f *finish, added []int32, b *batch, values ...value) []float32 {
	b.rest.list = values
	b.end(ofWhole, f, false, false)
	u := &sums{tables: &tables{words: &table{}, rows: f.rows}, text: &strip{sums: added}, question: &noQuestion}
	u.sizes.banks[ofWhole].stride = int32(f.stride)
	u.answer(b, nil)
	return b.of(0)
}

// addRows adds to sums that of the rows of features, after zeros, and to b what a column of it comes to.
func addRows(sums []int32, b *batch, t *table, c *column, features []uint32) []int32 {
	at, width := len(sums), int(t.width)
	sums = append(sums, make([]int32, 2*width)...)
	t.total(sums[at+width:], features, []int32{int32(len(features))})
	b.add(c, at+width, at, len(features))
	return sums
}

// TestColumnsOfATableAreThoseOfItsBanks adds up random features of two banks and compares label by label.
func TestColumnsOfATableAreThoseOfItsBanks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, k := range []int{1, 3, 5, 7, 8, 31, 40, maxLabels} {
		banks := []*linear{randomBank(r, 5), randomBank(r, k)}
		// The first has fewer rows.
		var columns [2]column
		table := newTable(byItself, share{banks[0], 1, &columns[0]}, share{nil, 1, nil}, share{banks[1], 0, &columns[1]})
		for _, n := range []int{1, 2, 40, 1000} {
			features := randomFeatures(r, n)
			for i, b := range banks {
				var c column
				end := newFinish(b)
				var asked, again batch
				want := oddsOfSums(end, addRows(nil, &asked, newTable(byItself, share{b, 1 - i, &c}), &c, features), &asked)
				got := oddsOfSums(end, addRows(nil, &again, table, &columns[i], features), &again)
				for j := range b.Labels {
					if got[j] != want[j] {
						t.Fatalf("%d labels, label %d of %d features = %v, want %v", k, j, len(features), got[j], want[j])
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
	var c column
	var asked batch
	sums := addRows(nil, &asked, newTable(byItself, share{b, 0, &c}), &c, make([]uint32, n))
	a := asked.addends[0]
	if got := sums[a.to] - sums[a.from] - a.over; got != n*127 {
		t.Errorf("sum %d, want %d", got, n*127)
	}
	if got := sums[a.to+a.square] - sums[a.from+a.square]; got != n*255 {
		t.Errorf("squares %d, want %d", got, n*255)
	}
}

// maxRunes is how many characters of a text are read.
const maxRunes = 20_000
