package store_test

import (
	"fmt"
	"testing"

	"percept/collector"
	"percept/store/storetest"
)

// What a first run meets again, in another block, is known, and nothing else is: also where most of it is told apart
// without a comparison.
func TestFirstRunKnowsWhatItMet(t *testing.T) {
	s := storetest.New(t)
	e := collector.Entry{Run: "00000001", Practice: "elm", Source: "web:elm", Kind: "survey", State: collector.Running, Started: storetest.Now}
	if err := s.Begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	const rows, again = 3000, 7
	for part := range 3 {
		var feedback []collector.Feedback
		for i := range rows {
			feedback = append(feedback, review(fmt.Sprint(part*(rows-again)+i), "Lovely frames.", 5))
		}
		p := collector.Page{URL: "elm.csv", Part: part, Layout: []byte("{}"), Body: []byte{byte(part)}, FetchedAt: storetest.Now}
		if err := s.Keep(t.Context(), &e, p, feedback, nil); err != nil {
			t.Fatal(err)
		}
	}
	if want := 3*rows - 2*again; e.New != want || e.Duplicate != 2*again || e.Seen != want {
		t.Errorf("%d new, %d known, %d met; want %d, %d, %d", e.New, e.Duplicate, e.Seen, want, 2*again, want)
	}
	if err := s.End(t.Context(), &e); err != nil {
		t.Fatal(err)
	}
	c, err := s.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c.Feedback != e.New {
		t.Errorf("%d are kept, want %d", c.Feedback, e.New)
	}
}
