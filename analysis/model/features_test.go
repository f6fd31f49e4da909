package model

import (
	"math"
	"slices"
	"testing"

	"percept/analysis"
)

// sheetOf returns a sheet of training that a text was read into.
func sheetOf(t testing.TB, text string) *sheet {
	t.Helper()
	tax, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := analysis.NewRules(tax)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSheet(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.read(rules, analysis.Text{Text: text}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNegationMarksFourWordsUntilAMarkOrBut(t *testing.T) {
	for _, tc := range []struct {
		text   string
		marked []bool // one a token
	}{
		{"never felt rushed at all today", []bool{false, true, true, true, true, false}},
		{"no queue, friendly staff", []bool{false, true, false, false, false}},
		{"not cheap but good", []bool{false, true, false, false}},
		{"friendly staff", []bool{false, false}},
	} {
		x := sheetOf(t, tc.text).terms
		if len(x.list) != len(tc.marked) {
			t.Fatalf("%q has %d terms, want %d", tc.text, len(x.list), len(tc.marked))
		}
		for i, m := range tc.marked {
			if got := x.list[i].marked != x.list[i].hash; got != m {
				t.Errorf("%q: token %d is marked %v, want %v", tc.text, i, got, m)
			}
		}
	}
}

func TestShapeOfWordsIgnoresCaseAndDigits(t *testing.T) {
	a, b := sheetOf(t, "Waited 45 Minutes!!!").terms, sheetOf(t, "waited 30 minutes!").terms
	for i := range a.list {
		if a.list[i].hash != b.list[i].hash {
			t.Errorf("term %d of %q and %q differ", i, "Waited 45 Minutes!!!", "waited 30 minutes!")
		}
	}
	if c := sheetOf(t, "waited 300 minutes").terms; c.list[1].hash == a.list[1].hash {
		t.Error("numbers of two and three digits are one")
	}
}

// twoBlocks is a layout of two blocks.
var twoBlocks = layout{Blocks: []block{{Name: "a", Bits: 2, Length: 1}, {Name: "b", Bits: 1, Length: 0.5, Once: true}}, Dense: 1}

func TestFeaturesAreCountedByBlock(t *testing.T) {
	s := sheetOf(t, "")
	blocks := [][]uint32{{3 << 30, 1 << 30, 3<<30 | 5}, {1 << 31, 1<<31 | 7}}
	got := s.count(twoBlocks, features{
		func(i int, list []uint32) []uint32 { return append(list, blocks[i]...) },
		func(d *dense) { d.put(0.5) },
	})
	if at, val := []uint32{1, 3, 5, 6}, []float32{1, 2, 1, 0.5}; !slices.Equal(got.at, at) || !slices.Equal(got.val, val) {
		t.Errorf("features %v of %v, want %v of %v", got.val, got.at, val, at)
	}
}

func TestEachBlockIsBroughtToItsLength(t *testing.T) {
	v := vector{[]uint32{0, 3, 4, 5, 6}, []float32{1, 2, 1, 3, 7}}
	v.weigh(twoBlocks, []byte{4, 1, 1, 9, 1, 25})
	// n√q / √(Σ nq): of 1 and 2 with squares 4 and 9, then, half as long, of 1 and 3 with 1 and 25.
	root, half := math.Sqrt(22), 2*math.Sqrt(76)
	for i, want := range []float64{2 / root, 6 / root, 1 / half, 15 / half, 7} {
		if math.Abs(float64(v.val[i])-want) > 1e-5 {
			t.Errorf("feature %d: %.4f, want %.4f", v.at[i], v.val[i], want)
		}
	}
}
