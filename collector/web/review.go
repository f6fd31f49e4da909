package web

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"percept/collector"
)

// reviewTypes are the types of schema.org and data-vocabulary.org that are a review. ClaimReview,
// which checks a claim, is none.
var reviewTypes = []string{"review", "userreview", "criticreview", "employerreview", "recommendation"}

var (
	dateProps   = []string{"datepublished", "datecreated", "dtreviewed", "dateposted", "uploaddate", "datemodified", "date"}
	textProps   = []string{"reviewbody", "description", "text", "reviewtext", "articlebody", "commenttext"}
	titleProps  = []string{"headline", "name", "summary", "title"}
	authorProps = []string{"author", "creator", "reviewer", "accountableperson"}
	ratingProps = []string{"reviewrating", "rating", "starrating"}
)

// reviewItems returns the reviews of the graph in the order of the document, each with the item it is
// a review of, nil where none leads to it.
func (g *graph) reviewItems() []found {
	owner := make(map[*item]*item)
	var bare []found
	for _, it := range g.items {
		for _, p := range it.props {
			if p.name != "review" && p.name != "reviews" && p.name != "hasreview" {
				continue
			}
			if child := p.value.item; child != nil {
				if owner[child] == nil || len(owner[child].types) == 0 {
					owner[child] = it
				}
			} else if r := bareReview(it, p.value); r != nil {
				bare = append(bare, found{r, it})
			}
		}
	}
	var out []found
	taken := make(map[*item]bool)
	for _, it := range g.items {
		if isReview(it, owner[it] != nil) && !buried(it, taken) {
			taken[it] = true
			out = append(out, found{it, owner[it]})
		}
	}
	return append(out, bare...)
}

// buried reports whether a review stands within several others, which no list of reviews does: its
// words would be read again for each of them.
func buried(it *item, taken map[*item]bool) bool {
	around := 0
	for w := it.within; w != nil && around < 4; w = w.within {
		if taken[w] {
			around++
		}
	}
	return around == 4
}

// A found review is an item, and the one that says "this is a review of me".
type found struct {
	it, owner *item
}

func isReview(it *item, led bool) bool {
	switch {
	case it.is(reviewTypes...):
		return true
	case it.is("aggregaterating", "review-aggregate", "rating", "claimreview", "itemlist"):
		return false
	case led:
		return it.words(textProps...) != "" || len(it.values("reviewrating")) > 0
	}
	return len(it.values("itemreviewed")) > 0 && (len(it.values("reviewbody")) > 0 || len(it.values("reviewrating")) > 0)
}

// bareReview makes a review of a text that a page calls one without any parts. "12 reviews" and links
// to a list are none.
func bareReview(it *item, v value) *item {
	if v.url != "" || it.is("aggregaterating", "review-aggregate") {
		return nil
	}
	s := v.words()
	if len(strings.Fields(s)) < 4 || len(s) < 20 {
		return nil
	}
	return &item{syntax: it.syntax, types: []string{"review"}, props: []prop{{"reviewbody", v}}}
}

// review reads one item. The rating stays raw: its scale may be told elsewhere on the page.
func (x *extractor) review(f found) candidate {
	it := f.it
	c := candidate{format: it.syntax, led: f.owner != nil, it: it}
	c.subject = x.subject(f)
	c.author = author(it)
	c.text = said(it.words(textProps...))
	for _, name := range titleProps {
		if t := oneLine(it.words(name)); t != "" && !x.namesOther(t, c, it) {
			c.title = t
			break
		}
	}
	if c.text == c.title {
		c.title = ""
	}
	if placeholder[strings.ToLower(c.text)] {
		c.text = ""
	}
	c.rawDates = rawDates(it)
	c.rating, c.best, c.worst = ratingOfItem(it)
	c.id = x.sourceID(it)
	c.language = language(it, x.language)
	c.url = x.readAt(it)
	c.replyText, c.replyDate, c.replyState = x.reply(it, c.subject)
	if who := authorItem(it); who != nil && who.is("organization", "localbusiness", "website") && c.author != "" {
		publisher := it.words("publisher")
		if l := letters(c.author); l == letters(c.subject) || l == letters(publisher) || l == letters(x.site) {
			c.author = "" // the site itself is no customer
		}
	}
	return c
}

