package reports

import (
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
	// Workers is how many pages Build makes at a time; under 1 is one for each processor.
	Workers int
}

func (o Options) masks() bool { return o.Audience != Internal }
