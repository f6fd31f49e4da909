package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"percept/collector"
)

// ExtractOptions are what a page does not say of itself. All may be zero.
type ExtractOptions struct {
	URL     string         // where the page is from
	AsOf    time.Time      // when it was fetched; without it "a week ago" is no date
	Zone    *time.Location // of the practice: the day of a time without a zone; nil is UTC
	Profile *Profile       // selectors for pages without mark-up; nil without one
}

// An Extraction is what a page holds.
type Extraction struct {
	Reviews  []Review
	Rejected []collector.Rejection
	// Duplicates counts reviews that stand twice in one syntax, Empty those without words and rating.
	Duplicates, Empty int
	Notes             []string
	// Partial says what kept reviews of the page from being read, which are thus not known; empty where all was read.
	Partial string
	// Aggregate is the summary the page states; Count 0 and no Raw where it states none.
	Aggregate collector.Aggregate
	// Next is the address of the next page of the list, empty where there is none.
	Next string

	zero    bool // the page says itself that it has no reviews
	parsed  bool // the page could be read at all
	guessed bool // Next is a number further, and no link
	zone    *time.Location
}

// A Review is one review and the syntax it was found in.
type Review struct {
	collector.Feedback
	Format string
	// Byline is who wrote as the page has it: "Anonymous" too, who is no Author.
	Byline string
}

// None says why a page gives no review though it does not say itself that there are none; empty where it
// gives some, or says so.
func (e Extraction) None() string {
	switch {
	case len(e.Reviews)+len(e.Rejected)+e.Empty > 0 || e.zero:
		return ""
	case e.Partial != "":
		return "no reviews found: " + e.Partial
	case e.Aggregate.Count > 0:
		return fmt.Sprintf("no reviews found, though the page states %d", e.Aggregate.Count)
	}
	return errNoReviews.Error()
}

// ErrPageChanged is wrapped by the error of a page on which a profile finds nothing.
var ErrPageChanged = errors.New("page changed")

// Extract finds the reviews of a page: an HTML document, or a JSON-LD one. It does no I/O, and the same
// arguments give the same result. An error means that the page could not be read at all; what is wrong
// with a part of it is a Note, what is wrong with one review a rejection.
func Extract(body []byte, o ExtractOptions) (Extraction, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	text := pageText(body)
	if strings.TrimSpace(text) == "" {
		return Extraction{}, errors.New("empty page")
	}
	x := &extractor{url: o.URL, graph: graph{named: make(map[string]*item)}}
	x.zone = o.Zone
	x.base = parseURL(o.URL)
	var doc *html.Node
	if isJSON(text) {
		x.graph.jsonLD(text, 1, x.base)
	} else {
		var err error
		if doc, err = html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(false)); err != nil {
			return Extraction{}, fmt.Errorf("unreadable page: %w", err)
		}
		x.document(doc)
		x.read(doc)
	}
	x.Notes = append(x.Notes, x.graph.notes...)
	var list []candidate
	if o.Profile != nil && doc != nil {
		list = o.Profile.reviews(x, doc)
		x.zone = cmp.Or(o.Profile.zone, o.Zone)
		x.dates = newDateReader(x.zone, o.AsOf, cmp.Or(o.Profile.Date.Language, x.language))
	} else {
		list = x.candidates()
		x.dates = newDateReader(x.zone, o.AsOf, x.language)
	}
	x.summary()
	x.finish(list)
	x.Partial = x.partial(o.Profile)
	if more := len(x.Notes) - maxNotes; more > 0 {
		x.Notes = append(x.Notes[:maxNotes], "and "+collector.Plural(more, "note")+" more")
	}
	x.parsed = true
	if doc != nil {
		x.zero = x.zero || len(list) == 0 && saysNone(doc)
		x.next(doc, o.Profile)
	}
	if o.Profile != nil && len(list) == 0 && !x.zero {
		return x.Extraction, fmt.Errorf("profile: nothing matches %q: %w", o.Profile.Item, ErrPageChanged)
	}
	return x.Extraction, nil
}

