package web

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block lists the elements that stand on lines of their own.
var block = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Dd: true,
	atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true,
	atom.P: true, atom.Pre: true, atom.Section: true, atom.Table: true, atom.Tr: true, atom.Ul: true,
}

// silent lists the elements whose content is no text of the page.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Button: true, atom.Select: true,
	atom.Textarea: true, atom.Svg: true, atom.Iframe: true, atom.Noscript: true, atom.Object: true,
}

// more is what a link behind a shortened text says; it is no part of the text.
var more = regexp.MustCompile(`(?i)^\W*(?:(?:read|show|see|view) (?:more|less|full review)|more|less|mehr lesen|weiterlesen|mehr anzeigen|lire (?:la suite|plus)|leer más|ver más|leggi tutto|lees meer|lees verder)\W*$`)

// nodeText returns the text of an element as a reader sees it, lines as the block elements set them.
// Owners' replies and reviews within it are another person's and left out.
func nodeText(n *nethtml.Node) string {
	var b strings.Builder
	b.Grow(256)
	writeText(&b, n, n)
	return tidy(squeeze(b.String()))
}

func writeText(b *strings.Builder, n, top *nethtml.Node) {
	switch n.Type {
	case nethtml.TextNode:
		b.WriteString(lineBreaks.Replace(n.Data))
		return
	case nethtml.ElementNode:
		if silent[n.DataAtom] || n != top && (anotherVoice(n) || (n.DataAtom == atom.A || n.DataAtom == atom.Span) && more.MatchString(shallow(n))) {
			return
		}
		if n.DataAtom == atom.Br {
			b.WriteByte('\n')
			return
		}
	}
	lines := n.Type == nethtml.ElementNode && block[n.DataAtom]
	if lines {
		b.WriteByte('\n')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c, top)
	}
	switch {
	case lines:
		b.WriteByte('\n')
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		b.WriteByte(' ')
	}
}

var lineBreaks = strings.NewReplacer("\r", " ", "\n", " ", "\u2028", " ", "\u2029", " ")

// shallow returns the text directly within n and within its first child element.
func shallow(n *nethtml.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil && b.Len() < 64; c = c.NextSibling {
		if c.Type == nethtml.TextNode {
			b.WriteString(c.Data)
		} else if t := c.FirstChild; t != nil && t.Type == nethtml.TextNode {
			b.WriteString(t.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// anotherVoice reports whether an element within a text holds somebody else's words.
func anotherVoice(n *nethtml.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop", "property", "rel":
			for _, name := range shortNames(a.Val) {
				if replyProps[name] || name == "review" || name == "reviews" {
					return true
				}
			}
		case "class", "id":
			if replyClass.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

// unfolded leaves out the beginning of a text where it stands before the whole of it, for a script to
// swap them: "We waited for an h… We waited for an hour."
func unfolded(s string) string {
	const shortest, longest, tries = 20, 2000, 4
	from := 0
	for range tries {
		at := strings.IndexAny(s[from:min(len(s), longest)], "…")
		dots := strings.Index(s[from:min(len(s), longest)], "...")
		size := len("…")
		if at < 0 || dots >= 0 && dots < at {
			at, size = dots, len("...")
		}
		if at < 0 {
			return s
		}
		at += from
		beginning, rest := letters(s[:at]), strings.TrimSpace(s[at+size:])
		if len(beginning) >= shortest && strings.HasPrefix(letters(rest[:min(len(rest), 4*at)]), beginning) {
			return rest
		}
		if from = at + size; from >= longest {
			return s
		}
	}
	return s
}

// squeeze makes runs of white space one space, trims every line, and leaves at most one empty line.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	empty := 0
	for line := range strings.SplitSeq(s, "\n") {
		start := b.Len()
		for f := range strings.FieldsFuncSeq(line, space) {
			switch {
			case b.Len() > start:
				b.WriteByte(' ')
			case start > 0:
				b.WriteString("\n\n"[:min(1+empty, 2)])
				start = b.Len()
			}
			b.WriteString(f)
			empty = -1
		}
		empty++
	}
	return b.String()
}

// space is white space and what browsers show as none.
func space(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == 0
}

func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, space), " ") }

var (
	entity = regexp.MustCompile(`(?i)&(?:amp|lt|gt|quot|apos|nbsp|hellip|rsquo|lsquo|rdquo|ldquo|ndash|mdash|#[0-9]{1,7}|#x[0-9a-f]{1,6});`)
	markup = regexp.MustCompile(`(?i)</?(?:br|p|div|span|a|b|i|em|strong|u|ul|ol|li|h[1-6]|font|blockquote|img|table|tr|td|hr|small|sup|sub)(?:\s[^<>]*)?/?>`)
)

// tidy turns a text that came out of an attribute, of JSON or of an element into what was meant:
// entities decoded once, and once more where the result still shows them; tags that were escaped into
// the text taken off; lines kept.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	for range 2 {
		if !strings.Contains(s, "&") || !entity.MatchString(s) {
			break
		}
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "<") && markup.MatchString(s) {
		s = stripTags(s)
	}
	return squeeze(newlines.Replace(s))
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

func stripTags(s string) string {
	nodes, err := nethtml.ParseFragment(strings.NewReader(s), &nethtml.Node{Type: nethtml.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return markup.ReplaceAllString(s, "\n")
	}
	var b strings.Builder
	for _, n := range nodes {
		writeText(&b, n, n)
	}
	return b.String()
}

// letters folds a text to its letters and digits, for comparing two spellings of one text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
