package web

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite want.jsonl and want.notes in testdata/extract")

// TestExtract reads the pages of testdata/extract; the comment of each file says what it holds.
func TestExtract(t *testing.T) {
	files, err := filepath.Glob("testdata/extract/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			page := part(a, "page.html")
			o := options(t, a)
			e, err := Extract(page, o)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := WriteExtract(&got, name, e); err != nil {
				t.Fatal(err)
			}
			notes := strings.Join(e.Notes, "\n")
			if e.Partial != "" {
				notes += "\nread in part: " + e.Partial
			}
			for _, r := range e.Rejected {
				notes += "\nrejected: " + r.Reason
			}
			if notes = strings.TrimLeft(notes, "\n"); notes != "" {
				notes += "\n"
			}
			if *update {
				rewrite(t, file, a, got.Bytes(), notes)
				return
			}
			if d := cmp.Diff(string(part(a, "want.jsonl")), got.String()); d != "" {
				t.Errorf("reviews differ (-want +got):\n%s", d)
			}
			if d := cmp.Diff(string(part(a, "want.notes")), notes); d != "" {
				t.Errorf("notes differ (-want +got):\n%s", d)
			}
		})
	}
}

func part(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// options reads the lines "url: ", "as-of: " and "zone: " of the comment.
func options(t *testing.T, a *txtar.Archive) ExtractOptions {
	t.Helper()
	var o ExtractOptions
	for line := range strings.Lines(string(a.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		var err error
		switch key {
		case "url":
			o.URL = value
		case "as-of":
			o.AsOf, err = time.Parse(time.DateOnly, value)
		case "zone":
			o.Zone, err = time.LoadLocation(value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if p := part(a, "profile.yaml"); p != nil {
		var err error
		if o.Profile, err = ParseProfile("profile.yaml", p); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func rewrite(t *testing.T, file string, a *txtar.Archive, want []byte, notes string) {
	t.Helper()
	var kept []txtar.File
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			kept = append(kept, f)
		}
	}
	kept = append(kept, txtar.File{Name: "want.jsonl", Data: want})
	a.Files = kept
	if notes != "" {
		a.Files = append(a.Files, txtar.File{Name: "want.notes", Data: []byte(notes)})
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestExtractIDs holds which ids are a site's own: one that only counts the reviews of the page would
// move to another review with the next new one.
func TestExtractIDs(t *testing.T) {
	item := func(attrs, author string) string {
		return `<div itemscope itemtype="https://schema.org/Review" ` + attrs + `><b itemprop="author">` + author + `</b><p itemprop="reviewBody">` + author + ` was here.</p></div>`
	}
	tests := []struct {
		name, page string
		want       []string
	}{
		{"of the element", item(`id="review-9041"`, "A") + item(`id="review-8877"`, "B"), []string{"9041", "8877"}},
		{"of a data attribute", item(`data-review-id="x7"`, "A") + item(`data-review-id="q2"`, "B"), []string{"x7", "q2"}},
		{"of itemid", item(`itemid="urn:r:5"`, "A") + item(`itemid="urn:r:3"`, "B"), []string{"urn:r:5", "urn:r:3"}},
		{"positions are none", item(`id="review-1"`, "A") + item(`id="review-2"`, "B"), []string{"", ""}},
		{"positions with a gap are none", item(`id="review-1"`, "A") + item(`id="review-2"`, "B") + item(`id="review-4"`, "C"), []string{"", "", ""}},
		{"positions below a shell are none", `<div itemscope itemtype="https://schema.org/Review" id="review-1"><b itemprop="author">A</b></div>` + item(`id="review-2"`, "B") + item(`id="review-3"`, "C"), []string{"", ""}},
		{"numbers that begin higher are ids, in order", item(`id="comment-5"`, "A") + item(`id="comment-6"`, "B") + item(`id="comment-7"`, "C"), []string{"5", "6", "7"}},
		{"and with a gap", item(`id="comment-5"`, "A") + item(`id="comment-6"`, "B") + item(`id="comment-9"`, "C"), []string{"5", "6", "9"}},
		{"a name that ends in one is an id", item(`data-id="k1"`, "A") + item(`data-id="q2"`, "B"), []string{"k1", "q2"}},
		{"the only review has position one", item(`id="review-1"`, "A"), []string{""}},
		{"counting down is no position", item(`id="review-12"`, "A") + item(`id="review-11"`, "B"), []string{"12", "11"}},
		{"what several share is something else's", item(`data-id="shop7"`, "A") + item(`data-id="shop7"`, "B"), []string{"", ""}},
		{"what two of three share is none of theirs", item(`data-id="shop7"`, "A") + item(`data-id="q9"`, "B") + item(`data-id="shop7"`, "C"), []string{"", "q9", ""}},
		{"a review told twice, once shortened, keeps its id", strings.Replace(item(`data-id="q9"`, "A"), " here.", "", 1) + item(`data-id="q9"`, "A"), []string{"q9"}},
		{"other elements' names are none", item(`id="review-form"`, "A") + item(`id="main"`, "B"), []string{"", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := Extract([]byte(tt.page), ExtractOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range e.Reviews {
				got = append(got, r.SourceID)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("ids (-want +got):\n%s", d)
			}
		})
	}
}

func TestExtractCountsWhatItLeavesOut(t *testing.T) {
	page := `<script type="application/ld+json">{"@type":"Optician","name":"Elm Row","review":[
		{"author":"A","reviewBody":"Said twice on one page.","datePublished":"2024-01-02"},
		{"author":"A","reviewBody":"Said twice on one page.","datePublished":"2024-01-02"},
		{"@type":"Review","author":"B"},
		{"@type":"Review","author":"C","reviewBody":"Off the scale.","reviewRating":{"ratingValue":"11"}},
		{"reviewBody":"Very good."},{"reviewBody":"Very good."},{"@type":"Review"}]}</script>`
	e, err := Extract([]byte(page), ExtractOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Reviews) != 3 || e.Duplicates != 1 || e.Empty != 1 || len(e.Rejected) != 1 {
		t.Fatalf("%d reviews, %d doubles, %d empty, %d rejected; want 3, 1, 1, 1", len(e.Reviews), e.Duplicates, e.Empty, len(e.Rejected))
	}
	if a, b := e.Reviews[1], e.Reviews[2]; a.Text != b.Text || a.Twin != 0 || b.Twin != 1 {
		t.Errorf("equal words of nobody in particular: Twin = %d and %d, want 0 and 1", a.Twin, b.Twin)
	}
}

func TestExtractUnreadablePages(t *testing.T) {
	for name, page := range map[string]string{
		"nothing": "", "white space": " \n\t", "elements nested without end": strings.Repeat("<div>", 5000) + "x",
	} {
		if e, err := Extract([]byte(page), ExtractOptions{}); err == nil {
			t.Errorf("%s: %+v, want an error", name, e)
		}
	}
}

func TestExtractNamesDatesItCannotRead(t *testing.T) {
	page := `<div class="r"><i>2025-02-30</i><p>One was fine.</p></div><div class="r"><i></i><p>Two was fine.</p></div>
<div class="r"><i>Tuesday</i><p>Three was fine.</p></div><div class="r"><i>2040-01-01</i><p>Four was fine.</p></div><div class="r"><i>2025-02-03</i><p>Five was fine.</p></div>`
	e, err := Extract([]byte(page), ExtractOptions{Profile: profile("{item: .r, text: p, date: i}"), AsOf: time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC)})
	if err != nil || len(e.Reviews) != 5 {
		t.Fatalf("%d reviews, %v; want 5", len(e.Reviews), err)
	}
	want := []string{
		`review 1: no date can be read from "2025-02-30"`, `review 3: no date can be read from "Tuesday"`,
		`review 4: the date "2040-01-01" has not come yet, and was not taken`,
	}
	if d := cmp.Diff(want, e.Notes); d != "" {
		t.Errorf("notes differ (-want +got):\n%s", d)
	}
}
