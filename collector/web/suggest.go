package web

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Suggestion is a profile proposed for a page.
type Suggestion struct {
	// YAML is the profile with comments, as ParseProfile reads it.
	YAML []byte
	// Found is what the profile reads from the page.
	Found Extraction
}

// ErrNoList is the error of Suggest for a page on which no repeated block looks like a list of reviews.
var ErrNoList = errors.New("no repeated block with words and a rating, a date or a name: are the reviews loaded by a script, or in another page?")

// Suggest proposes a profile for a page without mark-up, by structure alone: the block that repeats and
// holds words with a rating or a date, or quoted words with a name, and within it what stands at the same
// place in most of them.
// The candidates are read as profiles, and the one that reads most wins.
func Suggest(page string, body []byte, o ExtractOptions) (Suggestion, error) {
	doc, err := html.ParseWithOptions(strings.NewReader(pageText(body)), html.ParseOptionEnableScripting(false))
	if err != nil {
		return Suggestion{}, fmt.Errorf("unreadable page: %w", err)
	}
	o.Zone = cmp.Or(o.Zone, time.UTC)
	x := &extractor{url: o.URL, graph: graph{named: make(map[string]*item)}}
	x.document(doc)
	// Any day will do to tell a relative date from other words.
	s := newSurveyor(doc, newDateReader(o.Zone, cmp.Or(o.AsOf, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)), x.language))
	read := o
	read.AsOf = s.dates.asOf
	best, most := Suggestion{}, 0.0
	for _, b := range s.blocks() {
		draft := s.draft(b)
		text := draft.yaml()
		profile, err := ParseProfile("suggested", []byte(text))
		if err != nil {
			continue // a selector that cascadia reads otherwise
		}
		read.Profile = profile
		found, err := Extract(body, read)
		if err != nil {
			continue
		}
		if worth := b.worth(found); worth > most {
			most = worth
			best = Suggestion{YAML: []byte(draft.comments(page, marked(body, o), found) + text), Found: found}
		}
	}
	if most == 0 {
		return Suggestion{}, ErrNoList
	}
	return best, nil
}

// marked are the reviews that the mark-up of a page tells, for which no profile is needed.
func marked(body []byte, o ExtractOptions) []Review {
	o.Profile = nil
	e, err := Extract(body, o)
	if err != nil {
		return nil
	}
	return e.Reviews
}

// Bounds of what is looked at: a page of reviews has far less, a hostile one costs no more.
const (
	maxClues   = 5000
	maxClimb   = 12
	maxBlocks  = 12
	maxLooked  = 40   // reviews of a block that are looked at
	maxInside  = 2000 // elements of a review
	maxTelling = 60   // clues of a review
)

// A surveyor holds the clues of a page.
type surveyor struct {
	doc   *html.Node
	dates *dateReader
	clues []clue
	of    map[*html.Node]*holding
	order map[*html.Node]int // position in the document
	sizes map[*html.Node][2]int
	// selectors are those compiled, nil for what cascadia does not take.
	selectors map[string]cascadia.Selector
}

// A role is what an element may tell of a review.
type role int

const (
	isText role = iota
	isRating
	isDate
	isAuthor
	isTitle
	isReply
	isReplyDate
)

// A clue is an element that may be a field of a review.
type clue struct {
	role   role
	node   *html.Node
	attr   string // where the value stands, "" the text
	regex  string
	stars  int // how many elements of the look of node are the value; 0: the value is no count
	value  string
	weight int  // how much speaks for it
	named  bool // the mark-up says what it is; else it is a guess
}

// A holding counts the clues within an element.
type holding struct{ texts, ratings, dates, names, quotes int }

