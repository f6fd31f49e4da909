package web

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// className is a class that a selector can name as it stands.
var className = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,60}$`)

// selectorsOf returns selectors for an element by its own look, the plainest first.
func selectorsOf(n *html.Node) []string {
	var out []string
	classes := 0
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if className.MatchString(class) && classes < 6 {
			out = append(out, "."+class, n.Data+"."+class)
			classes++
		}
	}
	for _, name := range []string{"itemprop", "property"} {
		if p := attr(n, name); className.MatchString(p) {
			out = append(out, fmt.Sprintf("[%s=%q]", name, p))
		}
	}
	if classes == 0 {
		if p := n.Parent; p != nil && p.Type == html.ElementNode {
			for class := range strings.FieldsSeq(attr(p, "class")) {
				if className.MatchString(class) && classes < 3 {
					out = append(out, "."+class+" > "+n.Data)
					classes++
				}
			}
			if id := attr(p, "id"); className.MatchString(id) {
				out = append(out, "#"+id+" > "+n.Data)
			}
		}
	}
	if cascadiaTag.MatchString(n.Data) {
		out = append(out, n.Data)
	}
	return out
}

// starSelectors returns selectors for one of several icons of the same look.
func starSelectors(n *html.Node) []string {
	out := selectorsOf(n)
	classes := strings.Fields(attr(n, "class"))
	classes = classes[:min(len(classes), 6)]
	for i, a := range classes {
		for _, b := range classes[i+1:] {
			if className.MatchString(a) && className.MatchString(b) {
				out = append(out, "."+a+"."+b)
			}
		}
	}
	if file := pictureOf(n); file != "" {
		out = append(out, `img[src*="`+file+`"]`)
	}
	return out
}

// pictureOf is the name, and the slash before it, of the file that an img shows, where a selector can name it.
func pictureOf(n *html.Node) string {
	if n.DataAtom != atom.Img {
		return ""
	}
	src, _, _ := strings.Cut(attr(n, "src"), "?")
	if file := path.Base(src); pictureName.MatchString(file) {
		if strings.HasSuffix(src, "/"+file) {
			return "/" + file
		}
		return file
	}
	return ""
}

var pictureName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,60}$`)

// within names an element of an item by the one around it, and by how many of its kind stand before it.
func within(n, item *html.Node) []string {
	if !cascadiaTag.MatchString(n.Data) {
		return nil
	}
	p := n.Parent
	if p == nil || p.Type != html.ElementNode {
		return nil
	}
	nth := 1
	for b := n.PrevSibling; b != nil && nth < 9; b = b.PrevSibling {
		if b.Type == html.ElementNode && b.Data == n.Data {
			nth++
		}
	}
	place := n.Data
	if nth > 1 {
		place = fmt.Sprintf("%s:nth-of-type(%d)", n.Data, nth)
	}
	if p == item {
		if nth == 1 {
			return nil
		}
		return []string{place}
	}
	var out []string
	for _, css := range selectorsOf(p) {
		if css[0] == '.' && !strings.Contains(css, " ") {
			out = append(out, css+" "+n.Data)
			if nth > 1 {
				out = append(out, css+" > "+place)
			}
		}
	}
	return out
}

var cascadiaTag = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// first reports whether n is what a selector finds within the item.
func (s *surveyor) first(item *html.Node, css string, n *html.Node) bool {
	sel := s.compiled(css)
	return sel != nil && cascadia.Query(item, sel) == n
}

// matches counts what a selector finds within the item.
func (s *surveyor) matches(item *html.Node, css string) int {
	sel := s.compiled(css)
	if sel == nil {
		return 0
	}
	return len(cascadia.QueryAll(item, sel))
}

func (s *surveyor) compiled(css string) cascadia.Selector {
	sel, ok := s.selectors[css]
	if !ok {
		sel, _ = cascadia.Compile(css) // nil where it is none
		s.selectors[css] = sel
	}
	return sel
}
