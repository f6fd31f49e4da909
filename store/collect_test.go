package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

var identity = collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("fedcba9876543210")}

func review(id, words string, stars float64) collector.Feedback {
	f := collector.Feedback{
		Practice: "elm", Source: "web:elm", Kind: collector.Review, SourceID: id, Author: "A. Nother", Text: words,
		Date:   collector.At(time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC)),
		Rating: collector.Rating{Raw: "4", Value: stars, Valid: true, Tag: "stars"}, Rows: 1,
	}
	identity.Name(&f)
	return f
}

func keep(t *testing.T, s *store.Store, run string, pages ...[]collector.Feedback) collector.Entry {
	t.Helper()
	e := collector.Entry{Run: run, Practice: "elm", Source: "web:elm", State: collector.Running, Started: storetest.Now}
	if err := s.Begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	for i, fb := range pages {
		e.Rows += len(fb)
		p := collector.Page{URL: "https://elm.example/reviews", Part: i, Body: []byte("page"), FetchedAt: storetest.Now}
		if err := s.Keep(t.Context(), &e, p, fb, nil); err != nil {
			t.Fatal(err)
		}
	}
	e.State = collector.Complete
	if err := s.End(t.Context(), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestKeepCountsEachRowOnce(t *testing.T) {
	a, b := review("a", "Lovely frames.", 5), review("b", "Slow.", 2)
	edited := review("b", "Slow, but they rang to say sorry.", 3)
	type counts struct{ New, Edited, Duplicate int }
	tests := []struct {
		name  string
		runs  [][][]collector.Feedback
		want  counts // of the last run
		total int    // feedback after it
	}{
		{"first run is all new", [][][]collector.Feedback{{{a, b}}}, counts{New: 2}, 2},
		{"second run adds nothing", [][][]collector.Feedback{{{a, b}}, {{a, b}}}, counts{Duplicate: 2}, 2},
		{"an edit is a version", [][][]collector.Feedback{{{a, b}}, {{a, edited}}}, counts{Edited: 1, Duplicate: 1}, 2},
		{"an edit taken back is a version too", [][][]collector.Feedback{{{b}}, {{edited}}, {{b}}}, counts{Edited: 1}, 1},
		{"twice on one page is one", [][][]collector.Feedback{{{a, a, b}}}, counts{New: 2, Duplicate: 1}, 2},
		{"a list that moved shows one review on two pages", [][][]collector.Feedback{{{a, b}, {edited}}}, counts{New: 2, Duplicate: 1}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := storetest.New(t)
			if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}); err != nil {
				t.Fatal(err)
			}
			var e collector.Entry
			for i, pages := range tt.runs {
				e = keep(t, s, string(rune('a'+i)), pages...)
			}
			if diff := cmp.Diff(tt.want, counts{e.New, e.Edited, e.Duplicate}); diff != "" {
				t.Errorf("counts of the last run (-want +got):\n%s", diff)
			}
			if e.Rows != e.Stored()+e.Duplicate+e.Empty+e.Rejected {
				t.Errorf("rows do not add up: %s", e.Sum())
			}
			c, err := s.Counts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if c.Feedback != tt.total {
				t.Errorf("feedback = %d, want %d", c.Feedback, tt.total)
			}
		})
	}
}

func TestFindTakesTheIDMeant(t *testing.T) {
	s := storetest.New(t)
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	a, b := review("a", "Lovely frames.", 5), review("b", "Slow.", 2)
	c := review(a.ID[:1], "Fine.", 4) // the source's id of c begins a's own
	keep(t, s, "00000001", []collector.Feedback{a, b, c})
	for _, tt := range []struct {
		name, id string
		want     []string
	}{
		{"by its whole id", a.ID, []string{a.ID}},
		{"by the beginning of its id", b.ID[:10], []string{b.ID}},
		{"by the source's id, though another's id begins so", c.SourceID, []string{c.ID}},
		{"not at all", "zzz", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, err := s.Find(t.Context(), tt.id)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, f.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Find(%s) (-want +got):\n%s", tt.id, diff)
			}
		})
	}
}
