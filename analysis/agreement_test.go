package analysis

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

// A keyword finds the exam wherever the word stands, and likes it.
type keyword struct{}

func (keyword) Version() (model, taxonomy string) { return "keyword", "t" }

func (keyword) Score(_ context.Context, texts []Text) ([]Scored, error) {
	out := make([]Scored, len(texts))
	for i, t := range texts {
		for _, word := range tokens(nil, t.Text, Extent{0, len(t.Text)}) {
			if word.In(t.Text) == "exam" {
				out[i].Mentions = append(out[i].Mentions, Span{ID: "exam", Score: 0.5})
			}
		}
	}
	return out, nil
}

func TestAgreementCountsWhatPersonsLabelled(t *testing.T) {
	heard := func(id string, version int, text string, answers ...string) Heard {
		h := Heard{Feedback: collector.Feedback{ID: id, Text: text}, Version: version}
		for _, a := range answers {
			h.Answers = append(h.Answers, collector.Answer{Text: a})
		}
		return h
	}
	all := []Heard{
		heard("a", 1, "The exam was fine.", "An exam, then another exam."),
		heard("a", 2, "Nothing of the kind."),
		heard("b", 1, "They never tested me."),
		heard("c", 1, "My school exam went badly."),
	}
	list, gone, err := Reader{Scorer: keyword{}}.Agree(t.Context(), all, []Correction{
		{Feedback: "a", Version: 1, Touchpoint: "exam", About: true, Score: 1},           // found, felt alike
		{Feedback: "a", Version: 1, Part: 1, Touchpoint: "exam", About: true, Score: -1}, // found twice in a part: one label; felt otherwise
		{Feedback: "a", Version: 2, Touchpoint: "exam"},                                  // rightly not found
		{Feedback: "b", Version: 1, Touchpoint: "exam", About: true, Score: -1},          // missed
		{Feedback: "c", Version: 1, Touchpoint: "exam"},                                  // found, and is none
		{Feedback: "b", Version: 1, Touchpoint: "aftercare", About: true},                // never found
		{Feedback: "b", Version: 1, Part: 3, Touchpoint: "exam", About: true},            // no such part
		{Feedback: "z", Version: 1, Touchpoint: "exam", About: true},                     // forgotten
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Agreement{{Touchpoint: "aftercare", Missed: 1}, {Touchpoint: "exam", Hit: 2, Wrong: 1, Missed: 1, Spared: 1, Felt: 1}}
	if diff := cmp.Diff(want, list); diff != "" || gone != 2 {
		t.Errorf("%d gone, want 2; agreement (-want +got):\n%s", gone, diff)
	}
	exam := list[1]
	if exam.Labels() != 5 || exam.Precision() != (Share{2, 3}) || exam.Recall() != (Share{2, 3}) || exam.Sentiment() != (Share{1, 2}) {
		t.Errorf("%d labels, precision %v, recall %v, sentiment %v", exam.Labels(), exam.Precision(), exam.Recall(), exam.Sentiment())
	}
	// Precision and recall of 2/3 make F1 2/3.
	if got := F1(exam.Overlap().Value()); got < 0.6666 || got > 0.6667 {
		t.Errorf("F1 = %.4f, want 2/3", got)
	}
}
