package web

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// SyntaxJSONLD and the others name where a review was found.
const (
	SyntaxJSONLD    = "json-ld"
	SyntaxMicrodata = "microdata"
	SyntaxRDFa      = "rdfa"
	SyntaxProfile   = "profile"
)

// jsonLD adds what a script describes. Objects of one @id are one item, in whatever order and script
// they stand.
func (g *graph) jsonLD(script string, n int, base *url.URL) {
	var mends []string
	if !strings.Contains(script, `"`) && strings.Contains(script, "&quot;") {
		script = html.UnescapeString(script)
		mends = append(mends, mendEntities)
	}
	values, more, err := readJSON(script)
	switch mends = append(mends, more...); {
	case err != nil:
		broken := fmt.Sprintf("JSON-LD script %d is broken: %v", n, err)
		g.notes = append(g.notes, broken)
		if g.unread == "" && ofReviews.MatchString(script) {
			g.unread = broken
		}
	case len(mends) > 0:
		g.notes = append(g.notes, fmt.Sprintf("JSON-LD script %d is no JSON and was mended: %s", n, strings.Join(mends, ", ")))
	}
	b := jsonLDBuilder{g: g, base: base, script: n}
	for _, v := range values {
		b.roots(v)
	}
}

// ofReviews tells a script that holds reviews from one about something else, or about their number alone.
var ofReviews = regexp.MustCompile(`(?i)\breviews?(?:body|rating)?["']?\s*[:,\]}]|/review["']`)

type jsonLDBuilder struct {
	g      *graph
	base   *url.URL
	script int
}

func (b jsonLDBuilder) roots(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			b.roots(e)
		}
	case *jsonObject:
		b.item(v)
	}
}

// item returns the item that an object describes or refers to.
func (b jsonLDBuilder) item(o *jsonObject) *item {
	it := &item{syntax: SyntaxJSONLD, cut: o.cut}
	for i, key := range o.keys {
		switch strings.ToLower(key) {
		case "@type", "type":
			for _, s := range stringsOf(o.values[i]) {
				it.types = append(it.types, shortName(s))
			}
		case "@id", "id":
			if s, ok := o.values[i].(string); ok {
				it.id = strings.TrimSpace(s)
			}
		}
	}
	it = b.join(it, o)
	for i, key := range o.keys {
		switch key {
		case "@type", "@id", "type", "id", "@context":
		case "@graph":
			b.roots(o.values[i])
		case "@reverse":
			b.reverse(it, o.values[i])
		default:
			b.property(it, shortName(key), o.values[i])
		}
	}
	return it
}

// join registers it, or returns the item that already has its @id with the types added.
func (b jsonLDBuilder) join(it *item, o *jsonObject) *item {
	if it.id == "" {
		return b.g.add(it)
	}
	key := b.key(it.id)
	known := b.g.named[key]
	if known == nil {
		b.g.named[key] = it
		return b.g.add(it)
	}
	if contradicts(known, o) { // several reviews under one @id: a template that forgot to number them
		it.id, known.id = "", ""
		return b.g.add(it)
	}
	known.types = append(known.types, it.types...)
	known.cut = known.cut || it.cut
	return known
}

func (b jsonLDBuilder) key(id string) string {
	if strings.HasPrefix(id, "_:") {
		return fmt.Sprintf("%d%s", b.script, id)
	}
	if u, err := url.Parse(id); err == nil && b.base != nil {
		return b.base.ResolveReference(u).String()
	}
	return id
}

// maxJoined bounds the properties of one @id; what stands under it after that is something else.
const maxJoined = 200

// contradicts reports whether o says something else about the author, date, stars or words of a known review.
func contradicts(known *item, o *jsonObject) bool {
	if len(known.props) > maxJoined {
		return true
	}
	for i, key := range o.keys {
		name := shortName(key)
		switch name {
		case "reviewbody", "datepublished", "description":
			s, ok := o.values[i].(string)
			if v := known.values(name); ok && len(v) > 0 && v[0].item == nil && v[0].text != s {
				return known.is("review", "userreview")
			}
		case "author", "reviewrating":
			part, ok := o.values[i].(*jsonObject)
			v := known.values(name)
			if !ok || len(v) == 0 || v[0].item == nil {
				continue
			}
			for _, key := range []string{"name", "ratingValue"} {
				value, _ := part.member(key)
				said, ok := value.(string)
				if was := v[0].item.raw(strings.ToLower(key)); ok && was != "" && oneLine(tidy(said)) != was {
					return known.is("review", "userreview")
				}
			}
		}
	}
	return false
}

func (b jsonLDBuilder) property(it *item, name string, v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			b.property(it, name, e)
		}
	case *jsonObject:
		if s, ok := v.literal(); ok {
			it.props = append(it.props, prop{name, value{text: s}})
			return
		}
		for _, key := range []string{"@list", "@set"} {
			if l, ok := v.member(key); ok {
				b.property(it, name, l)
				return
			}
		}
		it.props = append(it.props, prop{name, value{item: b.item(v)}})
	case string:
		it.props = append(it.props, prop{name, value{text: v}})
	}
}

// reverse reads {"@reverse": {"itemReviewed": [...]}} as the reviews of it.
func (b jsonLDBuilder) reverse(it *item, v any) {
	o, ok := v.(*jsonObject)
	if !ok {
		return
	}
	for i, key := range o.keys {
		name := shortName(key)
		if name == "itemreviewed" {
			name = "review"
		}
		b.property(it, name, o.values[i])
	}
}

func (o *jsonObject) member(key string) (any, bool) {
	for i, k := range o.keys {
		if k == key {
			return o.values[i], true
		}
	}
	return nil, false
}

func (o *jsonObject) literal() (string, bool) {
	v, ok := o.member("@value")
	s, _ := v.(string)
	return s, ok
}

func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
