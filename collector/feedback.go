package collector

import (
	"strings"
	"time"
)

// A Practice is one place that customers visit.
type Practice struct {
	ID   string // [a-z0-9][a-z0-9_-]{0,63}
	Name string
	Zone *time.Location // never nil: weeks and days are this zone's
}

// A Kind tells public reviews from survey responses; the two are never pooled in one score.
type Kind string

// The kinds of feedback.
const (
	Review   Kind = "review"
	Response Kind = "response"
)

// Feedback is what one person said on one occasion.
type Feedback struct {
	// ID identifies the feedback in percept for ever; Identity.Name fills it in.
	ID string
	// Practice is a practice's id, Source the name of the Source.
	Practice, Source string
	Kind             Kind
	// SourceID is the source's own id, empty where it has none.
	SourceID string
	// Author is the name as written. It is never stored: AuthorKey, a keyed hash, is.
	Author, AuthorKey string
	Date              Date
	Title, Text       string
	Language          string // BCP 47 as declared by the source, else empty
	Rating            Rating
	URL               string // where a person can read it
	// Subject is whom a review is about, as the page names it.
	Subject string
	// Site is the platform that a review was written on, and SiteID its id there, where its source passes
	// on what others have: "google". Empty: the source's own.
	Site, SiteID string
	// Private is true where the person does not want their words shown: they count, and are quoted nowhere outside of
	// the practice.
	Private bool
	// Reply is the practice's public answer, nil without one.
	Reply *Reply
	// Answers are a response's questions in the order of the file; nil for reviews.
	Answers []Answer
	// Ref says where it was found, for messages: "group.csv:17".
	Ref string
	// Rows is how many rows of input it stands for: 1, or more where a file has one row an answer.
	Rows int
	// Raw is what the source wrote of it, where it has no id: the identity rests on that, so that reading
	// a date or a column otherwise makes a new version and not a new feedback. Without it the identity
	// rests on author, title, words and absolute date.
	Raw string
	// Twin tells feedbacks apart that the source cannot: the nth of those with equal identity on a page.
	Twin int
}

// Said reports whether the feedback holds any words or any rating; "don't know" is an answer too.
func (f *Feedback) Said() bool {
	if strings.TrimSpace(f.Text) != "" || strings.TrimSpace(f.Title) != "" || f.Rating.Raw != "" {
		return true
	}
	for _, a := range f.Answers {
		if strings.TrimSpace(a.Text) != "" || a.Rating.Raw != "" {
			return true
		}
	}
	return false
}

// A Reply is the practice's public answer to a review.
type Reply struct {
	Text  string
	Date  Date
	State string // "", "published", "pending" or "rejected"
}

// Asks is what an open question invites, which a short answer means little without.
type Asks string

// What a question asks for.
const (
	AsksAnything Asks = ""
	AsksPraise   Asks = "praise"  // "What did we do well?"
	AsksImprove  Asks = "improve" // "What could we do better?"
	AsksWhy      Asks = "why"     // "Why did you give this score?"
)

// An Answer is one question of a response.
type Answer struct {
	Question string // as the customer read it
	Column   string // heading in the file, with its position where headings repeat
	Asks     Asks
	// Touchpoint is the touchpoint the question asks about: a taxonomy slug, or empty.
	Touchpoint string
	Text       string
	Rating     Rating
	Ref        string // "group.csv:17" where a row is an answer, else empty
}

// A Rating is a number a person gave, kept raw beside the common 1 to 5 scale.
type Rating struct {
	Raw, Best, Worst string // as written; empty where not stated
	// Value is the rating on 1 (worst) to 5 (best), meaningful where Valid.
	Value float64
	Valid bool
	// Tag names the definition: "stars", "nps-0-10", "csat-5", "ces-7", "fft". Two tags never share an axis.
	Tag string
}

// Score maps the rating to the -1 to 1 of sentiment: 3 is 0.
func (r Rating) Score() float64 { return (r.Value - 3) / 2 }