func newSurveyor(doc *html.Node, dates *dateReader) *surveyor {
	s := &surveyor{
		doc: doc, dates: dates, of: make(map[*html.Node]*holding), order: make(map[*html.Node]int),
		sizes: make(map[*html.Node][2]int), selectors: make(map[string]cascadia.Selector),
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && len(n.Data) <= 60 && anyDigits.MatchString(n.Data) {
			s.dates.learn(n.Data)
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		s.order[n] = len(s.order)
		if len(s.clues) < maxClues && !unseen(n) {
			s.look(n)
		}
		if n.DataAtom == atom.Blockquote || n.DataAtom == atom.Figcaption || n.DataAtom == atom.Q {
			s.around(n, func(h *holding) { h.quotes++ })
		}
	}
	for _, c := range s.clues {
		s.around(c.node, func(h *holding) {
			switch c.role {
			case isText:
				h.texts++
			case isRating:
				h.ratings++
			case isDate:
				h.dates++
			case isAuthor:
				h.names++
			}
		})
	}
	return s
}

// around notes something of an element in it and those around it.
func (s *surveyor) around(n *html.Node, note func(*holding)) {
	for up := 0; n != nil && up < maxClimb; n, up = n.Parent, up+1 {
		h := s.of[n]
		if h == nil {
			h = &holding{}
			s.of[n] = h
		}
		note(h)
	}
}

// unseen reports whether an element shows no text of the page.
func unseen(n *html.Node) bool {
	for up := 0; n != nil && up < maxClimb; n, up = n.Parent, up+1 {
		if silent[n.DataAtom] || n.DataAtom == atom.Head {
			return true
		}
	}
	return false
}

// inside counts the elements from n to what follows it.
func (s *surveyor) inside(n *html.Node) int {
	for a := n; a != nil; a = a.Parent {
		for next := a.NextSibling; next != nil; next = next.NextSibling {
			if next.Type == html.ElementNode {
				return s.order[next] - s.order[n]
			}
		}
	}
	return len(s.order) - s.order[n]
}

// A repeated is a set of elements of one look, each of which may be a review.
type repeated struct {
	css   string
	nodes []*html.Node
}

// blocks returns the likeliest blocks: words with a rating or date in each, or words that are quoted with
// a name; most of them first.
func (s *surveyor) blocks() []repeated {
	groups := make(map[string]*repeated)
	var list []*repeated
	for n, h := range s.of {
		if h.texts == 0 || h.texts > maxTelling || s.inside(n) > maxInside || h.ratings > 12 || h.dates > 4 || n.Type != html.ElementNode ||
			n.DataAtom == atom.Body || n.DataAtom == atom.Html || h.ratings+h.dates == 0 && !(h.names > 0 && (h.quotes > 0 || saidHere(n))) {
			continue
		}
		for _, css := range selectorsOf(n) {
			if css == n.Data && n.DataAtom != atom.Article && n.DataAtom != atom.Blockquote && n.DataAtom != atom.Li && n.DataAtom != atom.Tr {
				continue
			}
			g := groups[css]
			if g == nil {
				g = &repeated{css: css}
				groups[css] = g
				list = append(list, g)
			}
			g.nodes = append(g.nodes, n)
		}
	}
	for _, b := range list {
		slices.SortFunc(b.nodes, func(p, q *html.Node) int { return cmp.Compare(s.order[p], s.order[q]) })
	}
	list = slices.DeleteFunc(list, func(b *repeated) bool { return len(b.nodes) < 2 })
	slices.SortFunc(list, func(a, b *repeated) int {
		return cmp.Or(cmp.Compare(s.promise(b), s.promise(a)), cmp.Compare(s.order[a.nodes[0]], s.order[b.nodes[0]]), cmp.Compare(a.css, b.css))
	})
	out := make([]repeated, 0, maxBlocks)
	for _, b := range list {
		if len(out) == maxBlocks {
			break
		}
		if !slices.ContainsFunc(out, func(o repeated) bool { return slices.Equal(o.nodes, b.nodes) }) {
			out = append(out, *b)
		}
	}
	return out
}

// saidHere reports whether the style of an element or of those next around it speaks of what customers say.
func saidHere(n *html.Node) bool {
	for up := 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if n.Type == html.ElementNode && n.DataAtom != atom.Body && reviewWord.MatchString(attr(n, "class")+" "+attr(n, "id")) {
			return true
		}
	}
	return false
}

// promise says how much of a review the elements of a block hold.
func (s *surveyor) promise(b *repeated) int {
	sum := 0
	for _, n := range b.nodes {
		h := s.of[n]
		sum += 2*min(h.texts, 1) + 4*min(h.ratings, 1) + 2*min(h.dates, 1) + min(h.names, 1)
	}
	if reviewWord.MatchString(b.css) {
		sum *= 2
	}
	return sum
}

// reviewWord is how sites name a review in their style sheets.
var reviewWord = regexp.MustCompile(`(?i)(?:^|[^p])review|testimonial|quote|feedback|comment|bewertung|rezension|meinung|avis|opini|recens|resena|reseña|beoordeling|depoiment|anmeld|omdom|omtale`)

// worth says how good a list of reviews is what a profile found: what each tells, and how many there are.
func (b *repeated) worth(found Extraction) float64 {
	told, words, placed := 0, 0, 0
	for _, r := range found.Reviews {
		if r.Text != "" {
			told += 2
			words++
		}
		if r.Rating.Valid {
			told += 6
		}
		if r.Date.Known() {
			told += 2
		}
		if r.Author != "" {
			told++
		}
		if r.Rating.Valid || r.Date.Known() || r.Text != "" && r.Byline != "" {
			placed++
		}
	}
	n := len(found.Reviews) + found.Duplicates
	if len(found.Reviews) < 2 || words == 0 || 2*placed < len(found.Reviews) {
		return 0
	}
	mean := float64(told) / float64(len(found.Reviews)+found.Empty+len(found.Rejected))
	if reviewWord.MatchString(b.css) {
		mean += 4
	}
	return mean * math.Log2(float64(n+1))
}
