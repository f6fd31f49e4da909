package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// insightStore holds reviews and responses of a practice with ratings on four scales.
func insightStore(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.New(t)
	zone, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: zone}}); err != nil {
		t.Fatal(err)
	}
	rating := func(tag, raw string, value float64) collector.Rating {
		return collector.Rating{Raw: raw, Value: value, Valid: value > 0, Tag: tag}
	}
	var all []collector.Feedback
	add := func(f collector.Feedback) {
		f.Practice, f.SourceID, f.Rows = "elm", fmt.Sprint(len(all)), 1
		f.Source = "of " + string(f.Kind)
		identity.Name(&f)
		all = append(all, f)
	}
	response := func(d collector.Date, nps, wait collector.Rating) {
		add(collector.Feedback{Kind: collector.Response, Date: d, Rating: nps, Answers: []collector.Answer{
			{Question: "How was the wait?", Column: "wait", Rating: wait},
			{Question: "Why?", Column: "why", Text: "Three weeks and nothing. They rang in the end."},
		}})
	}
	day := func(month time.Month, d int) collector.Date { return collector.OnDay(2026, month, d, zone) }
	response(day(11, 2), rating("nps-0-10", "9", 4.6), rating("csat-5", "2", 2))
	response(day(11, 3), rating("nps-0-10", "9", 4.6), rating("csat-5", "don't know", 0))
	response(day(11, 4), rating("fft", "Don't know", 0), rating("csat-5", "2", 2))
	add(collector.Feedback{Kind: collector.Review, Date: day(11, 4), Rating: rating("stars", "5", 5), Text: "Good."})
	add(collector.Feedback{Kind: collector.Review, Date: day(11, 5), Text: "No stars."})
	// 22:30 UTC on Sunday 1 November is Monday the 2nd in Johannesburg; of a date of the whole of October or of both
	// months, the second may lie outside.
	add(collector.Feedback{Kind: collector.Review, Date: collector.At(time.Date(2026, 11, 1, 22, 30, 0, 0, time.UTC)), Rating: rating("stars", "4", 4)})
	add(collector.Feedback{Kind: collector.Review, Date: collector.Date{Start: monday(10, 20), End: monday(11, 10), Precision: collector.Interval}, Rating: rating("stars", "1", 1)})
	keep(t, s, "00000001", all)
	n, batches, err := s.Unscored(t.Context(), []string{"elm"}, "m1", "t1")
	if err != nil || n != len(all) {
		t.Fatalf("Unscored = %d, %v, want %d", n, err, len(all))
	}
	for heard, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		var understood []analysis.Understood
		for _, h := range heard {
			u := analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice}
			if h.Kind == collector.Response {
				u.Mentions = []analysis.Mention{ // not in the order of the text
					{Feedback: h.ID, Version: h.Version, Part: 2, Touchpoint: "aftercare", Start: 25, End: 46, Score: .6, Confidence: .8, Origin: analysis.FromText},
					{Feedback: h.ID, Version: h.Version, Part: 2, Touchpoint: "order", Start: 0, End: 24, Score: -.9, Confidence: .8, Origin: analysis.FromText},
				}
				if h.Answers[0].Rating.Valid {
					u.Mentions = append(u.Mentions, analysis.Mention{Feedback: h.ID, Version: h.Version, Part: 1, Touchpoint: "order", Score: -.5, Confidence: 1, Origin: analysis.FromRating})
				}
			}
			understood = append(understood, u)
		}
		if err := s.AddScores(t.Context(), "m1", "t1", understood); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Activate(t.Context(), []string{"elm"}, "m1", "t1"); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRatingCountsKeepScalesAndChannelsApart(t *testing.T) {
	s := insightStore(t)
	got, err := s.RatingCounts(t.Context(), "", monday(11, 2), monday(11, 9))
	if err != nil {
		t.Fatal(err)
	}
	const wait = "How was the wait?"
	want := []analysis.RatingCount{
		{Practice: "elm", Channel: collector.Response, Scale: "csat-5", About: "order", Question: wait, Rating: 2, Valid: true, N: 2},
		{Practice: "elm", Channel: collector.Response, Scale: "csat-5", About: "order", Question: wait, N: 1},
		{Practice: "elm", Channel: collector.Response, Scale: "fft", N: 1},
		{Practice: "elm", Channel: collector.Response, Scale: "nps-0-10", Rating: 4.6, Valid: true, N: 2},
		{Practice: "elm", Channel: collector.Review, Scale: "stars", Rating: 4, Valid: true, N: 1},
		{Practice: "elm", Channel: collector.Review, Scale: "stars", Rating: 5, Valid: true, N: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts of the week (-want +got):\n%s", diff)
	}
	wide, err := s.RatingCounts(t.Context(), "elm", monday(10, 5), monday(11, 16))
	if err != nil {
		t.Fatal(err)
	}
	if len(wide) != len(want)+1 || wide[4].Rating != 1 {
		t.Errorf("the six weeks hold %+v, want the review of three weeks too", wide)
	}
	if other, err := s.RatingCounts(t.Context(), "oak", monday(10, 5), monday(11, 16)); err != nil || other != nil {
		t.Errorf("another practice has %+v, %v", other, err)
	}
}

func TestScoreSumsCountPersons(t *testing.T) {
	got, err := insightStore(t).ScoreSums(t.Context(), "elm", monday(11, 2), monday(11, 9))
	if err != nil {
		t.Fatal(err)
	}
	want := []analysis.ScoreSum{
		{Practice: "elm", Channel: collector.Response, Touchpoint: "aftercare", N: 3, Sum: 1.8, Squares: 1.08},
		{Practice: "elm", Channel: collector.Response, Touchpoint: "order", N: 3, Sum: -2.3, Squares: 1.79}, // -.7, -.9, -.7
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sums (-want +got):\n%s", diff)
	}
}

func TestStoriesAreToldInOrder(t *testing.T) {
	s := insightStore(t)
	stories := func(channel collector.Kind, from, to time.Time) (all []analysis.Story) {
		t.Helper()
		for some, err := range s.Stories(t.Context(), "", channel, from, to) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, some...)
		}
		return all
	}
	got := stories(collector.Response, monday(11, 2), monday(11, 4))
	if len(got) != 2 || got[0].Practice != "elm" || !got[0].Day.Equal(monday(11, 2)) || !got[0].Week || got[0].Rating.Value != 4.6 || got[0].Rating.Tag != "nps-0-10" {
		t.Fatalf("stories = %+v", got)
	}
	var told []string
	for _, m := range got[0].Mentions {
		told = append(told, fmt.Sprintf("%d %s %s", m.Part, m.Touchpoint, m.Origin))
	}
	if diff := cmp.Diff([]string{"1 order rating", "2 order text", "2 aftercare text"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	// Reviews without a mention are stories too; one whose date names no week says so.
	reviews := stories(collector.Review, monday(10, 1), monday(11, 9))
	if len(reviews) != 4 || reviews[0].Week || !reviews[1].Week || reviews[3].Rating.Valid || reviews[3].Mentions != nil {
		t.Errorf("reviews = %+v", reviews)
	}
	for some := range s.Stories(t.Context(), "oak", collector.Review, monday(10, 1), monday(11, 9)) {
		t.Errorf("another practice has %+v", some)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for some, err := range s.Stories(ctx, "", collector.Review, monday(10, 1), monday(11, 9)) {
		if err == nil {
			t.Errorf("a cancelled read gives %+v and no error", some)
		}
	}
}

func TestTrialsAreAppended(t *testing.T) {
	s := insightStore(t)
	trial := analysis.Trial{
		Practice: "elm", Touchpoint: "order", What: "rang \xff earlier", Date: monday(11, 2), Recorded: storetest.Now, Channel: collector.Response,
		Tag: analysis.MeanScore, From: monday(5, 4), People: 40, Mean: .5, SD: .4, Effect: .3, Need: 20, Already: 3,
	}
	for want := 1; want <= 2; want++ {
		id, err := s.AddTrial(t.Context(), trial)
		if err != nil || id != want {
			t.Fatalf("AddTrial = %d, %v, want %d", id, err, want)
		}
	}
	trial.ID, trial.What = 1, "rang \uFFFD earlier"
	got, err := s.Trials(t.Context(), "elm")
	if err != nil || len(got) != 2 {
		t.Fatalf("Trials = %+v, %v", got, err)
	}
	if diff := cmp.Diff(trial, got[0]); diff != "" {
		t.Errorf("the first (-want +got):\n%s", diff)
	}
	if none, err := s.Trials(t.Context(), "oak"); err != nil || none != nil {
		t.Errorf("another practice has %+v, %v", none, err)
	}
	said, err := s.Said(t.Context(), "elm", "order", collector.Response, monday(11, 3))
	if err != nil || len(said) != 2 || said[0].Score != -.9 || said[1].Score != -.7 || !said[0].Day.Equal(monday(11, 3)) {
		t.Errorf("Said = %+v, %v", said, err)
	}
}

// Cells are the counts and sums of the comparison by source and by blocks of eight weeks: added up they are what
// RatingCounts and ScoreSums say.
func TestCellsAreCountsBySourceAndBlock(t *testing.T) {
	s := insightStore(t)
	from, to := monday(10, 5), monday(11, 16)
	counts, err := s.RatingCounts(t.Context(), "", from, to)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := s.RatingCells(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	overall := make(map[analysis.RatingCount]int)
	for _, c := range counts {
		if c.About == "" && c.Question == "" {
			n := c.N
			c.N = 0
			overall[c] += n
		}
	}
	if len(overall) == 0 {
		t.Fatal("no overall ratings: nothing to prove it by")
	}
	for _, c := range cells {
		if c.Source == "" || c.Block != 370 { // of 5 October to 29 November 2026, counted from 29 December 1969
			t.Errorf("cell of source %q, block %d", c.Source, c.Block)
		}
		n := c.N
		c.N, c.Source, c.Block = 0, "", 0
		overall[c] -= n
	}
	for c, n := range overall {
		if n != 0 {
			t.Errorf("%+v: %d more in the counts than in the cells", c, n)
		}
	}
	sums, err := s.ScoreCells(t.Context(), "order", monday(11, 2), monday(11, 9))
	if err != nil {
		t.Fatal(err)
	}
	if len(sums) != 1 || sums[0].N != 3 || sums[0].Sum != -2.3 || sums[0].Source == "" || sums[0].Block != 370 {
		t.Errorf("sums of order: %+v", sums)
	}
}
