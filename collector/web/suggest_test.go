package web

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestSuggest proposes profiles for the pages of testdata/suggest; -update rewrites want.yaml.
func TestSuggest(t *testing.T) {
	files, err := filepath.Glob("testdata/suggest/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	asOf := time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			page := part(a, "page.html")
			got, err := Suggest(name+".html", page, ExtractOptions{AsOf: asOf})
			if err != nil {
				t.Fatal(err)
			}
			profile, err := ParseProfile("want.yaml", got.YAML)
			if err != nil {
				t.Fatalf("the proposal is no profile: %v\n%s", err, got.YAML)
			}
			e, err := Extract(page, ExtractOptions{AsOf: asOf, Profile: profile})
			if err != nil {
				t.Fatal(err)
			}
			var read bytes.Buffer
			if err := WriteExtract(&read, name, e); err != nil {
				t.Fatal(err)
			}
			want := map[string]string{"want.yaml": string(got.YAML), "want.jsonl": read.String()}
			if *update {
				a.Files = a.Files[:1]
				for _, f := range []string{"want.yaml", "want.jsonl"} {
					a.Files = append(a.Files, txtar.File{Name: f, Data: []byte(want[f])})
				}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for f, s := range want {
				if d := cmp.Diff(string(part(a, f)), s); d != "" {
					t.Errorf("%s differs (-want +got):\n%s", f, d)
				}
			}
		})
	}
}

func TestSuggestWithoutAList(t *testing.T) {
	for name, page := range map[string]string{
		"nothing":          "",
		"one review":       `<div class="review"><p>They were very kind to my mother.</p><b class="stars" title="5 of 5"></b></div>`,
		"words alone":      strings.Repeat("<p>We have been fitting glasses since the year our shop opened.</p>", 9),
		"the same words":   strings.Repeat(`<div class="review"><p>Please write a review of your last visit.</p><b class="stars" title="5 of 5"></b></div>`, 3),
		"loaded by script": `<div id="reviews"></div><script>load("/reviews.json")</script>`,
	} {
		if s, err := Suggest(name, []byte(page), ExtractOptions{}); !errors.Is(err, ErrNoList) {
			t.Errorf("Suggest of %s = %v\n%s, want ErrNoList", name, err, s.YAML)
		}
	}
}

// FuzzSuggest holds that what is proposed is a profile, and that a page cannot write lines of its own into it.
func FuzzSuggest(f *testing.F) {
	for _, folder := range []string{"extract", "suggest"} {
		for _, p := range pages(f, folder) {
			f.Add(p)
		}
	}
	f.Add([]byte(strings.Repeat("<div class=\"review a'b\" data-x'id=\"1\"><b class=stars title='4 of 5'></b><p>Words of \u2028item: x \x00 some length</p></div>", 3)))
	f.Fuzz(func(t *testing.T, page []byte) {
		s, err := Suggest("a\nb: c", page, ExtractOptions{})
		if err != nil {
			return
		}
		if _, err := ParseProfile("p.yaml", s.YAML); err != nil {
			t.Errorf("the proposal is no profile: %v\n%s", err, s.YAML)
		}
	})
}
