package web

import (
	"fmt"
	"slices"
	"strings"

	"percept/collector"
)

// finish turns candidates into reviews.
func (x *extractor) finish(list []candidate) {
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
		c.subject = or(c.subject, about)
		for _, s := range c.rawDates {
			if c.date = x.dates.read(s); c.date.Known() {
				break
			}
		}
		c.rate(inherited)
	}
	dropPositions(list)
	list, x.Duplicates = distinct(list)
	x.emit(list)
}

func hasRating(c candidate) bool {
	_, _, ok := ratingValue(c.rating)
	return ok
}

func (x *extractor) emit(list []candidate) {
	seen := make(map[string]int)
	for i, c := range list {
		ref := fmt.Sprintf("%s review %d", or(x.url, "page"), i+1)
		if c.ratingFault != nil {
			x.Rejected = append(x.Rejected, collector.Rejection{Ref: ref, Reason: c.ratingFault.Error()})
			continue
		}
		if c.ratingNote != "" {
			x.Notes = append(x.Notes, fmt.Sprintf("review %d: %s", i+1, c.ratingNote))
		}
		f := collector.Feedback{
			Kind: collector.Review, SourceID: c.id, Author: c.author, Date: c.date, Title: c.title, Text: c.text,
			Language: c.language, Rating: c.parsed, URL: or(c.url, x.url), Subject: c.subject, Ref: ref, Rows: 1,
		}
		if c.replyText != "" {
			f.Reply = &collector.Reply{Text: c.replyText, Date: x.dates.read(c.replyDate), State: replyState(c.replyState)}
		}
		if c.id == "" {
			key := c.likeness()
			f.Twin = seen[key]
			seen[key]++
		}
		x.Reviews = append(x.Reviews, Review{f, c.format})
	}
}

// likeness is equal for reviews that nothing on the page tells apart.
func (c *candidate) likeness() string {
	parts := []string{c.who, c.title, c.text, c.rating, c.subject}
	if !c.date.Relative {
		parts = append(parts, c.date.Start.String())
	}
	return strings.Join(parts, "\x00")
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
