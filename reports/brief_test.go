package reports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"percept/analysis"
	"percept/collector"
)

// The sentences of the weekly mail are those of the first screen of the weekly page, word for word, and
// the page that is attached is the page.
func TestBriefSaysWhatThePageSays(t *testing.T) {
	p := harbour(t)
	for name, w := range map[string]*world{"quiet": quietly(invent(p, 1)), "worse": invent(p, 1)} {
		if name == "quiet" {
			w.verdicts = map[place]analysis.Verdict{{"review", "exam"}: {Word: analysis.Steady}}
		}
		s := newStore(t, w)
		if b, err := NewBrief(t.Context(), s, p, lastWeek.Add(week), testOptions()); b != nil || err != nil {
			t.Errorf("%s: a brief of a week that nobody judged: %v, %v", name, b, err)
		}
		b, err := NewBrief(t.Context(), s, p, lastWeek, testOptions())
		if err != nil || b == nil {
			t.Fatal(b, err)
		}
		page := makeWeekly(t, s, p, testOptions())
		if string(b.Page) != string(page) {
			t.Errorf("%s: the attached page is not the page", name)
		}
		lead := find(checkPage(t, page), "lead")[0]
		if got := inner(find(lead, "changed")[0]); !slices.Contains(b.Lines, got) {
			t.Errorf("%s: the page begins %q, the mail has %q", name, got, b.Lines)
		}
		whole := strings.Join(strings.Fields(inner(lead)), " ")
		said := slices.Concat(b.Lines, b.Next)
		if b.Quote != "" {
			said = append(said, b.By)
		}
		for _, line := range said {
			if !strings.Contains(whole, strings.Join(strings.Fields(line), " ")) {
				t.Errorf("%s: the mail says %q, which the page does not:\n%s", name, line, whole)
			}
		}
		if name == "worse" && (len(b.Lines) < 2 || b.Quote == "" || len(b.Next) == 0) {
			t.Errorf("%s: the brief lacks a reason, a quote or what to do: %+v", name, b.Lines)
		}
	}
}

// What is said of a change rests on the weeks that were judged: who spoke after them is not quoted for it.
func TestChangesRestOnJudgedWeeks(t *testing.T) {
	m := &material{in: english, practice: harbour(t), last: lastWeek}
	said := func(id string, at time.Time) analysis.Evidence {
		return analysis.Evidence{Mention: analysis.Mention{Feedback: id}, Channel: collector.Review, Date: collector.At(at)}
	}
	evidence := []analysis.Evidence{said("before", lastWeek.Add(-2*time.Hour-week)), said("in", lastWeek.Add(6*24*time.Hour)), said("after", lastWeek.Add(week+time.Hour))}
	var got []string
	for _, v := range m.lately(evidence, "review", lastWeek) {
		got = append(got, v.Feedback)
	}
	if !slices.Equal(got, []string{"in"}) {
		t.Errorf("the voices of the change are %v, want those of the judged week alone", got)
	}
}

// A line of the portfolio names what changed, what is worse first, and the practice as a whole in words that
// fit among touchpoints.
func TestStandingsSayWhatChanged(t *testing.T) {
	p := harbour(t)
	for _, c := range []struct {
		verdicts map[place]analysis.Verdict
		want     string
		slips    bool
	}{
		{map[place]analysis.Verdict{{"review", "exam"}: {Word: analysis.Steady}}, "no reliable change", false},
		{map[place]analysis.Verdict{{"response", "exam"}: {Word: analysis.Better}}, "better: Eye exam (survey)", false},
		{map[place]analysis.Verdict{{"response", "*"}: {Word: analysis.Worse}, {"review", "exam"}: {Word: analysis.Worse}, {"review", "quote"}: {Word: analysis.Better}},
			"worse: everything together (survey) and Eye exam (reviews); better: Quote for appliance (reviews)", true},
	} {
		w := quietly(invent(p, 1))
		w.verdicts = c.verdicts
		all, err := Standings(t.Context(), newStore(t, w), []collector.Practice{p}, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		if all[0].Word != c.want || all[0].Slips != c.slips || !all[0].Week.Equal(lastWeek) {
			t.Errorf("the standing is %q, slips %v, week %s; want %q, %v", all[0].Word, all[0].Slips, all[0].Week, c.want, c.slips)
		}
	}
}
