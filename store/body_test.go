package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"percept/collector"
)

// Pages of far more bytes than DuckDB may hold in memory are kept, each whole, until they are pruned. DuckDB writes a
// table anew by 2,048 rows at a time, and ended for good where these were pages.
func TestPagesAreKeptInLittleMemory(t *testing.T) {
	now := time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "percept.duckdb"), Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.db.ExecContext(t.Context(), "SET memory_limit = '64MB'"); err != nil {
		t.Fatal(err)
	}
	run, err := s.BeginRun(t.Context(), "collect", "test")
	if err != nil {
		t.Fatal(err)
	}
	const pages, again = 400, 20 // some stand at another address too
	e := collector.Entry{Run: run, Practice: "elm", Source: "web:elm"}
	page := func(n int) collector.Page {
		body := make([]byte, 200<<10)
		_, _ = rand.NewChaCha8([32]byte{byte(n), byte(n >> 8)}).Read(body) // never fails
		return collector.Page{Body: body, FetchedAt: now, ETag: fmt.Sprint(n)}
	}
	for n := range pages + again {
		p := page(n % pages)
		p.URL = fmt.Sprint("https://elm.example/", n)
		if err := s.write(t.Context(), func(b batch) error { return s.keepPage(t.Context(), b, &e, p) }); err != nil {
			t.Fatalf("page %s: %v", p.URL, err)
		}
	}
	for n := 0; n < pages+again; n += again / 2 {
		got, err := s.Last(t.Context(), e, fmt.Sprint("https://elm.example/", n))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Body, page(n%pages).Body) {
			t.Errorf("page %d is read with %d bytes, not as it was kept", n, len(got.Body))
		}
	}
	// One that lost pieces is an error that names it, and never an empty or a shorter page.
	for n, lost := range []string{"true", "n = 1", "n = 9", "n = (SELECT max(n) FROM body)"} {
		const of = "digest = (SELECT digest FROM page WHERE url = $1)"
		url := fmt.Sprint("https://elm.example/", 2*again+n)
		if err := (batch{s.writer}).exec(t.Context(), "DELETE FROM body WHERE "+of+" AND "+lost, url); err != nil {
			t.Fatal(err)
		}
		p, err := s.Last(t.Context(), e, url)
		if err == nil || !strings.Contains(err.Error(), "read the kept page of "+url+": page ") {
			t.Errorf("page without pieces where %s is read with %d bytes, error %v, want one that names it", lost, len(p.Body), err)
		}
	}
	empty := collector.Page{URL: "https://elm.example/empty", FetchedAt: now, ETag: "empty"}
	if err := s.write(t.Context(), func(b batch) error { return s.keepPage(t.Context(), b, &e, empty) }); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Last(t.Context(), e, empty.URL); err != nil || got.ETag != "empty" || len(got.Body) > 0 {
		t.Errorf("the empty page is read as %q, %v", got.Body, err)
	}
	if n, err := s.PrunePages(t.Context(), now.Add(time.Hour)); err != nil || n != pages+again+1 {
		t.Errorf("PrunePages = %d, %v, want %d", n, err, pages+again+1)
	}
	if left, err := (batch{s.writer}).count(t.Context(), "SELECT count(*) FROM body"); err != nil || left != 0 {
		t.Errorf("%d pieces of pages are left, %v, want none", left, err)
	}
}
