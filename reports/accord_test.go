package reports

import (
	"strings"
	"testing"

	"percept/analysis"
	"percept/collector"
)

func TestReviewsAndSurveyAgreeOnThePage(t *testing.T) {
	p := harbour(t)
	slip := func(weeks int) analysis.Verdict {
		return analysis.Verdict{Word: analysis.Worse, Since: lastWeek.Add(-9*week).AddDate(0, 0, -7*weeks), Effect: -.5, EffectLo: -.7, EffectHi: -.3, Statistic: 9}
	}
	for name, c := range map[string]struct {
		review, response analysis.Verdict
		want             string
	}{
		"since one week":      {slip(0), slip(0), "Reviews and the survey agree, each by itself: Eye exam is worse, since the week of 7 September 2026."},
		"since two weeks":     {slip(1), slip(0), "Eye exam is worse, in reviews since the week of 31 August 2026, in the survey since that of 7 September 2026."},
		"one of them is calm": {analysis.Verdict{Word: analysis.Steady}, slip(0), ""},
	} {
		w := invent(p, 1)
		w.verdicts = map[place]analysis.Verdict{{"review", "exam"}: c.review, {"response", "exam"}: c.response}
		root := checkPage(t, makeWeekly(t, newStore(t, w), p, testOptions()))
		lines := find(root, "accords")
		switch {
		case c.want == "" && len(lines) > 0:
			t.Errorf("%s: the page says %q", name, inner(lines[0]))
		case c.want != "" && (len(lines) != 1 || !strings.Contains(inner(lines[0]), c.want)):
			t.Errorf("%s: the page does not say %q", name, c.want)
		}
	}
}

func TestPastOutagesOfTheQuarterAreTold(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	s := newStore(t, w)
	at := func(run string, days int, state collector.State, why string) {
		t.Helper()
		e := collector.Entry{Run: run, Practice: p.ID, Source: w.review.Source, Kind: "web", State: state, Why: why, Started: now.AddDate(0, 0, days), Ended: now.AddDate(0, 0, days)}
		if err := s.Begin(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if err := s.End(t.Context(), &e); err != nil {
			t.Fatal(err)
		}
	}
	at("a1", -200, collector.Failed, "status 500") // before the quarter
	at("a2", -199, collector.Complete, "")
	at("b1", -20, collector.Incomplete, "page 2 of 4: status 503")
	at("b2", -19, collector.Failed, "status 500")
	at("b3", -17, collector.Complete, "")
	root := checkPage(t, makeWeekly(t, s, p, testOptions()))
	want := collector.SourceLabel(w.review.Source) + " was not read whole from 27 October 2026 to 30 October 2026: page 2 of 4: status 503. It is read whole again."
	if got := find(root, "late"); len(got) != 1 || inner(got[0]) != want {
		t.Errorf("the page does not say %q alone: %v", want, got)
	}
}
