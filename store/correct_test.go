package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
)

func TestLabelledGivesTheWordsThatWereLabelled(t *testing.T) {
	s := scoredStore(t)
	first := review("a", "Slow.", 2)
	keep(t, s, "00000002", []collector.Feedback{first, review("b", "Nobody labels me.", 3)})
	labels := []analysis.Correction{
		{Feedback: first.ID, Version: 1, Touchpoint: "order", About: true, End: 5, Score: -1},
		{Feedback: first.ID, Version: 1, Touchpoint: "order", About: true, End: 5, Score: 1}, // on second thoughts
		{Feedback: first.ID, Version: 2, Touchpoint: "exam"},
	}
	for i, l := range labels {
		if i == 2 { // the words change, and so does what was labelled
			keep(t, s, "00000003", []collector.Feedback{review("a", "Slow, but they rang to say sorry.", 3)})
		}
		if err := s.Correct(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	heard, got, err := s.Labelled(t.Context(), "elm")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, h := range heard {
		texts = append(texts, h.Text)
	}
	if diff := cmp.Diff([]string{"Slow.", "Slow, but they rang to say sorry."}, texts); diff != "" {
		t.Errorf("labelled (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(labels[1:], got); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if heard, got, err := s.Labelled(t.Context(), "oak"); err != nil || len(heard)+len(got) != 0 {
		t.Errorf("another practice has %d labelled and %d labels, %v, want none", len(heard), len(got), err)
	}
}
