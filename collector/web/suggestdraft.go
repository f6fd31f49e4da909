package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A draft is a profile in the making.
type draft struct {
	block  repeated
	id     string
	fields map[role]pick
	best   string
	next   string
	// alike is a rating by counting stars that is the same in all reviews: perhaps colour tells them apart.
	alike *pick
}

// A pick is the field that most reviews of a block agree on.
type pick struct {
	css, attr, regex     string
	count                bool // the value is how many elements css selects
	votes, weight, named int
	others               int // elements that css finds too, after the one meant
	values               map[string]bool
}

// draft finds the fields of a block: each clue votes for the selectors that find it in its review.
func (s *surveyor) draft(b repeated) draft {
	d := draft{block: b, id: distinctID(b.nodes), fields: make(map[role]pick), next: nextSelector(s.doc)}
	looked := b.nodes[:min(len(b.nodes), maxLooked)]
	at := make(map[*html.Node]*html.Node, len(looked))
	for _, n := range looked {
		at[n] = n
	}
	votes := make(map[role]map[string]*pick)
	voted := make(map[string]*html.Node) // one vote a review
	heard := make(map[*html.Node]int)
	top := 0.0
	for _, c := range s.clues {
		item := c.node
		for up := 0; item != nil && at[item] == nil && up < maxClimb; up++ {
			item = item.Parent
		}
		if item == nil || at[item] == nil || heard[item] == maxTelling {
			continue
		}
		heard[item]++
		if c.role == isRating {
			if v, scale, ok := ratingValue(c.value); ok && scale == 0 {
				top = max(top, v)
			}
		}
		for _, w := range s.wider(c, item) {
			for _, css := range selectorsFor(w, item) {
				key := fmt.Sprint(c.role, c.stars > 0, css, "\x00", c.attr, "\x00", c.regex)
				if voted[key] == item || w.node == item || !s.first(item, css, w.node) || c.stars > 0 && s.matches(item, css) != c.stars {
					continue
				}
				voted[key] = item
				if votes[c.role] == nil {
					votes[c.role] = make(map[string]*pick)
				}
				p := votes[c.role][key]
				if p == nil {
					p = &pick{css: css, attr: c.attr, regex: c.regex, count: c.stars > 0, values: make(map[string]bool)}
					votes[c.role][key] = p
				}
				p.votes++
				p.others += s.matches(item, css) - max(1, c.stars)
				if w.named {
					p.named++
				}
				p.weight += w.weight
				p.values[c.value] = true
			}
		}
	}
	for r, picks := range votes {
		if p, ok := elect(r, slices.Collect(maps.Values(picks)), len(looked)); ok {
			d.fields[r] = p
		}
	}
	if p := d.fields[isRating]; p.count && p.votes > 3 && len(p.values) == 1 {
		d.alike = &p
		delete(d.fields, isRating)
	}
	if a, t := d.fields[isAuthor], d.fields[isTitle]; a.css != "" && a.css == t.css {
		delete(d.fields, isTitle)
	}
	switch {
	case top > 10:
		d.best = "100"
	case top > 5:
		d.best = "10"
	}
	return d
}

// selectorsFor returns selectors that may find a clue in its item.
func selectorsFor(c clue, item *html.Node) []string {
	if c.stars > 0 {
		return starSelectors(c.node)
	}
	return append(selectorsOf(c.node), within(c.node, item)...)
}

// wider returns the clue and, for words, the elements around it that hold the words of the review and
// little else: reviews have paragraphs. Words are sure where a name says so or where they are most of the item.
func (s *surveyor) wider(c clue, item *html.Node) []clue {
	if c.role != isText && c.role != isReply {
		return []clue{c}
	}
	most, _ := s.size(item)
	sure := func(c clue, own int) clue {
		c.named = c.named || bodyWord.MatchString(attr(c.node, "class")+" "+attr(c.node, "itemprop")) || own*10 >= most*6
		return c
	}
	out := []clue{sure(c, c.weight)}
	for n, up := c.node.Parent, 0; n != nil && n != item && up < 3; n, up = n.Parent, up+1 {
		if h := s.of[n]; h == nil || h.ratings+h.dates > 0 {
			break
		}
		all, own := s.size(n)
		if own < c.weight || c.role == isReply && !strings.Contains(oneLine(nodeText(n)), c.value) {
			continue
		}
		w := c
		w.node, w.weight = n, own-2*max(0, all-own)
		out = append(out, sure(w, own))
	}
	return out
}

