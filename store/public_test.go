package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// Two months of one source: one review is edited, one is removed, one comes, one was long there and is read late.
func TestRatingPairsAreThenAndNow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.duckdb")
	then := storetest.Now.AddDate(0, 0, -30)
	at := func(now time.Time, do func(s *store.Store)) {
		t.Helper()
		s, err := store.Open(t.Context(), path, store.Options{Create: true, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		do(s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	old, gone, edited := review("a", "Lovely frames.", 5), review("b", "Slow.", 2), review("c", "Bad.", 1)
	late, fresh, after := review("d", "Fine.", 4), review("e", "New and good.", 5), review("f", "Of this week.", 1)
	on := func(f *collector.Feedback, day time.Time) {
		f.Date = collector.OnDay(day.Year(), day.Month(), day.Day(), johannesburg)
	}
	for _, f := range []*collector.Feedback{&old, &gone, &edited, &late} {
		on(f, then.AddDate(0, 0, -20))
	}
	on(&fresh, then.AddDate(0, 0, 10))
	on(&after, storetest.Now)
	better := edited
	better.Text, better.Rating = "They made it good.", fresh.Rating
	at(then.AddDate(0, 0, -10), func(s *store.Store) {
		if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: johannesburg}}); err != nil {
			t.Fatal(err)
		}
		keep(t, s, "00000001", []collector.Feedback{old, gone, edited})
	})
	at(storetest.Now, func(s *store.Store) { keep(t, s, "00000002", []collector.Feedback{old, better, late, fresh, after}) })
	run(t, path, "INSERT INTO removal VALUES ('"+gone.ID+"', '"+then.AddDate(0, 0, 5).Format(time.DateTime)+"', '00000002', false, '')")
	at(storetest.Now, func(s *store.Store) {
		got, err := s.RatingPairs(t.Context(), "elm", then, storetest.Now.AddDate(0, 0, -1))
		if err != nil {
			t.Fatal(err)
		}
		one, two, four, five := 1., 2., 4., 5.
		want := []analysis.RatingPair{
			{Source: "web:elm", Feedback: edited.ID, Before: &one, After: &five, N: 1}, {Source: "web:elm", Feedback: gone.ID, Before: &two, N: 1},
			{Source: "web:elm", Feedback: late.ID, Before: &four, After: &four, N: 1}, {Source: "web:elm", Feedback: old.ID, Before: &five, After: &five, N: 1},
			{Source: "web:elm", Feedback: fresh.ID, After: &five, N: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("pairs (-want +got):\n%s", diff)
		}
		reviews, err := s.Reviewed(t.Context(), "elm", then.AddDate(0, 0, -25), storetest.Now.AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		taken := 0
		for _, r := range reviews {
			if r.Gone {
				taken++
			}
		}
		if last := reviews[len(reviews)-1]; len(reviews) != 6 || taken != 1 || last.Feedback != after.ID || last.Rating.Value != 1 || last.Wordless {
			t.Errorf("reviewed = %+v, want all six, the oldest first, one of them gone", reviews)
		}
		periods, err := s.RatingPeriods(t.Context(), "elm", then.AddDate(0, 0, -28), storetest.Now, 28)
		if err != nil {
			t.Fatal(err)
		}
		n := map[int]int{}
		for _, p := range periods {
			n[p.Period] += p.N
		}
		if n[0] != 4 || n[1] != 1 {
			t.Errorf("ratings by period = %v, want 4 and 1: what was taken down was said all the same", n)
		}
	})
}
