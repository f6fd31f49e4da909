package store

import (
	"testing"
	"time"

	"percept/analysis"
	"percept/collector"
)

var counting = collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("fedcba9876543210")}

// What Counts adds up and takes off is what stands, row by row, whatever became of the rows.
func TestCountsAreThoseOfARecount(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, "", Options{Now: time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.SetPractices(ctx, []collector.Practice{{ID: "elm", Zone: time.UTC}, {ID: "oak", Zone: time.UTC}}))
	told := func(practice, id, author, words string) collector.Feedback {
		f := collector.Feedback{Practice: practice, Source: "web", Kind: collector.Review, SourceID: id, Author: author, Text: words, Rows: 1,
			Date: collector.At(time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC))}
		counting.Name(&f)
		return f
	}
	answered := collector.Feedback{Practice: "elm", Source: "web", Kind: collector.Response, SourceID: "r1", Rows: 1,
		Answers: []collector.Answer{{Question: "Why?", Text: "Nobody rang."}, {Question: "And?", Text: "Nothing."}}}
	counting.Name(&answered)
	read := func(practice, run string, feedback ...collector.Feedback) {
		t.Helper()
		e := collector.Entry{Run: run, Practice: practice, Source: "web", Kind: "web", State: collector.Running, Expected: len(feedback), Absences: 1,
			Pages: 1, Rows: len(feedback)}
		must(s.Begin(ctx, e))
		must(s.Keep(ctx, &e, collector.Page{URL: "https://" + practice + ".example/" + run, Body: []byte(run), FetchedAt: s.now}, feedback, nil))
		e.State = collector.Complete
		must(s.End(ctx, &e))
	}
	// Every fourth feedback is in a language that is not known; the others hold two mentions.
	understand := func(model string, limit int) {
		t.Helper()
		_, batches, err := s.Unscored(ctx, []string{"elm", "oak"}, model, "t1")
		must(err)
		for heard, err := range batches {
			must(err)
			var all []analysis.Understood
			for i, h := range heard[:min(limit, len(heard))] {
				u := analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice, Unread: i%4 == 3}
				for _, touchpoint := range []string{"exam", "order"} {
					if !u.Unread {
						u.Mentions = append(u.Mentions, analysis.Mention{Feedback: h.ID, Version: h.Version, Touchpoint: touchpoint, End: 4, Origin: analysis.FromText})
					}
				}
				all = append(all, u)
			}
			must(s.AddScores(ctx, model, "t1", all))
			must(s.AddScores(ctx, model, "t1", all))
		}
	}
	a, b, c := told("elm", "a", "Ann", "Slow."), told("elm", "b", "Ben", "Fine."), told("elm", "c", "Cas", "Langsam, aber freundlich.")
	unnamed, edited := told("elm", "", "Dee", "Rushed."), told("elm", "", "Dee", "Rushed, but kind.")
	o := told("oak", "a", "Eve", "Kind.")
	for _, step := range []struct {
		what string
		do   func()

		feedback, mentions int
	}{
		{"nothing", func() {}, 0, 0},
		{"an import", func() { read("elm", "00000001", a, b, c, unnamed, answered); read("oak", "00000001", o) }, 6, 0},
		{"half of it read", func() { understand("m1", 3) }, 6, 0},
		{"all read", func() { understand("m1", 9); must(s.Activate(ctx, []string{"elm", "oak"}, "m1", "t1")) }, 6, 12},
		{"an edit of what has an id", func() {
			a = told("elm", "a", "Ann", "Slow, and they said so.")
			read("elm", "00000002", a, b, c, unnamed, answered)
		}, 6, 10},
		{"an edit of what has no id", func() { read("elm", "00000003", a, b, c, edited, answered) }, 6, 8},
		{"both read", func() { understand("m1", 9) }, 6, 12},
		{"one removed at the source", func() { read("elm", "00000004", a, b, edited, answered) }, 6, 12},
		{"and one again", func() { read("elm", "00000005", a, b, c, edited, answered) }, 6, 12},
		{"a label", func() {
			must(s.Correct(ctx, analysis.Correction{Feedback: b.ID, Version: 1, Touchpoint: "exam"}))
		}, 6, 12},
		{"a better parser", func() {
			_, err := s.Reparse(ctx, "elm", "web", "00000006", func(p collector.Page) ([]collector.Feedback, error) {
				return []collector.Feedback{a, b, told("elm", "d", "Fay", "Found at last.")}, nil
			})
			must(err)
		}, 4, 6},
		{"another model", func() { understand("m2", 9); must(s.Activate(ctx, []string{"elm"}, "m2", "t1")) }, 4, 6},
		{"which was told", func() { must(s.Told(ctx)) }, 4, 6},
	} {
		step.do()
		got, err := s.Counts(ctx)
		must(err)
		var want Counts
		must(s.db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (kind = 'response'), count(*) FILTER (kind = 'review'),
				coalesce(sum(answers), 0), (SELECT count(*) FROM feedback) FROM live`).
			Scan(&want.Feedback, &want.Responses, &want.Reviews, &want.Answers, &want.Versions))
		const use = ` JOIN live l ON x.feedback = l.id AND x.version = l.version
			JOIN active a ON l.practice = a.practice AND x.model = a.model AND x.taxonomy = a.taxonomy`
		must(s.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM mention x"+use+"), (SELECT count(*) FROM scored x"+use+" WHERE x.unread)").
			Scan(&want.Mentions, &want.NotScored))
		got = Counts{Feedback: got.Feedback, Responses: got.Responses, Reviews: got.Reviews, Answers: got.Answers, Versions: got.Versions,
			Mentions: got.Mentions, NotScored: got.NotScored}
		if got != want {
			t.Errorf("after %s: counts %+v, want as recounted %+v", step.what, got, want)
		}
		if got.Feedback != step.feedback || got.Mentions != step.mentions {
			t.Errorf("after %s: %d feedbacks, %d mentions, want %d, %d", step.what, got.Feedback, got.Mentions, step.feedback, step.mentions)
		}
	}
}
