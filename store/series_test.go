package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/store"
	"percept/store/storetest"
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
	answer := func(run, id string, day int, words string) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			t.Helper()
			f := collector.Feedback{Practice: "elm", Source: "web:elm", Kind: collector.Response, SourceID: id, Rows: 1,
				Date: collector.OnDay(2026, 11, day, johannesburg), Text: words}
			identity.Name(&f)
			e := collector.Entry{Run: run, Practice: "elm", Source: "web:elm", State: collector.Running, Started: storetest.Now}
			if err := s.Begin(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			p := collector.Page{URL: "https://elm.example/" + run, Body: []byte(words), FetchedAt: storetest.Now}
			if err := s.Keep(t.Context(), &e, p, []collector.Feedback{f}, nil); err != nil {
				t.Fatal(err)
			}
			understand(t, s)
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
		{"a new answer", answer("00000009", "9", 4, "Three weeks and nothing.")},
		{"it is edited, and into another week", answer("00000010", "9", 13, "Three weeks, then nothing.")},
		{"another model reads all of it", func(t *testing.T, s *store.Store) {
			t.Helper()
			reread(t, s, "elm", store.Reading{Model: "m2", Taxonomy: "t1"}, 99, happier)
			if err := s.Activate(t.Context(), []string{"elm"}, "m2", "t1"); err != nil {
				t.Fatal(err)
			}
		}},
		{"and the first again", understand},
		{"of which the user is told, so that what the other read is dropped, and one more answer", func(t *testing.T, s *store.Store) {
			t.Helper()
			if err := s.Told(t.Context()); err != nil {
				t.Fatal(err)
			}
			answer("00000011", "10", 6, "Four weeks.")(t, s)
		}},
		{"a better parser finds it no more", func(t *testing.T, s *store.Store) {
			t.Helper()
			none := func(collector.Page) ([]collector.Feedback, error) { return nil, nil }
			if r, err := s.Reparse(t.Context(), "elm", "web:elm", "00000012", none); err != nil || r.Gone == 0 {
				t.Fatalf("Reparse = %+v, %v, want answers gone", r, err)
			}
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
