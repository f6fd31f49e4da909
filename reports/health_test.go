package reports

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
)

// TestHealthTellsNoSmallCount reads counts that a page for sharing must not tell, and those by which one could be worked out.
func TestHealthTellsNoSmallCount(t *testing.T) {
	ids := func(n int) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprint(i)
		}
		return all
	}
	for _, c := range []struct {
		name                     string
		placed, unplaced, unread int
		masks                    bool
		want                     string
	}{
		{"few without a touchpoint", 93, 3, 0, true, "Of 96 feedbacks with words in 13 weeks, under 5 name no touchpoint"},
		{"all told", 93, 3, 0, false, "Of 96 feedbacks with words in 13 weeks, 3 name no touchpoint"},
		{"none is no small count", 93, 0, 0, true, "Of 93 feedbacks with words in 13 weeks, 0 name no touchpoint"},
		{"few with one: what is left of the total", 2, 40, 0, true, "Of 42 feedbacks with words in 13 weeks, 5 or more name no touchpoint"},
		{"few in all", 1, 2, 0, true, "Of under 5 feedbacks with words in 13 weeks, under 5 name no touchpoint"},
		{"one language of few", 80, 12, 9, true, "Of 101 feedbacks with words in 13 weeks, 12 name no touchpoint; 9 in a language that the scorer does not read (de, fr): stored, counted and not scored"},
		{"and of few in all", 1062, 12, 3, true, "Of 1,077 feedbacks with words in 13 weeks, 12 name no touchpoint; under 5 in a language that the scorer does not read (de, fr): stored, counted and not scored"},
		{"and told", 1062, 12, 3, false, "Of 1,077 feedbacks with words in 13 weeks, 12 name no touchpoint; 3 in a language that the scorer does not read (de 2, fr 1): stored, counted and not scored"},
	} {
		unread := make([]analysis.Unread, c.unread)
		for i := range unread {
			unread[i] = analysis.Unread{Feedback: fmt.Sprint(i), Language: "de"}
		}
		if c.unread > 0 {
			unread[0].Language = "fr"
		}
		m := &material{masks: c.masks, in: english, reading: analysis.Understanding{Placed: ids(c.placed), Unplaced: ids(c.unplaced), Unread: unread}}
		got := sentenceOf(m.readingSentence())
		want := c.want + ". No label was corrected by a person yet, so how right the reading is here is not measured."
		if got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}

	m := &material{masks: true, in: english, practice: collector.Practice{Zone: lastWeek.Location()}, health: []collector.Health{
		{Entry: collector.Entry{Source: "survey:a/spring.csv", Kind: "survey", State: collector.Complete}, Stored: 1062, NewLately: 2},
		{Entry: collector.Entry{Source: "web:elm.example/reviews", Kind: "web", State: collector.Complete, Expected: 1204}, Stored: 1204, NewLately: 2},
	}}
	var got []string
	for _, s := range m.sources(english) {
		got = append(got, english.source(s.Source)+" "+s.Kind+": "+s.Expected+", "+s.Stored.Text+", "+s.NewLately.Text)
	}
	if d := cmp.Diff([]string{"survey (spring.csv) : not said, 1,062, under 5", "elm.example/reviews web: 1,204, 1,204, 2"}, got); d != "" {
		t.Errorf("sources (-want +got):\n%s", d)
	}
}
