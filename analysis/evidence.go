package analysis

import (
	"time"

	"percept/collector"
)

// Evidence is one mention with what a reader needs to judge it. A mention from a rating has no words.
type Evidence struct {
	Mention
	Channel  collector.Kind
	Source   string
	Date     collector.Date
	Rating   collector.Rating // of the whole feedback
	Answer   collector.Rating // of the answer, where the mention is from a rating
	Question string           // the survey question, empty for reviews
	Words    string           // the whole text of the part; Start and End are offsets into it
	URL      string
	Replied  bool
	Gone     bool      // taken down at the source since
	Private  bool      // Words are not to be shown to others
	Voice    string    // of one person: those with the same are counted once a week
	Week     time.Time // Monday; zero where the date names no week
}

// A Rated is one rating that was given: a feedback's overall one, or the answer to a question that was read as no mention.
type Rated struct {
	Feedback  string
	Channel   collector.Kind
	Scale     string
	Overall   bool
	Valid     bool
	Rating    float64   // on 1 to 5, where Valid
	Day, Last time.Time // the first and the last day it may be of, as midnight UTC
	Month     time.Time // its first day; zero where no one month holds it
}

// An Understanding says what a practice's words are read with, and how far that goes.
type Understanding struct {
	Model, Taxonomy string   // empty before the first reading
	Placed          []string // feedbacks with words of which a touchpoint was found
	Unplaced        []string // those of which none was
	Unread          []Unread // those in a language that the scorer does not know, in neither of the two
	Labels          int      // corrections by persons that stand, of all time
	Labelled        time.Time
}

// An Unread is a feedback that is stored and counted, and whose words are not scored.
type Unread struct{ Feedback, Language string }

// BehaviourEvidence is one place where a feedback shows or misses a behaviour, in its words.
type BehaviourEvidence struct {
	Behaviour
	Channel collector.Kind
	Source  string
	Date    collector.Date
	Words   string
	Private bool // Words are not to be shown to others
	URL     string
	// Touchpoints are those of the mentions that share words with it, for "where it breaks".
	Touchpoints []string
}

// A RatingPoint is one month of one rating definition from one channel.
type RatingPoint struct {
	Channel collector.Kind
	Tag     string    // "stars", "nps-0-10", ...: two tags never share an axis
	Month   time.Time // first day, midnight UTC
	N       int
	Mean    float64 // on the 1 to 5 scale
}

// A Volume is how much one source brought of one month.
type Volume struct {
	Channel collector.Kind
	Source  string
	Month   time.Time // first day, midnight UTC
	N       int
}
