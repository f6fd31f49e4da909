package collector

import (
	"fmt"
	"time"
)

// A State is how a source ended a run.
type State string

// The states of a source. Only Complete may mark removals; after any other, what was not seen is unknown.
const (
	Running    State = "running" // or cut off: a run that died leaves it so
	Complete   State = "complete"
	Incomplete State = "incomplete" // something was read, something was not
	Failed     State = "failed"     // nothing could be read
)

// An Entry is the ledger's line about one source in one run.
type Entry struct {
	Run      string
	Practice string // empty for a source of several practices
	Source   string
	Kind     string // "web", "survey"
	State    State
	Why      string // what kept it from being complete, else empty

	Started, Ended time.Time
	// Expected is how many reviews the source itself says it has, 0 when it does not say.
	Expected int
	// Published is the mean rating that the source itself states, on 1 to 5; 0 when it does not.
	Published float64
	// Pages were read; of them, Unchanged are those that the host said still stand as they were kept, and
	// files that were left unread for the same reason.
	Pages, Unchanged int
	// Seen is how many feedbacks were met, each once.
	Seen int
	// Rows counts the rows or reviews met. New, Edited, Duplicate, Empty and Rejected add up to it.
	Rows, New, Edited, Duplicate, Empty, Rejected int
	// Removed counts known feedback that the source no longer has, Back what it has again.
	Removed, Back int
	Notes         []string
	counts        []Count // among Notes, the sums so far
	// Absences is that of the Job.
	Absences int
	// Rest is how many stand as they are kept and were not asked for again; it is not kept itself.
	Rest int
}

// Stored is how many rows became feedback in this run, as new or as a new version.
func (e Entry) Stored() int { return e.New + e.Edited }

// Sum says the outcome of every row in one line: the four add up to what was read.
func (e Entry) Sum() string {
	return fmt.Sprintf("%d read = %d stored + %d duplicate + %d empty + %d rejected",
		e.Rows, e.Stored(), e.Duplicate, e.Empty, e.Rejected)
}

// Whole reports whether the source was read to its end and nothing was refused.
func (e Entry) Whole() bool { return e.State == Complete && e.Rejected == 0 }

// MayMark reports whether the run can tell that something is gone: all was read and understood, not all
// of it from pages kept earlier, and as much of it as the source says that it has.
func (e Entry) MayMark() bool {
	return e.Absences > 0 && e.Practice != "" && e.Whole() && e.Unchanged < e.Pages && e.Seen >= e.Expected
}

// A Holding is one feedback that a source of a practice brought in.
type Holding struct {
	Source, Feedback string
	Seen             time.Time // first
	Live             bool      // counts: it did not become another feedback
}

// A Refusal is a row that the last reading of a source refused.
type Refusal struct {
	Source string
	Rejection
}

// An Outage is a time in which a source was not read whole, until it was again.
type Outage struct {
	Source       string
	State        State // of its first run
	Why          string
	Since, Until time.Time
}

// Health is what the ledger says about one source of one practice.
type Health struct {
	Entry
	Stored       int       // feedback of the practice from this source, all time
	NewLately    int       // of it, first seen in the seven days before the last run
	LastComplete time.Time // zero when it never was
}
