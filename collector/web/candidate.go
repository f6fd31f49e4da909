package web

import (
	"cmp"
	"strings"
	"time"

	"percept/collector"
)

// A candidate is a review as found, before it is known whether the page says it twice.
type candidate struct {
	format, id, subject, author, title, text, language, url string
	rawDates                                                []string
	rating, best, worst                                     string
	replyText, replyDate, replyState                        string
	led                                                     bool // another item leads to it as its review
	it                                                      *item

	byline      string // who wrote as the page has it; author is empty where that is nobody
	date        collector.Date
	dated       string // the date as it stands, the same on every day of fetching
	parsed      collector.Rating
	ratingNote  string
	ratingFault error
	gone        bool            // said before
	saying, who string          // letters of text and author
	told        map[string]bool // the other syntaxes that tell it
}

// alone reports whether nothing says that the item is a review of something.
func (c *candidate) alone() bool {
	return !c.led && c.it != nil && !hasRating(*c) && len(c.it.values("itemreviewed", "item")) == 0
}

func (c *candidate) rate(inheritedBest string) {
	best := c.best
	v, scale, ok := ratingValue(c.rating)
	if top, stated := decimal(inheritedBest); ok && stated && best == "" && scale == 0 && v <= top {
		best = inheritedBest
	}
	c.parsed, c.ratingNote, c.ratingFault = ParseRating(c.rating, best, c.worst)
}

// distinct leaves each review once. The second syntax that tells a review adds what the first left
// out; a double within one syntax is counted.
func distinct(list []candidate) (kept []candidate, doubles int) {
	for i := range list {
		c := &list[i]
		c.saying, c.who = letters(c.text), letters(c.author)
	}
	clearSharedIDs(list)
	index := make(map[string][]*candidate)
	for i := range list {
		c := &list[i]
		for _, key := range c.keys() {
			if twin := c.twin(index[key]); twin != nil {
				c.gone = true
				if twin.format == c.format {
					doubles++
				} else {
					twin.tell(c.format)
				}
				twin.fill(c)
				break
			}
		}
		if c.gone {
			continue
		}
		for _, key := range c.keys() {
			index[key] = append(index[key], c)
		}
	}
	for _, c := range list {
		if !c.gone {
			kept = append(kept, c)
		}
	}
	return kept, doubles
}

// keys are what two tellings of one review have in common: the id, the beginning of the text, or author and day.
func (c *candidate) keys() []string {
	var keys []string
	if c.saying != "" {
		keys = append(keys, "t"+prefix(c.saying, 24))
	}
	if c.who != "" && c.date.Known() {
		keys = append(keys, "a"+c.who)
	}
	if len(keys) == 0 {
		keys = append(keys, "r"+c.rating+c.who)
	}
	if c.id != "" {
		keys = append(keys, "i"+c.id)
	}
	return keys
}

func prefix(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// maxTwins bounds the comparisons that a page of equal reviews can ask for.
const maxTwins = 64

// twin returns the candidate that tells the same review.
func (c *candidate) twin(list []*candidate) *candidate {
	for _, o := range list[max(0, len(list)-maxTwins):] {
		if o.format == c.format && c.double(o) || o.format != c.format && !o.told[c.format] && c.same(o) {
			return o
		}
	}
	return nil
}

// double reports whether two reviews of one syntax are one said twice. Short words of nobody in
// particular are not: twenty people write "very good".
func (c *candidate) double(o *candidate) bool {
	if c.id != "" && o.id != "" {
		return c.id == o.id
	}
	if c.saying != o.saying || c.who != o.who || c.title != o.title ||
		c.rating != o.rating || c.date != o.date || c.dated != o.dated || c.subject != o.subject {
		return false
	}
	return c.who != "" && (c.saying != "" || c.date.Known()) || c.date.Precision == collector.Exact || len(c.saying) >= 60
}

// same reports whether two syntaxes tell the same review.
func (c *candidate) same(o *candidate) bool {
	if c.id != "" && c.id == o.id {
		return true
	}
	if c.who != "" && o.who != "" && c.who != o.who || !near(c.date, o.date) {
		return false
	}
	if c.parsed.Valid && o.parsed.Valid && abs(c.parsed.Value-o.parsed.Value) > 0.06 {
		return false
	}
	a, b := c.saying, o.saying
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == b:
		return a != "" || c.who != "" || c.date.Known() && o.date.Known() || c.rating != "" && c.rating == o.rating
	case a == "":
		return c.who != "" && c.date.Known() && o.date.Known()
	}
	return len(a) >= 10 && strings.HasPrefix(b, a)
}

// tell notes that another syntax tells the review too: a second one of that syntax is another review.
func (c *candidate) tell(format string) {
	if c.told == nil {
		c.told = make(map[string]bool)
	}
	c.told[format] = true
}

func abs(v float64) float64 { return max(v, -v) }

// near reports whether two dates can be one: the same day, give or take a time zone.
func near(a, b collector.Date) bool {
	if !a.Known() || !b.Known() {
		return true
	}
	const day = 24 * time.Hour
	return !a.Start.After(b.End.Add(day)) && !b.Start.After(a.End.Add(day))
}

func (c *candidate) fill(o *candidate) {
	for _, f := range []struct{ to, from *string }{
		{&c.id, &o.id}, {&c.author, &o.author}, {&c.byline, &o.byline}, {&c.dated, &o.dated}, {&c.title, &o.title}, {&c.subject, &o.subject},
		{&c.language, &o.language}, {&c.url, &o.url},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if len(o.saying) > len(c.saying) {
		c.text, c.saying = o.text, o.saying
	}
	c.who = cmp.Or(c.who, o.who)
	if c.replyText == "" {
		c.replyText, c.replyDate, c.replyState = o.replyText, o.replyDate, o.replyState
	}
	if !c.date.Known() {
		c.date = o.date
	}
	if !c.parsed.Valid && o.parsed.Valid {
		c.parsed, c.ratingNote, c.ratingFault = o.parsed, o.ratingNote, nil
	}
}
