package model

import (
	"bytes"
	"slices"
	"testing"

	"percept/analysis"
)

// maxFile is what the weights that come with percept may weigh.
const maxFile = 8 << 20

func TestBuiltInWeightsKnowTheTaxonomy(t *testing.T) {
	if len(embedded) > maxFile {
		t.Errorf("weights of %d bytes, at most %d", len(embedded), maxFile)
	}
	tax, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(tax)
	if err != nil {
		t.Fatal(err)
	}
	if !s.trained {
		t.Errorf("the weights know %v and %v, the taxonomy has %v and %v", s.weights.Touchpoints, s.weights.Behaviours, s.rules.Touchpoints(), s.rules.Behaviours())
	}
}

func TestWeightsAreReadAsWritten(t *testing.T) {
	w, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), embedded) {
		t.Error("the embedded weights, read and written, are other bytes")
	}
}

func TestReadWeightsRefuses(t *testing.T) {
	cut := func(n int) []byte { return embedded[:n] }
	bent := func(old, new string) []byte {
		return bytes.Replace(slices.Clone(embedded), []byte(old), []byte(new), 1)
	}
	for _, tc := range []struct {
		name string
		body []byte
		want string
	}{
		{"nothing", nil, "no file of percept weights"},
		{"another file", []byte("PK\x03\x04 and so on"), "no file of percept weights"},
		{"a head cut off", cut(len(magic) + 40), "the head is cut off"},
		{"a table cut off", cut(len(embedded) - 1), "a table is cut off"},
		{"a byte too many", append(slices.Clone(embedded), 0), "1 bytes too many"},
		{"a larger table", bent(`"bits":16`, `"bits":17`), "a table of 2^17"},
		{"another table", bent(`"name":"words"`, `"name":"wards"`), "trained by another version of percept"},
	} {
		if _, err := ReadWeights(tc.body); err == nil || err.Error() != tc.want {
			t.Errorf("%s: error %v, want %q", tc.name, err, tc.want)
		}
	}
}

func FuzzReadWeights(f *testing.F) {
	f.Add([]byte(magic + "\x02\x00\x00\x00{}"))
	f.Add([]byte(magic + "\xff\xff\xff\xff{}"))
	f.Add([]byte(magic + "\x5e\x00\x00\x00" + `{"whole":{"layout":{"blocks":[{"bits":1}]},"labels":["a"],"scale":[1],"slope":[1],"shift":[0]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if w, err := ReadWeights(body); err == nil && (w.Whole == nil || w.Aspect == nil) {
			t.Error("weights without their banks")
		}
	})
}

func BenchmarkReadWeights(b *testing.B) {
	for b.Loop() {
		if _, err := ReadWeights(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
