package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/store/storetest"
)

func TestAlteredNamesWhatBecameOfReviews(t *testing.T) {
	s := storetest.New(t)
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	a, b, c, d := review("a", "Lovely frames.", 5), review("b", "Slow.", 2), review("c", "Fine.", 4), review("d", "Kind.", 5)
	read := func(run string, said ...collector.Feedback) {
		t.Helper()
		e := collector.Entry{Run: run, Practice: "elm", Source: "web:elm", State: collector.Running, Started: storetest.Now, Absences: 1, Pages: 1, Expected: len(said), Seen: len(said), Rows: len(said)}
		err := errors.Join(s.Begin(t.Context(), e), s.Keep(t.Context(), &e, collector.Page{URL: "https://elm.example/", Body: []byte(run), FetchedAt: storetest.Now}, said, nil))
		e.State = collector.Complete
		if err = errors.Join(err, s.End(t.Context(), &e)); err != nil {
			t.Fatal(err)
		}
	}
	read("1", a, b, c, d)
	edited := review("b", "Slow, but they rang to say sorry.", 3)
	read("2", a, edited, d)
	read("3", a, edited, c, d)
	all, err := s.Altered(t.Context(), "elm")
	if err != nil {
		t.Fatal(err)
	}
	type change struct {
		What, Of      string
		Before, After float64
		Left          bool
		Reworded      bool
	}
	var got []change
	for _, x := range all {
		of := map[string]string{a.ID: "a", b.ID: "b", c.ID: "c", d.ID: "d"}[x.Feedback]
		got = append(got, change{x.What, of, x.Before.Value, x.After.Value, x.After.Valid, x.Reworded})
	}
	want := []change{{"edited", "b", 2, 3, true, true}, {"back", "c", 4, 4, true, false}, {"removed", "c", 4, 0, false, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("altered (-want +got):\n%s", diff)
	}
	if none, err := s.Altered(t.Context(), "oak"); err != nil || len(none) > 0 {
		t.Errorf("altered of another practice = %v, %v", none, err)
	}
}
