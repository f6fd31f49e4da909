package survey

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The tables of survey tools, each as the tool writes it.
func TestToolsTables(t *testing.T) {
	for _, c := range []struct {
		name, content, tool string
		want, rejected      []string
	}{
		{"Google Forms, its download", "\"Timestamp\",\"How was the eye exam? (1-5)\",\"How likely are you to recommend us? (0-10)\",\"What could we do better?\",\"Consent\"\n" +
			"\"2026/02/03 9:05:12 AM GMT+2\",\"4\",\"9\",\"Ring, please\",\"Yes\"\n\"2026/02/03 9:06:12 AM GMT+2\",\"1\",\"0\",\"Bad\",\"No\"\n", "Google Forms",
			[]string{" 2026-02-03T07:05:12Z | nps-0-10 9 | How was the eye exam? (1-5): csat-5 4 | What could we do better?: Ring, please"}, nil},
		{"Google Forms, a linked sheet with a grid", "Timestamp,How satisfied were you with [Reception],How satisfied were you with [Exam],Anything else?\n13/02/2026 09:15:00,Very satisfied,Dissatisfied,\n14/02/2026 09:15:00,Neutral,Satisfied,All well\n", "Google Forms",
			[]string{" 2026-02-13T07:15:00Z | How satisfied were you with [Reception]: csat-5 Very satisfied | How satisfied were you with [Exam]: csat-5 Dissatisfied",
				" 2026-02-14T07:15:00Z | How satisfied were you with [Reception]: csat-5 Neutral | How satisfied were you with [Exam]: csat-5 Satisfied | Anything else?: All well"}, nil},
		{"Microsoft Forms as CSV", "\ufeffID,Start time,Completion time,Email,Name,How likely are you to recommend us?\u00a0,What did you like?\n1,13/02/2026 09:15:00,13/02/2026 09:16:00,anonymous,,10,The frames\n2,14/02/2026 09:15:00,14/02/2026 09:16:00,anonymous,,6,\n", "Microsoft Forms",
			[]string{"1 2026-02-13T07:16:00Z | nps-0-10 10 | What did you like?: The frames", "2 2026-02-14T07:16:00Z | nps-0-10 6"}, nil},
		{"SurveyMonkey, two rows of headings", "Respondent ID,Collector ID,Start Date,End Date,IP Address,How was the eye exam?,What could we do better?\n,,,,,Response,Open-Ended Response\n" +
			"11,5,02/13/2026 09:00:00 AM,02/13/2026 09:04:11 AM,192.0.2.1,Excellent,The wait\n12,5,02/13/2026 10:00:00 AM,02/13/2026 10:04:12 AM,192.0.2.2,Poor,\n", "SurveyMonkey",
			[]string{"11 2026-02-13T07:04:11Z | How was the eye exam?: quality-5 Excellent | What could we do better?: The wait", "12 2026-02-13T08:04:12Z | How was the eye exam?: quality-5 Poor"}, nil},
		{"Typeform", "#,How likely are you to recommend us?,Eye test,Frames,What should we change?,branch,Start Date (UTC),Submit Date (UTC),Network ID\n" +
			"0681,9,Eye test,,Longer hours,york,2026-02-03 09:00:00,2026-02-03 09:05:40,aa11\n0682,10,,Frames,,york,2026-02-03 10:00:00,2026-02-03 10:05:40,aa12\n", "Typeform",
			[]string{"0681 2026-02-03T09:05:40Z | nps-0-10 9 | What should we change?: Longer hours", "0682 2026-02-03T10:05:40Z | nps-0-10 10"}, nil},
		{"Qualtrics, three rows of headings", "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,Q1,Q2\nStart Date,End Date,Response Type,Finished,Recorded Date,Response ID,How satisfied were you with the fitting?,What did you like?\n" +
			`"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""endDate"",""timeZone"":""America/Denver""}","{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"` + "\n" +
			"2026-02-03 09:00:00,2026-02-03 09:05:00,IP Address,True,2026-02-03 09:05:01,R_1,Very satisfied,\"The frames\nand the people\"\n2026-02-03 09:00:00,2026-02-03 09:05:00,Survey Preview,True,2026-02-03 09:05:01,R_2,Satisfied,x\n", "Qualtrics",
			[]string{"R_1 2026-02-03T16:05:01Z | How satisfied were you with the fitting?: csat-5 Very satisfied | What did you like?: The frames\nand the people"}, []string{"f.csv:6: a preview, not an answer"}},
		{"LimeSurvey", "\ufeff\"id\",\"submitdate\",\"lastpage\",\"startlanguage\",\"recommend\",\"comment\",\"interviewtime\"\r\n\"17\",\"2026-02-03 10:00:01\",\"3\",\"en\",\"9\",\"Good frames\",\"44.1\"\r\n\"18\",\"\",\"1\",\"en\",\"1\",\"half\",\"3\"\r\n", "LimeSurvey",
			[]string{"17 2026-02-03T08:00:01Z | nps-0-10 9 | comment: Good frames"}, []string{"f.csv:3: not submitted"}},
		{"Formbricks", "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,1. How likely are you to recommend us?,2. What could we do better?\n" +
			"1,cm1,2026-02-03 10:00:00 UTC,Yes,s1,x1,u1,9,Nothing\n2,cm2,2026-02-03 10:01:00 UTC,No,s1,x2,u2,1,\n", "Formbricks",
			[]string{"cm1 2026-02-03T10:00:00Z | nps-0-10 9 | 2. What could we do better?: Nothing"}, []string{"f.csv:3: not finished"}},
		{"Jotform", "Submission Date,Name,How was the eye exam?,What did we do well?,Submission ID\n2026-02-13 09:15:00,Ann Example,5,\"Kind\nand quick\",6001112223334445556\n2026-02-14 09:15:00,Bob Example,3,,6001112223334445557\n", "Jotform",
			[]string{"6001112223334445556 2026-02-13T07:15:00Z | How was the eye exam?: csat-5 5 | What did we do well?: Kind\nand quick", "6001112223334445557 2026-02-14T07:15:00Z | How was the eye exam?: csat-5 3"}, nil},
		{"Delighted", "Response ID,Survey Type,Response At (America/New_York),Score,Comment,Email,Name\n7,NPS,2026-02-03 10:00:12,9,Great,a@example.com,Ann\n8,NPS,2026-02-03 11:00:12,0,,b@example.com,Bob\n", "Delighted",
			[]string{"7 2026-02-03T15:00:12Z | nps-0-10 9 | Comment: Great", "8 2026-02-03T16:00:12Z | nps-0-10 0"}, nil},
		{"AskNicely", "response_id,person_id,name,email,answer,comment,sent,responded,question_type\n54120,9,Ann,a@example.com,8,Quick,1770000000,1770102310,nps\n54121,10,Bob,b@example.com,3,,1770000000,1770102370,nps\n", "AskNicely",
			[]string{"54120 2026-02-03T07:05:10Z | nps-0-10 8 | comment: Quick", "54121 2026-02-03T07:06:10Z | nps-0-10 3"}, nil},
		{"the NHS Friends and Family Test", "Date,\"Overall, how was your experience of our service?\",Please tell us why\n01/02/2026,Very good,Kind\n14/02/2026,Don't know,\n", "",
			[]string{" 2026-01-31T22:00:00Z | fft Very good | Please tell us why: Kind", " 2026-02-13T22:00:00Z | fft Don't know"}, nil},
		{"tabs", "id\tDate\tRating\tComment\na\t2026-02-03\t4\tfine, really\n", "", []string{"a 2026-02-02T22:00:00Z | csat-5 4 | Comment: fine, really"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Path: write(t, "f.csv", c.content), Name: "f.csv", Zone: johannesburg(t)}
			l, err := Inspect(t.Context(), o.Path, o)
			if err != nil {
				t.Fatal(err)
			}
			got, errs := collect(t, o)
			if errs != nil || l.Tool != c.tool {
				t.Errorf("tool = %q and errors %q, want %q", l.Tool, errs, c.tool)
			}
			if d := cmp.Diff(c.want, summary(got)); d != "" {
				t.Errorf("responses (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.rejected, rejections(got)); d != "" {
				t.Errorf("rejected (-want +got):\n%s", d)
			}
			if t.Failed() {
				t.Log(strings.Join(l.Describe(), "\n"))
			}
		})
	}
}
