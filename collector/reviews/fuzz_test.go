package reviews

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
)

// Whatever a platform answers, every format reads it the same twice, counts what it met, and keeps
// ratings, dates and personal members as they must be.
func FuzzAnswers(f *testing.F) {
	for _, a := range answers(f) {
		f.Add(a.Files[0].Data)
	}
	f.Add([]byte(`{"reviews": [null, 5, "x", [], {"starRating": {}, "createTime": [1]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		Recognise(body)
		for _, slug := range Names() {
			p := collector.Page{URL: "fuzz", FetchedAt: day0, Body: body}
			first, err := BuiltIn(slug).Parse(p, ParseOptions{})
			again, errAgain := BuiltIn(slug).Parse(p, ParseOptions{})
			if (err == nil) != (errAgain == nil) || cmp.Diff(first, again) != "" {
				t.Fatalf("%s: differs from call to call: %v, %v", slug, err, errAgain)
			}
			checkParsed(t, first)
		}
	})
}

func checkParsed(t *testing.T, p collector.Parsed) {
	t.Helper()
	if p.Rows != len(p.Feedback)+p.Empty+p.Duplicates+len(p.Rejected) {
		t.Errorf("%d rows do not add up: %+v", p.Rows, p)
	}
	for _, f := range p.Feedback {
		if f.Rating.Valid && (f.Rating.Value < 1 || f.Rating.Value > 5 || f.Rating.Raw == "") {
			t.Errorf("rating %+v", f.Rating)
		}
		if f.Date.Start.After(day0.Add(48 * time.Hour)) {
			t.Errorf("date %+v is in the future", f.Date)
		}
		if !f.Said() || f.Ref == "" {
			t.Errorf("feedback %+v says nothing, or nobody knows where", f)
		}
	}
}

// Whatever a file holds, it is read or refused, and the rows that were met add up.
func FuzzFiles(f *testing.F) {
	files, err := filepath.Glob("testdata/files/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		file := filepath.Join(t.TempDir(), "fuzz")
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		src, err := NewFiles(FileOptions{Path: file})
		if err != nil {
			t.Fatal(err)
		}
		for p, err := range src.Pages(t.Context(), collector.Query{Now: day0}) {
			if err != nil {
				continue
			}
			parsed, err := src.Parse(p)
			if err != nil {
				t.Fatalf("a page that was made here cannot be parsed: %v\n%s", err, p.Body)
			}
			checkParsed(t, parsed)
		}
	})
}

// A Value that can be read is read again from what it writes.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"a.b | c", "a + b", `"x.y"[k=v].z`, "name[/-1]", "=5", ".", "events[].eventData"} {
		f.Add(s)
	}
	doc, err := decode([]byte(`{"a": {"b": [1, {"k": "v"}]}, "name": "x/y/z"}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var v, again Value
		if v.UnmarshalText([]byte(s)) != nil {
			return
		}
		text, err := v.MarshalText()
		if err != nil || again.UnmarshalText(text) != nil {
			t.Fatalf("%q writes %q, which cannot be read", s, text)
		}
		if v.string(doc) != again.string(doc) {
			t.Errorf("%q leads elsewhere once it was written", s)
		}
	})
}
