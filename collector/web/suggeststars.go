package web

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of how many stars are drawn one by one.
const (
	minStars = 3
	maxStars = 10
)

var (
	starWord  = regexp.MustCompile(`(?i)star|stern|étoile|etoile|estrel|stell[ae]|rating|bewertung`)
	emptyWord = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:o|e|off|empty|gr[ae]y|blank|outline|outlined|none|inactive|unchecked|disabled|regular|far|leer|vide|vacia|vuota|0)(?:[\s_-]|$)|gr[ae]y-|empty|outline|border`)
)

// starsDrawn tells a rating that is drawn star by star: the icons of a row, the full ones first. The
// clue is the first icon and how many look the same.
func starsDrawn(row *html.Node) (clue, bool) {
	var icons []*html.Node
	for c := row.FirstChild; c != nil && len(icons) <= maxStars; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && anyLetters.MatchString(c.Data) && len(icons) > 0 && len(icons) < minStars:
			return clue{}, false // icons between words
		case c.Type == html.ElementNode && icon(c) && (len(icons) == 0 || c.Data == icons[0].Data):
			icons = append(icons, c)
		}
	}
	if len(icons) < minStars || len(icons) > maxStars {
		return clue{}, false
	}
	named := false
	for n, up := row, 0; n != nil && n.Type == html.ElementNode && up < 2 && !named; n, up = n.Parent, up+1 {
		named = starWord.MatchString(attr(n, "class"))
	}
	first, full, kinds := appearance(icons[0]), 0, make(map[string]bool)
	for _, i := range icons {
		l := appearance(i)
		named = named || starWord.MatchString(l)
		kinds[l] = true
		if l == first {
			full++
		}
	}
	if !named && len(icons) != 5 || len(kinds) > 3 || emptyWord.MatchString(first) && full < len(icons) || first == "" {
		return clue{}, false
	}
	if len(kinds) == 1 && emptyWord.MatchString(first) {
		return clue{}, false // stars to be filled in, or none of them given
	}
	return clue{role: isRating, node: icons[0], stars: full, value: strings.Repeat("★", full), weight: 3, named: named}, true
}

var anyLetters = regexp.MustCompile(`[\p{L}\p{N}]`)

// icon reports whether an element shows a picture and no words.
func icon(n *html.Node) bool {
	switch n.DataAtom {
	case atom.I, atom.Span, atom.Img, atom.Svg, atom.Em, atom.B, atom.Li, atom.Div:
	default:
		return false
	}
	nodes := 0
	for d := range n.Descendants() {
		if nodes++; nodes > 12 || d.Type == html.TextNode && anyLetters.MatchString(d.Data) {
			return false
		}
	}
	return appearance(n) != ""
}

// appearance is what tells one icon from another: its classes, or the file of the picture.
func appearance(n *html.Node) string {
	s := strings.Join(strings.Fields(attr(n, "class")), " ")
	if n.DataAtom == atom.Img {
		s += " " + pictureOf(n)
	}
	return strings.TrimSpace(s)
}
