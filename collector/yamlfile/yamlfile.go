// Package yamlfile reads a YAML file that a person wrote into a struct, strictly, and lists every
// mistake at once with its place and the nearest right word. It replaces the strict decoder of
// goccy/go-yaml, which stops at the first; the parser stays goccy's.
//
// Anchors, aliases and a second document are refused, and size, nesting and the number of keys are
// bounded before anything is parsed: the file may come from anywhere.
package yamlfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/parser"
)

// maxMistakes is how many mistakes are listed.
const maxMistakes = 100

// ErrUnread marks the error of a file that was not read to its end: what is in the struct is not what
// the file says, and there is no sense in checking it.
var ErrUnread = errors.New("the file was not read")

// A Mistake is one thing wrong with a file.
type Mistake struct {
	File         string
	Line, Column int // from 1
	Message      string
}

func (m Mistake) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Message)
}

// Mistakes are all that is wrong with a file, in the order of its lines.
type Mistakes []Mistake

func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// InOrder returns the mistakes in the order of the file: the first hundred, and a last one that says
// how many more there are. It sorts ms in place.
func (ms Mistakes) InOrder() Mistakes {
	slices.SortStableFunc(ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if len(ms) <= maxMistakes {
		return ms
	}
	return append(ms[:maxMistakes:maxMistakes], andMore(ms[maxMistakes], len(ms)-maxMistakes))
}

// andMore is the mistake that stands for n, of which m is the first.
func andMore(m Mistake, n int) Mistake {
	m.Message = fmt.Sprintf("and %d more", n)
	return m
}

// unread is the error of a file that was not read to its end.
type unread struct{ Mistakes }

func (u unread) Unwrap() []error { return []error{u.Mistakes, ErrUnread} }

// A Place finds where in the file a value was written: "practices[1].id" gives its line and column.
// For a key that is not there it gives the place of the nearest value around it.
type Place func(path string) (line, column int)

// Decode reads data into v, a pointer to a struct whose fields carry yaml tags; `yaml:"name,required"`
// is a key that must be there and not empty. The error is Mistakes; unless it is ErrUnread too, what
// could be read is in v all the same, so that a caller may check further and add to them. file names
// the file in messages.
func Decode(file string, data []byte, v any) (Place, error) {
	d := newDecoder(file)
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if text, line, column := unfit(data); text != "" {
		return d.place, unread{Mistakes{{file, line, column, text}}}
	}
	doc, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return d.place, unread{Mistakes{syntax(file, err)}}
	}
	if second := d.document(doc, v); second {
		return d.place, unread{d.mistakes}
	}
	switch ms := d.mistakes.InOrder(); {
	case d.left > 0:
		return d.place, unread{append(ms, andMore(d.firstLeft, d.left))}
	case len(ms) > 0:
		return d.place, ms
	}
	return d.place, nil
}
