package survey

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

// A context that ends after some calls of Err, as one does while a file is read.
type dying struct {
	context.Context
	left int
}

func (d *dying) Err() error {
	if d.left--; d.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestReadingEndsWithTheContext(t *testing.T) {
	text := "Date,Rating,Comment\n" + strings.Repeat("2026-02-03,5,good\n", 50_000)
	path := write(t, "f.csv", text)
	for _, calls := range []int{0, 5, 100, 30_000} {
		l, err := Inspect(&dying{t.Context(), calls}, path, Options{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after %d calls: %d rows, %v; want that the context ended", calls, l.Rows, err)
		}
	}
	s, err := New(Options{Path: path, BlockRows: 60_000})
	if err != nil {
		t.Fatal(err)
	}
	// Inspecting asks about 50,000 times; the rows after it are one page.
	for p, err := range s.Pages(&dying{t.Context(), 60_000}, collector.Query{Now: now}) {
		t.Errorf("page of %d bytes, %v; want none", len(p.Body), err)
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "a.csv", "~$a.csv", ".a.csv", "a[1].csv", "a1.csv", "x.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("a\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		pattern string
		want    []string
		err     string
	}{
		{"*.csv", []string{"a.csv", "a1.csv", "a[1].csv", "b.csv"}, ""},
		{"a[1].csv", []string{"a[1].csv"}, ""},
		{"a[0-9].csv", []string{"a1.csv"}, ""},
		{"~$a.csv", []string{"~$a.csv"}, ""},
		{"none*.csv", nil, "there is no such file"},
		{"[.csv", nil, "syntax error in pattern"},
	} {
		found, err := Files(filepath.Join(dir, c.pattern))
		for i := range found {
			found[i] = filepath.Base(found[i])
		}
		if d := cmp.Diff(c.want, found); d != "" || errText(err) != c.err {
			t.Errorf("Files(%q): %v, want %q (-want +got):\n%s", c.pattern, err, c.err, d)
		}
	}
}

// Times are those of the practice that the row names, unless the file states a zone.
func TestZoneOfThePractice(t *testing.T) {
	zones := map[string]*time.Location{"cape": johannesburg(t)}
	zoneOf := func(practice string) *time.Location { return zones[practice] }
	for _, c := range []struct {
		name, heading, want string
		zoneOf              func(string) *time.Location
	}{
		{"the practice's, else the default", "Submitted at", "[07:05 10:05]", zoneOf},
		{"the default without any", "Submitted at", "[10:05 10:05]", nil},
		{"the file's before all", "Submitted at (UTC)", "[09:05 09:05]", zoneOf},
	} {
		rows := "Practice," + c.heading + ",Rating\nCape,2026-02-03 09:05:10,4\nNorth,2026-02-03 09:05:10,4\n"
		got, errs := collect(t, Options{
			Path: write(t, "f.csv", rows), Practices: practices("cape", "north"), Zone: time.FixedZone("", -3600), ZoneOf: c.zoneOf,
		})
		var at []string
		for _, f := range got.Feedback {
			at = append(at, f.Date.Start.Format("15:04"))
		}
		if fmt.Sprint(at) != c.want || errs != nil {
			t.Errorf("%s: %v, %v; want %s", c.name, at, errs, c.want)
		}
	}
}
