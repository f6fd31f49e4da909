package reviews

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
	"percept/collector/sourcetest"
)

var day0 = time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)

// TestFiles reads the files of testdata/files; the comment of each says what it holds, and its first
// line the columns that config names, if any.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/files/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, a.Files[0].Name), a.Files[0].Data, 0o600); err != nil {
				t.Fatal(err)
			}
			zone, err := time.LoadLocation("Africa/Johannesburg")
			if err != nil {
				t.Fatal(err)
			}
			src, err := NewFiles(FileOptions{Path: filepath.Join(dir, a.Files[0].Name), Name: a.Files[0].Name, Zone: zone, BlockRows: 2})
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, src)
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

// read tells what src reads: its layout, its reviews or what kept it from them.
func read(t *testing.T, src *Files) string {
	t.Helper()
	var b strings.Builder
	lines, err := src.Describe(t.Context())
	for _, l := range lines {
		b.WriteString("# " + l + "\n")
	}
	if err != nil {
		return b.String() + "error " + err.Error() + "\n"
	}
	var e Extraction
	for p, err := range src.Pages(t.Context(), collector.Query{Now: day0}) {
		if err != nil || strings.Contains(string(p.Body), "@home") || strings.Contains(string(p.Body), "INV-1") {
			t.Errorf("the page keeps who a person is: %s, %v", p.Body, err)
		}
	}
	all := sourcetest.Run(t, src, collector.Query{Now: day0})
	for _, p := range all {
		for _, f := range p.Feedback {
			e.Reviews = append(e.Reviews, Review{f, f.Author})
			if f.SourceID == "" && f.Raw == "" {
				t.Errorf("%s has neither an id nor what an id rests on", f.Ref)
			}
		}
		e.Rejected = append(e.Rejected, p.Rejected...)
		e.Empty += p.Empty
	}
	return b.String() + told(e)
}

func TestStarsOfNobodyAreAsManyAsTheyAre(t *testing.T) {
	file := filepath.Join(t.TempDir(), "stars.csv")
	if err := os.WriteFile(file, []byte("date,rating,text\n2026-03-01,5,\n2026-03-01,5,\n2026-03-01,5,Good\n2026-03-01,5,Good\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := NewFiles(FileOptions{Path: file})
	if err != nil {
		t.Fatal(err)
	}
	n := collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("0123456789abcdef")}
	ids := make(map[string]bool)
	for p, err := range src.Pages(t.Context(), collector.Query{Now: day0}) {
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := src.Parse(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range parsed.Feedback {
			n.Name(&f)
			ids[f.ID] = true
		}
	}
	if len(ids) != 3 {
		t.Errorf("%d feedbacks, want 3: two of stars alone, and one text that stands twice", len(ids))
	}
}

func TestFilesOfSeveralPractices(t *testing.T) {
	file := filepath.Join(t.TempDir(), "group.csv")
	if err := os.WriteFile(file, []byte("Branch,Stars,Review\nElm,5,Good\nOak,2,Late\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := NewFiles(FileOptions{Path: file, Fields: Fields{Subject: "branch"}, Practices: func(s string) (string, bool) { return "elm", s == "Elm" }})
	if err != nil {
		t.Fatal(err)
	}
	got := sourcetest.Run(t, src, collector.Query{Now: day0})[0]
	if len(got.Feedback) != 1 || got.Feedback[0].Practice != "elm" || len(got.Rejected) != 1 || !strings.Contains(got.Rejected[0].Reason, `"Oak" is no practice`) {
		t.Errorf("read %+v", got)
	}
}

func TestFilesRefuseWhatMayNotBeKept(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct{ name, answer, err string }{
		{"places", "google_places", "forbid to store reviews"},
		{"yelp", "yelp", ""},
	} {
		a, err := txtar.ParseFile("testdata/answers/" + tt.answer + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, tt.name+".json")
		if err := os.WriteFile(file, a.Files[0].Data, 0o600); err != nil {
			t.Fatal(err)
		}
		src, err := NewFiles(FileOptions{Path: file})
		if err != nil {
			t.Fatal(err)
		}
		for p, err := range src.Pages(t.Context(), collector.Query{Now: day0}) {
			switch {
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("%s: page %s, %v, want %q", tt.name, p.Body, err, tt.err)
			case tt.err == "" && (err != nil || strings.Contains(string(p.Body), "Went back")):
				t.Errorf("%s: page %s, %v, want the count alone", tt.name, p.Body, err)
			}
			if err != nil {
				continue
			}
			parsed, err := src.Parse(p)
			if err != nil || len(parsed.Feedback) != 0 || parsed.Aggregate.Count != 3 {
				t.Errorf("%s: %+v, %v", tt.name, parsed, err)
			}
		}
	}
}
