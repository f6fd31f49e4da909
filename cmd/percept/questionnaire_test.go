package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"percept/analysis"
	"percept/collector"
	"percept/collector/survey"
)

// A survey tool writes a questionnaire that was typed into it in its own way.
var toolsOfQuestionnaire = []struct {
	name        string
	before, row []string // its columns before the questions, and a row of them
	id          int      // the column among them that names a response, -1 for none
	after       []string // a column behind the questions, and its cell
	heading     string   // of a question
	second      string   // under each question, where there is a second row of headings
	codes       bool     // Qualtrics: codes above the questions, and ids under them
	ids         []string
}{
	{name: "its own table", before: []string{"Response ID", "Submitted at"}, row: []string{"r1", "2026-02-03 09:05:10"}, heading: "%s"},
	{name: "Google Forms", before: []string{"Timestamp"}, row: []string{"2026/02/03 9:05:12 AM GMT+2"}, id: -1, heading: "%s"},
	{name: "a sheet of Google", before: []string{"Timestamp"}, row: []string{"13/02/2026 09:05:12"}, id: -1, heading: "%s"},
	{name: "Microsoft Forms", before: []string{"ID", "Start time", "Completion time", "Email", "Name"}, row: []string{"1", "13/02/2026 09:15:00", "13/02/2026 09:16:00", "anonymous", ""}, heading: "%s\u00a0"},
	{name: "SurveyMonkey", before: []string{"Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"}, row: []string{"11", "5", "02/13/2026 09:00:00 AM", "02/13/2026 09:04:11 AM", "192.0.2.1"}, heading: "%s", second: "Response"},
	{name: "Typeform", before: []string{"#"}, row: []string{"0681"}, heading: "%s", after: []string{"Submit Date (UTC)", "2026-02-03 09:05:40"}},
	{name: "Jotform", before: []string{"Submission Date", "Submission ID"}, row: []string{"2026-02-13 09:15:00", "6001112223334445556"}, id: 1, heading: "%s"},
	{name: "Formbricks", before: []string{"No.", "Response ID", "Timestamp", "Finished", "Survey ID"}, row: []string{"1", "cm1", "2026-02-03 10:00:00 UTC", "Yes", "s1"}, id: 1, heading: "%d. %s"},
	{name: "LimeSurvey", before: []string{"Response ID", "Date submitted", "Last page", "Start language"}, row: []string{"17", "2026-02-03 10:00:01", "3", "en"}, heading: "%s"},
	{name: "LimeSurvey with codes", before: []string{"id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language"}, row: []string{"17", "2026-02-03 10:00:01", "3", "en"}, heading: "Q%02d. %s"},
	{name: "Qualtrics", before: []string{"StartDate", "EndDate", "Status", "Finished", "RecordedDate", "ResponseId"}, row: []string{"2026-02-03 09:00:00", "2026-02-03 09:05:00", "IP Address", "True", "2026-02-03 09:05:01", "R_1"}, id: 5, heading: "%s", codes: true,
		ids: []string{`{"ImportId":"startDate","timeZone":"Z"}`, `{"ImportId":"endDate"}`, `{"ImportId":"status"}`, `{"ImportId":"finished"}`, `{"ImportId":"recordedDate"}`, `{"ImportId":"_recordId"}`}},
}

// Every question of the questionnaire is understood without a word in the config, in its own table and in
// the exports of survey tools that it was typed into, for every journey that is built in.
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
		for _, tool := range toolsOfQuestionnaire {
			head, second := slices.Concat(tool.before, nil), make([]string, len(tool.before))
			row := slices.Clone(tool.row)
			for i, title := range titles[2:] {
				second = append(second, tool.second)
				if strings.Contains(tool.heading, "d. ") {
					head = append(head, fmt.Sprintf(tool.heading, i+1, title))
				} else {
					head = append(head, fmt.Sprintf(tool.heading, title))
				}
			}
			for _, q := range questionnaire(tax) {
				row = append(row, [...]string{stars: "4", likely: "9", openWords: "Kind people", consent: "Yes"}[q.kind])
			}
			if tool.after != nil {
				head, row = append(head, tool.after[0]), append(row, tool.after[1])
			}
			table := [][]string{head}
			if tool.second != "" {
				table = append(table, second)
			}
			if tool.codes {
				codes, ids := slices.Clone(tool.before), slices.Clone(tool.ids)
				for i := range titles[2:] {
					codes, ids = append(codes, fmt.Sprintf("Q%d", i+1)), append(ids, fmt.Sprintf(`{"ImportId":"QID%d"}`, i+1))
				}
				table = [][]string{codes, head, ids}
			}
			other := slices.Clone(row)
			other[len(tool.row)+len(titles)-3] = "No"
			if tool.id >= 0 {
				other[tool.id] += "2"
			}
			table = append(table, row, other)
			path := filepath.Join(t.TempDir(), "f.csv")
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			if err := w.WriteAll(table); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			checkQuestionnaire(t, name+" in "+tool.name, path, tax)
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
