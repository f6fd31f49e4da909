package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"percept/collector"
)

// finish turns candidates into reviews.
func (x *extractor) finish(list []candidate) {
	dropPositions(list) // shells have positions too
	list = slices.DeleteFunc(list, func(c candidate) bool {
		shell := c.text == "" && c.title == "" && !hasRating(c)
		if shell && (c.author != "" || len(c.rawDates) > 0) {
			x.Empty++
		}
		return shell
	})
	for _, c := range list {
		for _, s := range c.rawDates {
			x.dates.learn(s)
		}
	}
	about := ""
	if x.owner != nil {
		about = x.owner.label()
	}
	inherited := x.inheritedBest(list)
	for i := range list {
		c := &list[i]
		c.subject = cmp.Or(c.subject, about)
		if c.byline = c.author; anonymous(c.author) {
			c.author = ""
		}
		for _, s := range c.rawDates {
			if c.date = x.dates.read(s); c.date.Known() {
				break
			}
		}
		if !c.date.Known() && len(c.rawDates) > 0 {
			x.noteOn(i, x.dates.undated(c.rawDates[0]))
		}
		for _, s := range c.rawDates {
			if c.dated = x.dates.dated(s); c.dated != "" {
				break
			}
		}
		c.rate(inherited)
	}
	list, x.Duplicates = distinct(list)
	x.emit(list)
}

// noteOn notes something about the ith review, from 0, with the page that it stands on.
func (x *extractor) noteOn(i int, what string) {
	x.Notes = append(x.Notes, strings.TrimSpace(fmt.Sprintf("%s review %d: %s", x.url, i+1, what)))
}

func hasRating(c candidate) bool {
	_, _, ok := ratingValue(c.rating)
	return ok
}

func (x *extractor) emit(list []candidate) {
	for i, c := range list {
		ref := fmt.Sprintf("%s review %d", cmp.Or(x.url, "page"), i+1)
		if c.ratingFault != nil {
			x.Rejected = append(x.Rejected, collector.Rejection{Ref: ref, Reason: c.ratingFault.Error()})
			continue
		}
		if c.ratingNote != "" {
			x.noteOn(i, c.ratingNote)
		}
		f := collector.Feedback{
			Kind: collector.Review, SourceID: c.id, Author: c.author, Date: c.date, Title: c.title, Text: c.text,
			Language: c.language, Rating: c.parsed, URL: cmp.Or(c.url, x.url), Subject: c.subject, Ref: ref, Rows: 1,
		}
		if c.replyText != "" {
			f.Reply = &collector.Reply{Text: c.replyText, Date: x.dates.read(c.replyDate), State: replyState(c.replyState)}
		}
		if c.id == "" {
			f.Raw = c.raw()
		}
		x.Reviews = append(x.Reviews, Review{f, c.format, c.byline})
	}
	countTwins(x.Reviews)
}

// raw is all that names a review without an id: author, title, words, date and, without words, rating.
// It does not rest on the day of fetching, nor on what else is on the page. Changing what it returns
// makes every such review new.
func (c *candidate) raw() string {
	parts := []string{c.author, c.title, c.text, c.dated}
	if c.text == "" {
		parts = append(parts, c.parsed.Raw)
	}
	for i, s := range parts {
		parts[i] = oneLine(norm.NFC.String(s))
	}
	return strings.Join(parts, "\n") // which no part holds any more
}

// countTwins numbers the reviews that are named alike.
func countTwins(list []Review) {
	seen := make(map[string]int)
	for i := range list {
		if f := &list[i].Feedback; f.SourceID == "" {
			f.Twin = seen[f.Raw]
			seen[f.Raw]++
		}
	}
}

func replyState(s string) string {
	switch s = strings.ToLower(s); {
	case strings.Contains(s, "reject"):
		return "rejected"
	case strings.Contains(s, "pend"):
		return "pending"
	case s == "":
		return ""
	}
	return "published"
}
