package yamlfile

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Limits on a file, checked before it is parsed. The parser has none: it recurses as deep as the file
// says, and its time grows with the square of the keys of a mapping and of the documents of a file.
const (
	maxBytes   = 1 << 20
	maxDepth   = 32
	maxEntries = 10_000 // of all lists and mappings in brackets that are open at once
	maxKeys    = 1000   // of one mapping
	// maxAlike bounds the keys that stand at one indent in the whole file, for mappings that the guard
	// takes for several and the parser for one.
	maxAlike = 20_000
	// maxIndent is how far a line may be indented: eight spaces a level.
	maxIndent = 8 * maxDepth
)

// A guard counts what is open at a line. It reads bytes and knows little of YAML; what it refuses no
// person writes.
type guard struct {
	brackets  int // open
	entries   int // commas since the outermost bracket
	documents int
	keys      [maxIndent + 1]int // by indent, of the mapping that is open there
	alike     [maxIndent + 1]int // by indent, in the whole file
}

// unfit says what makes data no file for the parser, and where; "" when it is one.
func unfit(data []byte) (message string, line, column int) {
	if len(data) > maxBytes {
		return fmt.Sprintf("the file has %d bytes; at most %d are read", len(data), maxBytes), 1, 1
	}
	var g guard
	for text := range bytes.Lines(data) {
		line++
		text = bytes.TrimRight(text, "\r\n")
		if at, message := g.line(text); message != "" {
			return message, line, utf8.RuneCount(text[:at]) + 1
		}
	}
	return "", 0, 0
}

// line takes in the next line. It returns a message for what is refused, and the byte it stands at.
func (g *guard) line(text []byte) (at int, message string) {
	if at, message := unreadable(text); message != "" {
		return at, message
	}
	if bytes.HasPrefix(text, []byte("---")) {
		if g.documents++; g.documents > 1 {
			return 0, secondDocument
		}
	}
	rest := bytes.TrimLeft(text, " ")
	indent := len(text) - len(rest)
	switch {
	case len(rest) == 0 || rest[0] == '#':
		return 0, ""
	case indent > maxIndent:
		return indent, tooDeep
	}
	if message := g.key(indent, rest); message != "" {
		return indent, message
	}
	return g.open(indent, rest)
}

// unreadable finds the first byte that is no text.
func unreadable(text []byte) (at int, message string) {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		switch {
		case r == 0:
			return at, "a NUL byte: is this a text file?"
		case r == utf8.RuneError && size == 1:
			return at, "not UTF-8; save the file as UTF-8"
		case r < ' ' && r != '\t':
			return at, "a control character; delete it"
		}
		at += size
	}
	return 0, ""
}

// key counts a line that may hold a key. A line that cannot, such as the rest of a text over several
// lines, ends no mapping.
func (g *guard) key(indent int, rest []byte) (message string) {
	item := rest[0] == '-' && (len(rest) == 1 || rest[1] == ' ')
	if !item && rest[0] != '?' && bytes.IndexByte(rest, ':') < 0 {
		return ""
	}
	clear(g.keys[indent+1:])
	if item {
		return "" // its keys stand further in
	}
	g.keys[indent]++
	g.alike[indent]++
	switch {
	case g.keys[indent] > maxKeys:
		return fmt.Sprintf("more than %d keys in one place", maxKeys)
	case g.alike[indent] > maxAlike:
		return fmt.Sprintf("more than %d keys indented alike", maxAlike)
	}
	return ""
}

// open counts brackets, what stands in them, and dashes in a row.
func (g *guard) open(indent int, rest []byte) (at int, message string) {
	dashes := 0
	for i, c := range rest {
		if i == 2*dashes && (c == '-' || c == '?') && i+1 < len(rest) && rest[i+1] == ' ' {
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
		case g.brackets > maxDepth || dashes > maxDepth:
			return indent + i, tooDeep
		case g.entries > maxEntries:
			return indent + i, fmt.Sprintf("more than %d entries in brackets", maxEntries)
		}
	}
	return 0, ""
}
