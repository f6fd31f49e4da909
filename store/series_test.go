package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

// TestSeriesMadeWeekByWeekAreThoseMadeAtOnce holds that a week of the series is made anew whenever what it is made from
// has changed, whatever changed it, and also where it changes back before a detection was concluded.
func TestSeriesMadeWeekByWeekAreThoseMadeAtOnce(t *testing.T) {
	utc := []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}
	home := []collector.Practice{{ID: "elm", Name: "Elm", Zone: johannesburg}}
	label := func(score float64, about bool) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			t.Helper()
			found, err := s.Find(t.Context(), "1")
			if err != nil || len(found) != 1 {
				t.Fatalf("Find = %d, %v", len(found), err)
			}
			c := analysis.Correction{Feedback: found[0].ID, Version: found[0].Version, Part: 2, Touchpoint: "order", About: about, End: 11, Score: score}
			if err := s.Correct(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
	}
	zone := func(practices []collector.Practice) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			t.Helper()
			if err := s.SetPractices(t.Context(), practices); err != nil {
				t.Fatal(err)
			}
		}
	}
	steps := []struct {
		name string
		do   func(*testing.T, *store.Store)
	}{
		{"nothing", func(*testing.T, *store.Store) {}},
		{"the practice moves to another zone, and Monday to Sunday", zone(utc)},
		{"and back", zone(home)},
		{"a person labels a mention", label(.8, true)},
		{"and again, away", label(0, false)},
		{"a new answer", func(t *testing.T, s *store.Store) {
			t.Helper()
			f := collector.Feedback{Practice: "elm", Source: "survey:elm.csv", Kind: collector.Response, SourceID: "9", Rows: 1,
				Date: collector.OnDay(2026, 11, 4, johannesburg), Text: "Three weeks and nothing."}
			identity.Name(&f)
			keep(t, s, "00000009", []collector.Feedback{f})
			understand(t, s)
		}},
	}
	stepwise := scoredStore(t)
	points := func(s *store.Store) []analysis.Point {
		t.Helper()
		if err := s.BuildSeries(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := s.Points(t.Context(), "elm", monday(1, 5))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	var last []analysis.Point
	moved := 0
	for i, step := range steps {
		step.do(t, stepwise)
		got := points(stepwise)
		whole := unbuiltStore(t)
		for _, before := range steps[:i+1] {
			before.do(t, whole)
		}
		if diff := cmp.Diff(points(whole), got); diff != "" {
			t.Errorf("%s (-at once +week by week):\n%s", step.name, diff)
		}
		if !cmp.Equal(last, got) {
			moved++
		}
		last = got
	}
	if moved < len(steps)-1 {
		t.Errorf("the series moved in %d of %d steps: they prove little", moved, len(steps))
	}
}