// partial is what of the mark-up could not be read, where the reviews come from there: those of a profile do not. A page that
// tells most of them in a second syntax, or as many as it says there are, tells them whole.
func (x *extractor) partial(p *Profile) string {
	if p != nil || x.graph.unread == "" {
		return ""
	}
	if n := x.Aggregate.Count; n > 0 && len(x.Reviews) >= n {
		return ""
	}
	second := 0
	for _, r := range x.Reviews {
		if r.Format != SyntaxJSONLD && !strings.HasPrefix(x.graph.unread, SyntaxMicrodata) {
			second++
		}
	}
	if second > len(x.Reviews)-second {
		return ""
	}
	return x.graph.unread
}

// maxNotes bounds what a hostile page can make a reader read.
const maxNotes = 50

// An extractor holds what is known of one page while it is read.
type extractor struct {
	Extraction
	graph    graph
	dates    *dateReader
	url      string
	base     *url.URL // nil when the page says nowhere where it is from
	language string
	site     string
	owner    *item // what the page's summary is about
}

func parseURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

func isJSON(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n\ufeff")
	return strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[")
}

// document reads what the page says of itself.
func (x *extractor) document(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			x.language = cmp.Or(x.language, declared(n))
		case atom.Link:
			if x.base == nil && strings.EqualFold(attr(n, "rel"), "canonical") {
				x.base = parseURL(attr(n, "href"))
			}
		case atom.Meta:
			switch {
			case x.base == nil && attr(n, "property") == "og:url":
				x.base = parseURL(attr(n, "content"))
			case attr(n, "property") == "og:site_name":
				x.site = cmp.Or(x.site, attr(n, "content"))
			case strings.EqualFold(attr(n, "http-equiv"), "content-language") && len(attr(n, "content")) <= 35:
				x.language = cmp.Or(x.language, strings.TrimSpace(attr(n, "content")))
			}
		}
	}
	x.url = cmp.Or(x.url, urlString(x.base))
}

func urlString(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}

// read fills the graph from all three syntaxes.
func (x *extractor) read(doc *html.Node) {
	n := 0
	for s := range doc.Descendants() {
		if s.DataAtom != atom.Script || !strings.Contains(strings.ToLower(attr(s, "type")), "ld+json") || s.FirstChild == nil {
			continue
		}
		n++
		x.graph.jsonLD(s.FirstChild.Data, n, x.base)
	}
	x.graph.microdata(doc)
	x.graph.rdfa(doc)
}

// candidates reads the reviews of the graph, without shells and without the page itself.
func (x *extractor) candidates() []candidate {
	var list []candidate
	for _, f := range x.graph.reviewItems() {
		if f.it.cut {
			x.Notes = append(x.Notes, "a review broke off in the middle of its mark-up and was left out")
			continue
		}
		list = append(list, x.review(f))
	}
	alone := 0
	for _, c := range list {
		if c.alone() && c.text+c.title != "" {
			alone++
		}
	}
	return slices.DeleteFunc(list, func(c candidate) bool {
		if c.alone() && alone == 1 && (isArticle(c.it) || len(c.text) > longReview) {
			x.Notes = append(x.Notes, "the page itself is typed Review, without a rating and a subject: not taken")
			return true
		}
		return false
	})
}

// longReview is a length, in bytes, that customers hardly ever reach.
const longReview = 4000

// isArticle reports whether an item is a page of text that calls itself a review.
func isArticle(it *item) bool {
	if it.is("article", "newsarticle", "blogposting", "webpage") {
		return true
	}
	for _, name := range []string{"articlebody", "mainentityofpage", "publisher", "wordcount", "articlesection"} {
		if len(it.values(name)) > 0 {
			return true
		}
	}
	if it.node == nil {
		return false
	}
	switch it.node.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return true
	}
	return false
}
