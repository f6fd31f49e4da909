package reports

import (
	"context"
	"fmt"
	"slices"
	"time"

	"percept/analysis"
)

// trialsShown is how many changes stand on the page, the last ones first; trialWeeks is how long a judged
// one stays.
const (
	trialsShown = 4
	trialWeeks  = 52
)

// A trial is a change that the practice wrote down, and how its test stands.
type trial struct {
	ID         int
	What       string
	Touchpoint string
	Since      string
	State      string
	state      string // as analysis has it
	Class      string
	Outcome    []part
}

// trials are the changes of the last year and those not judged yet, the newest first.
func (m *material) trials(ctx context.Context, s Store, mask bool) ([]trial, error) {
	trials, err := s.Trials(ctx, m.practice.ID)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	slices.SortStableFunc(trials, func(a, b analysis.Trial) int { return b.Date.Compare(a.Date) })
	var out []trial
	for _, t := range trials {
		if len(out) == trialsShown {
			break
		}
		said, err := s.Said(ctx, m.practice.ID, t.Touchpoint, t.Channel, t.From)
		if err != nil {
			return nil, fmt.Errorf("change %d: %w", t.ID, err)
		}
		o := t.Judge(said, m.now)
		if o.State != analysis.NotYet && t.Date.Before(m.now.AddDate(0, 0, -7*trialWeeks)) {
			continue
		}
		a := trial{ID: t.ID, What: t.What, Touchpoint: m.name(t.Touchpoint), Since: m.in.day(t.Date), State: m.in.say(string(o.State)), state: string(o.State), Class: "notyet", Outcome: m.outcome(t, o, said)}
		if mask {
			a.What = m.in.masked(a.What)
		}
		switch o.State {
		case analysis.Worked:
			a.Class = "better"
		case analysis.GotWorse:
			a.Class = "worse"
		case analysis.NoChange:
			a.Class = "steady"
		}
		out = append(out, a)
	}
	return out, nil
}

// outcome says how a test stands, with what it rests on.
func (m *material) outcome(t analysis.Trial, o analysis.Outcome, said []analysis.Observation) []part {
	in := m.in.inChannel(string(t.Channel))
	n := func(text string) part {
		return m.few(o.N, text, m.in.say("%s, %s: people since %s", m.name(t.Touchpoint), in, m.in.day(t.Date)), m.spokeSince(t, said, o.N))
	}
	var out []part
	switch {
	case o.Effect != nil:
		out = []part{{Text: m.in.say("The mean score in %s moved by %s (95 %% sure: %s to %s), ", in, m.in.signed(o.Effect.Value), m.in.signed(o.Effect.Lo), m.in.signed(o.Effect.Hi))},
			n(m.in.people(o.N)), {Text: "."}}
		if o.State == analysis.NoChange {
			out = append(out, part{Text: m.in.say(" A rise of %.2f would have been seen four times in five.", t.Effect)})
		}
	case o.Why != "":
		why, _ := m.in.told(o.Why)
		if m.masks { // it says how many
			why = m.in.say("too few people of its baseline are left")
		}
		out = []part{{Text: capital(why) + "."}}
	default:
		when := "."
		if !o.When.IsZero() {
			when = m.in.say("; enough about %s.", m.in.day(o.When.Truncate(24*time.Hour)))
		}
		out = []part{{Text: m.in.say("Too early to judge: ")}, n(m.in.count(o.N)),
			{Text: m.in.say(" of the %s that the test needs have spoken in %s%s", m.in.people(t.Need), in, when)}}
	}
	switch already := min(t.Already, max(o.N, 1)); {
	case t.Already > 0 && m.small(already):
		out = append(out, part{Text: m.in.say(" It was written down after some of them had spoken.")})
	case t.Already > 0:
		out = append(out, part{Text: m.in.say(" It was written down after %d of them had spoken.", already)})
	}
	return out
}

// spokeSince are the first n persons who spoke of a trial's touchpoint since the change, by what they said on a day.
func (m *material) spokeSince(t analysis.Trial, said []analysis.Observation, n int) [][]string {
	if m.proof == nil {
		return nil
	}
	type key struct {
		voice, source string
		day           time.Time
	}
	of := map[key][]string{}
	for _, e := range m.told[string(t.Channel)] {
		if e.Touchpoint != t.Touchpoint {
			continue
		}
		first := e.Date.Start.In(m.practice.Zone)
		k := key{e.Voice, e.Source, time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC)}
		if !slices.Contains(of[k], e.Feedback) {
			of[k] = append(of[k], e.Feedback)
		}
	}
	var out [][]string
	for _, x := range said {
		if feedbacks := of[key{x.Review, x.Source, x.Day}]; !x.Day.Before(t.Date) && len(out) < n && feedbacks != nil {
			out = append(out, feedbacks)
		}
	}
	return out
}
