package survey

import (
	"slices"
	"strings"
	"testing"

	"percept/collector"
)

// The rating of the response as a whole is asked for by its question, whatever its scale.
func TestOverallRating(t *testing.T) {
	const words, likely = "Very good\nPoor\nVery poor\nGood\n", "Extremely likely\nUnlikely\nLikely\nExtremely unlikely\n"
	for _, c := range []struct {
		question, answers string
		want              bool
	}{
		{"Overall rating", "4\n5\n1\n", true},
		{"Overall, how satisfied were you with your visit?", "4\n5\n1\n", true},
		{"Overall, how would you rate us today? (1 = very poor, 5 = excellent)", "4\n5\n1\n", true},
		{"Q3. How would you rate our service overall?", "4\n5\n1\n", true},
		{"How likely are you to recommend us? (0-10)", "9\n10\n1\n", true},
		{"Overall, how was your experience of our service?", words, true},
		{"Thinking about your recent appointment, overall how was your experience of our service?", words, true},
		{"FFT", words, true},
		{"How likely are you to recommend our service to friends and family?", likely, true},
		{"Rating", "4\n5\n1\n", true},
		{"Overall, how was your eye exam? (1-5)", "4\n5\n1\n", false},
		{"Overall, how satisfied were you with the fitting of your glasses?", "4\n5\n1\n", false},
		{"Overall staff rating", "4\n5\n1\n", false},
		{"Overall, how clean was the practice?", "4\n5\n1\n", false},
		{"How was our reception?", words, false},
	} {
		var b strings.Builder
		b.WriteString("Date,\"" + c.question + "\",Comment\n")
		for a := range strings.Lines(c.answers) {
			b.WriteString("2026-02-03," + strings.TrimSpace(a) + ",kind\n")
		}
		o := Options{Path: write(t, "f.csv", b.String())}
		l, err := Inspect(t.Context(), o.Path, o)
		if err != nil || l.Columns[1].Role != Rating || l.Overall == 2 != c.want {
			t.Errorf("%s: overall in column %d, role %q, %v; want overall %v", c.question, l.Overall, l.Columns[1].Role, err, c.want)
		}
		// Doctor asks for touchpoints and the collection does not.
		o.Asks = func(string) string { return "exam" }
		if asked, _ := Inspect(t.Context(), o.Path, o); asked.Overall != l.Overall || c.want != (asked.Columns[1].Touchpoint == "") {
			t.Errorf("%s: overall in column %d of touchpoint %q, and in %d unless touchpoints are asked for", c.question, asked.Overall, asked.Columns[1].Touchpoint, l.Overall)
		}
		got, errs := collect(t, Options{Path: o.Path})
		if errs != nil || len(got.Feedback) == 0 {
			t.Fatalf("%s: %v", c.question, errs)
		}
		f := got.Feedback[0]
		answered := slices.ContainsFunc(f.Answers, func(a collector.Answer) bool { return a.Rating.Valid })
		if answered == c.want || f.Rating.Valid != c.want {
			t.Errorf("%s: rating %+v and answers %+v, want the rating overall: %v", c.question, f.Rating, f.Answers, c.want)
		}
	}
}
