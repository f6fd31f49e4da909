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
	State      string // as analysis has it
	Class      string
	Outcome    string
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
		a := trial{ID: t.ID, What: t.What, Touchpoint: m.name(t.Touchpoint), Since: day(t.Date), State: string(o.State), Class: "notyet", Outcome: m.outcome(t, o)}
		if mask {
			a.What = Masked(a.What)
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
func (m *material) outcome(t analysis.Trial, o analysis.Outcome) string {
	in := inChannel(string(t.Channel))
	var s string
	switch {
	case o.Effect != nil:
		s = fmt.Sprintf("The mean score in %s moved by %s (95 %% sure: %s to %s), %s.", in, signed(o.Effect.Value), signed(o.Effect.Lo), signed(o.Effect.Hi), people(o.N))
		if o.State == analysis.NoChange {
			s += fmt.Sprintf(" A rise of %.2f would have been seen four times in five.", t.Effect)
		}
	case o.Why != "":
		s = capital(o.Why) + "."
	default:
		s = fmt.Sprintf("Too early to judge: %d of the %s that the test needs have spoken in %s", o.N, people(t.Need), in)
		if !o.When.IsZero() {
			s += "; enough about " + day(o.When.Truncate(24*time.Hour))
		}
		s += "."
	}
	if t.Already > 0 {
		s += fmt.Sprintf(" It was written down after %d of them had spoken.", min(t.Already, max(o.N, 1)))
	}
	return s
}
