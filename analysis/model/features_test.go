package model

import (
	"math"
	"testing"

	"percept/analysis"
)

func termsOf(text string) *terms {
	t := new(terms)
	t.read(text, analysis.Tokens(text))
	return t
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
		tax, err := analysis.BuiltIn("optometry")
		if err != nil {
			t.Fatal(err)
		}
		rules, err := analysis.NewRules(tax)
		if err != nil {
			t.Fatal(err)
		}
		var r analysis.Reading
		if err := rules.Read(&r, analysis.Text{Text: tc.text}); err != nil {
			t.Fatal(err)
		}
		var x terms
		x.read(r.Text, r.Tokens)
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
	a, b := termsOf("Waited 45 Minutes!!!"), termsOf("waited 30 minutes!")
	for i := range a.list {
		if a.list[i].hash != b.list[i].hash {
			t.Errorf("term %d of %q and %q differ", i, "Waited 45 Minutes!!!", "waited 30 minutes!")
		}
	}
	if c := termsOf("waited 300 minutes"); c.list[1].hash == a.list[1].hash {
		t.Error("numbers of two and three digits are one")
	}
}

func TestCounterGivesOnePlusLogOfTheCount(t *testing.T) {
	c := counter{counts: make([]uint8, 1<<4)}
	for range 3 {
		c.add(99, 4)
	}
	var v vector
	c.flush(&v, 32)
	if len(v.at) != 1 || v.at[0] < 32 || v.at[0] >= 48 || math.Abs(float64(v.val[0])-(1+math.Log(3))) > 1e-6 {
		t.Errorf("vector %v, want one feature in [32,48) of 1+ln 3", v)
	}
	c.add(98, 4)
	c.flush(&v, 0)
	if v.val[1] != 1 {
		t.Errorf("a count of the block before is left: %v", v)
	}
}

func TestEachBlockIsBroughtToItsLength(t *testing.T) {
	l := layout{Blocks: []block{{Name: "a", Bits: 2, Length: 1}, {Name: "b", Bits: 1, Length: 0.5}}, Dense: 1}
	v := vector{[]uint32{0, 3, 5, 6}, []float32{2, 1, 3, 7}}
	v.weigh(l, []byte{20, 20, 20, 40, 20, 60})
	var sum [3]float64
	for i, at := range v.at {
		switch {
		case at < 4:
			sum[0] += float64(v.val[i] * v.val[i])
		case at < 6:
			sum[1] += float64(v.val[i] * v.val[i])
		default:
			sum[2] += float64(v.val[i])
		}
	}
	for i, want := range []float64{1, 0.25, 7} {
		if math.Abs(sum[i]-want) > 1e-5 {
			t.Errorf("block %d: %.4f, want %.4f", i, sum[i], want)
		}
	}
}
