package analysis

import (
	"slices"
	"time"
)

// A Late is what came in or went for weeks that were judged before.
type Late struct {
	Practice, Channel string
	First, Last       time.Time // Mondays of the weeks that are not what they were
	Weeks             int       // how many
	Gained, Lost      int       // feedbacks; both 0 where the same ones read otherwise
}

// What a Revision says of an alarm.
const (
	Withdrawn = "withdrawn" // it was told, and is not any more
	FoundLate = "late"      // it would have been told then, had all been known
	Moved     = "moved"     // it began in another week
	Ended     = "ended"     // it was over by then
	Reopened  = "reopened"  // it was not over after all
)

// A Revision is a drop or rise of a judged week of which another thing is said now.
type Revision struct {
	Practice, Channel, Touchpoint string
	Kind                          string // Drop or Rise
	What                          string
	Flagged                       time.Time // as said now; of a withdrawn one, then
	Was, Since                    time.Time // start weeks, then and now; zero where there is none
	Cleared                       time.Time // as said now
}

// sameWeeks is how far apart two alarms of a stream may be flagged to be one.
const sameWeeks = horizon

// Revise compares what was said up to the week judged with what is said of the same weeks now, and
// notes in found the week in which each alarm was first said: an alarm that was flagged before it was
// found is news of the past. A zero judged is a first time, which revises nothing. Nothing changes
// unless rows of judged weeks, or options, did.
func Revise(before []Alarm, found *Detection, channel string, judged time.Time) []Revision {
	type stream struct{ practice, touchpoint, kind string }
	of := func(a *Alarm) stream { return stream{a.Practice, a.Touchpoint, a.Kind} }
	then := make(map[stream][]*Alarm)
	for i := range before {
		if a := &before[i]; a.Kind == Drop || a.Kind == Rise {
			then[of(a)] = append(then[of(a)], a)
		}
	}
	var out []Revision
	say := func(a *Alarm, what string, was, since time.Time) {
		out = append(out, Revision{
			Practice: a.Practice, Channel: channel, Touchpoint: a.Touchpoint, Kind: a.Kind, What: what, Flagged: a.Flagged,
			Was: was, Since: since, Cleared: a.Cleared,
		})
	}
	for i := range found.Alarms {
		a := &found.Alarms[i]
		a.Found = found.Week
		if a.Kind != Drop && a.Kind != Rise {
			continue
		}
		old := takeNearest(then, of(a), a.Flagged)
		switch known := a.Cleared.IsZero() || a.Cleared.After(judged); {
		case old == nil:
			if !judged.IsZero() && !a.Flagged.After(judged) {
				say(a, FoundLate, time.Time{}, a.Since)
			}
			continue
		case !a.Since.Equal(old.Since):
			say(a, Moved, old.Since, a.Since)
		case old.Cleared.IsZero() && !known:
			say(a, Ended, old.Since, a.Since)
		case !old.Cleared.IsZero() && !old.Cleared.After(judged) && known:
			say(a, Reopened, old.Since, a.Since)
		}
		a.Found = old.Found
	}
	for i := range before {
		if a := &before[i]; slices.Contains(then[of(a)], a) && !a.Flagged.After(judged) {
			say(a, Withdrawn, a.Since, time.Time{})
		}
	}
	type said struct {
		practice, touchpoint string
		flagged              time.Time
	}
	first := make(map[said]time.Time)
	for i := range found.Alarms {
		if a := &found.Alarms[i]; a.Kind == Drop || a.Kind == Rise {
			first[said{a.Practice, a.Touchpoint, a.Flagged}] = a.Found
		}
	}
	for i := range found.Verdicts {
		if v := &found.Verdicts[i]; !v.Flagged.IsZero() {
			v.Found = first[said{v.Practice, v.Touchpoint, v.Flagged}]
		}
	}
	return out
}

// takeNearest removes the alarm of a stream that was flagged nearest to a week.
func takeNearest[K comparable](alarms map[K][]*Alarm, key K, flagged time.Time) *Alarm {
	nearest, gap := -1, (sameWeeks*7+1)*24*time.Hour
	for i, a := range alarms[key] {
		if d := a.Flagged.Sub(flagged).Abs(); d < gap {
			nearest, gap = i, d
		}
	}
	if nearest < 0 {
		return nil
	}
	a := alarms[key][nearest]
	alarms[key] = slices.Delete(alarms[key], nearest, nearest+1)
	return a
}

// Late reports whether the change was flagged for a week before the one in which it was first said: by
// rows that came late, or on a first reading of history. It is no news, and raises no alert as such.
func (v Verdict) Late() bool { return v.Flagged.Before(v.Found) }
