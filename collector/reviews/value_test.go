package reviews

import (
	"encoding/json"
	"testing"
)

func TestValues(t *testing.T) {
	doc, err := decode([]byte(`{"a": {"b": "deep", "n": 12, "no": null, "": "x"}, "first": "Ann", "last": "", "list": [{"k": "one", "v": 1}, {"k": "TWO", "v": 2}],
		"Review Created (UTC)": "2026-01-02", "with.dot": "dotted", "name": "accounts/1/locations/22/reviews/R", "yes": true}`))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, value, want string }{
		{"a member", "first", "Ann"},
		{"a member of a member", "a.b", "deep"},
		{"a number as it is written", "a.n", "12"},
		{"true", "yes", "true"},
		{"null is nothing", "a.no", ""},
		{"an object is no text", "a", ""},
		{"a member of a text", "first.b", ""},
		{"the first alternative that is filled", "last | a.no | a.b", "deep"},
		{"a sum", "first + a.b", "Ann deep"},
		{"a sum of which a part is empty", "first + last", "Ann"},
		{"an element by its member, in any case", "list[k=two].v", "2"},
		{"no such element", "list[k=three].v", ""},
		{"every element is its first", "list[].v", "1"},
		{"a quoted key", `"Review Created (UTC)"`, "2026-01-02"},
		{"a quoted key with a dot", `"with.dot"`, "dotted"},
		{"a fixed text", "a.no | =5", "5"},
		{"an element by its place", "list[1].v", "2"},
		{"the last element", "list[-1].k", "TWO"},
		{"an element that is not there", "list[2].v", ""},
		{"an element from too far behind", "list[-3].v", ""},
		{"a part between slashes", "name[/3]", "22"},
		{"the last part", "name[/-1]", "R"},
		{"a part that is not there", "name[/9]", ""},
		{"a part from too far behind", "name[/-9]", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var v Value
			if err := json.Unmarshal([]byte(mustJSON(t, tt.value)), &v); err != nil {
				t.Fatal(err)
			}
			if got := v.string(doc); got != tt.want {
				t.Errorf("%s = %q, want %q", tt.value, got, tt.want)
			}
		})
	}
}

func mustJSON(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestValuesThatAreNone(t *testing.T) {
	for _, s := range []string{"", "a..b", "a.", "a b", "a |", "| a", "a[", "a[x]", "a[/x]", `"a`, `""`, "a +"} {
		var v Value
		if err := v.UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q is read as a value", s)
		}
	}
}

func TestPlain(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"entities once", "fish &amp; chips &amp;amp; peas", "fish & chips &amp; peas"},
		{"tags go, line breaks stay", "<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"},
		{"what only looks like a tag stays", "I <3 them, 5 < 6", "I <3 them, 5 < 6"},
		{"emphasis goes", "so <b>very</b> kind", "so very kind"},
		{"an unknown tag is words", "ask for <Thandi> at the desk", "ask for <Thandi> at the desk"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(tt.in); got != tt.want {
				t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}