// size is the length of the text in n and of the paragraphs of it, in bytes.
func (s *surveyor) size(n *html.Node) (all, paragraphs int) {
	if known, ok := s.sizes[n]; ok {
		return known[0], known[1]
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && !silent[d.DataAtom] {
			if t := ownText(d); len(t) >= 20 && (len(t) > 80 || !replyLabel.MatchString(t)) {
				paragraphs += len(t)
			}
		}
	}
	all = len(nodeText(n))
	s.sizes[n] = [2]int{all, paragraphs}
	return all, paragraphs
}

// elect takes the field that most reviews have, and of equals the one with the most behind it and the
// shortest selector. What says the same in every review is no author, no title and no words of a person,
// and no rating below the best.
func elect(r role, picks []*pick, reviews int) (pick, bool) {
	least := max(2, (reviews+2)/3)
	if r == isReply || r == isReplyDate {
		least = 1
	}
	picks = slices.DeleteFunc(picks, func(p *pick) bool {
		switch {
		case p.votes < least:
			return true
		case r == isText:
			return p.weight <= 0 || p.repeats()
		case r == isTitle:
			return p.repeats()
		case r == isAuthor:
			return p.repeats() || p.guessed() && p.votes*5 < reviews*3
		case r == isRating:
			return p.votes > 3 && len(p.values) == 1 && p.guessed() && !p.best()
		}
		return false
	})
	if len(picks) == 0 {
		return pick{}, false
	}
	return *slices.MaxFunc(picks, func(a, b *pick) int {
		switch r {
		case isText, isReply:
			return cmp.Or(cmp.Compare(a.weight, b.weight), shorter(a, b))
		case isAuthor:
			return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.votes, b.votes), shorter(a, b))
		case isRating:
			return cmp.Or(cmp.Compare(a.telling(), b.telling()), cmp.Compare(a.weight, b.weight), shorter(a, b))
		}
		return cmp.Or(cmp.Compare(a.votes, b.votes), cmp.Compare(a.weight, b.weight), shorter(a, b))
	}), true
}

// repeats reports whether most reviews say the same.
func (p *pick) repeats() bool { return p.votes > 2 && len(p.values)*2 < p.votes }

// telling ranks what differs from review to review over what a few more of them have.
func (p *pick) telling() int { return p.votes * (1 + min(len(p.values), 2)) }

// guessed reports whether nothing in the mark-up of most reviews says what the field is.
func (p *pick) guessed() bool { return p.named*2 < p.votes }

// best reports whether every rating is five stars.
func (p *pick) best() bool { return p.values["5"] || p.values["★★★★★"] }

func shorter(a, b *pick) int {
	// What finds only what is meant outlives what finds it first, a class outlives a tag.
	return cmp.Or(cmp.Compare(min(b.others, 1), min(a.others, 1)), cmp.Compare(strings.Count(a.css, "."), strings.Count(b.css, ".")), cmp.Compare(len(b.css), len(a.css)), cmp.Compare(b.css+b.attr+b.regex, a.css+a.attr+a.regex))
}

// distinctID returns the attribute that names every review, and is no mere position in the list.
func distinctID(items []*html.Node) string {
	for _, a := range items[0].Attr {
		if a.Key != "id" && !(strings.HasPrefix(a.Key, "data-") && (strings.HasSuffix(a.Key, "id") || strings.HasSuffix(a.Key, "key"))) {
			continue
		}
		seen := make(map[string]bool)
		counted, last := true, -1
		for _, n := range items {
			v := attr(n, a.Key)
			if v == "" || seen[v] {
				break
			}
			seen[v] = true
			at, err := strconv.Atoi(trailing(v))
			counted = counted && err == nil && at < 1000 && (last < 0 || at == last+1)
			last = at
		}
		if len(seen) == len(items) && !counted {
			return a.Key
		}
	}
	return ""
}

// trailing is the number at the end of s.
func trailing(s string) string {
	return s[len(strings.TrimRight(s, "0123456789")):]
}

// nextSelector names a link to the next page that does not say so by rel=next.
func nextSelector(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" || attr(n, "href") == "" || attr(n, "rel") == "next" {
			continue
		}
		for class := range strings.FieldsSeq(attr(n, "class")) {
			if className.MatchString(class) && slices.Contains([]string{"next", "older", "nextpage", "next-page", "page-next", "next_page", "pagination-next"}, strings.ToLower(class)) && cascadia.Query(doc, cascadia.MustCompile("a."+class)) == n {
				return "a." + class
			}
		}
	}
	return ""
}
