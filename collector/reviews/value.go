package reviews

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Value says where something stands in decoded JSON. It is written as alternatives, of which the
// first that is there counts, each a sum of paths whose values are joined by a space:
//
//	comment
//	consumer.displayName | consumer.name
//	reviewer.first_name + reviewer.last_name
//	links[rel=next-page].href        the first element of a list that has this member
//	items[-1].token                  an element of a list, from 0, or from the end
//	events[].eventData               every element of a list
//	name[/-1]                        a part of a text between slashes, from 0, or from the end
//	"Review Created (UTC)"           a key with other characters, quoted as in JSON
//	=5                               the text 5
//	.                                the whole
type Value struct {
	text string
	alts [][]route
}

// A route is a way into a document; with fixed set it is that text instead.
type route struct {
	steps []step
	fixed *string
}

type step struct {
	key    string
	every  bool   // of a list
	member string // of the element that is wanted, with its value
	value  string
	parted bool // only the part of the text between slashes
	nth    bool // only one element of the list
	at     int  // of that part or element, from 0; below 0 from the end
}

// UnmarshalText reads a Value.
func (v *Value) UnmarshalText(text []byte) error {
	p := valueParser{s: string(text)}
	alts, err := p.alternatives()
	if err != nil {
		return fmt.Errorf("%q: %w", text, err)
	}
	*v = Value{text: string(text), alts: alts}
	return nil
}

// MarshalText is the inverse of UnmarshalText.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// key is the Value of one member of an object.
func key(names ...string) Value {
	var quoted []string
	for _, n := range names {
		b, _ := json.Marshal(n) //nolint:errchkjson // a string
		quoted = append(quoted, string(b))
	}
	var v Value
	if err := v.UnmarshalText([]byte(strings.Join(quoted, "."))); err != nil {
		panic(err) // quoted keys are always a path
	}
	return v
}

func (v Value) set() bool { return len(v.alts) > 0 }

