package analysis_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
)

func said(part, start int, touchpoint string, score float64) analysis.Mention {
	return analysis.Mention{Part: part, Start: start, Touchpoint: touchpoint, Score: score, Origin: analysis.FromText}
}

func TestFindTurn(t *testing.T) {
	rating := analysis.Mention{Touchpoint: "exam", Score: -1, Origin: analysis.FromRating}
	for _, tc := range []struct {
		name string
		text []analysis.Mention
		want analysis.Turn
		ok   bool
	}{
		{"nothing bad", []analysis.Mention{said(0, 0, "exam", .8), said(0, 9, "order", 0)}, analysis.Turn{}, false},
		{"a rating is no part of the text", []analysis.Mention{rating, said(0, 0, "order", .5)}, analysis.Turn{}, false},
		{"the first that is bad, though a later is worse", []analysis.Mention{said(0, 0, "exam", .8), said(0, 9, "order", -.2), said(0, 30, "fitment", -.9)}, analysis.Turn{At: 1}, true},
		{"recovered at the end", []analysis.Mention{said(0, 0, "order", -.5), said(0, 20, "fitment", -.5), said(0, 40, "aftercare", .7)}, analysis.Turn{At: 0, Recovered: true}, true},
		{"good for a moment, bad at the end", []analysis.Mention{said(0, 0, "order", -.5), said(0, 20, "fitment", .5), said(0, 40, "aftercare", -.7)}, analysis.Turn{At: 0}, true},
		{"told in order of the text, whatever the order given", []analysis.Mention{said(0, 40, "aftercare", .7), said(0, 0, "order", -.5)}, analysis.Turn{At: 1, Recovered: true}, true},
		{"nothing more is said", []analysis.Mention{said(0, 0, "exam", .5), said(0, 20, "order", -.5)}, analysis.Turn{At: 1, Last: true}, true},
		{"a neutral end is no end", []analysis.Mention{said(0, 0, "order", -.5), said(0, 9, "fitment", 0)}, analysis.Turn{At: 0, Last: true}, true},
		{"general is no touchpoint, but a good end", []analysis.Mention{said(0, 0, analysis.General, -.5), said(0, 9, "order", -.5), said(0, 30, analysis.General, .5)}, analysis.Turn{At: 1, Recovered: true}, true},
	} {
		got, ok := analysis.FindTurn(tc.text)
		if got != tc.want || ok != tc.ok {
			t.Errorf("%s: FindTurn = %+v, %v, want %+v, %v", tc.name, got, ok, tc.want, tc.ok)
		}
	}
}

func TestTurningPoints(t *testing.T) {
	var stories []analysis.Story
	for i := range 12 { // at order: 9 of 12 end well
		stories = append(stories, analysis.Story{Mentions: []analysis.Mention{said(0, 0, "order", -.5), said(0, 9, "aftercare", map[bool]float64{true: .5, false: -.5}[i < 9])}})
	}
	// Two answers are two texts: praise in the second is no recovery of the first.
	stories = append(stories, analysis.Story{Mentions: []analysis.Mention{said(1, 0, "exam", -.5), said(2, 0, "exam", .9)}})
	got := analysis.TurningPoints(stories)
	if len(got) != 2 || got[0].Touchpoint != "order" || got[0].Texts != 12 || got[0].Recovered != 9 || got[0].Last != 0 {
		t.Fatalf("turning points = %+v", got)
	}
	// Wilson's interval of 9 of 12, as the binomial tables have it: 46.8 to 91.1 %.
	near(t, "rate", got[0].Rate.Value, .75, 1e-9)
	near(t, "lo", got[0].Rate.Lo, .468, .001)
	near(t, "hi", got[0].Rate.Hi, .911, .001)
	if got[1].Rate != nil || got[1].Recovered != 0 || got[1].Last != 1 {
		t.Errorf("one text gives %+v, want no rate", got[1])
	}
}

func TestImpacts(t *testing.T) {
	// 20 reviews of 2 stars speak of order, 60 of 5 stars do not; 30 of those speak of exam. By hand: the mean
	// of all is 4.25; without order 5, so it takes .75 away; without exam (40 + 150)/50 = 3.8, so it gives .45.
	var stories []analysis.Story
	add := func(n int, stars float64, touchpoint string) {
		for range n {
			s := analysis.Story{Rating: collector.Rating{Value: stars, Valid: true, Tag: "stars"}}
			if touchpoint != "" {
				s.Mentions = []analysis.Mention{said(0, 0, touchpoint, stars-3)}
			}
			stories = append(stories, s)
		}
	}
	add(20, 2, "order")
	add(30, 5, "exam")
	add(30, 5, "")
	add(3, 5, "recall")
	stories = stories[:80]
	got := analysis.FindImpacts(collector.Review, stories)
	if got.N != 80 || got.Tag != analysis.Stars || len(got.List) != 2 || got.List[0].Touchpoint != "order" {
		t.Fatalf("impacts = %+v", got)
	}
	near(t, "mean", got.Mean, 4.25, 1e-9)
	near(t, "order", got.List[0].Value.Value, -.75, 1e-9)
	near(t, "exam", got.List[1].Value.Value, .45, 1e-9)
	if e := got.List[0].Value; e.Lo >= e.Value || e.Hi <= e.Value || e.Hi > 0 {
		t.Errorf("order = %+v, want an interval that leaves 0 out", e)
	}
	if diff := cmp.Diff(got, analysis.FindImpacts(collector.Review, stories)); diff != "" {
		t.Errorf("the same stories give other numbers:\n%s", diff)
	}
	if few := analysis.FindImpacts(collector.Review, stories[:29]); few.List != nil || few.Why == "" {
		t.Errorf("29 reviews give %+v", few)
	}
}

