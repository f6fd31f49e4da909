package analysis_test

import (
	"testing"
	"time"

	"percept/analysis"
)

func TestAccords(t *testing.T) {
	week := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	last := week(11, 9)
	verdict := func(channel, practice, touchpoint string, word analysis.Word, since time.Time) analysis.Verdict {
		return analysis.Verdict{Channel: channel, Practice: practice, Touchpoint: touchpoint, Word: word, Since: since, Week: last}
	}
	for _, tc := range []struct {
		name           string
		survey, review analysis.Verdict
		want           string
	}{
		{"both slip", verdict("response", "elm", "quote", analysis.Worse, week(9, 7)), verdict("review", "elm", "quote", analysis.Worse, week(9, 21)),
			"reviews and survey agree: Quote is worse, in the reviews since the week of 21 September 2026, in the survey since that of 7 September 2026"},
		{"both rise in one week", verdict("response", "elm", "quote", analysis.Better, week(9, 7)), verdict("review", "elm", "quote", analysis.Better, week(9, 7)),
			"reviews and survey agree: Quote is better, since the week of 7 September 2026"},
		{"one is better, one is worse", verdict("response", "elm", "quote", analysis.Better, week(9, 7)), verdict("review", "elm", "quote", analysis.Worse, week(9, 7)), ""},
		{"one is quiet", verdict("response", "elm", "quote", analysis.Worse, week(9, 7)), verdict("review", "elm", "quote", analysis.Steady, time.Time{}), ""},
		{"both are steady: no change to agree on", verdict("response", "elm", "quote", analysis.Steady, time.Time{}), verdict("review", "elm", "quote", analysis.Steady, time.Time{}), ""},
		{"another practice", verdict("response", "elm", "quote", analysis.Worse, week(9, 7)), verdict("review", "oak", "quote", analysis.Worse, week(9, 7)), ""},
		{"another touchpoint", verdict("response", "elm", "quote", analysis.Worse, week(9, 7)), verdict("review", "elm", "exam", analysis.Worse, week(9, 7)), ""},
	} {
		for _, verdicts := range [][]analysis.Verdict{{tc.survey, tc.review}, {tc.review, tc.survey}} {
			got := ""
			for _, a := range analysis.Accords(verdicts) {
				got += a.Sentence("Quote")
			}
			if got != tc.want {
				t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
			}
		}
	}
}
