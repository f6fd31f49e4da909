package reports

import (
	"fmt"
	"time"

	"percept/analysis"
)

// An Audience says who may read a page.
type Audience string

// The audiences. Shared is the default: persons named in quotes are masked.
const (
	Shared   Audience = "shared"
	Internal Audience = "internal"
)

// An AlertRecord is how the alerts of a practice went in the weeks that n counts.
type AlertRecord struct {
	Raised, Open int
	Withdrawn    int // closed by themselves
	// Acked are those that a person acknowledged or closed, Closed those closed, Useless those of them that
	// were not worth an interruption.
	Acked, Closed, Useless int
	// Ack and Close are the times within which half of the Acked were acknowledged and half of the Closed closed.
	Ack, Close time.Duration
}

// Sentence says the record in a line, empty where nothing was raised.
func (r AlertRecord) Sentence() string {
	if r.Raised == 0 {
		return ""
	}
	s := fmt.Sprintf("Alerts: %d raised, %d open", r.Raised, r.Open)
	if r.Withdrawn > 0 {
		s += fmt.Sprintf(", %d withdrawn", r.Withdrawn)
	}
	s += "; " + done(r.Acked, "acknowledged", r.Ack) + "; " + done(r.Closed, "closed", r.Close) + "."
	if r.Closed > 0 {
		s += fmt.Sprintf(" Worth the interruption: %d of the %d closed.", r.Closed-r.Useless, r.Closed)
	}
	return s
}

// done says how many were done, and how fast.
func done(n int, what string, half time.Duration) string {
	switch n {
	case 0:
		return "none " + what
	case 1:
		return "1 " + what + ", within " + lasting(half)
	}
	return fmt.Sprintf("%d %s, half of them within %s", n, what, lasting(half))
}

// lasting writes a duration in the unit a person would take.
func lasting(d time.Duration) string {
	switch {
	case d < time.Hour:
		return plural(int(d/time.Minute), "minute", "minutes")
	case d < 48*time.Hour:
		return plural(int(d/time.Hour), "hour", "hours")
	}
	return plural(int(d/(24*time.Hour)), "day", "days")
}

// Options are what a page needs besides the store.
type Options struct {
	// Now is the moment the page is of; the same store and the same now give the same bytes.
	Now time.Time
	// Taxonomy names the touchpoints of a practice, their order and the behaviours; never nil.
	Taxonomy func(practice string) *analysis.Taxonomy
	// Version is percept's own.
	Version string
	// Audience is Shared when empty.
	Audience Audience
	// Only is the id of the one practice whose page is written, empty for all; the index is of all.
	Only string
	// Alerts says how the alerts of a practice went; nil says nothing of them.
	Alerts func(practice string) AlertRecord
	// Insights are the numbers of a practice by channel, reviews first; nil shows none.
	Insights func(practice string) []analysis.Insight
	// Owners name who acts on a touchpoint of a practice, empty where nobody does; nil knows nobody.
	Owners func(practice string) func(touchpoint string) string
	// Drawings may be nil.
	Drawings *Drawings
	// Workers is how many pages Build makes at a time; under 1 is one for each processor.
	Workers int
}

func (o Options) masks() bool { return o.Audience != Internal }
