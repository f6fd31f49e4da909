package alert

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxText is how many characters of one text a message carries; a longer one ends in a sentence that
// says so.
const maxText = 8000

const goesOn = "[The text goes on; percept explain shows all of it.]"

// item says an alert about feedback.
func (d *decider) item(a Alert, f *Feedback, words []string) Item {
	p := d.practices[f.Practice]
	item := Item{
		ID: a.ID, Practice: p.ID, PracticeName: p.Name, Kind: f.Kind, Severity: a.Severity, Rules: a.Rules, Why: a.Why, Words: words,
		Feedback: f.ID, Version: f.Version, Source: f.Source, SourceName: d.set.called(f.Source), Rating: f.RatingText, Title: clip(f.Title), Text: clip(f.Text),
		Private: f.Private, Given: f.Given.In(p.Zone).Format("2 January 2006"), Age: age(d.now.Sub(f.Given)), URL: link(f.URL), Owner: p.Owner(a.Touchpoint),
	}
	for _, m := range f.Mentions {
		item.Touchpoints = append(item.Touchpoints, m.Name)
	}
	for _, answer := range f.Answers {
		if strings.TrimSpace(answer.Text) != "" {
			item.Answers = append(item.Answers, Answer{clip(answer.Question), clip(answer.Text)})
		}
	}
	return item
}

// unquoted stands in a message for words that are not to be shown to others.
const unquoted = "[The person asked not to be quoted; percept explain shows the words.]"

// foundWords are the words that a rule found, in the reason that match gives.
var foundWords = regexp.MustCompile(`says “.*”`)

// masked is the item without the persons that mask finds, and without words that are not to be quoted.
func masked(item Item, mask func(string) string) Item {
	if mask == nil || item.Feedback == "" {
		return item // a slip or a failure is told in our own words
	}
	if item.Private {
		item.Title, item.Text, item.Answers, item.Words = "", unquoted, nil, nil
		item.Why = slices.Clone(item.Why)
		for i, why := range item.Why {
			item.Why[i] = foundWords.ReplaceAllString(why, "says words that the rule looks for")
		}
	}
	item.Title, item.Text = mask(item.Title), mask(item.Text)
	item.Why, item.Words = maskedAll(item.Why, mask), maskedAll(item.Words, mask)
	answers := make([]Answer, len(item.Answers))
	for i, a := range item.Answers {
		answers[i] = Answer{mask(a.Question), mask(a.Text)}
	}
	if item.Answers != nil {
		item.Answers = answers
	}
	return item
}

func maskedAll(list []string, mask func(string) string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = mask(s)
	}
	return out
}

// clip takes control characters out of a text, and says where it ends early.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x2028, r == 0x2029:
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\uFFFD"))
	n := 0
	for i := range s {
		if n++; n > maxText {
			return s[:i] + "\n" + goesOn
		}
	}
	return s
}

// oneLine makes words fit for a subject or a line.
func oneLine(s string) string { return strings.Join(strings.Fields(clip(s)), " ") }

// capital begins words with a capital.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// sentence makes a sentence of words that begin or end in the middle of one.
func sentence(s string) string {
	s = capital(s)
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return s
}

// link is the address where it is one that a person may follow, else nothing.
func link(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func age(d time.Duration) string {
	switch days := int(d / (24 * time.Hour)); {
	case d < time.Hour:
		return "less than an hour ago"
	case d < 2*time.Hour:
		return "an hour ago"
	case days == 0:
		return fmt.Sprintf("%d hours ago", int(d/time.Hour))
	case days == 1:
		return "a day ago"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}

// subject is one line about an item. It carries no words of the customer.
func subject(kind Kind, item Item) string {
	name := oneLine(item.PracticeName)
	switch kind {
	case SlipAlert:
		return fmt.Sprintf("percept: %s: %s is slipping", name, names(item.Touchpoints))
	case Withdrawn:
		if item.Kind == "source" {
			return fmt.Sprintf("percept: mended: %s, %s", oneLine(cmp.Or(item.SourceName, item.Source)), name)
		}
		return fmt.Sprintf("percept: %s: withdrawn: %s is not slipping", name, names(item.Touchpoints))
	case Failure:
		return fmt.Sprintf("percept: collector failed: %s, %s", oneLine(cmp.Or(item.SourceName, item.Source)), name)
	}
	what := "a review"
	if item.Kind == "response" {
		what = "a survey response"
	}
	s := fmt.Sprintf("percept: %s: %s needs a person", name, what)
	if item.Rating != "" {
		s += " (" + oneLine(item.Rating) + ")"
	}
	return s
}
