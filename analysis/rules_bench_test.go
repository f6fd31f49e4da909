package analysis

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
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

// BenchmarkRead reads the texts of the corpus one after another, as a trained scorer does.
func BenchmarkRead(b *testing.B) {
	answers, reviews := corpusTexts(b)
	var long []Text
	for i := 0; i+5 <= len(reviews); i += 5 {
		var joined []string
		for _, t := range reviews[i : i+5] {
			joined = append(joined, t.Text)
		}
		long = append(long, Text{Text: strings.Join(joined, " ")})
	}
	for _, of := range []struct {
		name  string
		texts []Text
	}{{"answers", answers}, {"reviews", reviews}, {"long_reviews", long}} {
		b.Run(of.name, func(b *testing.B) {
			r, size, words := optometry(b), 0, 0
			for _, t := range of.texts {
				size += len(t.Text)
				words += len(strings.Fields(t.Text))
			}
			b.SetBytes(int64(size / len(of.texts)))
			b.ReportAllocs()
			var read Reading
			n := 0
			for b.Loop() {
				if err := r.Read(&read, of.texts[n%len(of.texts)]); err != nil {
					b.Fatal(err)
				}
				n++
			}
			perText := float64(words) / float64(len(of.texts))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n)/perText, "ns/word")
		})
	}
}

// corpusTexts returns the answers and the reviews of the corpus that the scorer is trained on.
func corpusTexts(tb testing.TB) (answers, reviews []Text) {
	tb.Helper()
	files, err := filepath.Glob("model/corpus/*.jsonl")
	if err != nil || len(files) == 0 {
		tb.Fatalf("corpus: %d files, %v", len(files), err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range bytes.Lines(body) {
			var piece struct {
				Kind, Question string
				Units          []struct{ Text string }
			}
			if err := json.Unmarshal(line, &piece); err != nil {
				tb.Fatalf("%s: %v", name, err)
			}
			var units []string
			for _, u := range piece.Units {
				units = append(units, u.Text)
			}
			t := Text{Text: strings.Join(units, " "), Question: piece.Question}
			if piece.Kind == "answer" {
				answers = append(answers, t)
			} else {
				reviews = append(reviews, t)
			}
		}
	}
	return answers, reviews
}

func BenchmarkSplit(b *testing.B) {
	e, err := readEnglish()
	if err != nil {
		b.Fatal(err)
	}
	p := newPage(newPhrases(newVocabulary(e)))
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
