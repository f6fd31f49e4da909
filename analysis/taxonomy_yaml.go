package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxMistakes is how many mistakes are listed.
const maxMistakes = 100

// Mistakes is everything that is wrong with a file, in the order of the file.
type Mistakes []Mistake

// A Mistake is one thing that is wrong with a file.
type Mistake struct {
	File         string
	Line, Column int // from 1
	Message      string
}

func (m Mistake) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Message)
}

// Error returns one line a mistake.
func (m Mistakes) Error() string {
	var b strings.Builder
	for i, x := range m {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(x.String())
	}
	return b.String()
}

// A yamlDoc is a YAML document that is being read strictly.
type yamlDoc struct {
	file  string
	wrong Mistakes
}

// fields are what a mapping may hold, by key.
type fields map[string]func(ast.Node)

// openYAML parses the one document of a file, within limits.
func openYAML(file string, body []byte) (*yamlDoc, ast.Node, error) {
	d := &yamlDoc{file: file}
	if m, ok := guardYAML(body); !ok {
		m.File = file
		return nil, nil, Mistakes{m}
	}
	f, err := parser.ParseBytes(body, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		m := Mistake{File: file, Line: 1, Column: 1, Message: err.Error()}
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			m.Message = syntax.GetMessage()
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				m.Line, m.Column = t.Position.Line, t.Position.Column
			}
		}
		return nil, nil, Mistakes{m}
	}
	var docs []ast.Node
	for _, doc := range f.Docs {
		if doc.Body != nil {
			docs = append(docs, doc.Body)
		}
	}
	switch len(docs) {
	case 0:
		return nil, nil, Mistakes{{file, 1, 1, "the file is empty"}}
	case 1:
		return d, docs[0], nil
	}
	d.mistake(docs[1], "a second document; one file holds one taxonomy")
	return nil, nil, d.wrong
}

func (d *yamlDoc) mistake(n ast.Node, format string, args ...any) {
	line, column := position(n)
	d.wrong = append(d.wrong, Mistake{d.file, line, column, fmt.Sprintf(format, args...)})
}

// mistakes returns what was found wrong in the order of the file, nil for nothing.
func (d *yamlDoc) mistakes() error {
	if len(d.wrong) == 0 {
		return nil
	}
	slices.SortStableFunc(d.wrong, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if more := len(d.wrong) - maxMistakes; more > 0 {
		last := d.wrong[maxMistakes]
		last.Message = fmt.Sprintf("and %d more", more)
		d.wrong = append(d.wrong[:maxMistakes], last)
	}
	return d.wrong
}

// place is where n stands, for messages: "line 7".
func (d *yamlDoc) place(n ast.Node) string {
	line, _ := position(n)
	return fmt.Sprintf("line %d", line)
}

func position(n ast.Node) (line, column int) {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0]
	}
	if v, ok := n.(*ast.MappingValueNode); ok {
		n = v.Key
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line, t.Position.Column
	}
	return 1, 1
}

// mapping hands the value of every key to its field. what names the mapping in messages.
func (d *yamlDoc) mapping(n ast.Node, what string, required []string, known fields) {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		d.mistake(n, "%s is a mapping of keys and values, not %s", what, kind(n))
		return
	}
	seen := map[string]int{}
	for _, v := range values {
		key, ok := scalar(v.Key)
		line, _ := position(v)
		switch read := known[key]; {
		case !ok:
			d.mistake(v, "a key is a word")
		case read == nil:
			d.mistake(v, "unknown key %q in %s%s", key, what, nearest(key, known))
		case seen[key] > 0:
			d.mistake(v, "key %q is already at line %d", key, seen[key])
		default:
			read(v.Value)
		}
		if ok && seen[key] == 0 {
			seen[key] = line
		}
	}
	for _, key := range required {
		if seen[key] == 0 {
			d.mistake(n, "%s has no %s", what, key)
		}
	}
}

// list hands every entry of a sequence to read.
func (d *yamlDoc) list(n ast.Node, what string, read func(ast.Node)) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.mistake(n, "%s is a list, not %s", what, kind(n))
		return
	}
	if len(s.Values) == 0 {
		d.mistake(n, "%s is empty", what)
	}
	for _, v := range s.Values {
		read(v)
	}
}

// text returns a scalar that is not empty.
func (d *yamlDoc) text(n ast.Node, what string) string {
	s, ok := scalar(n)
	switch {
	case !ok:
		d.mistake(n, "%s is text, not %s", what, kind(n))
	case strings.TrimSpace(s) == "":
		d.mistake(n, "%s is empty", what)
	}
	return strings.TrimSpace(s)
}

// scalar returns the text of a string or number.
func scalar(n ast.Node) (string, bool) {
	switch s := n.(type) {
	case *ast.StringNode:
		return s.Value, true
	case *ast.LiteralNode:
		return s.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode:
		return s.GetToken().Value, true
	}
	return "", false
}

// kind names what n is, for people.
func kind(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false (put it in quotes)"
	case *ast.NullNode:
		return "nothing"
	case *ast.AliasNode, *ast.AnchorNode, *ast.MergeKeyNode:
		return "a reference (anchors and aliases are not read)"
	}
	return "something else"
}

// nearest returns a hint with the key that was probably meant, or what there is.
func nearest(key string, known fields) string {
	best, least := "", 6
	for _, k := range sortedKeys(known) {
		d := 2 * editDistance(key, k)
		if strings.HasPrefix(k, key) {
			d-- // "phrase" is "phrases" rather than "phase"
		}
		if d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return "; it may have " + strings.Join(sortedKeys(known), ", ")
}

func sortedKeys(known fields) []string {
	keys := make([]string, 0, len(known))
	for k := range known {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// editDistance counts the letters to change, add, drop or swap between neighbours to turn a into b.
// A long a is far from everything.
func editDistance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
