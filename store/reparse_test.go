package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// Who turns private when kept pages are parsed again is told, and a page that is asked about is compared with what is kept
// of its own source.
func TestReparseTellsWhoTurnsPrivate(t *testing.T) {
	s := storetest.New(t)
	a, b := review("a", "Lovely frames.", 5), review("b", "Slow.", 2)
	keep(t, s, "00000001", []collector.Feedback{a, b})
	e := collector.Entry{Run: "00000002", Practice: "elm", Source: "web:elm"}
	if err := s.Begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	edited := review("b", "Slow, but kind.", 3)
	unchanged, standing, err := s.Known(t.Context(), e, []collector.Feedback{a, edited, review("c", "New.", 4)})
	if err != nil || unchanged != 1 || standing != 2 {
		t.Errorf("Known = %d unchanged, %d standing, %v, want 1, 2", unchanged, standing, err)
	}
	b.Private = true
	got, err := s.Reparse(t.Context(), "elm", "web:elm", "00000003", func(collector.Page) ([]collector.Feedback, error) {
		return []collector.Feedback{a, b}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(store.Reparsed{Pages: 1, Edited: 1, Otherwise: store.Otherwise{Leave: 1}}, got); diff != "" {
		t.Errorf("Reparse (-want +got):\n%s", diff)
	}
}
