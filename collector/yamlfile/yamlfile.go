// Package yamlfile reads a YAML file that a person wrote into a struct, strictly, and lists every
// mistake at once with its place and the nearest right word. It replaces the strict decoder of
// goccy/go-yaml, which stops at the first; the parser stays goccy's.
//
// Anchors, aliases and a second document are refused, size and nesting are bounded: the file may
// come from anywhere.
package yamlfile

import (
	"fmt"
	"sort"
	"strings"

	"github.com/goccy/go-yaml/parser"
)

const (
	maxBytes = 1 << 20
	maxDepth = 64
)

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

// A Place finds where in the file a value was written: "practices[1].id" gives its line and column.
// For a key that is not there it gives the place of the nearest value around it.
type Place func(path string) (line, column int)

// Decode reads data into v, a pointer to a struct whose fields carry yaml tags. The error is
// Mistakes; what could be read is in v all the same, so that a caller may check further and add to
// them. file names the file in messages.
func Decode(file string, data []byte, v any) (Place, error) {
	d := &decoder{file: file, places: map[string][2]int{"": {1, 1}}}
	if text, line, col := unfit(data); text != "" {
		return d.place, Mistakes{{file, line, col, text}}
	}
	doc, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return d.place, Mistakes{syntax(file, err)}
	}
	d.document(doc, v)
	sort.SliceStable(d.mistakes, func(i, j int) bool {
		a, b := d.mistakes[i], d.mistakes[j]
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
	if len(d.mistakes) > 0 {
		return d.place, d.mistakes
	}
	return d.place, nil
}

// unfit says what makes data no file for the parser, whose time is not bounded by nesting.
func unfit(data []byte) (text string, line, col int) {
	if len(data) > maxBytes {
		return fmt.Sprintf("the file has %d bytes, at most %d are read", len(data), maxBytes), 1, 1
	}
	line, col = 1, 1
	depth := 0
	for _, b := range data {
		switch b {
		case 0:
			return "a NUL byte: is this a text file?", line, col
		case '\n':
			line, col = line+1, 0
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		}
		if depth > maxDepth {
			return fmt.Sprintf("nested deeper than %d", maxDepth), line, col
		}
		col++
	}
	return "", 0, 0
}

// Nearest returns the word of known that is written most like got, or "" when none is near.
func Nearest(got string, known []string) string {
	best, word := max(1, len([]rune(got))/3)+1, ""
	for _, k := range known {
		if d := distance(strings.ToLower(got), strings.ToLower(k)); d < best {
			best, word = d, k
		}
	}
	return word
}

// DidYouMean is the tail of a message about an unknown word: the nearest one, or all when they are few.
func DidYouMean(got string, known []string) string {
	if near := Nearest(got, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	if len(known) == 0 || len(known) > 12 {
		return ""
	}
	return "; known are " + strings.Join(known, ", ")
}

// distance is the optimal string alignment distance: edits and swaps of neighbours.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, prev := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range s {
		row := make([]int, len(t)+1)
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, prev[j+1]+1, prev[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, prev = prev, row
	}
	return prev[len(t)]
}
