package model

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"percept/analysis"
)

// TestLaidOutTextsGiveTheOddsOfTheirVectors holds that scoring sums what training was given.
func TestLaidOutTextsGiveTheOddsOfTheirVectors(t *testing.T) {
	s := optometry(t)
	scoring, err := newSheet(s.tables)
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
		switch i % 50 {
		case 0:
			text.Text = strings.Repeat(whole+" ", 8)
		case 1: // more rows in a clause than two bytes have room for
			text.Text = strings.Repeat("good service yesterday morning ", 100)
		}
		for _, sh := range []*sheet{scoring, training} {
			if err := sh.read(s.rules, text); err != nil {
				t.Fatal(err)
			}
		}
		if len(scoring.Clauses) == 0 {
			continue
		}
		odds := func(b *linear, f features) []float64 {
			v, out := training.count(b.Layout, f), make([]float64, len(b.Labels))
			v.weigh(b.Layout, b.squares)
			b.odds(&v, out)
			return out
		}
		scoring.sums.read(scoring)
		asked := scoring.sums.asked.start()
		scoring.sums.askWhole(asked, scoring)
		scoring.sums.answer(asked, scoring.notes.records)
		if got, want := asked.of(0), odds(s.weights.Whole, training.wholeFeatures()); !alike(got, want) {
			t.Errorf("the whole of %q: %v, want %v", text.Text, got, want)
		}
		for first := range scoring.Clauses {
			for last := first + 1; last <= min(first+3, len(scoring.Clauses)); last++ {
				x := stretch{first, last}
				want := odds(s.weights.Units, training.unitFeatures(touchpoints, behaviours, x))
				trust(want, scoring, x, touchpoints, behaviours)
				asked := scoring.sums.clauses.start()
				scoring.sums.askUnit(asked, scoring, x)
				scoring.sums.answer(asked, scoring.notes.records)
				if got := asked.of(0); !alike(got, want) {
					t.Fatalf("clauses %v of %q: %v, want %v", x, text.Text, got, want)
				}
				focus, aspect := stretch{last - 1, last}, s.weights.Touchpoints[first%touchpoints]
				want = odds(s.weights.Aspect, training.aspectFeatures(x, focus, aspect, first%touchpoints))
				if felt := scoring.sums.feltOdds(scoring, []view{{x, focus, nameHash(aspect), first % touchpoints}}).of(0); !alike(felt, want) {
					t.Fatalf("%s in clauses %v of %q: %v, want %v", aspect, x, text.Text, felt, want)
				}
			}
		}
	}
}

// trust adds to the log odds of behaviours what the rules have to say.
func trust(odds []float64, sh *sheet, x stretch, touchpoints, behaviours int) {
	for b := range behaviours {
		sum := 0.0
		for _, c := range sh.Clauses[x.first:x.last] {
			for _, t := range c.Traits {
				if t.Behaviour == b {
					sum += t.Score
				}
			}
		}
		for i, found := range []bool{sum > 0, sum < 0} {
			if found {
				odds[touchpoints+2*b+i] += trusted
			} else {
				odds[touchpoints+2*b+i] -= missed
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
	if err := training.read(s.rules, analysis.Text{Text: "!!!", Context: "Rude. !!! Never again."}); err != nil {
		t.Fatal(err)
	}
	if len(training.Clauses) > 0 {
		t.Fatalf("%d clauses in marks, want none", len(training.Clauses))
	}
	f := training.unitFeatures(len(s.weights.Touchpoints), len(s.weights.Behaviours), training.whole())
	if v := training.count(s.weights.Units.Layout, f); len(v.at) == 0 {
		t.Error("marks have no features, want those of the words around them")
	}
}

// TestNotesAreBoundedAndForgettingChangesNothing reads more words than are kept.
func TestNotesAreBoundedAndForgettingChangesNothing(t *testing.T) {
	s := optometry(t)
	const text = "The optometrist was so thorough with my eye exam, but I waited an hour."
	before := score(t, s, analysis.Text{Text: text})
	sh, err := newSheet(s.tables)
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
	if most > 40_000 || sh.Round == 0 {
		t.Errorf("%d notes of %d words are kept, forgotten %d times", most, n, sh.Round)
	}
	s.put(sh)
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

// alike reports whether log odds are the same but for rounding.
func alike(got []float32, want []float64) bool {
	for j := range want {
		if math.Abs(float64(got[j])-want[j]) > 1e-4 {
			return false
		}
	}
	return true
}
