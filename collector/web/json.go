package web

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A jsonObject keeps its members in order. A jsonValue is *jsonObject, []any, string (numbers too,
// as written) or nil (null, true and false, which say nothing about a review).
type jsonObject struct {
	keys   []string
	values []any
	cut    bool // the text ended within it
}

// maxJSONDepth bounds nesting; real pages stay under 20.
const maxJSONDepth = 200

var errJSONEnd = errors.New("ends in the middle")

// A jsonReader reads JSON as pages really have it: with comments, HTML comments and CDATA marks,
// trailing and missing commas, raw control characters and bare keys. With loose, a quotation mark
// within a string that nobody escaped does not end it. It takes one pass over the text.
type jsonReader struct {
	s     string
	i     int
	depth int
	loose bool
	mends []string // what was not JSON and could be read all the same, each once
}

// What is no JSON and read all the same, as a note names it. Comments and the marks around a script are
// overlooked in silence: they change nothing.
const (
	mendEntities = "entities for quotation marks"
	mendQuote    = "a quotation mark within a text"
	mendControl  = "a line break or tab within a text"
	mendSingle   = "single quotation marks"
	mendEscape   = "a backslash that escapes nothing"
	mendBare     = "a word without quotation marks"
	mendComma    = "a comma too many"
	mendNoComma  = "a missing comma"
	mendDecimal  = "a decimal comma"
	mendClosed   = "a bracket too many"
)

func (r *jsonReader) mend(what string) {
	if !slices.Contains(r.mends, what) {
		r.mends = append(r.mends, what)
	}
}

// readJSON returns the values that stand in s one behind the other, and what had to be mended to read
// them. With an error they are what was whole before it: an element that broke off is left out, an object
// that did is marked.
func readJSON(s string) (values []any, mends []string, err error) {
	r := &jsonReader{s: s}
	values, err = r.all()
	if err == nil || errors.Is(err, errJSONEnd) {
		return values, r.mends, err
	}
	loose := &jsonReader{s: s, loose: true}
	if again, err := loose.all(); err == nil {
		loose.mend(mendQuote)
		return again, loose.mends, nil
	}
	return values, r.mends, err
}

func (r *jsonReader) all() ([]any, error) {
	var out []any
	for {
		for r.blank(); r.i < len(r.s) && (r.s[r.i] == ',' || r.s[r.i] == ';'); r.blank() {
			r.i++
		}
		if r.i == len(r.s) {
			return out, nil
		}
		if c := r.s[r.i]; len(out) > 0 && (c == '}' || c == ']') {
			r.mend(mendClosed)
			r.i++
			continue
		}
		v, err := r.value()
		if v != nil {
			out = append(out, v)
		}
		if err != nil {
			return out, err
		}
	}
}

func (r *jsonReader) value() (any, error) {
	r.blank()
	if r.i == len(r.s) {
		return nil, errJSONEnd
	}
	switch c := r.s[r.i]; {
	case c == '{':
		return r.object()
	case c == '[':
		return r.array()
	case c == '"' || c == '\'':
		return r.text(c)
	case c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9':
		return r.word("+-.eE"), nil
	case bare(c):
		if w := r.word("$"); w != "null" && w != "true" && w != "false" {
			r.mend(mendBare)
		}
		return nil, nil
	}
	return nil, r.unexpected()
}

func (r *jsonReader) unexpected() error {
	c, _ := utf8.DecodeRuneInString(r.s[r.i:])
	return fmt.Errorf("byte %d: unexpected %q", r.i, c)
}

func bare(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '@' || c == '$'
}

func (r *jsonReader) word(also string) string {
	from := r.i
	for r.i < len(r.s) && (bare(r.s[r.i]) || strings.IndexByte(also, r.s[r.i]) >= 0) {
		r.i++
	}
	return r.s[from:r.i]
}

func (r *jsonReader) object() (any, error) {
	if r.depth++; r.depth > maxJSONDepth {
		return nil, errors.New("nested too deeply")
	}
	defer func() { r.depth-- }()
	r.i++
	o := &jsonObject{}
	for {
		r.between(len(o.keys))
		if r.i == len(r.s) {
			o.cut = true
			return o, errJSONEnd
		}
		c := r.s[r.i]
		if c == '}' {
			r.i++
			return o, nil
		}
		var key string
		var err error
		switch {
		case c == '"' || c == '\'':
			key, err = r.text(c)
		case bare(c):
			r.mend(mendBare)
			key = r.word("-")
		default:
			err = r.unexpected()
		}
		if err == nil {
			if r.blank(); r.i == len(r.s) {
				err = errJSONEnd
			} else if r.s[r.i] != ':' {
				err = r.unexpected()
			}
		}
		if err != nil {
			o.cut = true
			return o, err
		}
		r.i++
		v, err := r.value()
		if err != nil {
			o.cut = true
			if whole(v) { // what it holds may be whole: a list that ends too early
				o.keys, o.values = append(o.keys, key), append(o.values, v)
			}
			return o, err
		}
		if n, ok := v.(string); ok {
			v = n + r.fraction(n)
		}
		o.keys, o.values = append(o.keys, key), append(o.values, v)
	}
}

// decimals are what follows a number of an object that was written with a decimal comma: 4,5}.
var decimals = regexp.MustCompile(`^,(\d{1,4})\s*[,}]`)

// fraction reads on where n is a number whose decimals stand behind a comma.
func (r *jsonReader) fraction(n string) string {
	if r.i == 0 || n == "" || r.s[r.i-1] != n[len(n)-1] || !isFigures(n) {
		return ""
	}
	m := decimals.FindStringSubmatch(r.s[r.i:min(len(r.s), r.i+32)])
	if m == nil {
		return ""
	}
	r.mend(mendDecimal)
	r.i += 1 + len(m[1])
	return "." + m[1]
}

// between skips what stands between two members or elements, of which n were read, and notes what is
// not the one comma that should.
func (r *jsonReader) between(n int) {
	commas := 0
	for r.blank(); r.i < len(r.s) && r.s[r.i] == ','; r.blank() {
		r.i++
		commas++
	}
	if r.i == len(r.s) {
		return
	}
	want := 1
	if n == 0 || r.s[r.i] == '}' || r.s[r.i] == ']' {
		want = 0
	}
	switch {
	case commas > want:
		r.mend(mendComma)
	case commas < want:
		r.mend(mendNoComma)
	}
}

func whole(v any) bool {
	switch v.(type) {
	case *jsonObject, []any:
		return true
	}
	return false
}

func (r *jsonReader) array() (any, error) {
	if r.depth++; r.depth > maxJSONDepth {
		return nil, errors.New("nested too deeply")
	}
	defer func() { r.depth-- }()
	r.i++
	list := []any{}
	for n := 0; ; n++ {
		r.between(n)
		if r.i == len(r.s) {
			return list, errJSONEnd
		}
		if r.s[r.i] == ']' {
			r.i++
			return list, nil
		}
		v, err := r.value()
		if v != nil && (err == nil || whole(v)) {
			list = append(list, v)
		}
		if err != nil {
			return list, err
		}
	}
}
