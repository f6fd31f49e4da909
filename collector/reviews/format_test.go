package reviews

import (
	"strings"
	"testing"
)

func TestBuiltInFormatsAreReadAndAsked(t *testing.T) {
	if len(Names()) < 10 {
		t.Fatalf("formats: %v", Names())
	}
	for _, slug := range Names() {
		f := BuiltIn(slug)
		if f.Slug() != slug || f.Name == "" || len(f.Has) == 0 {
			t.Errorf("%s: %+v", slug, f)
		}
		if f.Asked() && (!strings.HasPrefix(f.API.Base, "https://") || f.API.Key != "" && f.API.Header+f.API.Param == "") {
			t.Errorf("%s is asked without https, or without a place for its key", slug)
		}
	}
}

func TestParseFormat(t *testing.T) {
	tests := []struct{ name, in, err string }{
		{"a small one", "name: X\nlists: [data]\ntext: words\n", ""},
		{"no name", "lists: [data]\ntext: words\n", `x.yaml:1:1: the file has no "name"`},
		{"a key that nobody knows", "name: X\nlists: [data]\ntxt: words\ntext: w\n", `x.yaml:3:1: unknown key "txt"; did you mean "text"?`},
		{"a value that is none", "name: X\nlists: [data]\ntext: a..b\n", `x.yaml:3:7: text: "a..b": want a path such as reviewer.name, or several with | between them`},
		{"nothing to read", "name: X\nlists: [data]\n", "x.yaml:1:1: neither text nor rating: nothing would be read"},
		{"a zone that is none", "name: X\nlists: [data]\ntext: w\nzone: Elm/Street\n", `x.yaml:4:7: zone "Elm/Street" is not known`},
		{"a list that ends at its first page", "name: X\nlists: [data]\ntext: w\napi: {base: \"https://x.example\", path: /r}\n", "x.yaml:4:6: api: no page: {param: ...}, so the second page cannot be asked for"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseFormat("x.yaml", []byte(tt.in))
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tt.err {
				t.Errorf("ParseFormat = %q, want %q", got, tt.err)
			}
		})
	}
}
