package reports

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"percept/collector"
	"percept/store"
)

// portfolioLimit is the most bytes that the page of a thousand practices takes.
const portfolioLimit = 10_000_000

// manyPractices are practices with a year of a tenth of harbour street's feedback each.
func manyPractices(t testing.TB, n int) ([]collector.Practice, *store.Store) {
	t.Helper()
	ps, ws := make([]collector.Practice, n), make([]*world, n)
	for i := range ps {
		ps[i] = collector.Practice{ID: fmt.Sprintf("p%04d", i), Name: fmt.Sprintf("Practice %04d of the Long Portfolio", i), Zone: zone(t)}
		ws[i] = invent(ps[i], uint64(i+1))
		ws[i].thin(10)
		switch {
		case i%20 == 0: // slips
		case i%50 == 1:
			ws[i].review.State, ws[i].review.Why = collector.Incomplete, "page 2 of 4: status 503"
		default:
			quietly(ws[i])
		}
	}
	return ps, newStore(t, ws...)
}

func TestPortfolioHoldsAHundredWithinItsShare(t *testing.T) {
	ps, s := manyPractices(t, 100)
	page := makeIndex(t, s, ps, testOptions())
	root := checkPage(t, page)
	if got := len(find(root, "name")); got != len(ps) {
		t.Errorf("the page holds %d practices, want %d", got, len(ps))
	}
	if got := len(find(root, "spark")); got != len(ps) {
		t.Errorf("the page holds %d sparklines, want %d", got, len(ps))
	}
	if len(page) > portfolioLimit/10 {
		t.Errorf("a hundred practices take %d bytes, at most %d wanted", len(page), portfolioLimit/10)
	}
}

// BenchmarkPortfolio makes and opens the page of a thousand practices: go test ./reports -run '^$' -bench Portfolio -benchtime 3x
func BenchmarkPortfolio(b *testing.B) {
	ps, s := manyPractices(b, 1000)
	var page bytes.Buffer
	for b.Loop() {
		page.Reset()
		if err := Index(b.Context(), &page, s, ps, testOptions()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(page.Len()), "bytes")
	if page.Len() > portfolioLimit {
		b.Errorf("a thousand practices take %d bytes, at most %d wanted", page.Len(), portfolioLimit)
	}
	b.StopTimer()
	name := filepath.Join(b.TempDir(), indexFile)
	if err := os.WriteFile(name, page.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	ctx := browser(b)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil { // starts it
		b.Fatal(err)
	}
	began := time.Now()
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(name))); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollHeight")); err != nil { // lays it out
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "open-ms")
}
