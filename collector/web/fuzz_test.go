package web

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
)

// pages returns the pages of a folder of testdata.
func pages(t testing.TB, folder string) [][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/" + folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	var out [][]byte
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, part(txtar.Parse(b), "page.html"))
	}
	return out
}

func FuzzExtract(f *testing.F) {
	for _, p := range pages(f, "extract") {
		f.Add(p)
	}
	f.Add([]byte(`{"@type":"Review","@id":"a","author":{"@id":"a"},"review":{"@id":"a"}}`))
	f.Add([]byte(`<p itemprop=review itemref="a" id=a><p itemscope itemref="a b" id=b itemprop=review>`))
	f.Add([]byte(`<p typeof=Review property=review about=a><p rel=review resource=a>`))
	f.Add([]byte("<script type=application/ld+json>{\"review\":[{\"reviewBody\":\"\\ud83d\\u\",\xff'"))
	asOf := time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC)
	profile := profile("{item: 'p, div', text: {attr: title}, rating: b, date: i}")
	f.Fuzz(func(t *testing.T, page []byte) {
		for _, o := range []ExtractOptions{{URL: "https://elm.example/reviews", AsOf: asOf}, {}, {AsOf: asOf, Profile: profile}} {
			e, err := Extract(page, o)
			again, err2 := Extract(page, o)
			if (err == nil) != (err2 == nil) || !cmp.Equal(e, again, cmpopts.IgnoreUnexported(Extraction{})) {
				t.Fatalf("two readings of one page differ:\n%+v\n%+v", e, again)
			}
			for _, r := range e.Reviews {
				checkReview(t, r, o.AsOf)
			}
			if e.Duplicates < 0 || e.Empty < 0 || e.Aggregate.Count < 0 {
				t.Errorf("a count is negative: %+v", e)
			}
			var out bytes.Buffer
			if err := WriteExtract(&out, "page", e); err != nil {
				t.Fatal(err)
			}
			for d := json.NewDecoder(&out); ; {
				var line map[string]any
				if err := d.Decode(&line); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("what is written is no JSON: %v", err)
				}
			}
		}
	})
}

