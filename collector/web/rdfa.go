package web

import (
	"cmp"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rdfa adds the items of doc in RDFa Lite, with what pages still use of RDFa 1.0: about, and rel that
// leads to a typed element within. What stands outside every item is said of the page, an item without
// a type; not so in its head, where what is said is for other readers.
func (g *graph) rdfa(doc *html.Node) {
	r := &rdfa{g: g, page: &item{syntax: SyntaxRDFa}}
	r.walk(doc, nil, nil)
	if len(r.page.props) > 0 {
		g.add(r.page)
	}
}

type rdfa struct {
	g    *graph
	page *item
}

// chained are the properties that rel may lead to an item by; rel=nofollow is none.
var chained = map[string]bool{
	"review": true, "reviews": true, "rating": true, "reviewrating": true, "author": true, "reviewer": true,
	"creator": true, "itemreviewed": true, "aggregaterating": true, "comment": true, "hasreview": true,
}

// walk reads n as part of owner; rel are the properties by which an outer element leads to the next item.
func (r *rdfa) walk(n *html.Node, owner *item, rel []string) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Template:
			return
		case atom.Body:
			owner = cmp.Or(owner, r.page)
		}
		owner, rel = r.element(n, owner, rel)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, owner, rel)
	}
}

// element reads n and returns whose part, and by which properties, its children are.
func (r *rdfa) element(n *html.Node, owner *item, rel []string) (*item, []string) {
	names := shortNames(attr(n, "property"))
	links := slices.DeleteFunc(shortNames(attr(n, "rel")), func(s string) bool { return !chained[s] })
	types := shortNames(attr(n, "typeof"))
	about := attr(n, "about")
	resource := attr(n, "resource")
	if len(types) > 0 {
		it := r.item(cmp.Or(about, resource), n, owner)
		it.types = append(it.types, types...)
		lead := slices.Concat(rel, links)
		if about == "" {
			lead = append(lead, names...)
		} else { // the properties of an element that names its subject are that subject's
			add(it, names, elementValue(n))
		}
		add(owner, lead, value{item: it})
		return it, nil
	}
	if about != "" {
		owner = r.item(about, n, owner)
	}
	switch {
	case len(names) > 0 && resource != "":
		add(owner, names, value{item: r.item(resource, nil, nil)})
	case len(names) > 0:
		add(owner, names, elementValue(n))
	case resource != "" && len(links) == 0: // RDFa 1.1: it says what the element is about
		owner = r.item(resource, n, owner)
	}
	if len(links) > 0 {
		if to := cmp.Or(resource, attr(n, "href")); to != "" {
			add(owner, links, value{item: r.item(to, nil, nil)})
			return owner, rel
		}
		return owner, links
	}
	return owner, rel
}

func add(owner *item, names []string, v value) {
	if owner == nil {
		return
	}
	for _, name := range names {
		owner.props = append(owner.props, prop{name, v})
	}
}

// item returns the item of that name, a new one without a name.
func (r *rdfa) item(id string, n *html.Node, within *item) *item {
	it := r.g.named["rdfa "+id]
	if id == "" || it == nil {
		it = r.g.add(&item{syntax: SyntaxRDFa, id: id, within: within})
		if id != "" {
			r.g.named["rdfa "+id] = it
		}
	}
	if it.node == nil {
		it.node = n
	}
	return it
}
