package yamlfile

import (
	"reflect"
	"slices"
	"strings"
)

// fields are the keys that a struct reads.
type fields struct {
	keys  []string // in alphabetical order
	byKey map[string]field
}

type field struct {
	index    []int
	required bool
}

// fieldsOf returns the keys of a struct; those of embedded structs are its own.
func (d *decoder) fieldsOf(t reflect.Type) fields {
	if known, ok := d.known[t]; ok {
		return known
	}
	known := fields{byKey: map[string]field{}}
	for _, f := range reflect.VisibleFields(t) {
		key, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		known.byKey[key] = field{f.Index, option == "required"}
		known.keys = append(known.keys, key)
	}
	slices.Sort(known.keys)
	d.known[t] = known
	return known
}
