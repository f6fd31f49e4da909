package analysis

import (
	"context"
	"time"

	"percept/collector"
)

// General is the slug of what is about the practice as a whole; every taxonomy has it.
const General = "general"

// A Text is one text to score: a review's words, or one answer.
type Text struct {
	ID       string
	Text     string
	Question string // the survey question it answers, as the customer read it; may be empty
	Asks     collector.Asks
	Context  string // the whole feedback where Text is a part of it; may be empty
	Aspect   string // a touchpoint's slug or plain words: Score and Label are then of that alone
	// Touchpoint is what the question asks about: what an answer that names nothing else is about.
	Touchpoint string
	Language   string
	Explain    bool // fill Span.Why
}

// A Scored is what was understood of a Text.
type Scored struct {
	Score      float64 // sentiment of the whole, -1 to 1
	Label      string  // negative, neutral or positive
	Label5     string  // very negative, negative, neutral, positive or very positive
	Mixed      bool    // both praise and blame
	Confidence float64 // 0 to 1, of Label
	Mentions   []Span
	Behaviours []Span
	Unread     bool // in a language that the scorer does not know: nothing else is said
}

// A Span is the part of a text that is about one touchpoint or shows one behaviour.
type Span struct {
	ID         string  // slug
	Score      float64 // -1 to 1; 0 for a neutral mention
	Confidence float64 // 0 to 1
	Start, End int     // byte offsets into Text as given, End exclusive
	// Why names what moved the score, for people: the phrases and cues that fired. It is nil unless Text.Explain is set.
	Why []string
}

// A Scorer reads texts. It returns one Scored for each Text, in order.
type Scorer interface {
	Score(ctx context.Context, texts []Text) ([]Scored, error)
	// Version names model and taxonomy; what it scored is scored again when either changes.
	Version() (model, taxonomy string)
}

// An Origin says what a mention rests on.
type Origin string

// The origins of a mention.
const (
	FromText   Origin = "text"
	FromRating Origin = "rating" // a rating question about one touchpoint: no span
)

// Parts of a feedback that hold text: a mention's span is within one of them.
const (
	PartTitle = -1
	PartText  = 0 // answers are 1, 2, ... in the order of Feedback.Answers
)

// A Passage names one text of a feedback: a part of one of its versions.
type Passage struct {
	Feedback      string
	Version, Part int
}

// A Mention is the part of a feedback that is about one touchpoint.
type Mention struct {
	Feedback   string // id
	Version    int
	Part       int
	Touchpoint string
	Start, End int
	Score      float64
	Confidence float64
	Origin     Origin
}

// A Correction is a person's label: that a part of a feedback is about a touchpoint with this
// sentiment, or, with About false, that it is not.
type Correction struct {
	Feedback   string
	Version    int
	Part       int
	Touchpoint string
	About      bool
	Start, End int
	Score      float64
}

// A Behaviour is how people were treated, as one part of a feedback tells it.
type Behaviour struct {
	Feedback   string
	Version    int
	Part       int
	Behaviour  string
	Start, End int
	Score      float64
	Confidence float64
}

// An Observation is what one person said about one touchpoint in one feedback: the clauses and the
// rating averaged, so that people are counted and not sentences.
type Observation struct {
	Practice   string
	Touchpoint string
	Source     string
	Day        time.Time // midnight UTC of the day in the practice's zone
	Score      float64   // -1 to 1
	Review     string    // rows of one feedback share it
	TextSig    string    // near-duplicate key of a long text, else empty
}

// A Point is one week of a series: one touchpoint of one practice as one channel tells it.
type Point struct {
	Practice, Channel, Touchpoint string
	Week                          time.Time // Monday, midnight UTC
	People                        int       // persons, not sentences
	Negative                      int       // persons whose mean score is under 0
	Mean                          float64   // of the persons' means, -1 to 1
}
