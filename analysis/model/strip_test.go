package model

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"percept/analysis"
)

// TestStripsAddWhatACounterCounts lays out random features, many of them often, and compares every run with a count of it.
func TestStripsAddWhatACounterCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, k := range []int{1, 3, 5, 7, 8, 31, 40, maxLabels} {
		b, m := randomBank(r, k), new(met)
		s := newStrip(b, 1, m)
		c := counter{counts: make([]uint8, 1<<maxBits)}
		for text := range 20 {
			var features [][]uint32 // between stops
			s.clear()
			s.stop()
			known := text%2 == 0
			for range 1 + r.IntN(9) {
				var list []uint32
				for range r.IntN(1 + 40*(text%3)) {
					list = append(list, spread(r.Uint32N(90)))
				}
				if known {
					s.putAll(list, s.sum(list))
				} else {
					for _, h := range list {
						s.put(h)
					}
				}
				s.stop()
				features = append(features, list)
			}
			if known {
				s.link()
			} else {
				s.end()
			}
			for from := range features {
				for to := from; to <= len(features); to++ {
					var v vector
					for _, h := range slices.Concat(features[from:to]...) {
						at := h >> s.shift
						if c.counts[at] == 0 {
							c.touched = append(c.touched, at)
						}
						c.counts[at]++
					}
					c.flush(&v, 0)
					want, got := make([]float64, k), make([]float64, k)
					wantSquare, gotSquare := s.rows.addAll(v, want), s.add(from, to, got)
					if gotSquare != wantSquare || !slices.Equal(got, want) {
						t.Fatalf("%d labels, text %d: run %d to %d = %v (%v), want %v (%v)", k, text, from, to, got, gotSquare, want, wantSquare)
					}
				}
			}
		}
	}
}

