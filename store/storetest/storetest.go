// Package storetest gives tests of other packages a real, migrated store in memory.
package storetest

import (
	"testing"
	"time"

	"percept/store"
)

// Now is the time that stores of tests write.
var Now = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

// New returns an empty store in memory that is closed when the test ends.
func New(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), "", store.Options{Create: true, Now: Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
