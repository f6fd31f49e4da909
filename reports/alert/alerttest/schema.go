// Package alerttest tells tests of other packages whether what a receiver got is what is published.
package alerttest

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"slices"
	"testing"
)

// A Schema is the part of JSON Schema that docs/alert.schema.json and docs/report.schema.json use.
type Schema struct {
	Type       string
	Enum       []string
	Required   []string
	Additional *bool `json:"additionalProperties"`
	Properties map[string]Schema
	Items      *Schema
	AnyOf      []Schema
}

// Published reads the schema from its file in docs.
func Published(t testing.TB, path string) Schema {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s Schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// Check says what of a body the schema does not allow.
func (s Schema) Check(body []byte) []string {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return []string{err.Error()}
	}
	return s.check("body", v)
}

// check says what of v the schema does not allow.
func (s Schema) check(at string, v any) (wrong []string) {
	kind := map[reflect.Kind]string{reflect.Invalid: "null", reflect.Map: "object", reflect.Slice: "array", reflect.String: "string", reflect.Float64: "number", reflect.Bool: "boolean"}[reflect.ValueOf(v).Kind()]
	if f, ok := v.(float64); ok && s.Type == "integer" && f == math.Trunc(f) {
		kind = "integer"
	}
	if len(s.AnyOf) > 0 {
		for _, one := range s.AnyOf {
			if wrong = one.check(at, v); len(wrong) == 0 {
				break
			}
		}
		return wrong
	}
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
