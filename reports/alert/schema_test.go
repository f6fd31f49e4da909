package alert

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A schema is the part of JSON Schema that docs/alert.schema.json uses.
type schema struct {
	Type       string
	Enum       []string
	Required   []string
	Additional *bool `json:"additionalProperties"`
	Properties map[string]schema
	Items      *schema
}

// check says what of v the schema does not allow.
func (s schema) check(at string, v any) (wrong []string) {
	kind := map[reflect.Kind]string{reflect.Map: "object", reflect.Slice: "array", reflect.String: "string", reflect.Float64: "integer"}[reflect.ValueOf(v).Kind()]
	if s.Type != "" && s.Type != kind {
		return []string{fmt.Sprintf("%s is %s, want %s", at, kind, s.Type)}
	}
	if word, ok := v.(string); len(s.Enum) > 0 && (!ok || !slices.Contains(s.Enum, word)) {
		wrong = append(wrong, fmt.Sprintf("%s is %v", at, v))
	}
	object, _ := v.(map[string]any)
	for _, name := range s.Required {
		if object[name] == nil {
			wrong = append(wrong, at+" lacks "+name)
		}
	}
	for name, value := range object {
		p, ok := s.Properties[name]
		if !ok && s.Additional != nil && !*s.Additional {
			wrong = append(wrong, at+"."+name+" is not in the schema")
		}
		wrong = append(wrong, p.check(at+"."+name, value)...)
	}
	if list, ok := v.([]any); ok && s.Items != nil {
		for i, value := range list {
			wrong = append(wrong, s.Items.check(fmt.Sprintf("%s[%d]", at, i), value)...)
		}
	}
	return wrong
}

// What is sent is what the published schema says, with every key there is; and the schema tells a wrong
// one.
func TestPayloadFollowsThePublishedSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "alert.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	full := message("key")
	full.Content.More = 3
	item := &full.Content.Items[0]
	item.Words, item.Title, item.Answers, item.Source = []string{"x"}, "x", []Answer{{"x", "y"}}, "site"
	full.Content.Page = &Page{Title: "x", Lines: []string{"x"}, Quote: "x", By: "x", Next: []string{"x"}, Holes: []string{"x"}, Rows: []Row{{"x", "y", 1}}, Name: "x.html"}
	for _, kind := range []Kind{OneAlert, SlipAlert, Failure, Many, First, Digest, Weekly, Portfolio, Trial} {
		full.Kind = kind
		body, err := Payload(Form{}, full)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			t.Fatal(err)
		}
		if wrong := s.check("body", v); len(wrong) > 0 {
			t.Errorf("%s: %s\n%s", kind, strings.Join(wrong, "; "), body)
		}
	}
	if wrong := s.check("body", map[string]any{"type": "other", "timestamp": 1.0, "more": true}); len(wrong) != 4 {
		t.Errorf("the schema tells %q, want four mistakes", wrong)
	}
}
