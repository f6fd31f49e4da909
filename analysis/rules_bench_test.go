package analysis

import (
	"context"
	"strings"
	"testing"
)

// review is a review of common length, written for the benchmarks.
const review = "I booked online for a Tuesday and they rang the day before to remind me. The girl at the desk was " +
	"friendly, but I still waited forty minutes past my time. Dr Green was thorough and explained every step, never " +
	"rushing. Choosing frames took a while because the range is huge! The quote was higher than I had hoped, although " +
	"nobody pushed the dearer coating. They promised my glasses in a week; after three weeks and two calls still " +
	"nothing. When they came the left lens was wrong, they apologised and remade it for free. Would I go back? Probably."

func BenchmarkScore(b *testing.B) {
	r := optometry(b)
	texts := []Text{{Text: review}}
	b.SetBytes(int64(len(review)))
	for b.Loop() {
		if _, err := r.Score(context.Background(), texts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScoreLong(b *testing.B) {
	r := optometry(b)
	texts := []Text{{Text: strings.Repeat(review+" ", 40)}}
	b.SetBytes(int64(len(texts[0].Text)))
	for b.Loop() {
		if _, err := r.Score(context.Background(), texts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	e, err := readEnglish()
	if err != nil {
		b.Fatal(err)
	}
	p := newPage(newVocabulary(e))
	b.SetBytes(int64(len(review)))
	for b.Loop() {
		n := Normalise(review)
		s, err := Sentences(n.Text)
		if err != nil {
			b.Fatal(err)
		}
		p.text, p.sentences = n.Text, s
		p.cut()
	}
}

func BenchmarkNewRules(b *testing.B) {
	for b.Loop() {
		t, err := BuiltIn("optometry")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := NewRules(t); err != nil {
			b.Fatal(err)
		}
	}
}

// optometry returns the scorer that most tests use.
func optometry(tb testing.TB) *Rules {
	tb.Helper()
	t, err := BuiltIn("optometry")
	if err != nil {
		tb.Fatal(err)
	}
	r, err := NewRules(t)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}
