package web

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseProfile(t *testing.T) {
	tests := []struct{ name, in, err string }{
		{"YAML", "item: li\ntext: p\nrating: {css: b, regex: '(\\d) of (\\d)'}\n", ""},
		{"JSON", `{"item": "li", "id": {"attr": "id"}, "reply": {"text": "q", "date": {"css": "time", "attr": "datetime"}}}`, ""},
		{"stars to count", "item: li\nrating: {css: .full, count: true}\n", ""},
		{"nothing to count", "item: li\nrating: {count: true}\n", "p.yaml:2:9: rating: count wants css, and nothing to read from an element"},
		{"a count of an attribute", "item: li\nrating: {css: b, count: true, attr: title}\n", "p.yaml:2:9: rating: count wants css"},
		{"no item", "text: p\n", `p.yaml:1:1: the file has no "item"`},
		{"a key that nobody knows", "item: li\ntxt: p\n", `p.yaml:2:1: unknown key "txt"; did you mean "text"?`},
		{"a key of a field that nobody knows", "item: li\ntext: {css: p, atr: x}\n", `p.yaml:2:16: unknown key "atr" in text; did you mean "attr"?`},
		{"a selector that is none", "item: li\ntext: 'p['\n", "p.yaml:2:7: text: "},
		{"a pattern that is none", "item: li\nrating: {css: b, regex: '('}\n", "p.yaml:2:9: rating: error parsing regexp"},
		{"a zone that is none", "item: li\nzone: Mars/Phobos\n", "p.yaml:2:7: zone: unknown time zone Mars/Phobos"},
		{"brackets without end", strings.Repeat("[", 50000), "p.yaml:1:33: nested more than 32 deep"},
		{"not a profile", "just words", "p.yaml:1:1: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := ParseProfile("p.yaml", []byte(tt.in))
			if tt.err == "" && (err != nil || p.Item != "li") {
				t.Errorf("ParseProfile = %+v, %v", p, err)
			}
			if tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("ParseProfile = %v, want one line with %q", err, tt.err)
			}
		})
	}
}

func TestProfileThatFindsNothing(t *testing.T) {
	p := profile("{item: .review, text: p}")
	if _, err := Extract([]byte("<p>New layout</p>"), ExtractOptions{Profile: p}); !errors.Is(err, ErrPageChanged) {
		t.Errorf("Extract of a new layout = %v, want ErrPageChanged", err)
	}
	if _, err := Extract([]byte("<p>There are no reviews yet</p>"), ExtractOptions{Profile: p}); err != nil {
		t.Errorf("Extract of a page that says it has none = %v, want no error", err)
	}
}

func TestProfileCountsStars(t *testing.T) {
	const page = `<ul><li><i class="s on"></i><i class="s on"></i><i class="s"></i><p>It took long.</p></li><li><p>No stars.</p></li></ul>`
	e, err := Extract([]byte(page), ExtractOptions{Profile: profile("{item: li, text: p, rating: {css: .on, count: true}}")})
	if err != nil || len(e.Reviews) != 2 {
		t.Fatalf("Extract = %+v, %v, want two reviews", e, err)
	}
	if r := e.Reviews[0].Rating; !r.Valid || r.Value != 2 || r.Raw != "2" {
		t.Errorf("rating of two stars = %+v, want 2", r)
	}
	if r := e.Reviews[1].Rating; r.Valid {
		t.Errorf("rating without stars = %+v, want none", r)
	}
}

// Whatever a person writes into a profile, it is refused with places or reads any page the same twice.
func FuzzProfile(f *testing.F) {
	const page = `<html lang="en"><ul><li id="a" class="r"><b class="who">Ann</b><i class="s on"></i><i class="s on"></i><time datetime="2025-03-04">4 March</time><p>Kind and quick.</p></li><li id="b" class="r"><p>Late.</p><div class="a"><p>Sorry.</p></div></li></ul><a class="next" href="?p=2">on</a></html>`
	for _, s := range []string{
		"item: li\nid: {attr: id}\nauthor: .who\nrating: {css: .on, count: true, best: '5'}\ndate: time\ntext: p\nreply: {text: .a p}\nnext: a.next\n",
		`{"item": ".r", "text": {"css": "p", "regex": "(\\w+)(?: and )(\\w+)"}, "date": {"css": "time", "format": "2 January", "language": "en"}}`,
		"item: '*'\ntext: ':not(:has(p))'\nzone: Europe/London\nlanguage: de\npages: {param: p, first: 1}\n",
		"item: li:nth-child(2n+1)\nrating: {css: b, regex: '(\\d)?', best: '0', worst: '9'}\nurl: a\n",
	} {
		f.Add([]byte(s), []byte(page))
	}
	f.Fuzz(func(t *testing.T, text, page []byte) {
		p, err := ParseProfile("p.yaml", text)
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "p.yaml") {
					t.Errorf("a mistake without a place: %q", line)
				}
			}
			return
		}
		o := ExtractOptions{URL: "https://elm.example/r", AsOf: time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC), Profile: p}
		e, err := Extract(page, o)
		again, errAgain := Extract(page, o)
		if (err == nil) != (errAgain == nil) || !cmp.Equal(e, again, cmpopts.IgnoreUnexported(Extraction{})) {
			t.Fatalf("two readings differ:\n%+v\n%+v", e, again)
		}
		for _, r := range e.Reviews {
			checkReview(t, r, o.AsOf)
		}
	})
}
