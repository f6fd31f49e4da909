package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
	"percept/store"
	"percept/store/storetest"
)

var johannesburg = time.FixedZone("Africa/Johannesburg", 2*60*60)

func monday(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// scoredStore holds one practice: three persons on order, one of them twice, one without a named week.
func scoredStore(t *testing.T) *store.Store {
	t.Helper()
	s := unbuiltStore(t)
	if err := s.BuildSeries(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// unbuiltStore is a scoredStore before its series.
func unbuiltStore(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.New(t)
	fill(t, s)
	return s
}

// fill makes an empty store an unbuiltStore.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	zone, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: zone}}); err != nil {
		t.Fatal(err)
	}
	at := func(id string, d collector.Date) collector.Feedback {
		f := collector.Feedback{Practice: "elm", Source: "survey:elm.csv", Kind: collector.Response, SourceID: id, Date: d, Rows: 1,
			Answers: []collector.Answer{
				{Question: "How was the wait?", Column: "wait", Touchpoint: "order", Rating: collector.Rating{Raw: "2", Value: 2, Valid: true, Tag: "csat-5"}},
				{Question: "Why?", Column: "why", Text: "Three weeks and nothing."},
			},
			Rating: collector.Rating{Raw: "6", Value: 3.4, Valid: true, Tag: "nps-0-10"}}
		identity.Name(&f)
		return f
	}
	// 22:30 UTC on Sunday 8 November is Monday the 9th in Johannesburg.
	edge := collector.At(time.Date(2026, 11, 8, 22, 30, 0, 0, time.UTC))
	keep(t, s, "00000001", []collector.Feedback{
		at("1", edge),
		at("2", collector.OnDay(2026, 11, 8, johannesburg)),
		at("3", collector.Date{Start: monday(10, 1), End: monday(11, 1), Precision: collector.Month}),
	})
	n, batches, err := s.Unscored(t.Context(), []string{"elm"}, "m1", "t1")
	if err != nil || n != 3 {
		t.Fatalf("Unscored = %d, %v, want 3", n, err)
	}
	for heard, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		var all []analysis.Understood
		for _, h := range heard {
			if len(h.Answers) != 2 || h.Answers[1].Text != "Three weeks and nothing." || !h.Answers[0].Rating.Valid {
				t.Errorf("answers of %s = %+v, want both as stored", h.ID, h.Answers)
			}
			all = append(all, analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice, Whole: analysis.Scored{Score: -0.5, Label: "negative"},
				Mentions: []analysis.Mention{
					{Feedback: h.ID, Version: h.Version, Part: 1, Touchpoint: "order", Score: -0.5, Confidence: 1, Origin: analysis.FromRating},
					{Feedback: h.ID, Version: h.Version, Part: 2, Touchpoint: "order", Start: 0, End: 11, Score: -0.9, Confidence: .8, Origin: analysis.FromText},
				},
				Behaviours: []analysis.Behaviour{{Feedback: h.ID, Version: h.Version, Part: 2, Behaviour: "reliability", Start: 0, End: 24, Score: -1, Confidence: .7}}})
		}
		for range 2 { // adding twice is adding once
			if err := s.AddScores(t.Context(), "m1", "t1", all); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Activate(t.Context(), []string{"elm"}, "m1", "t1"); err != nil {
		t.Fatal(err)
	}
}

func TestSeriesCountPeopleInWeeksOfTheirZone(t *testing.T) {
	s := scoredStore(t)
	got, err := s.Points(t.Context(), "elm", monday(1, 5))
	if err != nil {
		t.Fatal(err)
	}
	want := []analysis.Point{
		{Practice: "elm", Channel: "response", Touchpoint: "order", Week: monday(11, 2), People: 1, Negative: 1, Mean: -0.7},
		{Practice: "elm", Channel: "response", Touchpoint: "order", Week: monday(11, 9), People: 1, Negative: 1, Mean: -0.7},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("series (-want +got):\n%s", diff)
	}
}

func TestObservationsAreOnePerPersonAndTouchpoint(t *testing.T) {
	s := scoredStore(t)
	got := observations(t, s, collector.Response)
	if len(got) != 2 {
		t.Fatalf("observations = %d, want 2: two mentions of one person are one, and a month names no week", len(got))
	}
	if got[0].Day != monday(11, 8) || got[1].Day != monday(11, 9) || got[0].Score != -0.7 {
		t.Errorf("observations = %+v, want days 8 and 9 November at -0.7", got)
	}
	if none := observations(t, s, collector.Review); len(none) != 0 {
		t.Errorf("observations of reviews = %v, want none", none)
	}
}

// observations are all of a channel; those of one practice come together.
func observations(t *testing.T, s *store.Store, channel collector.Kind) []analysis.Observation {
	t.Helper()
	var all []analysis.Observation
	for of, err := range s.ObservationsSince(t.Context(), channel, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n := len(all); n > 0 && of[0].Practice <= all[n-1].Practice {
			t.Errorf("observations of %s come after those of %s", of[0].Practice, all[n-1].Practice)
		}
		all = append(all, of...)
	}
	return all
}

// TestObservationsAreReadSomePracticesAtATime has more mentions than are read together, and a practice with one.
func TestObservationsAreReadSomePracticesAtATime(t *testing.T) {
	s := storetest.New(t)
	ids := []string{"a", "b", "c", "d"}
	var practices []collector.Practice
	var said []collector.Feedback
	for _, id := range ids {
		practices = append(practices, collector.Practice{ID: id, Name: id, Zone: time.UTC})
		f := collector.Feedback{Practice: id, Source: "survey:all.csv", Kind: collector.Response, SourceID: id, Text: "Slow.", Rows: 1, Date: collector.OnDay(2026, 11, 9, time.UTC)}
		identity.Name(&f)
		said = append(said, f)
	}
	if err := s.SetPractices(t.Context(), practices); err != nil {
		t.Fatal(err)
	}
	keep(t, s, "00000001", said)
	for _, id := range ids {
		reread(t, s, id, m1, 1, func(h analysis.Heard) analysis.Understood {
			u := analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice}
			n := 30_000
			if id == "c" {
				n = 1
			}
			for i := range n {
				u.Mentions = append(u.Mentions, analysis.Mention{Feedback: h.ID, Version: h.Version, Touchpoint: "order", End: i, Score: -.5, Origin: analysis.FromText})
			}
			return u
		})
	}
	if err := s.Activate(t.Context(), ids, m1.Model, m1.Taxonomy); err != nil {
		t.Fatal(err)
	}
	if err := s.BuildSeries(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range observations(t, s, collector.Response) {
		got = append(got, o.Practice)
	}
	if !slices.Equal(got, ids) {
		t.Errorf("observations are of %q, want one of each of %q", got, ids)
	}
}

func TestReportQueriesGiveWhatWasStored(t *testing.T) {
	s := scoredStore(t)
	ctx := t.Context()
	evidence, err := s.Evidence(ctx, "elm", monday(9, 1))
	if err != nil || len(evidence) != 6 {
		t.Fatalf("Evidence = %d, %v, want 6", len(evidence), err)
	}
	for _, e := range evidence {
		words, err := s.Words(ctx, e.Feedback)
		if got := words[analysis.Passage{Feedback: e.Feedback, Version: e.Version, Part: e.Part}]; err != nil || got != e.Words {
			t.Errorf("part %d of Words(%s) = %q, %v, want %q", e.Part, e.Feedback, got, err, e.Words)
		}
		if e.Origin == analysis.FromText && e.Words[e.Start:e.End] != "Three weeks" {
			t.Errorf("span = %q, want %q", e.Words[e.Start:e.End], "Three weeks")
		}
	}
	behaviours, err := s.Behaviours(ctx, "elm", monday(9, 1))
	if err != nil || len(behaviours) != 3 || !cmp.Equal(behaviours[0].Touchpoints, []string{"order"}) {
		t.Errorf("Behaviours = %+v, %v, want 3 at order", behaviours, err)
	}
	ratings, err := s.Ratings(ctx, "elm", monday(1, 1))
	want := []analysis.RatingPoint{
		{Channel: collector.Response, Tag: "nps-0-10", Month: monday(10, 1), N: 1, Mean: 3.4},
		{Channel: collector.Response, Tag: "nps-0-10", Month: monday(11, 1), N: 2, Mean: 3.4},
	}
	if diff := cmp.Diff(want, ratings); diff != "" || err != nil {
		t.Errorf("ratings %v (-want +got):\n%s", err, diff)
	}
	if err := s.SetSources(ctx, []store.Source{{Practice: "elm", Name: "web:elm", Kind: "web"}}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Health(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	health := all["elm"]
	if err != nil || len(health) != 1 || health[0].Stored != 0 && health[0].State != collector.Complete {
		t.Errorf("Health = %+v, %v, want one complete source", health, err)
	}
}

// TestUnderstandingCountsWhatWasPlaced has three responses with words, two of them of days that lie in the time asked for.
func TestUnderstandingCountsWhatWasPlaced(t *testing.T) {
	s := scoredStore(t)
	understand(t, s)
	want := analysis.Understanding{Model: "m1", Taxonomy: "t1"}
	check := func(placed, unplaced int) {
		t.Helper()
		got, err := s.Reading(t.Context(), "elm", monday(11, 2), monday(11, 16))
		if got.Labels > 0 != !got.Labelled.IsZero() {
			t.Errorf("%d labels, the last at %v", got.Labels, got.Labelled)
		}
		if len(got.Placed) != placed || len(got.Unplaced) != unplaced {
			t.Errorf("placed %v and not %v, want %d and %d", got.Placed, got.Unplaced, placed, unplaced)
		}
		got.Labelled, got.Placed, got.Unplaced = time.Time{}, nil, nil
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("understanding %v (-want +got):\n%s", err, diff)
		}
	}
	check(2, 0)
	evidence, err := s.Evidence(t.Context(), "elm", monday(11, 2))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range evidence { // a person says that the newest one is not about the order, words and rating
		if e.Feedback == evidence[0].Feedback {
			if err := s.Correct(t.Context(), analysis.Correction{Feedback: e.Feedback, Version: e.Version, Part: e.Part, Touchpoint: e.Touchpoint}); err != nil {
				t.Fatal(err)
			}
			want.Labels++
		}
	}
	check(2, 0) // its rating is about the order all the same
}

func TestVerdictsOfAWeekAreReplaced(t *testing.T) {
	s := storetest.New(t)
	v := analysis.Verdict{Practice: "elm", Channel: "response", Touchpoint: "order", Week: monday(11, 9), Word: analysis.Worse,
		Flagged: monday(10, 5), Since: monday(9, 7), SinceLo: monday(8, 31), SinceHi: monday(9, 14), Effect: -.4, EffectLo: -.6, EffectHi: -.2,
		People: 40, Negative: 12, Visible: .3, Statistic: 7.5, Threshold: 5.9}
	other := v
	other.Word, other.Flagged = analysis.Steady, time.Time{}
	if err := s.BuildSeries(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, vs := range [][]analysis.Verdict{{other}, {v}} {
		if err := s.Conclude(t.Context(), "00000001", []store.Detected{{Detection: analysis.Detection{Verdicts: vs}}}, alert.Outcome{}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Verdicts(t.Context(), "elm")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]analysis.Verdict{v}, got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}

func TestHolesAreSourcesNotComplete(t *testing.T) {
	s := scoredStore(t)
	e := collector.Entry{Run: "00000002", Practice: "elm", Source: "web:elm", Kind: "web", State: collector.Incomplete, Started: storetest.Now}
	if err := s.Begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	ended, err := s.Holes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []store.Hole{{Practice: "elm", Source: "web:elm", Kind: "web", Since: storetest.Now, Ended: true}}
	if diff := cmp.Diff(want, ended); diff != "" {
		t.Errorf("holes of a source that has left the config (-want +got):\n%s", diff)
	}
	if err := s.SetSources(t.Context(), []store.Source{{Practice: "elm", Name: "web:elm", Kind: "web"}}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Holes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]store.Hole{{Practice: "elm", Source: "web:elm", Kind: "web", Since: storetest.Now}}, got); diff != "" {
		t.Errorf("holes (-want +got):\n%s", diff)
	}
}

func TestAPersonsLabelWinsAndSurvives(t *testing.T) {
	s := scoredStore(t)
	ctx := t.Context()
	before, err := s.Evidence(ctx, "elm", monday(9, 1))
	if err != nil {
		t.Fatal(err)
	}
	var m analysis.Mention
	for _, e := range before {
		if e.Origin == analysis.FromText {
			m = e.Mention
		}
	}
	c := analysis.Correction{Feedback: m.Feedback, Version: m.Version, Part: m.Part, Touchpoint: "order"}
	aftercare := analysis.Correction{Feedback: m.Feedback, Version: m.Version, Part: m.Part, Touchpoint: "aftercare", About: true, Start: 0, End: 11, Score: -1}
	for _, x := range []analysis.Correction{{Feedback: m.Feedback, Version: m.Version, Part: m.Part, Touchpoint: "order", About: true, Score: 1}, c, aftercare} {
		if err := s.Correct(ctx, x); err != nil {
			t.Fatal(err)
		}
	}
	check := func(when string) {
		t.Helper()
		after, err := s.Evidence(ctx, "elm", monday(9, 1))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]float64{}
		for _, e := range after {
			if e.Feedback == m.Feedback && e.Part == m.Part {
				got[e.Touchpoint] = e.Score
			}
		}
		if diff := cmp.Diff(map[string]float64{"aftercare": -1}, got); diff != "" {
			t.Errorf("%s, the mentions of the part (-want +got):\n%s", when, diff)
		}
		if len(after) != len(before) {
			t.Errorf("%s, %d mentions in all, want %d", when, len(after), len(before))
		}
	}
	check("corrected")
	// Another model reads everything anew and comes to the same as the first: the person still wins.
	_, batches, err := s.Unscored(ctx, []string{"elm"}, "m2", "t1")
	if err != nil {
		t.Fatal(err)
	}
	for heard, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		var all []analysis.Understood
		for _, h := range heard {
			all = append(all, analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice, Mentions: []analysis.Mention{
				{Feedback: h.ID, Version: h.Version, Part: 1, Touchpoint: "order", Score: -0.5, Confidence: 1, Origin: analysis.FromRating},
				{Feedback: h.ID, Version: h.Version, Part: 2, Touchpoint: "order", Start: 0, End: 11, Score: -0.9, Confidence: .8, Origin: analysis.FromText},
			}})
		}
		if err := s.AddScores(ctx, "m2", "t1", all); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Activate(ctx, []string{"elm"}, "m2", "t1"); err != nil {
		t.Fatal(err)
	}
	check("read by another model")
	kept, err := s.Corrections(ctx, m.Feedback)
	if diff := cmp.Diff([]analysis.Correction{aftercare, c}, kept); diff != "" || err != nil {
		t.Errorf("corrections %v (-want +got):\n%s", err, diff)
	}
}
