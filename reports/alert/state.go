package alert

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
)

// A State is all that Due decides upon, as it is stored.
type State struct {
	// Fresh is what no Due has looked at yet; Waiting is public feedback without a good reply.
	Fresh, Waiting []Feedback
	Slips          []Slip
	Withdrawals    []Withdrawal
	Outages        []Outage
	Mended         []Mended // sources that an open alert is about
	// Raised are the alerts of all time, by what they are about.
	Raised []Raised
	// Held are the items that wait for a digest; Tellings are the messages about slips and outages.
	Held     []Held
	Tellings []Telling
	// Interrupted are the moments of the last week at which a receiver was interrupted, by its name.
	Interrupted map[string][]time.Time
}

// A Feedback is one version of a feedback as Due sees it.
type Feedback struct {
	ID, Practice, Source, Kind string // Kind is "review" or "response"
	Version                    int
	// Given is when it was given as far as that is known, else when it was first seen.
	Given      time.Time
	Rating     float64 // 1 to 5, 0 without one
	RatingText string  // "1 of 5 stars"
	Label      string  // negative, neutral or positive as a whole
	Confidence float64 // of Label, 0 to 1
	Title      string
	Text       string
	Answers    []Answer
	Private    bool // the person asked not to be quoted
	URL        string
	Replied    bool
	ReplyState string
	Mentions   []Mention // the most negative first
	// First says that it came with the first import of its source.
	First bool
}

// An Answer is one question of a response and what was said to it.
type Answer struct {
	Question string `json:"question"`
	Text     string `json:"text"`
}

// A Mention is a touchpoint that the feedback is about.
type Mention struct {
	Touchpoint, Name string
	Score            float64
}

func (f *Feedback) speaks() bool {
	return strings.TrimSpace(f.Text+f.Title) != "" || slices.ContainsFunc(f.Answers, func(a Answer) bool { return strings.TrimSpace(a.Text) != "" })
}

func (f *Feedback) worst(touchpoint string) (Mention, bool) {
	i := slices.IndexFunc(f.Mentions, func(m Mention) bool { return m.Touchpoint == touchpoint })
	if i < 0 {
		return Mention{}, false
	}
	return f.Mentions[i], true
}

func (f *Feedback) find(p phrases) []string {
	found := p.find(p.find(nil, f.Title), f.Text)
	for _, a := range f.Answers {
		found = p.find(found, a.Text)
	}
	return found
}

// A Slip is a verdict of worse.
type Slip struct {
	analysis.Verdict
	Sentence string // what the verdict says, with all it rests on
	Name     string // of the touchpoint
	// First says that nothing was judged in this practice before this week's verdicts.
	First bool
}

// A Withdrawal is a slip that is none any more, by rows that came late.
type Withdrawal struct {
	Practice, Channel, Touchpoint string
	Flagged                       time.Time // as it was told
	Name                          string    // of the touchpoint
	Why                           string    // what changed, as the end of "withdrawn: "
}

// A Telling is a message that an alert stands in.
type Telling struct {
	Alert   string
	Message Message // without content once it was taken
	// Taken says that the receiver took it, Tried that it may have: a try may arrive though its answer is lost.
	Taken, Tried bool
}

// An Outage is a source that was not read whole, since when, and what still works.
type Outage struct {
	Practice            string // empty: the source brings in several practices
	Source, State, Why  string
	Since, LastComplete time.Time // LastComplete is zero when it never was
	Working             []string  // what is read whole: sources of the practice, or those that several share
}

// A Mended is a source that failed and was read whole again, when that began; zero where nothing is collected from it
// any more.
type Mended struct {
	Practice, Source string // as in Outage
	Whole            time.Time
}

// A Raised is an alert that was raised before.
type Raised struct {
	ID, Practice, About string // About: a feedback's id, or what names a slip or an outage
	Rules               []string
	At                  time.Time // a slip's week of the alarm, an outage's start; else when it was raised
	Closed              bool
	Withdrawn           bool
}

// A Held is an item that waits for the digest of a receiver.
type Held struct {
	Alert, Receiver string
	At              time.Time
	Given           time.Time // what it is about; the age of Item is as of At
	Item            Item
	Severity        Severity
}

// A Receiver is who is told, and how they may be interrupted.
type Receiver struct {
	Name string
	// Practices are those it hears about; empty: all.
	Practices []string
	// Zone is of its quiet hours and its digest.
	Zone *time.Location
	// Budget is how many interruptions a week it takes before what is not severe waits for the digest.
	Budget int
	Quiet  Quiet
	Digest Clock
	// Language is that of its messages, by its tag; empty is English.
	Language string
	// Mask hides persons in a text; nil hides nobody.
	Mask func(string) string
}

// Hears reports whether it is told about a practice. What concerns several, "", is for everybody.
func (r *Receiver) Hears(practice string) bool {
	return practice == "" || len(r.Practices) == 0 || slices.Contains(r.Practices, practice)
}

// A Practice is what a message says about one.
type Practice struct {
	ID, Name string
	Zone     *time.Location
	// Owner suggests who should act on a touchpoint, empty where nobody is named.
	Owner func(touchpoint string) string
}

// RatingText writes a rating on the scale it was given on, empty without one.
func RatingText(value float64, raw, best, tag string) string {
	switch {
	case value == 0:
		return ""
	case tag == "stars":
		return strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64) + " of 5 stars"
	case raw != "" && best != "":
		return raw + " of " + best
	case raw != "":
		return raw
	}
	return strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64) + " of 5"
}
