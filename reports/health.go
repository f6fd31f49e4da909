package reports

import (
	"fmt"

	"percept/collector"
)

// A sourceHealth is a row of the data health table. It holds only what a run that was killed and
// repeated shows alike: what is stored, not what one run added to it.
type sourceHealth struct {
	Source, Kind string
	State, Why   string
	Sound        bool
	LastComplete string
	Expected     string
	Stored       int
	NewLately    int
	Rejected     int
}

// sound reports whether nothing is known to be missing from a source.
func sound(h collector.Health) bool { return h.State == collector.Complete }

func (m *material) sources() []sourceHealth {
	out := make([]sourceHealth, len(m.health))
	for i, h := range m.health {
		s := sourceHealth{
			Source: h.Source, Kind: h.Kind, State: stateWord(h.State), Why: h.Why, Sound: sound(h),
			LastComplete: "never", Expected: "not said", Stored: h.Stored, NewLately: h.NewLately, Rejected: h.Rejected,
		}
		if !h.LastComplete.IsZero() {
			s.LastComplete = day(h.LastComplete.In(m.practice.Zone))
		}
		if h.Expected > 0 {
			s.Expected = fmt.Sprint(h.Expected)
		}
		out[i] = s
	}
	return out
}

func stateWord(s collector.State) string {
	switch s {
	case collector.Complete:
		return "complete"
	case collector.Incomplete:
		return "incomplete"
	case collector.Failed:
		return "failed"
	case collector.Running:
		return "cut off"
	}
	return "not known"
}

// holes are the sources of which something is missing, for the banner.
func holes(sources []sourceHealth) []sourceHealth {
	var out []sourceHealth
	for _, s := range sources {
		if !s.Sound {
			out = append(out, s)
		}
	}
	return out
}