func TestMomentsOfTruth(t *testing.T) {
	share := func(v, half float64) analysis.Estimate {
		return analysis.Estimate{Value: v, Lo: v - half, Hi: v + half}
	}
	d := analysis.Drivers{Axis: analysis.Axis{Channel: collector.Response, Tag: analysis.CSAT}, List: []analysis.Driver{
		{Touchpoint: "order", Share: share(.5, .1), Clear: true},
		{Touchpoint: "exam", Share: share(.4, .05), Clear: true},
		{Touchpoint: "recall", Share: share(.05, .04)},
		{Touchpoint: "quote", Share: share(.04, .03)},
		{Touchpoint: "fitment", Share: share(.2, .15), Clear: true},
		{Touchpoint: "reminder", Share: share(.5, .1)},
	}}
	score := func(id string, mean float64) analysis.Answers {
		const n = 200
		return analysis.ScoreSum{Channel: collector.Response, Touchpoint: id, N: n, Sum: n * mean, Squares: n * (mean*mean + .04)}.Answers()
	}
	got := analysis.Moments(d, []analysis.Answers{
		score("order", -.2), score("exam", .8), score("recall", .7), score("quote", 0), score("fitment", .5), score("reminder", .1),
	})
	want := map[string]analysis.Quadrant{
		"order": analysis.ConcentrateHere, "exam": analysis.KeepUp, "recall": analysis.PossibleOverkill, "quote": analysis.LowPriority,
		"fitment":  "", // its importance lies across the line
		"reminder": "", // weighty, but not surely more than chance
	}
	for _, m := range got {
		if m.Quadrant != want[m.Touchpoint] || (m.Quadrant == "") != (m.Why != "") {
			t.Errorf("%s is %q (%s), want %q", m.Touchpoint, m.Quadrant, m.Why, want[m.Touchpoint])
		}
	}
	if len(got) != 6 || got[0].Touchpoint != "order" {
		t.Errorf("first is %+v, want order: the largest gap", got[0])
	}
}

func TestRareEvents(t *testing.T) {
	begin := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return begin.AddDate(0, 0, n) }
	// One feedback a day; recall is bad every 20th day up to day 200, then every day for four days.
	bad := map[int]bool{201: true, 202: true, 203: true, 204: true}
	for n := 0; n <= 200; n += 20 {
		bad[n] = true
	}
	var stories []analysis.Story
	for n := range 205 {
		s := analysis.Story{Feedback: fmt.Sprint(n), Day: day(n), Week: true, Mentions: []analysis.Mention{said(0, 0, "exam", .8), said(0, 9, "order", -.1)}}
		if bad[n] {
			s.Mentions = append(s.Mentions, said(0, 20, "recall", -.8))
		}
		if n == 3 || n == 90 {
			s.Mentions = append(s.Mentions, said(0, 40, "quote", -.8))
		}
		stories = append(stories, s)
	}
	stories = append(stories, analysis.Story{Day: day(100), Mentions: []analysis.Mention{said(0, 0, "recall", -1)}}) // of some month
	got := analysis.RareEvents(stories, day(205))
	if len(got) != 2 || got[0].Touchpoint != "recall" || got[1].Touchpoint != "quote" {
		t.Fatalf("rare events = %+v, want recall and quote: of exam nothing bad is said, of order every day", got)
	}
	r := got[0]
	if r.Events != 15 || r.Feedback != 205 || !r.Latest.Equal(day(204)) || r.Signal != analysis.CloserTogether || r.Why != "" {
		t.Errorf("recall = %+v, want 15 of 205 and a signal", r)
	}
	if r.Between.Intervals[0] != 19 || r.Days.Intervals[0] != 20 || r.Days.Open != 1 || r.Between.Open != 0 {
		t.Errorf("intervals begin with %v feedbacks and %v days, open %v and %v", r.Between.Intervals[0], r.Days.Intervals[0], r.Between.Open, r.Days.Open)
	}
	if q := got[1]; q.Between != nil || q.Why == "" || q.Events != 2 {
		t.Errorf("quote = %+v, want a count and why there are no limits", q)
	}
	// Before the four, nothing was to be said; and long after them, without any more, they are far apart.
	if early := analysis.RareEvents(stories[:201], day(201))[0]; early.Signal != "" || early.Events != 11 {
		t.Errorf("before the four: %+v, want no signal", early)
	}
	quiet := stories[:201:201]
	for n := 201; n < 420; n++ {
		quiet = append(quiet, analysis.Story{Day: day(n), Week: true})
	}
	if late := analysis.RareEvents(quiet, day(420))[0]; late.Signal != analysis.FartherApart {
		t.Errorf("after 219 quiet days: %+v", late)
	}
	// Ten times as many people speak, one in twenty of them badly as before: the days shrink, and nothing is told.
	busy := stories[:201:201]
	for n := range 400 {
		b := analysis.Story{Feedback: fmt.Sprint("busy", n), Day: day(201 + n/10), Week: true}
		if n%20 == 19 {
			b.Mentions = []analysis.Mention{said(0, 0, "recall", -.8)}
		}
		busy = append(busy, b)
	}
	if r := analysis.RareEvents(busy, day(241))[0]; r.Signal != "" || r.Days.Intervals[len(r.Days.Intervals)-1] != 2 {
		t.Errorf("ten times the volume: %+v, want no signal", r)
	}
}
