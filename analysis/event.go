package analysis

import (
	"fmt"
	"time"
)

// An Event is something that is known to have happened at a practice: a new receptionist, a move.
type Event struct {
	Practice   string // empty: every one
	Touchpoint string // empty: all
	Date       time.Time
	Text       string
	// Rebase starts the baseline anew in the week of Date: what was said before is no measure of what
	// is said since, and a change that stood is told no longer.
	Rebase bool
}

// A turn is an Event as a practice knows it.
type turn struct {
	touchpoint, text string
	date             time.Time
	week             int
	rebase           bool
}

func (e Event) turn() turn {
	return turn{touchpoint: e.Touchpoint, text: e.Text, date: e.Date, week: weekOf(dayOf(e.Date)), rebase: e.Rebase}
}

// concerns reports whether an event is about a stream: one without a touchpoint is about all.
func (e turn) concerns(name string) bool { return e.touchpoint == "" || e.touchpoint == name }

// rebase starts the baselines anew whose events lie in week.
func (h *history) rebase(week int) {
	for _, e := range h.events {
		if !e.rebase || e.week != week {
			continue
		}
		for _, s := range h.streams {
			if !e.concerns(s.name(h)) {
				continue
			}
			s.restart, s.standing = max(s.restart, week), nil
			if s.watching != nil {
				s.watching.Cleared = monday(week)
				s.watching = nil
			}
		}
	}
}

// told says what is known to have happened when a change began, and where a baseline is a young one.
func (h *history) told(v *Verdict, week int) (notes []string) {
	for _, e := range h.events {
		if !e.concerns(v.Touchpoint) {
			continue
		}
		day := e.date.Format("2 January 2006")
		switch changed := monday(e.week); {
		case !v.Since.IsZero() && !changed.Before(v.SinceLo) && !changed.After(v.SinceHi):
			notes = append(notes, fmt.Sprintf("after: %s, %s", e.text, day))
		case e.rebase && e.week <= week && e.week > week-volumeWeeks:
			notes = append(notes, fmt.Sprintf("compared with what was said since %s: %s", day, e.text))
		}
	}
	return notes
}
