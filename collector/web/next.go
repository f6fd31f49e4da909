package web

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// next finds the next page of the list: what the profile selects, else rel=next of the head, else of a
// link. A page without reviews has none: its rel=next leads to the next article. A link that leads off the
// list is not followed, and a note says so.
func (x *extractor) next(doc *html.Node, p *Profile) {
	if len(x.Reviews)+len(x.Rejected)+x.Duplicates+x.Empty == 0 {
		return
	}
	var links []string
	if p != nil {
		links = p.nextLinks(doc)
	}
	selected := len(links)
	var inBody []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || !slices.Contains(strings.Fields(strings.ToLower(attr(n, "rel"))), "next") {
			continue
		}
		switch n.DataAtom {
		case atom.Link:
			links = append(links, attr(n, "href"))
		case atom.A:
			inBody = append(inBody, attr(n, "href"))
		}
	}
	off := ""
	for i, href := range append(links, inBody...) {
		u, err := url.Parse(strings.TrimSpace(href))
		if err != nil || href == "" {
			continue
		}
		if x.base == nil {
			x.Next = href
			return
		}
		u = x.base.ResolveReference(u)
		u.Fragment = ""
		if sameSite(u, x.base) && (i < selected || sameList(u, x.base)) && u.User == nil {
			if u.Host == x.base.Host && x.base.Scheme == "https" {
				u.Scheme = "https"
			}
			x.Next = u.String()
			return
		}
		if off == "" && (u.Scheme == "http" || u.Scheme == "https") {
			off = u.Redacted()
		}
	}
	if p != nil && x.base != nil {
		x.Next = p.Pages.next(doc, x.base)
		x.guessed = x.Next != ""
	}
	if off != "" && x.Next == "" {
		x.Notes = append(x.Notes, fmt.Sprintf("the link to a next page, %.200s, leads off this list and was not followed", off))
	}
}

// sameSite reports whether two addresses are of one site: the same name, with or without www.
func sameSite(a, b *url.URL) bool {
	if a.Scheme != "http" && a.Scheme != "https" {
		return false
	}
	return bareHost(a) == bareHost(b) && a.Port() == b.Port()
}

func bareHost(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }

// pageNumber is the part of a path that numbers the pages of a list.
var pageNumber = regexp.MustCompile(`(?i)(?:^|[-_/.])(?:page|pag|pagina|p|pg|seite|or|o|start|offset)[-_/.=]?\d{1,5}(?:$|[-_/.])`)

// sameList reports whether next is a page of the list that page belongs to: the path without its page
// number is the same, or goes on from it by nothing but a number and a word for reviews.
func sameList(next, page *url.URL) bool {
	a, b := listPath(next.EscapedPath()), listPath(page.EscapedPath())
	if a == b {
		return true
	}
	rest, ok := strings.CutPrefix(a, b)
	return ok && plainNumber.MatchString(rest)
}

var (
	plainNumber = regexp.MustCompile(`^(?:/(?:reviews?|ratings?|testimonials|bewertungen|avis|opiniones|recensioni))?/?\d{0,5}$`)
	separators  = regexp.MustCompile(`[-_/.]+`)
)

func listPath(p string) string {
	p = strings.ToLower(p)
	for _, ext := range []string{".html", ".htm", ".php", ".aspx", ".asp", ".jsp"} {
		p = strings.TrimSuffix(p, ext)
	}
	p = pageNumber.ReplaceAllString(p, "/")
	return strings.Trim(separators.ReplaceAllString(p, "/"), "/")
}
