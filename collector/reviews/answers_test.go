package reviews

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
)

var update = flag.Bool("update", false, "rewrite what is wanted in testdata")

// answers returns the answers of testdata/answers by name.
func answers(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	files, err := filepath.Glob("testdata/answers/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	all := make(map[string]*txtar.Archive)
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[file] = a
	}
	return all
}

// TestAnswers reads the answers of platforms, each known by its shape; the comment says what it holds.
func TestAnswers(t *testing.T) {
	for file, a := range answers(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			body := a.Files[0].Data
			f := Recognise(body)
			if f == nil || !strings.HasPrefix(name, f.slug) {
				t.Fatalf("Recognise(%s) = %v", name, f)
			}
			e, err := f.Extract(body, ParseOptions{From: "answer.json"})
			if err != nil {
				t.Fatal(err)
			}
			got := told(e)
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if d := cmp.Diff(string(a.Files[1].Data), got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// told writes what was read, a review a paragraph.
func told(e Extraction) string {
	var b strings.Builder
	for _, r := range e.Reviews {
		fmt.Fprintf(&b, "%s by %q (%q) on %s about %q in %q at %q\n", r.SourceID, r.Author, r.Byline, day(r.Date), r.Subject, r.Language, r.URL)
		fmt.Fprintf(&b, "  %q of %q to %q is %v %v %s\n", r.Rating.Raw, r.Rating.Worst, r.Rating.Best, r.Rating.Value, r.Rating.Valid, r.Rating.Tag)
		fmt.Fprintf(&b, "  %q %q\n", r.Title, r.Text)
		if r.Site != "" {
			fmt.Fprintf(&b, "  of %s, there %q\n", r.Site, r.SiteID)
		}
		if r.Reply != nil {
			fmt.Fprintf(&b, "  reply %q %s on %s\n", r.Reply.Text, r.Reply.State, day(r.Reply.Date))
		}
	}
	for _, r := range e.Rejected {
		fmt.Fprintf(&b, "rejected %s: %s\n", r.Ref, r.Reason)
	}
	fmt.Fprintf(&b, "empty %d, hidden %d, states %d at %q\n", e.Empty, e.Hidden, e.Aggregate.Count, e.Aggregate.Rating.Raw)
	return b.String()
}

func day(d collector.Date) string {
	return d.Start.Format(time.RFC3339Nano) + " " + string(d.Precision)
}
