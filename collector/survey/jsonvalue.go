package survey

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// A member is one name and its value in a JSON object. An object keeps the order of its members, as
// columns stand in the order in which a file first names them.
type member struct {
	name  string
	value json.RawMessage
}

type object []member

// get returns the value of a name, nil where there is none or it is null.
func (o object) get(name string) json.RawMessage {
	for _, m := range o {
		if m.name == name && !bytes.Equal(m.value, []byte("null")) {
			return m.value
		}
	}
	return nil
}

func (o object) has(names ...string) bool {
	for _, n := range names {
		if !slices.ContainsFunc(o, func(m member) bool { return m.name == n }) {
			return false
		}
	}
	return true
}

// object returns the members of a value that is an object, nil for any other.
func (o object) object(name string) object { return membersOf(o.get(name)) }

// text returns a value as a cell holds it.
func (o object) text(name string) string { return cellOf(o.get(name)) }

// membersOf returns the members of raw, which is valid JSON; nil where it is no object.
func membersOf(raw json.RawMessage) object {
	if !opens(raw, '{') {
		return nil
	}
	var o object
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return nil
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil
		}
		var m member
		m.name, _ = name.(string) // a name is always a string
		if d.Decode(&m.value) != nil {
			return nil
		}
		o = append(o, m)
	}
	return o
}

// elementsOf returns the elements of raw, which is valid JSON; nil where it is no array.
func elementsOf(raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if !opens(raw, '[') || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

func opens(raw []byte, with byte) bool {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	return len(raw) > 0 && raw[0] == with
}

// cellOf writes a JSON value into a cell: words and numbers as they stand, a list with semicolons as
// forms join several choices, of an object what a person chose or wrote.
func cellOf(raw json.RawMessage) string { return cellAt(raw, 6) }

// cellAt looks into depth more levels, which keeps the work linear in the length of raw.
func cellAt(raw json.RawMessage, depth int) string {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || depth == 0 || bytes.Equal(raw, []byte("null")):
		return ""
	case raw[0] == '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return s
	case raw[0] == '[':
		var parts []string
		for _, e := range elementsOf(raw) {
			if s := cellAt(e, depth-1); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "; ")
	case raw[0] == '{':
		o := membersOf(raw)
		for _, n := range []string{"label", "labels", "text", "value", "title", "other"} {
			if s := cellAt(o.get(n), depth-1); s != "" {
				return s
			}
		}
		return ""
	}
	return string(raw)
}
