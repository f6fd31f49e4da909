package web

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// names notes what may be the author or the title in a short text.
func (s *surveyor) names(n *html.Node, own string, dated bool, add func(clue)) {
	look := attr(n, "class") + " " + attr(n, "itemprop") + " " + attr(n, "property") + " " + attr(n, "rel")
	whole := brief(n)
	property := cmp.Or(attr(n, "itemprop"), attr(n, "property"))
	byProperty := authorProperty.MatchString(look) || property == "name" && n.Parent != nil && authorProperty.MatchString(attr(n.Parent, "itemprop")+" "+attr(n.Parent, "property"))
	called := titleWord.MatchString(look) || property == "name"
	if !dated && !byProperty && (heading(n) || called) {
		add(clue{role: isTitle, value: own, weight: 2, named: called})
	}
	if whole == "" {
		return
	}
	c := clue{role: isAuthor}
	switch {
	case byProperty:
		c.weight, c.named = 6, true
	case authorWord.MatchString(look) && property != "name" && property != "headline":
		c.weight, c.named = 3, true
	case n.DataAtom == atom.Cite || n.DataAtom == atom.Figcaption || n.DataAtom == atom.Footer || n.DataAtom == atom.A && profileLink.MatchString(attr(n, "href")):
		c.weight, c.named = 3, true
	}
	for _, form := range formsOfName(whole == own, dated) {
		value := cleanAuthor(oneLine(form.pick(whole)))
		// What is called a name need not look like one: a nickname, a name with a town.
		nick := c.named && c.value == "" && value != "" && len(strings.Fields(value)) <= 6 && !s.dates.read(value).Known()
		if nick || nameLike(value) > nameLike(c.value) {
			c.value, c.regex = value, form.regex
		}
	}
	if c.value != "" {
		c.weight += nameLike(c.value)
		add(c)
	}
}

// A nameForm picks a name from a text.
type nameForm struct {
	regex string
	expr  *regexp.Regexp
}

var (
	wholeText = nameForm{}
	firstLine = nameForm{regex: `^[^\n]+`, expr: regexp.MustCompile(`^[^\n]+`)}
	// beforeComma leaves out a town, a date, or where the review was left.
	beforeComma = nameForm{regex: `^[\s–—-]*([^,|·•–—(\n]+)`, expr: regexp.MustCompile(`^[\s–—-]*([^,|·•–—(\n]+)`)}
)

func (f nameForm) pick(s string) string {
	if f.expr == nil {
		return s
	}
	m := f.expr.FindStringSubmatch(s)
	if len(m) == 0 {
		return ""
	}
	return m[len(m)-1]
}

// formsOfName returns the ways to pick a name from an element, the likeliest first. Where nothing but the
// name can stand in it, what follows a comma is part of the name.
func formsOfName(alone, dated bool) []nameForm {
	switch {
	case dated:
		return []nameForm{beforeComma, firstLine}
	case alone:
		return []nameForm{wholeText}
	}
	return []nameForm{firstLine, beforeComma}
}

var (
	authorProperty = regexp.MustCompile(`(?i)(?:^|\s)(?:author|creator|reviewer|fn)(?:\s|$)`)
	profileLink    = regexp.MustCompile(`(?i)/(?:users?|profiles?|profil|members?|mitglied|authors?|people|reviewers?)/|user_?details|[?&]user(?:id)?=`)
)

// nameLike says how much a text looks like the name of a person: 0 not, 1 maybe, 2 every word begins with
// a capital.
func nameLike(s string) int {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || len(s) < 2 || len(s) > 40 || strings.ContainsAny(s, "0123456789:?!\"“”„<>@/…★☆") || more.MatchString(s) || !capital(s) || anonymousSource[strings.ToLower(s)] {
		return 0
	}
	capitals := 0
	for i, w := range words {
		switch {
		case particles[strings.ToLower(w)] && i > 0:
		case capital(w):
			capitals++
		default:
			return 0
		}
	}
	if utf8.RuneCountInString(s) < 2 {
		return 0
	}
	if capitals > 1 || len(words) > 1 {
		return 2
	}
	return 1
}

// particles stand within names without a capital.
var particles = map[string]bool{
	"and": true, "&": true, "und": true, "et": true, "y": true, "e": true, "en": true, "van": true, "von": true, "de": true, "der": true, "den": true,
	"du": true, "da": true, "dos": true, "del": true, "di": true, "la": true, "le": true, "bin": true, "al": true, "st": true,
}

// anonymousSource are capitalised words beside a review that name where it was left.
var anonymousSource = map[string]bool{
	"google": true, "facebook": true, "yelp": true, "google review": true, "google reviews": true, "verified": true, "verified customer": true, "verified owner": true, "patient": true, "customer": true,
}
