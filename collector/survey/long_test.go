package survey

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/collector/sourcetest"
)

// One row is one answer; the rows of a respondent do not stand together.
const longRows = `Answer ID,Branch,Respondent ID,Date,Service,FFT answer code,FFT question,FFT answer
1-Q1,North,1,30/01/2026,Eye test,1,What was good?,Kind people
2-Q1,North,2,31/01/2026,Eye test,5,What was good?,Did not answer
3-Q1,South,3,14/02/2026,Frames,7,What was good?,
1-Q2,North,1,30/01/2026,Eye test,1,What could we do better?,Nothing
2-Q2,North,2,31/01/2026,Eye test,5,What could we do better?,Call me back
3-Q2,South,3,14/02/2026,Frames,7,What could we do better?,
1-Q1,North,1,30/01/2026,Eye test,1,What was good?,Kind people
4-Q2,North,4,15/02/2026,Frames,2,What could we do better?,N/A
4-Q1,North,4,16/02/2026,Frames,2,What was good?,The frames
`

func TestAnswersOfARespondentAreOneResponse(t *testing.T) {
	o := Options{Path: write(t, "group.csv", longRows), Name: "group.csv", Practices: practices("north", "south"), Mapping: Mapping{Practice: ColumnMapping{"Branch"}}}
	got, errs := collect(t, o)
	if errs != nil {
		t.Fatal(errs)
	}
	const good, better, column = "What was good?", "What could we do better?", "FFT answer"
	praise, improve := collector.AsksPraise, collector.AsksImprove
	code := func(raw string, value float64) collector.Rating {
		return collector.Rating{Raw: raw, Best: "1", Worst: "5", Value: value, Valid: true, Tag: "fft"}
	}
	span := cover(collector.OnDay(2026, 2, 15, time.UTC), collector.OnDay(2026, 2, 16, time.UTC))
	want := []collector.Feedback{
		{Practice: "north", Kind: collector.Response, SourceID: "1", Date: collector.OnDay(2026, 1, 30, time.UTC), Rating: code("1", 5), Ref: "group.csv:2", Rows: 2, Answers: []collector.Answer{
			{Question: good, Column: column, Asks: praise, Text: "Kind people", Ref: "group.csv:2"},
			{Question: better, Column: column, Asks: improve, Text: "Nothing", Ref: "group.csv:5"},
		}},
		{Practice: "north", Kind: collector.Response, SourceID: "2", Date: collector.OnDay(2026, 1, 31, time.UTC), Rating: code("5", 1), Ref: "group.csv:3", Rows: 2, Answers: []collector.Answer{
			{Question: better, Column: column, Asks: improve, Text: "Call me back", Ref: "group.csv:6"},
		}},
		{Practice: "north", Kind: collector.Response, SourceID: "4", Date: span, Rating: code("2", 4), Ref: "group.csv:9", Rows: 2, Answers: []collector.Answer{
			{Question: good, Column: column, Asks: praise, Text: "The frames", Ref: "group.csv:10"},
		}},
	}
	if d := cmp.Diff(want, got.Feedback); d != "" {
		t.Errorf("feedback (-want +got):\n%s", d)
	}
	if got.Rows != 9 || got.Duplicates != 1 || got.Empty != 2 || len(got.Rejected) != 0 {
		t.Errorf("%d rows = %d duplicates + %d empty + %v + stored; want 9, 1, 2, none", got.Rows, got.Duplicates, got.Empty, got.Rejected)
	}
	notes := []string{"2 rows with 7 in “FFT answer code”: not on the scale, so no rating"}
	if d := cmp.Diff(notes, got.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	counts := []collector.Count{{N: 1, Noun: "respondent", Says: "with several dates: kept as the span of them"}}
	if d := cmp.Diff(counts, got.Counts); d != "" {
		t.Errorf("counts (-want +got):\n%s", d)
	}
}

// A file sorted by question shows each respondent once in the rows that decide what the columns are.
func TestLongFileSortedByQuestion(t *testing.T) {
	var b strings.Builder
	b.WriteString("Respondent ID,Question,Answer\n")
	for _, q := range []string{"What was good?", "What could we do better?"} {
		for i := range sampleRows + 100 {
			fmt.Fprintf(&b, "R%d,%s,Call me back on day %d\n", i, q, i)
		}
	}
	got, errs := collect(t, Options{Path: write(t, "sorted.csv", b.String()), Practice: "elm"})
	if errs != nil {
		t.Fatal(errs)
	}
	if len(got.Feedback) != sampleRows+100 || len(got.Rejected) != 0 {
		t.Fatalf("%d responses and %d rejected rows, want %d and none", len(got.Feedback), len(got.Rejected), sampleRows+100)
	}
	for _, f := range got.Feedback {
		if len(f.Answers) != 2 {
			t.Fatalf("%s has %d answers, want 2", f.SourceID, len(f.Answers))
		}
	}
}

func TestLongFormatConforms(t *testing.T) {
	s, err := New(Options{Path: write(t, "group.csv", longRows), Name: "group.csv", BlockRows: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range sourcetest.Run(t, s, collector.Query{Now: now}) {
		seen := make(map[string]bool)
		for _, f := range p.Feedback {
			if seen[f.SourceID] {
				t.Errorf("respondent %s is two responses", f.SourceID)
			}
			seen[f.SourceID] = true
		}
	}
}

// One service of the file writes its dates month first. What has two readings there keeps both; what
// contradicts the column is refused by name; other services are read as the column is.
func TestMixedDateOrders(t *testing.T) {
	var b strings.Builder
	b.WriteString("Date,Service,Region,Rating,Comment\n")
	for i := range 400 {
		fmt.Fprintf(&b, "%02d/03/2026,%s,%s,5,visit %d was good\n", i%20+1, []string{"Eye test", "Frames"}[i%2], []string{"east", "west"}[i/2%2], i)
	}
	for i := range 8 {
		fmt.Fprintf(&b, "03/%d/2026,Home visit,%s,2,they came late %d\n", i+20, []string{"east", "west"}[i%2], i) // lines 402 to 409: month first
	}
	b.WriteString("04/05/2026,Home visit,west,4,they came early\n" + // two readings
		"24/05/2026,Home visit,east,4,they came on time\n" + // day first
		"05/05/2026,Home visit,west,4,they came back\n" + // both orders read it alike
		"07/11/2026,Home visit,west,4,seen in July\n") // two readings, one of them yet to come
	path := write(t, "group.csv", b.String())
	got, errs := collect(t, Options{Path: path, Name: "group.csv"})
	if errs != nil {
		t.Fatal(errs)
	}
	if got := rejections(got); len(got) != 8 || got[0] != "group.csv:402: date 03/20/2026 is month first, the column is day first (Home visit)" {
		t.Errorf("rejected %q, want the 8 dates of home visits that are month first", got)
	}
	dates := make(map[string]collector.Date)
	for _, f := range got.Feedback {
		dates[f.Ref] = f.Date
	}
	utc := time.UTC
	for ref, want := range map[string]collector.Date{
		"group.csv:5":   collector.OnDay(2026, 3, 4, utc),
		"group.csv:410": {Start: collector.OnDay(2026, 4, 5, utc).Start, End: collector.OnDay(2026, 5, 4, utc).End, Precision: collector.Interval},
		"group.csv:411": collector.OnDay(2026, 5, 24, utc),
		"group.csv:412": collector.OnDay(2026, 5, 5, utc),
		"group.csv:413": {Start: collector.OnDay(2026, 7, 11, utc).Start, End: collector.OnDay(2026, 11, 7, utc).End, Precision: collector.Interval},
	} {
		if d := cmp.Diff(want, dates[ref]); d != "" {
			t.Errorf("date of %s (-want +got):\n%s", ref, d)
		}
	}
	if !slices.ContainsFunc(got.Notes, func(n string) bool {
		return strings.HasPrefix(n, "2 dates where “Service” is “Home visit” may be day first or month first")
	}) {
		t.Errorf("notes = %q, want one about the 2 dates of home visits", got.Notes)
	}
	l, err := Inspect(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Time{Order: DayFirst, Why: "decided by 161 rows", Mixed: &Mixed{Column: 2, Values: []string{"Home visit"}, Either: 2}}); cmp.Diff(want, l.Time) != "" {
		t.Errorf("time: %s", cmp.Diff(want, l.Time))
	}
}

// Where no column explains the other order, no date with two readings is believed.
func TestUnexplainedMixture(t *testing.T) {
	const rows = "Date,Service,Rating\n25/03/2026,Eye test,5\n26/03/2026,Frames,4\n03/27/2026,Frames,3\n04/05/2026,Eye test,2\n"
	o := Options{Path: write(t, "f.csv", rows), Name: "f.csv", Mapping: Mapping{Time: TimeMapping{Order: DayFirst}}}
	got, errs := collect(t, o)
	if errs != nil || len(got.Feedback) != 3 {
		t.Fatalf("%d stored, %v; want 3", len(got.Feedback), errs)
	}
	if d := got.Feedback[2].Date; d.Precision != collector.Interval {
		t.Errorf("date of 04/05/2026 = %+v, want the span of both readings", d)
	}
}
