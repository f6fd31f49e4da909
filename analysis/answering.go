package analysis

import (
	"cmp"
	"slices"
	"time"

	"percept/collector"
)

// A Reviewed is a public review as far as answering it goes.
type Reviewed struct {
	Feedback, Source string
	URL              string // where a person can read it
	Given            collector.Date
	Rating           collector.Rating // without Worst
	Wordless         bool             // a rating and nothing said
	Gone             bool             // taken down at the source since
	Replied          bool             // whether a reply stands there
	Reply            collector.Date   // when it was given, unknown where the source does not say
	ReplyState       string           // as collector.Reply has it
}

// An Answering is how the reviews of one kind were answered.
type Answering struct {
	Answered Share // of the reviews given at least so long ago as a reply may take
	Undated  int   // replies of whom nobody knows the day
	// Half is the day, counted from the review, by which half were answered: the median of Kaplan and Meier
	// (1958, JASA 53:457), those without a reply counted as they stand. Zero where half never were.
	Half    time.Duration
	Reached bool // whether half were
}

// AnswerReviews looks at reviews given at least within before now. A review whose day is not known is left out.
func AnswerReviews(reviews []Reviewed, now time.Time, within time.Duration) Answering {
	type wait struct {
		took time.Duration
		done bool
	}
	var a Answering
	var waits []wait
	for _, r := range reviews {
		if !r.Given.Known() || now.Sub(r.Given.Start) < within {
			continue
		}
		a.Answered.N++
		switch {
		case !r.Replied:
			waits = append(waits, wait{now.Sub(r.Given.Start), false})
			continue
		case r.Reply.Known():
			waits = append(waits, wait{max(0, r.Reply.Start.Sub(r.Given.Start)), true})
		default:
			a.Undated++
		}
		a.Answered.K++
	}
	// At one time, those answered come before those who still wait.
	slices.SortFunc(waits, func(x, y wait) int {
		if c := cmp.Compare(x.took, y.took); c != 0 || x.done == y.done {
			return c
		}
		if x.done {
			return -1
		}
		return 1
	})
	left, waiting := 1.0, float64(len(waits))
	for _, w := range waits {
		if w.done {
			if left *= 1 - 1/waiting; left <= .5+1e-9 {
				a.Half, a.Reached = w.took, true
				break
			}
		}
		waiting--
	}
	return a
}
