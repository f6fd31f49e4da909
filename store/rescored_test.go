package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// reread has a model read up to limit of what it has not read of a practice, each as read says, and says how
// many were left to it.
func reread(t *testing.T, s *store.Store, practice string, r store.Reading, limit int, read func(h analysis.Heard) analysis.Understood) int {
	t.Helper()
	n, batches, err := s.Unscored(t.Context(), []string{practice}, r.Model, r.Taxonomy)
	if err != nil {
		t.Fatal(err)
	}
	for heard, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		var all []analysis.Understood
		for _, h := range heard[:min(limit, len(heard))] {
			all = append(all, read(h))
		}
		if err := s.AddScores(t.Context(), r.Model, r.Taxonomy, all); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// happier finds praise at the exam where m1 found blame at the order.
func happier(h analysis.Heard) analysis.Understood {
	return analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice, Whole: analysis.Scored{Score: .5, Label: "positive"},
		Mentions: []analysis.Mention{
			{Feedback: h.ID, Version: h.Version, Part: 1, Touchpoint: "order", Score: -0.5, Confidence: 1, Origin: analysis.FromRating},
			{Feedback: h.ID, Version: h.Version, Part: 2, Touchpoint: "exam", Start: 0, End: 11, Score: 0.4, Confidence: .8, Origin: analysis.FromText},
		}}
}

func activate(t *testing.T, s *store.Store, r store.Reading) {
	t.Helper()
	if err := s.Activate(t.Context(), []string{"elm"}, r.Model, r.Taxonomy); err != nil {
		t.Fatal(err)
	}
}

func rescored(t *testing.T, s *store.Store) []store.Rescored {
	t.Helper()
	all, err := s.Rescored(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var m1, m2, m3 = store.Reading{Model: "m1", Taxonomy: "t1"}, store.Reading{Model: "m2", Taxonomy: "t2"}, store.Reading{Model: "m3", Taxonomy: "t2"}

func TestAFirstReadingRescoresNothing(t *testing.T) {
	s := scoredStore(t)
	if got := rescored(t, s); len(got) != 0 {
		t.Errorf("Rescored = %+v, want nothing after a first reading", got)
	}
	activate(t, s, m1) // every run does
	if got := rescored(t, s); len(got) != 0 {
		t.Errorf("Rescored = %+v, want nothing after the same reading again", got)
	}
}

func TestRescoredComparesWithWhatWasInUseBefore(t *testing.T) {
	s := scoredStore(t)
	if n := reread(t, s, "elm", m2, 1, happier); n != 3 {
		t.Fatalf("%d to read again, want 3", n)
	}
	// Cut off after one: the old reading is in use, and there is nothing to tell yet.
	if got := rescored(t, s); len(got) != 0 {
		t.Errorf("Rescored = %+v, want nothing before all is read", got)
	}
	if points := observations(t, s, collector.Response); len(points) != 2 || points[0].Score != -0.7 {
		t.Errorf("observations = %+v, want those of m1 until m2 has read all", points)
	}
	// Something new comes in meanwhile: it was never read before, so it is no part of the comparison.
	keep(t, s, "00000002", []collector.Feedback{review("4", "Lovely frames.", 5)})
	if n := reread(t, s, "elm", m2, 10, happier); n != 3 {
		t.Errorf("%d left to read, want the 2 that were not reached and the new one", n)
	}
	activate(t, s, m2)
	want := []store.Rescored{{From: m1, To: m2, Practices: 1, Feedback: 3,
		Moved: []store.Move{{From: "negative", To: "positive", Feedback: 3}},
		Touchpoints: []store.Shift{
			{Touchpoint: "exam", After: store.Level{Mentions: 3, Mean: 0.4}},
			{Touchpoint: "order", Before: store.Level{Mentions: 6, Mean: -0.7}, After: store.Level{Mentions: 3, Mean: -0.5}},
		}}}
	for _, when := range []string{"read", "cut off before it was told, and run again"} {
		if diff := cmp.Diff(want, rescored(t, s)); diff != "" {
			t.Errorf("%s, rescored (-want +got):\n%s", when, diff)
		}
		activate(t, s, m2)
	}
	// A third reading before anyone was told of the second is compared with the first.
	reread(t, s, "elm", m3, 10, happier)
	activate(t, s, m3)
	want[0].To = m3
	if diff := cmp.Diff(want, rescored(t, s)); diff != "" {
		t.Errorf("after a third reading (-want +got):\n%s", diff)
	}
	if err := s.Told(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := rescored(t, s); len(got) != 0 {
		t.Errorf("Rescored = %+v, want nothing once it was told", got)
	}
	if n := reread(t, s, "elm", m1, 0, happier); n != 4 {
		t.Errorf("m1 has %d left to read, want all 4: what it had found is dropped", n)
	}
	if n := reread(t, s, "elm", m3, 0, happier); n != 0 {
		t.Errorf("m3 has %d left to read, want none", n)
	}
}

func TestGoingBackToTheOldReadingChangesNothing(t *testing.T) {
	s := scoredStore(t)
	reread(t, s, "elm", m2, 10, happier)
	activate(t, s, m2)
	activate(t, s, m1)
	if got := rescored(t, s); len(got) != 0 {
		t.Errorf("Rescored = %+v, want nothing: m1 was in use when last told, and is", got)
	}
}

func TestAPersonsLabelIsNotMovedByAReading(t *testing.T) {
	s := scoredStore(t)
	evidence, err := s.Evidence(t.Context(), "elm", storetest.Now.AddDate(-1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range evidence {
		if e.Part != 2 {
			continue
		}
		if err := s.Correct(t.Context(), analysis.Correction{Feedback: e.Feedback, Version: e.Version, Part: 2, Touchpoint: "order", About: true, Score: -1}); err != nil {
			t.Fatal(err)
		}
	}
	reread(t, s, "elm", m2, 10, happier)
	activate(t, s, m2)
	got := rescored(t, s)
	if len(got) != 1 || len(got[0].Touchpoints) != 2 {
		t.Fatalf("Rescored = %+v, want one with two touchpoints", got)
	}
	want := store.Shift{Touchpoint: "order", Before: store.Level{Mentions: 3, Mean: -0.5}, After: store.Level{Mentions: 3, Mean: -0.5}}
	if diff := cmp.Diff(want, got[0].Touchpoints[1]); diff != "" {
		t.Errorf("a labelled touchpoint (-want +got):\n%s", diff)
	}
}
