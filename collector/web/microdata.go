package web

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// microdata adds the items of doc. What stands outside every item (real pages close the wrapper too
// early) becomes the properties of one item without a type.
func (g *graph) microdata(doc *html.Node) {
	m := &microdata{g: g, ids: make(map[string]*html.Node), done: make(map[*html.Node]*item)}
	m.orphans = &item{syntax: SyntaxMicrodata}
	nodes := 0
	for n := range doc.Descendants() {
		nodes++
		if id := attr(n, "id"); id != "" && m.ids[id] == nil {
			m.ids[id] = n
		}
	}
	m.budget = 8*nodes + 64
	m.walk(doc, nil)
	if len(m.orphans.props) > 0 {
		g.add(m.orphans)
	}
	if m.budget < 0 {
		g.unread = "microdata: itemref repeats the page too often; the rest is not read"
		g.notes = append(g.notes, g.unread)
	}
}

type microdata struct {
	g       *graph
	ids     map[string]*html.Node
	done    map[*html.Node]*item
	orphans *item
	budget  int // elements that may still be visited: itemref can name one part of a page many times
}

func (m *microdata) walk(n *html.Node, owner *item) {
	if m.budget--; m.budget < 0 || n.Type == html.ElementNode && n.DataAtom == atom.Template {
		return
	}
	if n.Type == html.ElementNode {
		names := shortNames(attr(n, "itemprop"))
		if m.scope(n, names) {
			it, known := m.done[n]
			if !known {
				it = m.open(n, names, owner)
			}
			m.put(owner, names, value{item: it})
			if known {
				return
			}
			owner = it
			defer m.refer(n, it)
		} else if len(names) > 0 {
			m.put(owner, names, elementValue(n))
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m.walk(c, owner)
	}
}

func (m *microdata) open(n *html.Node, names []string, owner *item) *item {
	it := &item{syntax: SyntaxMicrodata, types: shortNames(attr(n, "itemtype")), id: attr(n, "itemid"), node: n, within: owner}
	if len(it.types) == 0 && isReviewProp(names) {
		it.types = []string{"review"}
	}
	m.done[n] = it
	return m.g.add(it)
}

// refer adds what itemref names.
func (m *microdata) refer(n *html.Node, it *item) {
	var seen []*html.Node
	for id := range strings.FieldsSeq(attr(n, "itemref")) {
		part := m.ids[id]
		if part == nil || slices.Contains(seen, part) || holds(part, n) || len(seen) == 100 {
			continue
		}
		seen = append(seen, part)
		m.walk(part, it)
	}
}

// holds reports whether n is part or within it.
func holds(part, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == part {
			return true
		}
	}
	return false
}

func (m *microdata) put(owner *item, names []string, v value) {
	if owner == nil {
		owner = m.orphans
	}
	for _, name := range names {
		owner.props = append(owner.props, prop{name, v})
	}
}

// scope reports whether n is an item: by itemscope, by a type that forgot it, or as a review that
// forgot both and has properties of its own.
func (m *microdata) scope(n *html.Node, names []string) bool {
	if _, ok := lookup(n, "itemscope"); ok || attr(n, "itemtype") != "" {
		return true
	}
	if isReviewProp(names) {
		for d := range n.Descendants() {
			if _, ok := lookup(d, "itemprop"); ok {
				return true
			}
		}
	}
	return false
}

func isReviewProp(names []string) bool {
	return slices.Contains(names, "review") || slices.Contains(names, "reviews")
}

// elementValue reads the value of a property from the attribute that holds it; where none does, it is
// the text of the element.
func elementValue(n *html.Node) value {
	v := value{node: n, text: attr(n, "content")}
	switch n.DataAtom {
	case atom.A, atom.Area:
		v.url = attr(n, "href")
	case atom.Link:
		v.url = attr(n, "href")
		v.text = cmp.Or(v.text, v.url)
	case atom.Img:
		v.url = attr(n, "src")
		v.text = cmp.Or(v.text, attr(n, "alt"))
	case atom.Audio, atom.Embed, atom.Iframe, atom.Source, atom.Track, atom.Video:
		v.url = attr(n, "src")
		v.text = cmp.Or(v.text, v.url)
	case atom.Object:
		v.url = attr(n, "data")
		v.text = cmp.Or(v.text, v.url)
	case atom.Time:
		v.text = cmp.Or(v.text, attr(n, "datetime"))
	case atom.Data, atom.Meter, atom.Input:
		v.text = cmp.Or(v.text, attr(n, "value"))
	}
	return v
}
