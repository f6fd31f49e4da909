package survey

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

// What doctor prints: every decision in words.
func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          []string
	}{
		{"a form with a zone", "Timestamp,Email Address,How satisfied were you with the fitting?,How likely are you to recommend us? (0-10),What did we do well?,Which services?\n" +
			"2026/02/03 9:05:12 AM GMT+2,a@example.com,5,10,Friendly,\"Eye test, Frames\"\n2026/02/04 3:45:00 PM GMT+2,,4,8,,Frames\n", []string{
			`file: text in utf-8, delimiter ",", 2 rows`,
			"tool: Google Forms",
			"headings: 1 row from line 1",
			"dates: column 1 “Timestamp”, year first",
			"rating: column 3 “How satisfied were you with the fitting?”, csat-5, from 1 (worst) to 5 (best)",
			"rating: column 4 “How likely are you to recommend us? (0-10)”, nps-0-10, from 0 (worst) to 10 (best), of the response as a whole (its heading states the scale)",
			"open answer: column 5 “What did we do well?”, asks for praise",
			"id: no column",
			"dropped as personal: Email Address",
			"not read: Which services?",
		}},
		{"lines above the headings, and dates that decide", "Spring survey,,\nexported by head office,,\n,,\nVisit date;x,Score,Comments\n03/02/2026,4,fine\n17/02/2026,5,good\n", []string{
			`file: text in utf-8, delimiter ",", 2 rows`,
			"headings: 1 row from line 4",
			"dates: column 1 “Visit date;x”, day first, decided by 1 row",
			"rating: column 2 “Score”, csat-5, from 1 (worst) to 5 (best), of the response as a whole",
			"open answer: column 3 “Comments”",
			"id: no column",
		}},
		{"two rows of headings", "Respondent ID,Start Date,End Date,How was <strong>reception</strong>?,Why did you come back?,\n,,,Response,Open-Ended Response,Other (please tell us)\n" +
			"11,02/03/2026 09:00:00 AM,02/03/2026 09:04:11 AM,Excellent,Because of the people,\n12,02/03/2026 10:00:00 AM,02/03/2026 10:04:12 AM,Good,,It was near\n", []string{
			`file: text in utf-8, delimiter ",", 2 rows`,
			"tool: SurveyMonkey",
			"headings: 2 rows from line 1",
			"id: column 1 “Respondent ID”",
			"dates: column 3 “End Date”, month first, as SurveyMonkey writes",
			"rating: column 4 “How was reception?”, quality-5, in words (rating)",
			"open answer: column 5 “Why did you come back?”, asks why",
			"open answer: column 6 “Why did you come back? [Other (please tell us)]”, asks why",
			"not read: Start Date",
		}},
		{"the NHS question, whose months come second", "Date,\"Overall, how was your experience of our service?\",Please tell us why\n01/02/2026,Very good,Kind\n02/02/2026,Don't know,\n", []string{
			`file: text in utf-8, delimiter ",", 2 rows`,
			"headings: 1 row from line 1",
			"dates: column 1 “Date”, day first, as the Friends and Family Test is British",
			"rating: column 2 “Overall, how was your experience of our service?”, fft, in words (fft), of the response as a whole",
			"open answer: column 3 “Please tell us why”, asks why",
			"id: no column",
		}},
		{"headings that repeat", "Date,Reception rating,Comments,Exam rating,Comments\n2026-02-03,4,fine,5,good\n", []string{
			`file: text in utf-8, delimiter ",", 1 row`,
			"headings: 1 row from line 1",
			"dates: column 1 “Date”, year first",
			"rating: column 2 “Reception rating”, csat-5, from 1 (worst) to 5 (best)",
			"open answer: column 3 “Comments”",
			"rating: column 4 “Exam rating”, csat-5, from 1 (worst) to 5 (best)",
			"open answer: column 5 “Comments”",
			"id: no column",
		}},
		{"LimeSurvey's own exchange format", "Response ID\tDate submitted\tComment\nid\tsubmitdate\tQ3\n7\t2026-03-01 09:10:11\tNice{newline}place {lbrace}really}\n", []string{
			`file: text in utf-8, delimiter tab, 1 row`,
			"tool: LimeSurvey VV",
			"headings: 2 rows from line 1",
			"id: column 1 “id”",
			"dates: column 2 “submitdate”, year first",
			"open answer: column 3 “Comment”",
		}},
		{"what others wrote beside the answers", "Response ID,Response At (America/New_York),Score,Comment,Author,Reply,Notes\n" +
			"7,2026-02-03 10:00:12,9,Great,Ann,\"Thank you, we are so glad that you liked it\",phoned her back on the day after the visit\n", []string{
			`file: text in utf-8, delimiter ",", 1 row`,
			"tool: Delighted",
			"headings: 1 row from line 1",
			"id: column 1 “Response ID”",
			"dates: column 2 “Response At (America/New_York)”, year first, zone America/New_York",
			"rating: column 3 “Score”, nps-0-10, from 0 (worst) to 10 (best), of the response as a whole",
			"open answer: column 4 “Comment”",
			"dropped as personal: Author",
			"not read: Reply, Notes",
		}},
		{"how one was treated, beside codes of a choice", "Date,How were you welcomed at reception?,How did you book your appointment?,How did you find us?,Comment\n2026-02-03,5,1,2,fine\n2026-02-04,4,2,1,late again\n", []string{
			`file: text in utf-8, delimiter ",", 2 rows`,
			"headings: 1 row from line 1",
			"dates: column 1 “Date”, year first",
			"rating: column 2 “How were you welcomed at reception?”, csat-5, from 1 (worst) to 5 (best)",
			"open answer: column 5 “Comment”",
			"id: no column",
			"not read: How did you book your appointment?, How did you find us?",
			"note: column “How did you book your appointment?” is not read as a rating: its numbers may be codes of a choice; if it is one, say columns: {rating: [{column: ..., scale: 1-5}]}",
		}},
		{"a rating whose scale does not show", "Date,How likely are you to recommend us?,Comment\n2026-02-03,4,fine\n", []string{
			`file: text in utf-8, delimiter ",", 1 row`,
			"headings: 1 row from line 1",
			"dates: column 1 “Date”, year first",
			"open answer: column 3 “Comment”",
			"id: no column",
			"not read: How likely are you to recommend us?",
			"note: column “How likely are you to recommend us?” is not read as a rating: no value over 5 decides between a scale of 5 and a longer one; if it is one, say columns: {rating: [{column: ..., scale: 1-5}]}",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := Inspect(t.Context(), write(t, "f.csv", c.content), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, l.Describe()); d != "" {
				t.Errorf("Describe (-want +got):\n%s", d)
			}
			b, err := json.Marshal(l)
			if err != nil {
				t.Fatal(err)
			}
			var back Layout
			if err := json.Unmarshal(b, &back); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(l, back); d != "" {
				t.Errorf("the layout does not survive JSON (-want +got):\n%s", d)
			}
		})
	}
}