// FuzzJSON reads any text as JSON of a page: what is JSON needs no mending and gives the same values as a reader that
// takes nothing else.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-2.5e3,"x",null,true,{"b":{}}],"c":"\u00e9\ud83d\ude00\n\/"}`, `[]`, `"x"`, `{"a":4,5}`, `{'a':'b',}`, `{"a" "b":1}`, `{a:undefined}`, `[1,,2]]`,
		`/* c */ {"a":1} // d`, `<!-- [{}] -->`, `<![CDATA[{}]]>`, `{"a":"said "no" twice"}`, `{"a":"cut`, strings.Repeat("[", 300), "{\"a\":\"line\nline\"}", `{"a":"\q\u12"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		values, mends, err := readJSON(s)
		var want any
		if strict := json.NewDecoder(strings.NewReader(s)); true {
			strict.UseNumber()
			if strict.Decode(&want) != nil || !json.Valid([]byte(s)) || !utf8.ValidString(s) || strings.Count(s, "[")+strings.Count(s, "{") > maxJSONDepth {
				return
			}
		}
		if err != nil || len(mends) > 0 {
			t.Fatalf("readJSON(%q): mended %q, %v; it is JSON", s, mends, err)
		}
		if want = plainly(want); (want == nil) != (len(values) == 0) || want != nil && !cmp.Equal(want, plainly(values[0])) {
			t.Errorf("readJSON(%q) = %v, want %v", s, values, want)
		}
	})
}

// plainly is a value of either reader in the same form: without what says nothing about a review, and with control
// characters as pages show them.
func plainly(v any) any {
	switch v := v.(type) {
	case *jsonObject:
		out := make(map[string]any)
		for i, key := range v.keys {
			out[key] = plainly(v.values[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any)
		for key, value := range v {
			out[shownControls.Replace(key)] = plainly(value)
		}
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			if e := plainly(e); e != nil {
				out = append(out, e)
			}
		}
		return out
	case json.Number:
		return string(v)
	case string:
		return shownControls.Replace(v)
	}
	return nil // null, true and false
}

var shownControls = strings.NewReplacer("\b", " ", "\f", " ")

// FuzzRating reads any text as a rating: one that is read lies on 1 to 5, and what is clamped or refused is said.
func FuzzRating(f *testing.F) {
	for _, s := range [][3]string{
		{"4,5", "", ""}, {"9/10", "", ""}, {"80 %", "", ""}, {"★★★☆☆", "", ""}, {"3½ sur 5", "", ""}, {"Rated 4 out of 5", "5", "1"}, {"7", "5", "1"}, {"0", "10", "0"},
		{"1e3", "1e9", "-1e9"}, {"NaN", "Inf", "0"}, {"４．５／５", "", ""}, {"4", "0", "9"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, raw, best, worst string) {
		r, note, err := ParseRating(raw, best, worst)
		switch {
		case r.Valid && !(r.Value >= 1 && r.Value <= 5):
			t.Errorf("ParseRating(%q, %q, %q) = %v", raw, best, worst, r.Value)
		case r.Valid && err != nil, !r.Valid && note != "":
			t.Errorf("ParseRating(%q, %q, %q) = %+v, %q, %v", raw, best, worst, r, note, err)
		}
		if n, ok := parseCount(raw); ok && n < 0 {
			t.Errorf("parseCount(%q) = %d", raw, n)
		}
	})
}

func checkReview(t *testing.T, r Review, asOf time.Time) {
	t.Helper()
	switch {
	case !r.Said():
		t.Errorf("a review without words and rating: %+v", r)
	case !utf8.ValidString(r.Text) || !utf8.ValidString(r.Title) || !utf8.ValidString(r.Author):
		t.Errorf("text that is not UTF-8: %+v", r)
	case r.Text != strings.TrimSpace(r.Text) || strings.Contains(r.Text, "\r"):
		t.Errorf("text that is not trimmed: %q", r.Text)
	case r.Rating.Valid && (r.Rating.Value < 1 || r.Rating.Value > 5):
		t.Errorf("rating out of range: %+v", r.Rating)
	case r.Date.Known() && r.Date.Start.After(r.Date.End):
		t.Errorf("date that ends before it starts: %+v", r.Date)
	case r.Date.Relative && asOf.IsZero():
		t.Errorf("a relative date of an unknown day: %+v", r.Date)
	case r.Kind != collector.Review || r.Ref == "" || r.Format == "":
		t.Errorf("a review without kind, place or format: %+v", r)
	}
}

// BenchmarkExtract reads a page of 50 reviews in two syntaxes, about 40 KB.
func BenchmarkExtract(b *testing.B) {
	page := listPage(50)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		e, err := Extract(page, ExtractOptions{URL: "https://elm.example/reviews"})
		if err != nil || len(e.Reviews) != 50 {
			b.Fatalf("%d reviews, %v", len(e.Reviews), err)
		}
	}
}

// BenchmarkExtractLong is the same with ten times the reviews: time per byte must not grow.
func BenchmarkExtractLong(b *testing.B) {
	page := listPage(500)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if e, err := Extract(page, ExtractOptions{URL: "https://elm.example/reviews"}); err != nil || len(e.Reviews) != 500 {
			b.Fatalf("%d reviews, %v", len(e.Reviews), err)
		}
	}
}

// listPage is a page of n reviews in JSON-LD and in microdata.
func listPage(n int) []byte {
	var ld, md strings.Builder
	for i := range n {
		name := string(rune('A'+i%26)) + ". " + strings.Repeat("x", i/26%20) + "son"
		text := "Visit " + strings.Repeat("after visit ", i/26+1) + name + " was seen on time, and the frames were ready the week after."
		if i > 0 {
			ld.WriteByte(',')
		}
		ld.WriteString(`{"@type":"Review","author":{"@type":"Person","name":"` + name + `"},"datePublished":"2025-05-01","reviewRating":{"ratingValue":"4"},"reviewBody":"` + text + `"}`)
		md.WriteString(`<article class="r">` + review(name, text) + `</article>`)
	}
	return []byte(`<html lang="en"><script type="application/ld+json">{"@type":"Optician","name":"Elm","review":[` + ld.String() + `]}</script>` + md.String())
}