// said is the text of a review as the customer wrote it: once, and not as translated.
func said(s string) string { return unfolded(collector.Original(s)) }

// placeholder are texts that templates leave behind.
var placeholder = map[string]bool{"comment": true, "review": true, "undefined": true, "null": true, "lorem ipsum": true}

var reviewOf = regexp.MustCompile(`(?i)^(?:(?:a |customer |user )?(?:review|rating)s? (?:of|for|by|from|on|about)\b|bewertung (?:von|für|zu)\b|avis (?:de|sur)\b|\d+(?:\.\d)? ?stars?$|(?:user |customer )?review$)`)

// namesOther reports whether a title only repeats who wrote or what the review is about.
func (x *extractor) namesOther(title string, c candidate, it *item) bool {
	l := letters(title)
	return l == "" || l == letters(c.author) || l == letters(c.subject) || l == letters(it.words(authorProps...)) || reviewOf.MatchString(title)
}

// subject names what a review is about: the item that leads to it, or itemReviewed, or the element around it.
func (x *extractor) subject(f found) string {
	var owners []*item
	if f.owner != nil {
		owners = append(owners, f.owner)
	}
	for _, v := range f.it.values("itemreviewed", "item", "about") {
		if v.item != nil {
			owners = append(owners, v.item)
		} else if s := oneLine(v.words()); s != "" && !link.MatchString(s) && !strings.HasPrefix(s, "/") {
			return s
		}
	}
	if f.it.within != nil && len(f.it.within.types) > 0 {
		owners = append(owners, f.it.within)
	}
	for _, o := range owners {
		if s := o.label(); s != "" {
			return s
		}
	}
	return ""
}

// rawDates returns what the item writes as dates, the likeliest first: what a machine should read,
// then what a person sees.
func rawDates(it *item) []string {
	var out []string
	tried := 0
	for _, name := range dateProps {
		for _, v := range it.values(name) {
			if tried++; tried > maxEmpty {
				return out
			}
			for _, s := range []string{v.raw(), shown(v)} {
				if s != "" && !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

func shown(v value) string {
	if v.node == nil || v.text == "" {
		return ""
	}
	return oneLine(nodeText(v.node))
}

// ratingOfItem returns rating, best and worst as written. Of several ratings the one that is not
// about a single aspect counts.
func ratingOfItem(it *item) (raw, best, worst string) {
	values := it.values(ratingProps...)
	for pass := range 2 {
		for _, v := range values {
			switch {
			case v.item == nil:
				if s := v.raw(); s != "" {
					return s, it.raw("bestrating", "best"), it.raw("worstrating", "worst")
				}
			case pass == 0 && len(v.item.values("reviewaspect")) > 0:
			default:
				if s := cmp.Or(v.item.raw("ratingvalue", "value", "rating", "average"), v.item.bare()); s != "" {
					return s, v.item.raw("bestrating", "best"), v.item.raw("worstrating", "worst")
				}
			}
		}
	}
	return it.raw("ratingvalue", "value"), it.raw("bestrating", "best"), it.raw("worstrating", "worst")
}

// language is what the review, or the nearest element around its text, declares.
func language(it *item, page string) string {
	if s := it.raw("inlanguage"); s != "" && len(s) <= 35 {
		return s
	}
	if texts := it.values(textProps...); len(texts) > 0 {
		for n := texts[0].node; n != nil; n = n.Parent {
			if s := declared(n); s != "" {
				return s
			}
		}
	}
	return page
}

func declared(n *html.Node) string {
	if n.Type != html.ElementNode {
		return ""
	}
	s := strings.TrimSpace(cmp.Or(attr(n, "lang"), attr(n, "xml:lang")))
	if len(s) > 35 {
		return ""
	}
	return s
}

// readAt returns where a person can read the review: its own address on this site, else the page.
func (x *extractor) readAt(it *item) string {
	s := ""
	for _, v := range it.values("url") {
		s = cmp.Or(s, cmp.Or(v.url, v.text))
	}
	if s != "" && x.base != nil {
		if u, err := url.Parse(s); err == nil {
			if u = x.base.ResolveReference(u); u.Host == x.base.Host && u.User == nil {
				return u.String()
			}
		}
	}
	return x.url
}