func TestMappingOverrides(t *testing.T) {
	const rows = "When,Who,Mark,Words,Comments,Comments\n03/02/2026,x1,1,the fitting was slow,fine,good\n04/02/2026,x2,5,the fitting was quick,,\n"
	o := Options{Path: write(t, "f.csv", rows), Name: "f.csv", Mapping: Mapping{
		ID:      "who",
		Time:    TimeMapping{Column: "When", Order: MonthFirst},
		Ratings: []RatingColumn{{Column: "column 3", Scale: "5-1", Touchpoint: "exam"}},
		Texts:   []TextColumn{{Column: "words", Question: "How was the fitting?", Touchpoint: "fitment"}},
		Ignore:  []string{"Comments (column 6)"},
	}}
	got, errs := collect(t, o)
	if errs != nil {
		t.Fatal(errs)
	}
	f := got.Feedback[0]
	if f.SourceID != "x1" || f.Date.Start.Format("2006-01-02") != "2026-03-02" || len(f.Answers) != 3 {
		t.Fatalf("feedback = %+v, want x1 of 2 March with 3 answers", f)
	}
	if a := f.Answers[0]; a.Rating.Value != 5 || a.Touchpoint != "exam" {
		t.Errorf("rating = %+v, want the best, of the exam", a)
	}
	if a := f.Answers[1]; a.Question != "How was the fitting?" || a.Touchpoint != "fitment" || a.Column != "Words" {
		t.Errorf("answer = %+v, want the question of the mapping", a)
	}
	if a := f.Answers[2]; a.Column != "Comments (column 5)" || a.Text != "fine" {
		t.Errorf("answer = %+v, want the first of the comments", a)
	}
}

