package reviews

import (
	"maps"
	"slices"
)

// maxFlat bounds how deep members of members become columns.
const maxFlat = 3

// flatten finds the list of objects in a document, at its top or one or two members down, and makes
// every object flat: {"author": {"name": "Ann"}} has a column author.name.
func flatten(doc any) []any {
	list := objects(doc, 2)
	items := make([]any, len(list))
	for i, o := range list {
		flat := make(map[string]any)
		flattenInto(flat, "", o, maxFlat)
		items[i] = flat
	}
	return items
}

// objects is the longest list of objects in doc.
func objects(doc any, depth int) []any {
	switch v := doc.(type) {
	case []any:
		if len(v) > 0 {
			if _, ok := v[0].(map[string]any); ok {
				return v
			}
		}
	case map[string]any:
		var longest []any
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if depth == 0 {
				break
			}
			if list := objects(v[k], depth-1); len(list) > len(longest) {
				longest = list
			}
		}
		return longest
	}
	return nil
}

func flattenInto(flat map[string]any, prefix string, v any, depth int) {
	object, ok := v.(map[string]any)
	if !ok {
		if s := scalar(v); s != "" {
			flat[prefix] = s
		}
		return
	}
	if depth == 0 {
		return
	}
	if prefix != "" {
		prefix += "."
	}
	for k, x := range object {
		flattenInto(flat, prefix+k, x, depth-1)
	}
}

// asTable is flat objects as headings, in alphabetical order, and the first rows.
func asTable(items []any) (names []string, rows [][]string) {
	all := make(map[string]bool)
	items = items[:min(len(items), sampleRows)]
	for _, item := range items {
		for k := range item.(map[string]any) {
			all[k] = true
		}
	}
	names = slices.Sorted(maps.Keys(all))
	for _, item := range items {
		row := make([]string, len(names))
		for i, n := range names {
			row[i] = scalar(item.(map[string]any)[n])
		}
		rows = append(rows, row)
	}
	return names, rows
}
