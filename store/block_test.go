package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// Blocks of a file are kept together, and with them the ledger: whatever ends a run, the rows that the ledger
// counts are those that are kept, and the next run adds what is not.
func TestBlocksAreKeptWithTheLedger(t *testing.T) {
	block := func(part int) (collector.Page, []collector.Feedback) {
		var feedback []collector.Feedback
		for i := range 50 {
			feedback = append(feedback, review(fmt.Sprint(part, "-", i), "Lovely frames.", 5))
		}
		return collector.Page{URL: "elm.csv", Part: part, Layout: []byte("{}"), Body: []byte{byte(part)}, FetchedAt: storetest.Now}, feedback
	}
	ended, end := context.WithCancelCause(t.Context())
	end(errors.New("interrupted"))
	for _, tt := range []struct {
		name string
		last func(s *store.Store, e *collector.Entry) error
		want int
	}{
		{"closed without End", func(*store.Store, *collector.Entry) error { return nil }, 100},
		{"the context ends within a block", func(s *store.Store, e *collector.Entry) error {
			p, feedback := block(2)
			return s.Keep(ended, e, p, feedback, nil)
		}, 150},
		{"a page of the web follows", func(s *store.Store, e *collector.Entry) error {
			p, feedback := block(2)
			p.Layout = nil
			return s.Keep(t.Context(), e, p, feedback, nil)
		}, 150},
		{"the context ends within a page that follows", func(s *store.Store, e *collector.Entry) error {
			p, feedback := block(2)
			p.Layout = nil
			if err := s.Keep(ended, e, p, feedback, nil); err == nil {
				return errors.New("a page is kept when its context has ended")
			}
			return nil
		}, 100},
		{"End", func(s *store.Store, e *collector.Entry) error { return s.End(t.Context(), e) }, 100},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "percept.duckdb")
			read := func(run string, last func(s *store.Store, e *collector.Entry) error) (kept int, e collector.Entry) {
				s, err := store.Open(t.Context(), path, store.Options{Create: true, Now: storetest.Now})
				if err != nil {
					t.Fatal(err)
				}
				c, err := s.Counts(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				e = collector.Entry{Run: run, Practice: "elm", Source: "web:elm", Kind: "survey", State: collector.Running, Started: storetest.Now}
				if err := s.Begin(t.Context(), e); err != nil {
					t.Fatal(err)
				}
				for part := range 2 {
					p, feedback := block(part)
					e.Rows += len(feedback)
					if err := s.Keep(t.Context(), &e, p, feedback, nil); err != nil {
						t.Fatal(err)
					}
				}
				if err := last(s, &e); err != nil {
					t.Fatal(err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				return c.Feedback, e
			}
			if _, e := read("00000001", tt.last); e.New != tt.want {
				t.Errorf("the first run counts %d as new, want %d", e.New, tt.want)
			}
			kept, e := read("00000002", tt.last)
			if kept != tt.want {
				t.Errorf("%d are kept of the first run, want %d", kept, tt.want)
			}
			if e.New != 0 || e.Duplicate != tt.want {
				t.Errorf("the second run counts %d new and %d known, want none and %d", e.New, e.Duplicate, tt.want)
			}
		})
	}
}
