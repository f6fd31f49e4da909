package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"percept/analysis"
	"percept/collector"
	"percept/collector/survey"
)

// Every question of the questionnaire is understood without a word in the config, in its own table and in
// the export of a form of Google, for every journey that is built in.
func TestQuestionnaireMapsItself(t *testing.T) {
	for _, name := range analysis.BuiltInNames() {
		tax, err := analysis.BuiltIn(name)
		if err != nil {
			t.Fatal(err)
		}
		var own bytes.Buffer
		if err := writeHeadings(&own, tax); err != nil {
			t.Fatal(err)
		}
		titles, err := csv.NewReader(&own).Read()
		if err != nil {
			t.Fatal(err)
		}
		for tool, lead := range map[string][2]string{"": {"r1", "2026-02-03 09:05:10"}, "Google Forms": {"2026/02/03 9:05:12 AM GMT+2"}} {
			head, row := titles, lead[:]
			if tool != "" {
				head, row = append([]string{"Timestamp"}, titles[2:]...), lead[:1]
			}
			for _, q := range questionnaire(tax) {
				row = append(row, [...]string{stars: "4", likely: "9", openWords: "Kind people", consent: "Yes"}[q.kind])
			}
			path := filepath.Join(t.TempDir(), "f.csv")
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			if err := w.WriteAll([][]string{head, row, append(slices.Clone(row[:len(row)-1]), "No")}); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			checkQuestionnaire(t, name+" "+tool, path, tax)
		}
	}
}

func checkQuestionnaire(t *testing.T, name, path string, tax *analysis.Taxonomy) {
	t.Helper()
	o := survey.Options{Path: path, Practice: "elm", Asks: tax.Asks}
	s, err := survey.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for p, err := range s.Pages(t.Context(), collector.Query{}) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := s.Parse(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Feedback) != 1 || got.Empty != 1 {
			t.Fatalf("%s: %d responses and %d empty, want one with consent and one without", name, len(got.Feedback), got.Empty)
		}
		f := got.Feedback[0]
		if f.Rating.Tag != "nps-0-10" || f.Rating.Raw != "9" || !f.Date.Known() || len(f.Answers) != len(tax.Touchpoints)+2 {
			t.Errorf("%s: rating %+v, date %v and %d answers, want NPS 9, a date and %d", name, f.Rating, f.Date, len(f.Answers), len(tax.Touchpoints)+2)
		}
		for i, tp := range tax.Touchpoints {
			if a := f.Answers[i]; a.Touchpoint != tp.ID || a.Rating.Tag != "csat-5" || a.Rating.Value != 4 {
				t.Errorf("%s: %q is %q with %+v, want %s with 4 of 5", name, a.Question, a.Touchpoint, a.Rating, tp.ID)
			}
		}
		last := f.Answers[len(tax.Touchpoints):]
		if last[0].Asks != collector.AsksPraise || last[1].Asks != collector.AsksImprove || last[0].Text != "Kind people" {
			t.Errorf("%s: open answers %+v, want praise and improve", name, last)
		}
	}
}

// The script and the page to print hold every question.
func TestQuestionnaireFilesHoldEveryQuestion(t *testing.T) {
	tax, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range questionnaireFiles("x", tax)[1:] {
		var b strings.Builder
		if err := f.write(&b); err != nil {
			t.Fatal(err)
		}
		for _, q := range questionnaire(tax) {
			if n := strings.Count(b.String(), q.title); n != 1 {
				t.Errorf("%s holds %q %d times, want once", f.path, q.title, n)
			}
		}
	}
}
