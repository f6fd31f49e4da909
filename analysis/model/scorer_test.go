package model

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"percept/analysis"
	"percept/collector"
)

func optometry(t testing.TB) *Scorer {
	t.Helper()
	tax, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(tax)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func score(t testing.TB, s *Scorer, text analysis.Text) analysis.Scored {
	t.Helper()
	out, err := s.Score(t.Context(), []analysis.Text{text})
	if err != nil {
		t.Fatal(err)
	}
	return out[0]
}

func TestSentimentOfTexts(t *testing.T) {
	s := optometry(t)
	for _, tc := range []struct {
		text string
		asks collector.Asks
		want string
	}{
		{text: "Absolutely brilliant from start to finish, could not fault anyone.", want: analysis.Positive},
		{text: "Rude, slow and the glasses were wrong twice.", want: analysis.Negative},
		{text: "Ordered in March. Phoned in April. Phoned again in May. Still waiting.", want: analysis.Negative},
		{text: "I never felt rushed, she took her time and explained everything.", want: analysis.Positive},
		{text: "Everything was excellent", asks: collector.AsksPraise, want: analysis.Positive},
		{text: "Shorter waiting times", asks: collector.AsksImprove, want: analysis.Negative},
		{text: "Nothing, it was all great", asks: collector.AsksImprove, want: analysis.Positive},
	} {
		if got := score(t, s, analysis.Text{Text: tc.text, Asks: tc.asks}); got.Label != tc.want {
			t.Errorf("Score(%q, asked %q) = %s (%.2f), want %s", tc.text, tc.asks, got.Label, got.Score, tc.want)
		}
	}
}

func TestAnAnswerThatSaysNothingIsNeutralAndAboutNothing(t *testing.T) {
	s := optometry(t)
	for _, text := range []string{"n/a", "N/A", "", "..."} {
		got := score(t, s, analysis.Text{Text: text, Question: "How was your eye exam?", Touchpoint: "exam"})
		if got.Label != analysis.Neutral || got.Score != 0 || len(got.Mentions)+len(got.Behaviours) > 0 {
			t.Errorf("Score(%q) = %+v, want neutral and nothing found", text, got)
		}
	}
}

func TestTouchpointsOfUnits(t *testing.T) {
	s := optometry(t)
	for _, tc := range []struct {
		text, touchpoint string
		sign             int
	}{
		{"The optometrist was so thorough with my eye exam.", "exam", 1},
		{"She helped me choose frames that suit my face, wonderful selection.", "selection", 1},
		{"Three weeks late and my new glasses still had not come from the lab.", "order", -1},
		{"They sent a text the day before to remind me, very handy.", "reminder", 1},
		{"Far too expensive for what you get.", "quote", -1},
	} {
		got := signs(score(t, s, analysis.Text{Text: tc.text}).Mentions)
		if sign, ok := got[tc.touchpoint]; !ok || sign != tc.sign {
			t.Errorf("Score(%q) finds %v, want %s %d", tc.text, got, tc.touchpoint, tc.sign)
		}
	}
}

func TestAspectsOfAMixedText(t *testing.T) {
	s := optometry(t)
	const text = "The food was delicious, but our waiter was rude and ignored us all night."
	food := score(t, s, analysis.Text{Text: text, Aspect: "food"})
	staff := score(t, s, analysis.Text{Text: text, Aspect: "staff"})
	if food.Label != analysis.Positive || staff.Label != analysis.Negative {
		t.Errorf("food %s, staff %s; want positive, negative", food.Label, staff.Label)
	}
}

func TestAnotherTradeHasItsTouchpointsFromTheRules(t *testing.T) {
	tax, err := analysis.BuiltIn("service")
	if err != nil {
		t.Fatal(err)
	}
	w, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	s, err := With(tax, w)
	if err != nil {
		t.Fatal(err)
	}
	if s.trained {
		t.Error("the weights claim to know the touchpoints of another trade")
	}
	got := score(t, s, analysis.Text{Text: "The price was far too high for what we got."})
	if sign, ok := signs(got.Mentions)["price"]; !ok || sign != -1 {
		t.Errorf("mentions %v, want price -1", got.Mentions)
	}
}

// valid reports what is wrong with s as a reading of text.
func valid(text string, s analysis.Scored) error {
	text = analysis.Repair(text)
	if math.IsNaN(s.Score) || math.Abs(s.Score) > 1 || math.IsNaN(s.Confidence) || s.Confidence < 0 || s.Confidence > 1.0001 {
		return fmt.Errorf("score %v, confidence %v", s.Score, s.Confidence)
	}
	if !slices.Contains(three, s.Label) || !slices.Contains(five, s.Label5) {
		return fmt.Errorf("labels %q, %q", s.Label, s.Label5)
	}
	for _, m := range slices.Concat(s.Mentions, s.Behaviours) {
		if m.Start < 0 || m.Start >= m.End || m.End > len(text) || strings.TrimSpace(text[m.Start:m.End]) == "" {
			return fmt.Errorf("%s at %d to %d of %d", m.ID, m.Start, m.End, len(text))
		}
		if math.IsNaN(m.Score) || math.Abs(m.Score) > 1 || math.IsNaN(m.Confidence) || m.Confidence < 0 || m.Confidence > 1.0001 {
			return fmt.Errorf("%s: score %v, confidence %v", m.ID, m.Score, m.Confidence)
		}
	}
	return nil
}

func FuzzScore(f *testing.F) {
	f.Add("Lovely frames, but nobody rang. Then – at last – “ready”!", "", "")
	f.Add("", "What could we do better?", "exam")
	f.Add("...,,, ((( !!! 🙄", "Why?", "waiting")
	f.Add("e\u0301 caf\u00e9\xff\xfe bad\x00service", "", "the café")
	f.Add("n/a", "What was good?", "")
	s := optometry(f)
	f.Fuzz(func(t *testing.T, text, question, aspect string) {
		got := score(t, s, analysis.Text{Text: text, Question: question, Aspect: aspect})
		if err := valid(text, got); err != nil {
			t.Errorf("Score(%q): %v", text, err)
		}
	})
}

func TestAnyNumberOfWorkersWritesTheSame(t *testing.T) {
	s := optometry(t)
	var in strings.Builder
	files, err := Corpus()
	if err != nil {
		t.Fatal(err)
	}
	for i := range files[0].Pieces[:150] {
		whole, _ := files[0].Pieces[i].text()
		fmt.Fprintf(&in, "{\"id\":%d,\"text\":%q}\n", i, strings.ToValidUTF8(strings.Map(plainRune, whole), ""))
	}
	var out [2]bytes.Buffer
	for i, workers := range []int{1, 2} {
		if err := analysis.ScoreLines(t.Context(), strings.NewReader(in.String()), &out[i], s, workers, func(line int, err error) {
			t.Errorf("line %d: %v", line, err)
		}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out[0].Bytes(), out[1].Bytes()) {
		t.Error("one worker and two write different scores")
	}
	if n := bytes.Count(out[0].Bytes(), []byte("\n")); n != 150 {
		t.Errorf("%d lines, want 150", n)
	}
}

// plainRune keeps what %q writes as JSON does.
func plainRune(r rune) rune {
	if r < ' ' || r > '~' {
		return -1
	}
	return r
}
