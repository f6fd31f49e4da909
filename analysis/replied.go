package analysis

import (
	"regexp"
	"strings"
	"unicode"

	"percept/collector"
)

// A Replied is a public review with the practice's answer to it.
type Replied struct {
	Feedback string
	Given    collector.Date
	Rating   collector.Rating // only Value, Valid and Tag
	Text     string           // of the reply
	At       collector.Date   // when it was given, unknown where the source does not say
}

// What a reply says, as far as a rule can read English.
var (
	offers  = regexp.MustCompile(`(?i)\b(?:contact|call|phone|ring|e-?mail|reach|write to|speak (?:to|with)|talk to|visit|message) (?:us|me|our|the practice)\b|\b(?:get|be) in touch\b|\bgive (?:us|me) a (?:call|ring)\b|@|\+?\d[\d ()-]{7,}\d`)
	changes = regexp.MustCompile(`(?i)\bwe(?: have|'ve|’ve| will|'ll|’ll| are)?(?: now| since| already| also)* (?:chang|fix|train|retrain|improv|replac|introduc|updat|correct|address|look(?:ed|ing)? into|remind|brief|hir|add)\p{L}*|\b(?:has|have) (?:now |since |already )?been (?:fixed|changed|resolved|addressed|corrected|replaced|retrained|raised)\b|\bwe now \p{L}+|\bput (?:\p{L}+ ){0,3}in place\b|\bmake sure (?:that )?(?:it|this|that)\b`)
)

// Offers reports whether the reply names a way to go on talking.
func (r Replied) Offers() bool { return offers.MatchString(r.Text) }

// Changes reports whether the reply says what was changed, or will be.
func (r Replied) Changes() bool { return changes.MatchString(r.Text) }

// Wording is what a reply says without its letters' case, punctuation and spaces, to tell copies by.
func (r Replied) Wording() string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, r.Text)
}
