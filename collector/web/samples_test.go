package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// The samples of the W3C, of schema.org and of an extractor's own tests are read as they state. They are
// not part of this repository: .ci/shared names them.
func TestSamplesOfStructuredData(t *testing.T) {
	shared := os.Getenv("PERCEPT_SHARED")
	if shared == "" {
		t.Skip("SKIPPED: PERCEPT_SHARED names no folder with samples; .ci/run does")
	}
	files, err := filepath.Glob(filepath.Join(shared, "fixtures", "structured-data", "*", "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	met, all := 0, 0
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)
		page, err := os.ReadFile(pageOfSample(file))
		if err != nil {
			t.Fatal(err)
		}
		stated, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(stated, &want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		syntax := SyntaxMicrodata
		switch {
		case strings.HasSuffix(file, ".jsonld"):
			syntax = SyntaxJSONLD
		case strings.HasSuffix(file, ".expanded.json"):
			syntax = SyntaxRDFa
		}
		var wanted []string
		statements(want, &wanted)
		said := read(t, page, syntax)
		for _, w := range wanted {
			all++
			if slices.Contains(said, w) {
				met++
			} else {
				t.Errorf("%s: not read: %s", name, w)
			}
		}
	}
	t.Logf("%d of %d statements of %d samples", met, all, len(files))
}

// pageOfSample is the page of a file with a stated result.
func pageOfSample(file string) string {
	dir, base := filepath.Split(file)
	for base != "" {
		if _, err := os.Stat(dir + base + ".html"); err == nil {
			break
		}
		base = strings.TrimSuffix(base, filepath.Ext(base))
	}
	return dir + base + ".html"
}

// statements writes a result, in whichever of the three forms, as "type.property=value"; an item as a
// value is "{type}".
func statements(v any, out *[]string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			statements(e, out)
		}
	case map[string]any:
		if g, ok := v["@graph"]; ok {
			statements(g, out)
		}
		subject := typeOf(v)
		if props, ok := v["properties"].(map[string]any); ok {
			v = props
		} else if v["value"] != nil {
			return // words alone, which are said of what leads here
		}
		for name, value := range v {
			if strings.HasPrefix(name, "@") || strings.Contains(name, "rdfa#usesVocabulary") || slices.Contains([]string{"type", "id", "iid", "textContent"}, name) {
				continue
			}
			values, ok := value.([]any)
			if !ok {
				values = []any{value}
			}
			for _, one := range values {
				*out = append(*out, subject+"."+shortName(name)+"="+stated(one))
				statements(one, out)
			}
		}
	}
}

func typeOf(v map[string]any) string {
	for _, key := range []string{"type", "@type"} {
		switch t := v[key].(type) {
		case string:
			return shortName(t)
		case []any:
			if len(t) > 0 {
				return shortName(fmt.Sprint(t[0]))
			}
		}
	}
	return ""
}

// stated is a value of a result as text.
func stated(v any) string {
	m, ok := v.(map[string]any)
	switch {
	case !ok:
		return strings.Join(strings.Fields(fmt.Sprint(v)), " ")
	case m["@value"] != nil:
		return strings.Join(strings.Fields(fmt.Sprint(m["@value"])), " ")
	case m["value"] != nil:
		return strings.Join(strings.Fields(fmt.Sprint(m["value"])), " ")
	case m["@id"] != nil && len(m) == 1:
		return fmt.Sprint(m["@id"])
	}
	return "{" + typeOf(m) + "}"
}

// read returns the statements of a page in one syntax, every reading of a value as one.
func read(t *testing.T, page []byte, syntax string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(pageText(page)))
	if err != nil {
		t.Fatal(err)
	}
	base, err := url.Parse("http://www.example.com/index.html")
	if err != nil {
		t.Fatal(err)
	}
	x := &extractor{base: base, graph: graph{named: make(map[string]*item)}}
	x.dates = newDateReader(time.UTC, time.Time{}, "")
	x.read(doc)
	var out []string
	for _, it := range x.graph.items {
		if it.syntax != syntax {
			continue
		}
		subject := ""
		if len(it.types) > 0 {
			subject = it.types[0]
		}
		for _, p := range it.props {
			for _, s := range readings(p.value, base) {
				out = append(out, subject+"."+p.name+"="+strings.Join(strings.Fields(s), " "))
			}
		}
	}
	return out
}

func readings(v value, base *url.URL) []string {
	out := []string{v.raw(), v.words(), v.text, v.url}
	if v.item != nil {
		kind := ""
		if len(v.item.types) > 0 {
			kind = v.item.types[0]
		}
		out = append(out, "{"+kind+"}", v.item.id)
	}
	if v.url != "" {
		if u, err := base.Parse(v.url); err == nil {
			out = append(out, u.String())
		}
	}
	return out
}
