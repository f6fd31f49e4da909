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
}

// A pick is the field that most reviews of a block agree on.
type pick struct {
	css, attr, regex string
	votes, weight    int
	values           map[string]bool
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
			for _, css := range append(selectorsOf(w.node), s.within(w.node, item)...) {
				key := fmt.Sprint(c.role, css, "\x00", c.attr, "\x00", c.regex)
				if voted[key] == item || w.node == item || !s.first(item, css, w.node) {
					continue
				}
				voted[key] = item
				if votes[c.role] == nil {
					votes[c.role] = make(map[string]*pick)
				}
				p := votes[c.role][key]
				if p == nil {
					p = &pick{css: css, attr: c.attr, regex: c.regex, values: make(map[string]bool)}
					votes[c.role][key] = p
				}
				p.votes++
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

// within names an element by the one around it.
func (s *surveyor) within(n, item *html.Node) []string {
	var out []string
	if p := n.Parent; p != nil && p != item && p.Type == html.ElementNode && cascadiaTag.MatchString(n.Data) {
		for _, css := range selectorsOf(p) {
			if css[0] == '.' && !strings.Contains(css, " ") {
				out = append(out, css+" "+n.Data)
			}
		}
	}
	return out
}

// wider returns the clue and, for words, the elements around it that hold more words of the review
// and little else: reviews have paragraphs.
func (s *surveyor) wider(c clue, item *html.Node) []clue {
	out := []clue{c}
	if c.role != isText && c.role != isReply {
		return out
	}
	for n, up := c.node.Parent, 0; n != nil && n != item && up < 3; n, up = n.Parent, up+1 {
		if h := s.of[n]; h == nil || h.ratings+h.dates > 0 {
			break
		}
		if all, own := s.size(n); own > c.weight {
			w := c
			w.node, w.weight = n, own-2*max(0, all-own)
			out = append(out, w)
		}
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
			if t := ownText(d); len(t) >= 20 {
				paragraphs += len(t)
			}
		}
	}
	all = len(nodeText(n))
	s.sizes[n] = [2]int{all, paragraphs}
	return all, paragraphs
}

// elect takes the field that most reviews have, and of equals the one with the most behind it and the
// shortest selector. What says the same in every review is no author, no title and no words of a person.
func elect(r role, picks []*pick, reviews int) (pick, bool) {
	least := max(2, (reviews+2)/3)
	if r == isReply || r == isReplyDate || r == isTitle {
		least = 1
	}
	picks = slices.DeleteFunc(picks, func(p *pick) bool {
		same := (r == isAuthor || r == isTitle || r == isText) && p.votes > 2 && len(p.values)*2 < p.votes
		return p.votes < least || same || r == isText && p.weight <= 0
	})
	if len(picks) == 0 {
		return pick{}, false
	}
	return *slices.MaxFunc(picks, func(a, b *pick) int {
		if r == isText {
			return cmp.Or(cmp.Compare(a.weight, b.weight), shorter(a, b))
		}
		if r == isAuthor {
			return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.votes, b.votes), shorter(a, b))
		}
		return cmp.Or(cmp.Compare(a.votes, b.votes), cmp.Compare(a.weight, b.weight), shorter(a, b))
	}), true
}

func shorter(a, b *pick) int {
	// A class outlives a tag.
	return cmp.Or(cmp.Compare(strings.Count(a.css, "."), strings.Count(b.css, ".")), cmp.Compare(len(b.css), len(a.css)), cmp.Compare(b.css+b.attr+b.regex, a.css+a.attr+a.regex))
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

func (d draft) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "item: %s\n", quoted(d.block.css))
	if d.id != "" {
		fmt.Fprintf(&b, "id: {attr: %s}\n", quoted(d.id))
	}
	for _, f := range []struct {
		role role
		name string
	}{{isAuthor, "author"}, {isDate, "date"}, {isRating, "rating"}, {isTitle, "title"}, {isText, "text"}} {
		if p, ok := d.fields[f.role]; ok {
			best := ""
			if f.role == isRating {
				best = d.best
			}
			fmt.Fprintf(&b, "%s: %s\n", f.name, p.yaml(best))
		}
	}
	if p, ok := d.fields[isReply]; ok {
		fmt.Fprintf(&b, "reply:\n  text: %s\n", p.yaml(""))
		if p, ok := d.fields[isReplyDate]; ok {
			fmt.Fprintf(&b, "  date: %s\n", p.yaml(""))
		}
	}
	if d.next != "" {
		fmt.Fprintf(&b, "next: %s\n", quoted(d.next))
	}
	return b.String()
}

func (p pick) yaml(best string) string {
	if p.attr+p.regex+best == "" {
		return quoted(p.css)
	}
	s := "{css: " + quoted(p.css)
	for _, f := range [][2]string{{"attr", p.attr}, {"regex", p.regex}, {"best", best}} {
		if f[1] != "" {
			s += ", " + f[0] + ": " + quoted(f[1])
		}
	}
	return s + "}"
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// comments say above the profile what it reads, for a person to compare with the page.
func (d draft) comments(page string, found Extraction) string {
	var b strings.Builder
	var rated, dated, named, worded int
	values := make(map[float64]bool)
	for _, r := range found.Reviews {
		if r.Rating.Valid {
			rated++
			values[r.Rating.Value] = true
		}
		if r.Date.Known() {
			dated++
		}
		if r.Author != "" {
			named++
		}
		if r.Text != "" {
			worded++
		}
	}
	fmt.Fprintf(&b, "# Proposed for %s: compare with the page, then name this file as the profile of the source.\n", comment(page, 120))
	fmt.Fprintf(&b, "# %d reviews: %d with words, %d with a rating, %d with a date, %d with an author.\n", len(found.Reviews), worded, rated, dated, named)
	if rated > 3 && len(values) == 1 {
		b.WriteString("# Every rating is the same: does the page tell them apart by colour or picture only?\n")
	}
	for _, r := range found.Reviews[:min(len(found.Reviews), 3)] {
		day := "no date"
		if r.Date.Relative {
			day = "a date that moves"
		} else if r.Date.Known() {
			day = r.Date.Start.Format("2006-01-02") + " (" + string(r.Date.Precision) + ")"
		}
		stars := "no rating"
		if r.Rating.Valid {
			stars = strconv.FormatFloat(r.Rating.Value, 'g', 3, 64) + " of 5"
		}
		fmt.Fprintf(&b, "#   %s, %s, %s: %s\n", comment(cmp.Or(r.Author, "no author"), 40), day, stars, comment(cmp.Or(r.Text, r.Title), 80))
	}
	return b.String()
}

// comment puts a text from a page on one line of a comment.
func comment(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\u0085' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, oneLine(s))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + " ..."
	}
	return s
}
