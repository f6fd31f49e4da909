package analysis

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Limits on a taxonomy file, checked before it is parsed: the parser has none, and takes quadratic time
// over long lists in brackets, many documents and many keys.
const (
	maxYAML     = 1 << 20 // bytes
	maxYAMLDeep = 32      // levels of nesting
	maxFlow     = 1000    // entries of all lists and mappings in brackets that are open at once
	maxKeys     = 1000    // keys of one mapping
)

// guardYAML refuses what the parser would choke on: it reads bytes and knows no YAML.
func guardYAML(body []byte) (Mistake, bool) {
	if len(body) > maxYAML {
		return Mistake{Line: 1, Column: 1, Message: fmt.Sprintf("the file has %d bytes; at most %d are read", len(body), maxYAML)}, false
	}
	g := yamlGuard{}
	n := 0
	for line := range bytes.Lines(body) {
		n++
		if column, message := g.line(bytes.TrimRight(line, "\r\n")); message != "" {
			return Mistake{Line: n, Column: column, Message: message}, false
		}
	}
	return Mistake{}, true
}

// A yamlGuard counts what is open at a line.
type yamlGuard struct {
	brackets  int // open
	entries   int // commas since the outermost bracket
	documents int
	keys      [8*maxYAMLDeep + 1]int // lines with a key, by indent, of the mapping that is open there
}

// line takes in the next line. It returns a message and its column for what is refused.
func (g *yamlGuard) line(line []byte) (column int, message string) {
	if i := bytes.IndexFunc(line, func(r rune) bool { return r < ' ' && r != '\t' }); i >= 0 {
		return i + 1, "a control character"
	}
	if !utf8.Valid(line) {
		return 1, "not UTF-8"
	}
	if bytes.HasPrefix(line, []byte("---")) {
		if g.documents++; g.documents > 1 {
			return 1, "a second document; one file holds one taxonomy"
		}
	}
	deep := fmt.Sprintf("nested more than %d deep", maxYAMLDeep)
	rest := bytes.TrimLeft(line, " ")
	indent := len(line) - len(rest)
	if indent >= len(g.keys) {
		return indent, deep
	}
	if len(rest) == 0 || rest[0] == '#' {
		return 0, ""
	}
	clear(g.keys[indent+1:])
	if g.keys[indent]++; rest[0] == '-' {
		g.keys[indent] = 0
	}
	if g.keys[indent] > maxKeys && bytes.IndexByte(rest, ':') >= 0 {
		return indent + 1, fmt.Sprintf("more than %d keys in one mapping", maxKeys)
	}
	dashes := 0
	for i, c := range rest {
		if dashes == i/2 && (c == '-' || c == '?') && i%2 == 0 && i+1 < len(rest) && rest[i+1] == ' ' {
			dashes++
		}
		switch c {
		case '[', '{':
			g.brackets++
		case ']', '}':
			if g.brackets--; g.brackets <= 0 {
				g.brackets, g.entries = 0, 0
			}
		case ',':
			if g.brackets > 0 {
				g.entries++
			}
		}
		switch {
		case g.brackets > maxYAMLDeep || dashes > maxYAMLDeep:
			return indent + i + 1, deep
		case g.entries > maxFlow:
			return indent + i + 1, fmt.Sprintf("more than %d entries in brackets", maxFlow)
		}
	}
	return 0, ""
}
