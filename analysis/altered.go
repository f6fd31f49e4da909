package analysis

import (
	"time"

	"percept/collector"
)

// An Altered is what became of a public review after it was first read.
type Altered struct {
	What          string // edited, removed or back
	Noticed       time.Time
	Feedback      string
	Source        string
	Given         collector.Date
	Before, After collector.Rating // only Value, Valid and Tag; After of a removed one is not valid
	Reworded      bool             // whether other words stand there
}
