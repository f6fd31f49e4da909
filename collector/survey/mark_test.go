package survey

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

func TestFileThatStandsIsLeftUnread(t *testing.T) {
	const rows = "ID,Date,Comments\n1,2026-02-02,fine\n2,2026-02-03,slow\n3,2026-02-04,kind\n"
	path := write(t, "a.csv", rows)
	read := func(o Options, last collector.Page) (pages []collector.Page, parsed int) {
		t.Helper()
		o.Path, o.Name, o.BlockRows = path, "a.csv", 2
		s, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		q := collector.Query{Last: func(_ context.Context, url string) (collector.Page, error) {
			if url != "a.csv" {
				t.Errorf("asked for %q", url)
			}
			return last, nil
		}}
		for p, err := range s.Pages(t.Context(), q) {
			if err != nil {
				continue // the break, after the blocks before it
			}
			got, err := s.Parse(p)
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, p)
			parsed += got.Rows
		}
		return pages, parsed
	}
	pages, n := read(Options{Version: "1"}, collector.Page{})
	if len(pages) != 2 || n != 3 || pages[0].ETag != "" || pages[1].ETag == "" {
		t.Fatalf("%d rows in %+v; want the mark on the second of two blocks", n, pages)
	}
	last := pages[1]
	pages, n = read(Options{Version: "1"}, last)
	want := []collector.Page{{URL: "a.csv", ContentType: last.ContentType, Layout: last.Layout, ETag: last.ETag, Unchanged: true, Rest: 3}}
	if d := cmp.Diff(want, pages); d != "" || n != 0 {
		t.Errorf("%d rows of a file that stands (-want +got):\n%s", n, d)
	}
	for name, o := range map[string]Options{
		"another program":  {Version: "2"},
		"another practice": {Version: "1", Practice: "elm"},
		"another mapping":  {Version: "1", Mapping: Mapping{Ignore: []string{"Date"}}},
		"no version":       {},
	} {
		if pages, n := read(o, last); n != 3 || pages[1].ETag == last.ETag {
			t.Errorf("%s: %d rows in %+v", name, n, pages)
		}
	}
	if err := os.WriteFile(path, []byte(rows+"4,2026-02-05,\"open"), 0o600); err != nil {
		t.Fatal(err)
	}
	if pages, n := read(Options{Version: "1"}, last); n != 3 || pages[0].ETag+pages[1].ETag != "" {
		t.Errorf("a file that breaks off: %d rows in %+v", n, pages)
	}
}

func TestFilesOfAFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "surveys")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.csv", "a.XLSX", ".hidden.csv", "~$a.xlsx", "notes.md", "c.csv.zip"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "old.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := Files(folder)
	want := []string{filepath.Join(folder, "a.XLSX"), filepath.Join(folder, "b.csv"), filepath.Join(folder, "c.csv.zip")}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("Files: %v (-want +got):\n%s", err, d)
	}
	s, err := New(Options{Path: folder, Name: "surveys/"})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.named(want[1]); got != "surveys/b.csv" {
		t.Errorf("named %q", got)
	}
}