// The config writes a mapping like this.
func TestMappingInYAML(t *testing.T) {
	const config = `
id: Answer no
time: {column: When, order: dmy, zone: Europe/London}
practice: {column: Trust}
rating:
  - {column: Mark, scale: 5-1, touchpoint: exam}
text:
  - {column: Words, question: "What could we do better?", asks: improve, touchpoint: fitment}
question: Asked
segment: Service type 1
ignore: [Notes]
header_rows: 2
delimiter: tab
encoding: cp1252
sheet: Answers
`
	want := Mapping{
		ID: "Answer no", Time: TimeMapping{Column: "When", Order: DayFirst, Zone: "Europe/London"}, Practice: ColumnMapping{"Trust"},
		Ratings:  []RatingColumn{{Column: "Mark", Scale: "5-1", Touchpoint: "exam"}},
		Texts:    []TextColumn{{Column: "Words", Question: "What could we do better?", Asks: collector.AsksImprove, Touchpoint: "fitment"}},
		Question: "Asked", Segment: "Service type 1", Ignore: []string{"Notes"}, HeaderRows: 2, Delimiter: "tab", Encoding: "cp1252", Sheet: "Answers",
	}
	var got Mapping
	if err := yaml.UnmarshalWithOptions([]byte(config), &got, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	if err := got.check(); err != nil {
		t.Error(err)
	}
}

func TestColumnOfDates(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"when it was given before when it was begun", "Start time,Completion time,Comment\n2026-02-03 10:00,2026-02-03 10:05,good\n", "Completion time"},
		{"one with dates before a better named one without", "Submit date,Start date,Comment\n,2026-02-03 10:05,good\n", "Start date"},
		{"one that holds dates under any heading", "Comment,Ereignis\ngood,2026-02-03\n", "Ereignis"},
		{"none among numbers that could be Unix times", "Key figure,Comment\n3237565956,good\n1741082400,bad\n", ""},
		{"Unix times under a heading that says so", "Created at,Comment\n1741082400,bad\n", "Created at"},
		{"day numbers under a heading that says so", "Date,Comment\n45691.5,bad\n", "Date"},
	} {
		l, err := Inspect(t.Context(), write(t, "f.csv", c.content), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := ""
		if i := l.find(When); i >= 0 {
			got = l.Columns[i].Name
		}
		if got != c.want {
			t.Errorf("%s: dates in %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTimeLayout(t *testing.T) {
	o := Options{Path: write(t, "f.csv", "When,Comment\n2026.34.03 at 10,good\n2026.35.04 at 11,bad\nsoon,fine\n"), Name: "f.csv",
		Mapping: Mapping{Time: TimeMapping{Column: "When", Layout: "2006.04.02 at 15"}}}
	got, _ := collect(t, o)
	if len(got.Feedback) != 2 || got.Feedback[0].Date.Start.Format("15:04") != "10:34" {
		t.Errorf("feedback = %+v, want the layout's reading", got.Feedback)
	}
	o.Mapping.Time = TimeMapping{Column: "When", Layout: "2006.01.02"}
	o.Path = write(t, "f.csv", "When,Comment\n2026.03.04,good\n2026.03.04,good\n")
	if got, errs := collect(t, o); len(got.Feedback) != 2 || got.Feedback[0].Date.Precision != collector.Day {
		t.Errorf("feedback = %+v, %v; want two persons of one day", got.Feedback, errs)
	}
	if d := cmp.Diff([]string{"f.csv:4: date “soon”: is not written as \"2006.04.02 at 15\""}, rejections(got)); d != "" {
		t.Errorf("rejected (-want +got):\n%s", d)
	}
}

func TestBadMappings(t *testing.T) {
	for _, c := range []struct {
		name string
		m    Mapping
		want string
	}{
		{"an order", Mapping{Time: TimeMapping{Order: "dym"}}, `survey: f.csv: time: order "dym" is not known: dmy, mdy or ymd`},
		{"a scale", Mapping{Ratings: []RatingColumn{{Column: "a", Scale: "big"}}}, `survey: f.csv: rating: column "a": scale "big" is not known`},
		{"what a question asks", Mapping{Texts: []TextColumn{{Column: "a", Asks: "blame"}}}, `survey: f.csv: text: column "a": asks "blame" is not known: praise, improve or why`},
		{"a delimiter", Mapping{Delimiter: "x"}, `survey: f.csv: delimiter "x" is not known`},
		{"a zone", Mapping{Time: TimeMapping{Zone: "Mars/Base"}}, `survey: f.csv: time: zone "Mars/Base" is not known`},
	} {
		if _, err := New(Options{Path: "/nowhere/f.csv", Name: "f.csv", Mapping: c.m}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want %s", c.name, err, c.want)
		}
	}
	path := write(t, "f.csv", "Date,Rating,Comments,Comments\n2026-02-03,4,fine,good\n")
	for _, c := range []struct {
		name string
		m    Mapping
		want string
	}{
		{"a column that does not exist", Mapping{ID: "Ratign"}, `id: there is no column "Ratign"; did you mean "Rating"?`},
		{"a heading that repeats", Mapping{Texts: []TextColumn{{Column: "Comments"}}}, `text: columns 3 and 4 are both headed "Comments": write "Comments (column 3)"`},
		{"an encoding", Mapping{Encoding: "klingon"}, `encoding "klingon" is not known`},
	} {
		if _, err := Inspect(t.Context(), path, Options{Mapping: c.m}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want %s", c.name, err, c.want)
		}
	}
}

func TestPracticeColumnOfAFileThatIsOnes(t *testing.T) {
	path := write(t, "f.csv", "Date,Branch,Rating\n2026-02-03,North,4\n2026-02-04,South,5\n2026-02-05,Moon,3\n")
	got, _ := collect(t, Options{Path: path, Name: "f.csv", Practice: "north", Practices: practices("north", "south")})
	want := []string{"f.csv:3: of practice “south”, and the file is of “north”", "f.csv:4: practice “Moon” is not known"}
	if d := cmp.Diff(want, rejections(got)); d != "" || len(got.Feedback) != 1 || got.Feedback[0].Practice != "north" {
		t.Errorf("%d stored; rejected (-want +got):\n%s", len(got.Feedback), d)
	}
	got, _ = collect(t, Options{Path: path, Name: filepath.Base(path), Practice: "harbour", Practices: practices("harbour")})
	if len(got.Feedback) != 3 || len(got.Notes) != 1 {
		t.Errorf("%d stored and notes %q, want all 3 where the column names nothing known, and a note", len(got.Feedback), got.Notes)
	}
}