// all returns what the first alternative that leads anywhere leads to.
func (v Value) all(doc any) []any {
	for _, sum := range v.alts {
		var found []any
		for _, p := range sum {
			found = append(found, p.all(doc)...)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// list returns the list that v leads to, or what [] leads to within one; false where there is none.
func (v Value) list(doc any) ([]any, bool) {
	for _, sum := range v.alts {
		for _, p := range sum {
			found := p.all(doc)
			if len(found) > 0 && slices.ContainsFunc(p.steps, func(s step) bool { return s.every }) {
				return found, true
			}
			if len(found) == 1 {
				if list, ok := found[0].([]any); ok {
					return list, true
				}
			}
		}
	}
	return nil, false
}

// string returns the first alternative that is not empty, as text.
func (v Value) string(doc any) string {
	for _, sum := range v.alts {
		var parts []string
		for _, p := range sum {
			for _, x := range p.all(doc) {
				if s := strings.TrimSpace(scalar(x)); s != "" {
					parts = append(parts, s)
					break
				}
			}
		}
		if len(parts) > 0 {
			return strings.Join(parts, " ")
		}
	}
	return ""
}

// count is a number of things, 0 where there is none.
func (v Value) count(doc any) int {
	n, err := strconv.Atoi(strings.ReplaceAll(v.string(doc), ",", ""))
	if err != nil || n < 0 || n > 1e9 {
		return 0
	}
	return n
}

// scalar is a value of JSON as text; lists and objects are none.
func scalar(x any) string {
	switch x := x.(type) {
	case string:
		return x
	case json.Number:
		return x.String()
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}

func (p route) all(doc any) []any {
	if p.fixed != nil {
		return []any{*p.fixed}
	}
	at := []any{doc}
	for _, s := range p.steps {
		var next []any
		for _, x := range at {
			next = s.follow(next, x)
		}
		at = next
	}
	return at
}

// follow appends what the step leads to from x.
func (s step) follow(to []any, x any) []any {
	if s.key != "" {
		object, _ := x.(map[string]any)
		x = object[s.key]
	}
	if x == nil {
		return to
	}
	if s.parted {
		return pick(to, strings.Split(scalar(x), "/"), s.at)
	}
	if !s.every && !s.nth && s.member == "" {
		return append(to, x)
	}
	list, _ := x.([]any)
	switch {
	case s.every:
		return append(to, list...)
	case s.nth:
		return pick(to, list, s.at)
	}
	for _, e := range list {
		if object, ok := e.(map[string]any); ok && strings.EqualFold(scalar(object[s.member]), s.value) {
			return append(to, e)
		}
	}
	return to
}

// pick appends the element of a list at a place, which counts from the end where it is below 0.
func pick[T any](to []any, list []T, at int) []any {
	if at < 0 {
		at += len(list)
	}
	if at < 0 || at >= len(list) {
		return to
	}
	return append(to, list[at])
}

// A valueParser reads a Value from left to right.
type valueParser struct {
	s string
	i int
}

var errValue = errors.New("want a path such as reviewer.name, or several with | between them")

func (p *valueParser) blank() {
	for p.i < len(p.s) && p.s[p.i] == ' ' {
		p.i++
	}
}

// take steps over c, after blanks.
func (p *valueParser) take(c byte) bool {
	p.blank()
	if p.i < len(p.s) && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

func (p *valueParser) alternatives() (alts [][]route, err error) {
	for {
		var sum []route
		for {
			one, err := p.path()
			if err != nil {
				return nil, err
			}
			if sum = append(sum, one); !p.take('+') {
				break
			}
		}
		alts = append(alts, sum)
		if p.take('|') {
			continue
		}
		if p.i < len(p.s) {
			return nil, errValue
		}
		return alts, nil
	}
}

func (p *valueParser) path() (out route, err error) {
	if p.take('=') {
		from := p.i
		for p.i < len(p.s) && p.s[p.i] != '|' && p.s[p.i] != '+' {
			p.i++
		}
		text := strings.TrimSpace(p.s[from:p.i])
		return route{fixed: &text}, nil
	}
	if p.take('.') {
		return route{}, nil
	}
	for {
		var s step
		if p.blank(); p.i < len(p.s) && p.s[p.i] == '"' {
			s.key, err = p.quoted()
		} else if s.key = p.word(); s.key == "" {
			err = errValue
		}
		if err == nil {
			err = p.index(&s)
		}
		if err != nil {
			return out, err
		}
		out.steps = append(out.steps, s)
		if p.i == len(p.s) || p.s[p.i] != '.' {
			return out, nil
		}
		p.i++
	}
}

func (p *valueParser) word() string {
	from := p.i
	for p.i < len(p.s) && !strings.ContainsRune(` .[]|+="`, rune(p.s[p.i])) {
		p.i++
	}
	return p.s[from:p.i]
}

func (p *valueParser) quoted() (s string, err error) {
	d := json.NewDecoder(strings.NewReader(p.s[p.i:]))
	if err := d.Decode(&s); err != nil || s == "" {
		return "", errValue
	}
	p.i += int(d.InputOffset())
	return s, nil
}

// index reads [], [member=value], [place] or [/part] behind a key.
func (p *valueParser) index(s *step) error {
	if p.i == len(p.s) || p.s[p.i] != '[' {
		return nil
	}
	inside, _, closed := strings.Cut(p.s[p.i+1:], "]")
	if !closed {
		return errValue
	}
	p.i += len(inside) + 2
	if inside == "" {
		s.every = true
		return nil
	}
	if part, ok := strings.CutPrefix(inside, "/"); ok {
		var err error
		s.parted = true
		if s.at, err = strconv.Atoi(part); err != nil {
			return errValue
		}
		return nil
	}
	if at, err := strconv.Atoi(inside); err == nil {
		s.nth, s.at = true, at
		return nil
	}
	member, value, ok := strings.Cut(inside, "=")
	if !ok || member == "" {
		return errValue
	}
	s.member, s.value = member, value
	return nil
}
