package reports

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

func practices(p ...collector.Practice) []collector.Practice { return p }

func makeIndex(t *testing.T, s Store, p []collector.Practice, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Index(t.Context(), &b, s, p, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// five practices, one of each need.
func five(t *testing.T) ([]collector.Practice, *store.Store) {
	var ps []collector.Practice
	var ws []*world
	for i, name := range []string{"Alder Lane Opticians", "Corner House Optics", "Harbour Street Optometry", "Mill Road Eye Care", "Northgate Vision"} {
		p := collector.Practice{ID: strings.ToLower(strings.Join(strings.Fields(name)[:2], "-")), Name: name, Zone: zone(t)}
		w := invent(p, uint64(i+1))
		switch i {
		case 0:
			quietly(w)
		case 1:
			w.reviews, w.responses, w.understood = nil, nil, nil
			quietly(w)
		case 3:
			quietly(w)
			w.review.State, w.review.Why = collector.Incomplete, "page 2 of 4: status 503"
		case 4:
			delete(w.verdicts, place{"review", "collection_call"})
		}
		ps, ws = append(ps, p), append(ws, w)
	}
	return ps, newStore(t, ws...)
}

func TestBuildWritesEveryPage(t *testing.T) {
	ps, s := five(t)
	dir := filepath.Join(t.TempDir(), "new", "reports")
	files, err := Build(t.Context(), dir, s, ps, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "index.html")}
	for _, p := range ps {
		want = append(want, filepath.Join(dir, p.ID, "index.html"))
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	pages := map[string][]byte{}
	for _, f := range files {
		page, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		pages[f] = page
		root := checkPage(t, page)
		for n := range root.Descendants() {
			if h := attr(n, "href"); n.Type == html.ElementNode && strings.HasSuffix(h, "index.html") {
				if _, err := os.Stat(filepath.Join(filepath.Dir(f), filepath.FromSlash(h))); err != nil {
					t.Errorf("%s: link %s leads nowhere", f, h)
				}
			}
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(f), ".page-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
	same(t, "index.html", pages[files[0]])
	if index := makeIndex(t, s, ps, testOptions()); !bytes.Equal(index, pages[files[0]]) {
		t.Error("Index and Build made different pages")
	}

	o := testOptions()
	o.Workers = 1
	again, err := Build(t.Context(), t.TempDir(), s, ps[:1], o)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(again[1])
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, pages[files[1]]) {
		t.Error("one worker made other bytes")
	}
}

func TestIndexGroupsByNeedAndNeverRanks(t *testing.T) {
	ps, s := five(t)
	root := checkPage(t, makeIndex(t, s, ps, testOptions()))
	var got []string
	for _, g := range find(root, "group") {
		var names []string
		for _, n := range find(g, "name") {
			names = append(names, inner(n))
		}
		got = append(got, inner(find2(g, "h2"))+": "+strings.Join(names, ", "))
	}
	want := []string{
		"Needs a look: something slipped 1: Harbour Street Optometry",
		"Data is missing 1: Mill Road Eye Care",
		"Something improved 1: Northgate Vision",
		"No reliable change 1: Alder Lane Opticians",
		"Not enough feedback yet 1: Corner House Optics",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

// failing is a store that cannot read the evidence of one practice.
type failing struct {
	Store
	practice string
}

func (s failing) Evidence(ctx context.Context, practice string, since time.Time) ([]analysis.Evidence, error) {
	if practice == s.practice {
		return nil, errors.New("disk gone")
	}
	return s.Store.Evidence(ctx, practice, since)
}

func TestOnePracticeThatFailsLeavesTheOthers(t *testing.T) {
	ps := []collector.Practice{{ID: "a", Name: "Alder", Zone: zone(t)}, {ID: "b", Name: "Birch", Zone: zone(t)}, {ID: "c", Name: "Cedar", Zone: zone(t)}}
	s := newStore(t, &world{practice: ps[0]}, &world{practice: ps[1]}, &world{practice: ps[2]})
	dir := t.TempDir()
	files, err := Build(t.Context(), dir, failing{s, "b"}, ps, testOptions())
	if err == nil || !strings.Contains(err.Error(), "weekly page of b: evidence: disk gone") {
		t.Errorf("error = %v, want the practice that failed", err)
	}
	if len(files) != 3 {
		t.Errorf("files = %v, want the index and two pages", files)
	}
	index, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if root := checkPage(t, index); !strings.Contains(inner(root), "Birch") || !strings.Contains(inner(root), "its page could not be made this time") {
		t.Errorf("the index does not say that Birch failed: %s", inner(root))
	}
}

func TestBuildRefusesAnIDThatLeavesTheFolder(t *testing.T) {
	for _, id := range []string{"", "..", "../x", "a/b", "A", "index.html", ".hidden"} {
		p := harbour(t)
		p.ID = id
		if files, err := Build(t.Context(), t.TempDir(), nil, practices(p), testOptions()); err == nil {
			t.Errorf("Build with id %q wrote %v", id, files)
		}
	}
}

func TestBuildStopsWithItsContext(t *testing.T) {
	ps := practices(harbour(t))
	s := newStore(t, &world{practice: ps[0]})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, t.TempDir(), s, ps, testOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want that of the context", err)
	}
}

func BenchmarkWeekly(b *testing.B) {
	p := collector.Practice{ID: "harbour-street", Name: "Harbour Street", Zone: zone(b)}
	s := newStore(b, invent(p, 1))
	m, err := load(b.Context(), s, p, testOptions())
	if err != nil {
		b.Fatal(err)
	}
	shared := newPainter()
	for b.Loop() {
		page, err := m.weekly(b.Context(), s, shared, testOptions(), "") // as Build does for practices of one journey
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(page)), "bytes")
	}
}
