package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
	"percept/store"
)

func memory(t *testing.T, s *store.Store) store.Memory {
	t.Helper()
	m, err := s.Memory(t.Context(), collector.Response)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func conclude(t *testing.T, s *store.Store, run string, d store.Detected) {
	t.Helper()
	d.Channel = collector.Response
	if err := s.Conclude(t.Context(), run, []store.Detected{d}, alert.Outcome{}); err != nil {
		t.Fatal(err)
	}
}

// TestMemoryIsWhatWasConcluded keeps a detection, and what it goes on from the next time.
func TestMemoryIsWhatWasConcluded(t *testing.T) {
	s := scoredStore(t)
	if m := memory(t, s); !m.Judged.IsZero() || !m.Touched.Equal(monday(11, 2)) || m.Late != nil || m.Alarms != nil || m.Checkpoints != nil {
		t.Errorf("before the first detection: %+v", m)
	}
	alarm := analysis.Alarm{
		Practice: "elm", Touchpoint: "order", Kind: analysis.Drop, Flagged: monday(11, 9), Found: monday(11, 9), Since: monday(10, 26),
		SinceLo: monday(10, 19), SinceHi: monday(11, 2), Effect: -.5, EffectLo: -.7, EffectHi: -.3, N: 12, Statistic: 6.5,
	}
	other := alarm
	other.Kind, other.Source, other.Touchpoint, other.Cleared = analysis.Burst, "web:elm", analysis.PracticeWide, monday(11, 16)
	mark := func(month time.Month, day int, state string) analysis.Checkpoint {
		return analysis.Checkpoint{Week: monday(month, day), Key: "k " + state, State: []byte(state)}
	}
	first := store.Detected{Detection: analysis.Detection{Week: monday(11, 9), Alarms: []analysis.Alarm{other, alarm}}}
	first.Progress = analysis.Progress{
		Checkpoints: []analysis.Checkpoint{mark(9, 14, "a"), mark(10, 12, "b"), mark(11, 9, "c")},
		Voices:      []analysis.Voices{{Week: monday(1, 5), Data: []byte("old")}, {Week: monday(9, 14), Data: []byte("v1")}, {Week: monday(10, 12), Data: []byte("v2")}},
		Keep:        []time.Time{monday(9, 14), monday(10, 12), monday(11, 9)}, Oldest: monday(1, 5),
	}
	conclude(t, s, "00000001", first)
	m := memory(t, s)
	bare := func(list ...analysis.Checkpoint) []analysis.Checkpoint {
		for i := range list {
			list[i].State = nil
		}
		return list
	}
	want := store.Memory{
		Judged: monday(11, 9), Alarms: []analysis.Alarm{other, alarm},
		Checkpoints: bare(mark(9, 14, "a"), mark(10, 12, "b"), mark(11, 9, "c")),
	}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("memory (-want +got):\n%s", diff)
	}
	if other, err := s.Memory(t.Context(), collector.Review); err != nil || !other.Judged.IsZero() || other.Alarms != nil || other.Checkpoints != nil {
		t.Errorf("the other channel has %+v, %v", other, err)
	}

	past, err := s.Past(t.Context(), collector.Response, monday(10, 12))
	if err != nil || string(past.State) != "b" || past.Key != "k b" || len(past.Voices) != 3 || string(past.Voices[2].Data) != "v2" {
		t.Errorf("past of 12 October = %+v, %v", past, err)
	}
	if none, err := s.Past(t.Context(), collector.Response, time.Time{}); err != nil || none.State != nil || none.Voices != nil {
		t.Errorf("past of the beginning = %+v, %v, want nothing", none, err)
	}
	if none, err := s.Past(t.Context(), collector.Response, monday(10, 5)); err == nil {
		t.Errorf("past of a week without a checkpoint = %+v, want an error", none)
	}

	// A second one goes on from 12 October: what lay after it is replaced, what is not kept goes.
	second := store.Detected{From: monday(10, 12), Detection: analysis.Detection{Week: monday(11, 9)}}
	second.Progress = analysis.Progress{
		Checkpoints: []analysis.Checkpoint{mark(11, 9, "d")}, Voices: []analysis.Voices{{Week: monday(11, 9), Data: []byte("v3")}},
		Keep: []time.Time{monday(10, 12), monday(11, 9)}, Oldest: monday(9, 14),
	}
	conclude(t, s, "00000002", second)
	m = memory(t, s)
	if diff := cmp.Diff(bare(mark(10, 12, "b"), mark(11, 9, "d")), m.Checkpoints); diff != "" || m.Alarms != nil {
		t.Errorf("after the second: alarms %+v, checkpoints (-want +got):\n%s", m.Alarms, diff)
	}
	past, err = s.Past(t.Context(), collector.Response, monday(11, 9))
	if err != nil || string(past.State) != "d" || len(past.Voices) != 3 || string(past.Voices[0].Data) != "v1" {
		t.Errorf("past of 9 November = %+v, %v", past, err)
	}
}

// TestMemoryTellsWhatCameLate adds, in judged weeks and after them.
func TestMemoryTellsWhatCameLate(t *testing.T) {
	s := scoredStore(t)
	conclude(t, s, "00000001", store.Detected{Detection: analysis.Detection{Week: monday(11, 2)}})
	say := func(id string, month time.Month, day int) {
		t.Helper()
		f := collector.Feedback{Practice: "elm", Source: "survey:elm.csv", Kind: collector.Response, SourceID: id, Rows: 1,
			Date: collector.OnDay(2026, month, day, johannesburg), Text: "Three weeks and nothing."}
		identity.Name(&f)
		keep(t, s, "0000000"+id, []collector.Feedback{f})
		understand(t, s)
		if err := s.BuildSeries(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	say("4", 11, 17) // of a week that has not been judged
	if m := memory(t, s); m.Late != nil || !m.Touched.Equal(monday(11, 16)) {
		t.Errorf("a new week: touched %v, late %+v", m.Touched, m.Late)
	}
	say("5", 11, 4)
	want := []analysis.Late{{Practice: "elm", Channel: "response", First: monday(11, 2), Last: monday(11, 2), Weeks: 1, Gained: 1}}
	m := memory(t, s)
	if diff := cmp.Diff(want, m.Late); diff != "" || !m.Touched.Equal(monday(11, 2)) {
		t.Errorf("touched %v, late (-want +got):\n%s", m.Touched, diff)
	}
	changed := []analysis.Revision{{Practice: "elm", Channel: "response", Touchpoint: "order", Kind: analysis.Drop, What: analysis.Moved,
		Flagged: monday(11, 2), Was: monday(10, 5), Since: monday(10, 12)}}
	conclude(t, s, "00000006", store.Detected{Detection: analysis.Detection{Week: monday(11, 16)}, Late: m.Late, Revisions: changed})
	if m := memory(t, s); m.Late != nil || !m.Touched.IsZero() {
		t.Errorf("told once: touched %v, late %+v", m.Touched, m.Late)
	}
	kept := func(run string, late []analysis.Late, revisions []analysis.Revision) {
		t.Helper()
		gotLate, gotRevisions, err := s.Late(t.Context(), "elm")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(late, gotLate); diff != "" {
			t.Errorf("late of run %s (-want +got):\n%s", run, diff)
		}
		if diff := cmp.Diff(revisions, gotRevisions); diff != "" {
			t.Errorf("revisions of run %s (-want +got):\n%s", run, diff)
		}
	}
	kept("6", want, changed)
	conclude(t, s, "00000007", store.Detected{Detection: analysis.Detection{Week: monday(11, 16)}})
	kept("7", nil, nil)
}
