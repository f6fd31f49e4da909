package reports

import (
	"fmt"
	"slices"
	"strconv"

	"percept/analysis"
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
			if h.Published > 0 {
				s.Expected += fmt.Sprintf(", mean %.2f", h.Published)
			}
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

// readingSentence says what the words were read with and for how many of them a touchpoint was found.
func (m *material) readingSentence() []part {
	r := m.reading
	texts, missed := len(r.Placed)+len(r.Unplaced), len(r.Unplaced)
	if texts == 0 {
		return nil
	}
	out := []part{
		{Text: "Of "}, m.proof.number(texts, plural(texts, "feedback", "feedbacks"), "Feedback with words in the quarter", each(slices.Concat(r.Placed, r.Unplaced))),
		{Text: fmt.Sprintf(" with words in %d weeks, ", quarter)},
		m.proof.number(missed, strconv.Itoa(missed), "Feedback that names no touchpoint", each(r.Unplaced)), {Text: " name no touchpoint"},
	}
	if r.Model != "" {
		out = append(out, part{Text: "; read by " + r.Model})
	}
	if r.Labels == 0 {
		return append(out, part{Text: ". No label was corrected by a person yet, so how right the reading is here is not measured."})
	}
	return append(out, part{Text: fmt.Sprintf(". %s corrected by a person, last on %s; percept model eval --corrections measures the reading by them.",
		plural(r.Labels, "label was", "labels were"), day(r.Labelled.In(m.practice.Zone)))})
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

// lateSentences say what came late for weeks that were judged before, and what that changed.
func (m *material) lateSentences() []string {
	var out []string
	for _, l := range m.tardy {
		if l.Gained+l.Lost == 0 {
			continue // read otherwise by another model: no source was late
		}
		var moved []string
		if l.Gained > 0 {
			moved = append(moved, fmt.Sprintf("%d came", l.Gained))
		}
		if l.Lost > 0 {
			moved = append(moved, fmt.Sprintf("%d went", l.Lost))
		}
		weeks := "the week of " + day(l.First)
		if !l.First.Equal(l.Last) {
			weeks = fmt.Sprintf("%s between %s and %s", plural(l.Weeks, "week", "weeks"), day(l.First), day(l.Last.AddDate(0, 0, 6)))
		}
		s := fmt.Sprintf("%s: %s late, for %s, judged before.", channelName(l.Channel), list(moved), weeks)
		if !slices.ContainsFunc(m.revisions, func(r analysis.Revision) bool { return r.Channel == l.Channel }) {
			s += " No verdict of those weeks changes."
		}
		out = append(out, s)
	}
	for _, r := range m.revisions {
		noun := "worse"
		if r.Kind == analysis.Rise {
			noun = "better"
		}
		what := map[string]string{
			analysis.Withdrawn: "is withdrawn", analysis.FoundLate: "is found late: it would have been told in the week of " + day(r.Flagged),
			analysis.Moved: "began in another week: " + day(r.Since), analysis.Ended: "was over by the week of " + day(r.Cleared),
			analysis.Reopened: "is not over after all",
		}[r.What]
		out = append(out, fmt.Sprintf("%s: that \u201c%s\u201d is %s %s.", channelName(r.Channel), m.name(r.Touchpoint), noun, what))
	}
	return out
}