// TestLaidOutTextsGiveTheLogitsOfTheirVectors holds that scoring sums what training was given, to the last bit.
func TestLaidOutTextsGiveTheLogitsOfTheirVectors(t *testing.T) {
	s := optometry(t)
	scoring, err := newSheet(s.weights)
	if err != nil {
		t.Fatal(err)
	}
	training, err := newSheet(nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Corpus()
	if err != nil {
		t.Fatal(err)
	}
	touchpoints, behaviours := len(s.weights.Touchpoints), len(s.weights.Behaviours)
	for i := range files[1].Pieces[:200] {
		p := &files[1].Pieces[i]
		whole, _ := p.text()
		text := analysis.Text{Text: whole, Question: p.Question}
		if i%3 == 0 {
			text.Context = "It was a long day. The sun shone! " + whole + " Not that it matters now."
		}
		if i%50 == 0 {
			text.Text = strings.Repeat(whole+" ", 8)
		}
		for _, sh := range []*sheet{scoring, training} {
			if err := sh.read(s.rules, text); err != nil {
				t.Fatal(err)
			}
		}
		if len(scoring.Clauses) == 0 {
			continue
		}
		v := training.wholeFeatures(training.whole())
		var got, want [maxLabels]float64
		s.weights.Whole.counted(&v, want[:verdicts])
		scoring.wholes.logits(scoring, got[:verdicts])
		if got != want {
			t.Errorf("the whole of %q: %v, want %v", text.Text, got[:verdicts], want[:verdicts])
		}
		scoring.units.read(scoring)
		n := len(s.weights.Units.Labels)
		for first := range scoring.Clauses {
			for last := first + 1; last <= min(first+3, len(scoring.Clauses)); last++ {
				x := stretch{first, last}
				v := training.unitFeatures(s.weights.Units.Layout, touchpoints, behaviours, x)
				s.weights.Units.counted(&v, want[:n])
				scoring.units.logits(scoring, touchpoints, behaviours, x, got[:n])
				if got != want {
					t.Fatalf("clauses %v of %q: %v, want %v", x, text.Text, got[:n], want[:n])
				}
			}
		}
	}
}

// A piece of the corpus may hold a unit of marks alone.
func TestATextOfMarksIsTrainedOn(t *testing.T) {
	s := optometry(t)
	training, err := newSheet(nil)
	if err != nil {
		t.Fatal(err)
	}
	training.keeps = true
	if err := training.read(s.rules, analysis.Text{Text: "!!!", Context: "Rude. !!! Never again."}); err != nil {
		t.Fatal(err)
	}
	if len(training.Clauses) > 0 {
		t.Fatalf("%d clauses in marks, want none", len(training.Clauses))
	}
	if v := training.unitFeatures(s.weights.Units.Layout, len(s.weights.Touchpoints), len(s.weights.Behaviours), training.whole()); len(v.at) == 0 {
		t.Error("marks have no features, want those of the words around them")
	}
}

func TestAFullSumIsExact(t *testing.T) {
	b := randomBank(rand.New(rand.NewPCG(7, 8)), 3)
	for i := range b.weights {
		b.weights[i] = 127
	}
	for i := range b.idf {
		b.idf[i] = 255
	}
	s := newStrip(b, 0, new(met))
	s.clear()
	s.stop()
	for range maxSummed {
		s.put(1 << 30)
	}
	s.stop()
	s.end()
	sum := make([]float64, 3)
	square := s.add(0, 1, sum)
	if f := float64(damped[255]); sum[0] != f*127*255 || square != f*f*255*255 {
		t.Errorf("sum %v, square %v, want one row, damped: %v and %v", sum[0], square, f*127*255, f*f*255*255)
	}
}

func TestTheRunsOfCharactersOfATextFitASum(t *testing.T) {
	s := sheetOf(t, strings.Repeat("abcdefghijklm ", 2000))
	if slices.ContainsFunc(s.terms.list, func(x term) bool { return x.whole }) {
		t.Error("the longest text of Latin letters loses runs of characters")
	}
	s = sheetOf(t, strings.Repeat("ექსპერტიზააა ", 2000))
	runs := 0
	for _, x := range s.terms.list {
		if !x.whole {
			runs += len(s.notes.list[x.spelling].chars)
		}
	}
	if runs > maxSummed || runs < maxSummed/2 {
		t.Errorf("%d runs of characters, want nearly %d", runs, maxSummed)
	}
}

// TestNotesAreBoundedAndForgettingChangesNothing reads more words than are kept.
func TestNotesAreBoundedAndForgettingChangesNothing(t *testing.T) {
	s := optometry(t)
	const text = "The optometrist was so thorough with my eye exam, but I waited an hour."
	before := score(t, s, analysis.Text{Text: text})
	sh, err := newSheet(s.weights)
	if err != nil {
		t.Fatal(err)
	}
	n, most := 0, 0
	for range 100 {
		var b strings.Builder
		for range 1000 {
			b.WriteString("w" + strconv.FormatInt(int64(n), 36) + "q ")
			n++
		}
		if err := sh.read(s.rules, analysis.Text{Text: b.String()}); err != nil {
			t.Fatal(err)
		}
		most = max(most, len(sh.notes.list))
	}
	if most > 10_000 || sh.Round == 0 {
		t.Errorf("%d notes of %d words are kept, forgotten %d times", most, n, sh.Round)
	}
	s.sheets.Put(sh)
	if after := score(t, s, analysis.Text{Text: text}); !sameScored(before, after) {
		t.Errorf("%+v after many words, %+v before", after, before)
	}
}

func sameScored(a, b analysis.Scored) bool {
	same := func(x, y analysis.Span) bool {
		return x.ID == y.ID && x.Score == y.Score && x.Confidence == y.Confidence && x.Start == y.Start && x.End == y.End
	}
	return a.Score == b.Score && a.Label5 == b.Label5 && a.Confidence == b.Confidence &&
		slices.EqualFunc(a.Mentions, b.Mentions, same) && slices.EqualFunc(a.Behaviours, b.Behaviours, same)
}
