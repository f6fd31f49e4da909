package analysis

import (
	"strings"
	"testing"
)

func TestEventsStandBesideWhatTheyExplain(t *testing.T) {
	const touch, start = 2, 60
	name := simTouches[touch]
	obs := simulation{seed: 1, practices: 1, weeks: 76, perWeek: 14, change: dropAt(touch, start, 999, -.4)}.run()
	day := simWeek(start).AddDate(0, 0, 2)
	for _, c := range []struct {
		name  string
		event Event
		word  Word
		note  string // of the touchpoint that slipped
		other string // of another
	}{
		{"when the change began", Event{Date: day, Text: "new receptionist"}, Worse, "after: new receptionist, 28 February 2024", ""},
		{"about this touchpoint", Event{Date: day, Touchpoint: name, Text: "new receptionist"}, Worse, "after: new receptionist, 28 February 2024", ""},
		{"about another touchpoint", Event{Date: day, Touchpoint: "exam", Text: "new lens"}, Worse, "", ""},
		{"of another practice", Event{Date: day, Practice: "elsewhere", Text: "a move", Rebase: true}, Worse, "", ""},
		{"long before", Event{Date: simWeek(20), Text: "new receptionist"}, Worse, "", ""},
		{"that restarts the baseline", Event{Date: day, Text: "a move", Rebase: true}, Steady,
			"compared with what was said since 28 February 2024: a move", "compared with what was said since 28 February 2024: a move"},
		{"that restarts one baseline", Event{Date: day, Touchpoint: name, Text: "a move", Rebase: true}, Steady,
			"compared with what was said since 28 February 2024: a move", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := detect(t, obs, DetectOptions{Events: []Event{c.event}})
			if v := verdictOf(d, name); v.Word != c.word || v.Note != c.note {
				t.Errorf("%q, note %q, want %q, %q", v.Word, v.Note, c.word, c.note)
			}
			if v := verdictOf(d, "quote"); v.Word != Steady || v.Note != c.other {
				t.Errorf("another touchpoint: %q, note %q, want steady, %q", v.Word, v.Note, c.other)
			}
		})
	}
}

// TestARebaseEndsWhatStandsAndFindsWhatFollows has a slip that a new price list explains, and another
// after it.
func TestARebaseEndsWhatStandsAndFindsWhatFollows(t *testing.T) {
	const touch = 2
	obs := simulation{seed: 5, practices: 1, weeks: 110, perWeek: 14, change: func(_, w, k int) float64 {
		return when(k == touch && w >= 40, -.4, 0) + when(k == touch && w >= 90, -.5, 0)
	}}.run()
	o := DetectOptions{Events: []Event{{Date: simWeek(50), Touchpoint: simTouches[touch], Text: "new prices", Rebase: true}}}
	o.Until = simWeek(49)
	if v := verdictOf(detect(t, obs, o), simTouches[touch]); v.Word != Worse {
		t.Fatalf("before the event %q, want worse: the test proves nothing", v.Word)
	}
	o.Until = simWeek(50)
	if v := verdictOf(detect(t, obs, o), simTouches[touch]); v.Word == Worse || !strings.Contains(v.Note, "new prices") {
		t.Errorf("in the week of the event %q, note %q, want no slip", v.Word, v.Note)
	}
	o.Until = simWeek(100)
	if v := verdictOf(detect(t, obs, o), simTouches[touch]); v.Word != Worse || v.Since.Before(simWeek(88)) {
		t.Errorf("after a second drop %q since %s, want worse since week 90", v.Word, v.Since)
	}
}
