package web

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
)

// An item is one thing that a page describes, in whichever syntax.
type item struct {
	syntax string
	types  []string // lower case, without vocabulary: "review"
	id     string   // as written, empty without one
	props  []prop
	node   *html.Node // its element; nil in JSON-LD
	within *item      // the item whose element holds this one's, whatever the mark-up says of them
	cut    bool       // JSON that ended in the middle of it
	name   *string    // what label found, once it looked
}

// A prop is one property with one value; its name is in lower case, without vocabulary.
type prop struct {
	name  string
	value value
}

// A value is an item, a text, or an element whose text is read when it is asked for.
type value struct {
	item *item
	text string     // what a machine should read: a JSON string, or the attribute that holds the value
	url  string     // the address an element leads to
	node *html.Node // the element
}

// A graph is all items of a page in the order of the document.
type graph struct {
	items []*item
	named map[string]*item
	notes []string
	// unread says what of the page's mark-up of reviews could not be read; empty where all could.
	unread string
}

func (g *graph) add(it *item) *item {
	g.items = append(g.items, it)
	return it
}

// shortName takes the vocabulary off a type or property: "http://schema.org/Review" and
// "schema:Review" are "review".
func shortName(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "/#:")
	return strings.ToLower(s[strings.LastIndexAny(s, "/#:")+1:])
}

func shortNames(s string) []string {
	var out []string
	for f := range strings.FieldsSeq(s) {
		out = append(out, shortName(f))
	}
	return out
}

func (it *item) is(types ...string) bool {
	for _, t := range it.types {
		for _, want := range types {
			if t == want {
				return true
			}
		}
	}
	return false
}

// values returns the values of the first of names that has any.
func (it *item) values(names ...string) []value {
	for _, name := range names {
		var out []value
		for _, p := range it.props {
			if p.name == name {
				out = append(out, p.value)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// words returns the first of the properties that says anything, as a person would read it.
func (it *item) words(names ...string) string { return it.first(value.words, names) }

// raw returns the first of the properties that is not empty, as a machine should read it.
func (it *item) raw(names ...string) string { return it.first(value.raw, names) }

// maxEmpty is how many values of one property are tried for one that says something.
const maxEmpty = 16

func (it *item) first(read func(value) string, names []string) string {
	for _, name := range names {
		tried := 0
		for _, p := range it.props {
			if p.name != name {
				continue
			}
			if s := read(p.value); s != "" {
				return s
			}
			if tried++; tried == maxEmpty {
				break
			}
		}
	}
	return ""
}

// maxName is the length, in bytes, up to which a text can be a name.
const maxName = 300

// label names the thing: its name, else nothing.
func (it *item) label() string {
	if it.name == nil {
		s := oneLine(it.words("name", "legalname", "fn", "alternatename"))
		if len(s) > maxName {
			s = ""
		}
		it.name = &s
	}
	return *it.name
}

// bare is the text of an item that has no properties: a scope around nothing but words.
func (it *item) bare() string {
	if len(it.props) > 0 || it.node == nil {
		return ""
	}
	return nodeText(it.node)
}

func (v value) raw() string {
	switch {
	case v.item != nil:
		return ""
	case strings.TrimSpace(v.text) != "":
		return oneLine(tidy(v.text))
	case v.node != nil:
		return oneLine(nodeText(v.node))
	}
	return ""
}

func (v value) words() string {
	switch {
	case v.item != nil:
		return cmp.Or(v.item.label(), v.item.bare())
	case v.node == nil:
		return tidy(v.text)
	}
	shown := ""
	if v.text == "" || !void(v.node) {
		shown = nodeText(v.node)
	}
	said := tidy(v.text)
	// An attribute holds the value, but where it holds only the beginning of what is shown, the whole counts.
	if said == "" || len(shown) > len(said) && strings.HasPrefix(letters(shown), letters(strings.TrimRight(said, ".… "))) {
		return shown
	}
	return said
}

func void(n *html.Node) bool { return n.FirstChild == nil }

func attr(n *html.Node, key string) string {
	v, _ := lookup(n, key)
	return v
}

func lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}
