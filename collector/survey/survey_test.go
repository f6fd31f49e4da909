package survey

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"percept/collector"
	"percept/collector/sourcetest"
)

var now = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// write puts a file into a new folder and returns its path.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// collect reads everything o names, and returns the sum of the pages and the errors.
func collect(t *testing.T, o Options) (collector.Parsed, []string) {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	var all collector.Parsed
	var errs []string
	for p, err := range s.Pages(t.Context(), collector.Query{Now: now}) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		r, err := s.Parse(p)
		if err != nil {
			t.Fatal(err)
		}
		all.Rows += r.Rows
		all.Duplicates += r.Duplicates
		all.Empty += r.Empty
		all.Feedback = append(all.Feedback, r.Feedback...)
		all.Rejected = append(all.Rejected, r.Rejected...)
		all.Notes = append(all.Notes, r.Notes...)
		all.Counts = append(all.Counts, r.Counts...)
	}
	stored := 0
	for _, f := range all.Feedback {
		stored += f.Rows
	}
	if sum := stored + all.Duplicates + all.Empty + len(all.Rejected); sum != all.Rows {
		t.Errorf("%d rows read, and %d stored + %d duplicate + %d empty + %d rejected", all.Rows, stored, all.Duplicates, all.Empty, len(all.Rejected))
	}
	return all, errs
}

func rejections(p collector.Parsed) []string {
	var out []string
	for _, r := range p.Rejected {
		out = append(out, filepath.Base(r.Ref)+": "+r.Reason)
	}
	return out
}

func practices(known ...string) func(string) (string, bool) {
	return func(v string) (string, bool) {
		id := strings.ToLower(strings.ReplaceAll(v, " ", "-"))
		return id, slices.Contains(known, id)
	}
}

const visits = `Response ID,Submitted at,Practice,Overall rating,How satisfied were you with the eye exam?,What did we do well?,What could we do better?,E-mail
r1,2026-02-03 09:05:10,North Street,5,4,"Kind, patient staff",Nothing,a@example.com
r2,2026-02-03 10:15:00,South Street,2,,,"Called on the 24th,
still no glasses",b@example.com
r3,2026-02-04 11:00:00,North Street,4,5,n/a,,c@example.com
`

func TestConformance(t *testing.T) {
	s, err := New(Options{Path: write(t, "visits.csv", visits), Name: "visits.csv", BlockRows: 2, Practices: practices("north-street", "south-street")})
	if err != nil {
		t.Fatal(err)
	}
	if s.Name() != "survey:visits.csv" {
		t.Errorf("Name() = %q, want survey:visits.csv", s.Name())
	}
	parsed := sourcetest.Run(t, s, collector.Query{Now: now})
	if len(parsed) != 2 {
		t.Fatalf("%d pages, want 2 of two rows and one", len(parsed))
	}
}

func TestResponseOfARow(t *testing.T) {
	asks := func(q string) string {
		if strings.Contains(q, "exam") {
			return "exam"
		}
		return ""
	}
	o := Options{Path: write(t, "visits.csv", visits), Name: "visits.csv", Practices: practices("north-street", "south-street"), Zone: johannesburg(t), Asks: asks}
	got, errs := collect(t, o)
	if errs != nil {
		t.Fatal(errs)
	}
	five := collector.Rating{Raw: "5", Best: "5", Worst: "1", Value: 5, Valid: true, Tag: "csat-5"}
	four := collector.Rating{Raw: "4", Best: "5", Worst: "1", Value: 4, Valid: true, Tag: "csat-5"}
	two := collector.Rating{Raw: "2", Best: "5", Worst: "1", Value: 2, Valid: true, Tag: "csat-5"}
	const exam, well, better = "How satisfied were you with the eye exam?", "What did we do well?", "What could we do better?"
	at := func(s string) collector.Date {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return collector.At(v)
	}
	want := []collector.Feedback{
		{Practice: "north-street", Kind: collector.Response, SourceID: "r1", Date: at("2026-02-03T07:05:10Z"), Rating: five, Ref: "visits.csv:2", Rows: 1, Answers: []collector.Answer{
			{Question: exam, Column: exam, Touchpoint: "exam", Rating: four},
			{Question: well, Column: well, Asks: collector.AsksPraise, Text: "Kind, patient staff"},
			{Question: better, Column: better, Asks: collector.AsksImprove, Text: "Nothing"},
		}},
		{Practice: "south-street", Kind: collector.Response, SourceID: "r2", Date: at("2026-02-03T08:15:00Z"), Rating: two, Ref: "visits.csv:3", Rows: 1, Answers: []collector.Answer{
			{Question: better, Column: better, Asks: collector.AsksImprove, Text: "Called on the 24th,\nstill no glasses"},
		}},
		{Practice: "north-street", Kind: collector.Response, SourceID: "r3", Date: at("2026-02-04T09:00:00Z"), Rating: four, Ref: "visits.csv:5", Rows: 1, Answers: []collector.Answer{
			{Question: exam, Column: exam, Touchpoint: "exam", Rating: five},
		}},
	}
	if d := cmp.Diff(want, got.Feedback); d != "" {
		t.Errorf("feedback (-want +got):\n%s", d)
	}
}

func TestPersonalColumnsAreNotInThePage(t *testing.T) {
	s, err := New(Options{Path: write(t, "visits.csv", visits)})
	if err != nil {
		t.Fatal(err)
	}
	for p, err := range s.Pages(t.Context(), collector.Query{Now: now}) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(p.Body), "example.com") {
			t.Errorf("the page holds an address:\n%s", p.Body)
		}
	}
}

// Every way a row can end, by line and reason.
func TestRowOutcomes(t *testing.T) {
	head := "Response ID,Date,Practice,Rating,Comment,Consent\n"
	for _, c := range []struct {
		name, rows        string
		stored, dup, void int
		rejected          []string
	}{
		{"a full row", "a,2026-02-03,north,4,good,yes\n", 1, 0, 0, nil},
		{"the same row again", "a,2026-02-03,north,4,good,yes\na,2026-02-03,north,4,good,yes\n", 1, 1, 0, nil},
		{"the same id with other content names both lines", "a,2026-02-03,north,4,good,yes\na,2026-02-03,north,1,bad,yes\n", 1, 0, 0, []string{"f.csv:3: id “a” stands with other content on line 2"}},
		{"the same id at another practice", "a,2026-02-03,north,4,good,yes\na,2026-02-03,south,1,bad,yes\n", 2, 0, 0, nil},
		{"words without a rating", "a,2026-02-03,north,,good,yes\n", 1, 0, 0, nil},
		{"a rating without words", "a,2026-02-03,north,4,n/a,yes\n", 1, 0, 0, nil},
		{"neither", "a,2026-02-03,north,,Did not answer,yes\n", 0, 0, 1, nil},
		{"a row of delimiters", "a,2026-02-03,north,4,good,yes\n,,,,,\n", 1, 0, 1, nil},
		{"no date", "a,,north,4,good,yes\n", 1, 0, 0, nil},
		{"no consent", "a,2026-02-03,north,4,good,no\nb,2026-02-03,north,4,good,\n", 0, 0, 2, nil},
		{"a consent that is neither yes nor no", "a,2026-02-03,north,4,good,perhaps\n", 0, 0, 0, []string{"f.csv:2: “perhaps” is neither yes nor no, and without consent no answer is taken"}},
		{"a day that never was", "a,2026-02-31,north,4,good,yes\nb,2026-02-28,north,4,good,yes\n", 1, 0, 0, []string{"f.csv:2: date “2026-02-31”: there is no such day"}},
		{"a day to come", "a,2031-01-01,north,4,good,yes\n", 0, 0, 0, []string{"f.csv:2: date 2031-01-01 lies in the future"}},
		{"a date in words", "a,2026-02-03,north,4,good,yes\nb,last week,north,4,good,yes\n", 1, 0, 0, []string{"f.csv:3: date “last week”: not a date"}},
		{"a lone date with two readings", "a,2026-02-03,north,4,good,yes\nb,2026-02-04,north,4,good,yes\nc,03/02/2026,north,4,good,yes\n", 2, 0, 0,
			[]string{"f.csv:4: date 03/02/2026 may be day first or month first, and nothing decides: say columns: {time: {order: dmy}}, or mdy"}},
		{"a rating off its scale", "a,2026-02-03,north,9,good,yes\n", 0, 0, 0, []string{"f.csv:2: “9” of “Rating” is not on the scale csat-5, from 1 (worst) to 5 (best)"}},
		{"an unknown practice", "a,2026-02-03,../up,4,good,yes\n", 0, 0, 0, []string{"f.csv:2: practice “../up” is not known"}},
		{"no practice", "a,2026-02-03, ,4,good,yes\n", 0, 0, 0, []string{"f.csv:2: no practice"}},
		{"too few cells, in the middle", "a,2026-02-03,4,good,yes\n", 0, 0, 0, []string{"f.csv:2: 5 cells where the headings have 6"}},
		{"one cell", "a,2026-02-03,north,4,good,yes\nb\n", 1, 0, 0, []string{"f.csv:3: 1 cell where the headings have 6"}},
		{"too many cells", "a,2026-02-03,north,4,good,yes,more\n", 0, 0, 0, []string{"f.csv:2: 7 cells where the headings have 6"}},
		{"too many cells, but blank", "a,2026-02-03,north,4,good,yes,,\n", 1, 0, 0, nil},
		{"a stray quote", "a,2026-02-03,north,4,\"good\" he said,yes\nb,2026-02-03,north,4,good,yes\n", 1, 0, 0, []string{"f.csv:2: a quote inside a quoted cell is not doubled"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, errs := collect(t, Options{Path: write(t, "f.csv", head+c.rows), Name: "f.csv", Practices: practices("north", "south")})
			if errs != nil {
				t.Fatal(errs)
			}
			if len(got.Feedback) != c.stored || got.Duplicates != c.dup || got.Empty != c.void {
				t.Errorf("%d stored, %d duplicate, %d empty; want %d, %d, %d", len(got.Feedback), got.Duplicates, got.Empty, c.stored, c.dup, c.void)
			}
			if d := cmp.Diff(c.rejected, rejections(got)); d != "" {
				t.Errorf("rejected (-want +got):\n%s", d)
			}
		})
	}
}

func TestShortRowsAreThoseWithoutTheirLastCells(t *testing.T) {
	const rows = "Date,Rating,Comment,Anything else?\n2026-02-03,4,good,no\n2026-02-04,5\n2026-02-05,words where the rating is\n"
	got, _ := collect(t, Options{Path: write(t, "f.csv", rows), Name: "f.csv"})
	if len(got.Feedback) != 2 {
		t.Errorf("%d stored, want 2", len(got.Feedback))
	}
	if d := cmp.Diff([]string{"f.csv:4: 2 cells where the headings have 4"}, rejections(got)); d != "" {
		t.Errorf("rejected (-want +got):\n%s", d)
	}
}

// Twenty people may write "Very good" on one day. A row that states the second it came in is one answer.
func TestEqualRowsWithoutID(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		twins      []int
		dup        int
	}{
		{"of a day are people", "2026-02-03,5,Very good\n2026-02-03,5,Very good\n2026-02-03,5,Very good\n", []int{0, 1, 2}, 0},
		{"of a minute are people", "2026-02-03 10:15,5,\n2026-02-03 10:15,5,\n", []int{0, 1}, 0},
		{"of a second are one", "2026-02-03 10:15:07,5,good\n2026-02-03 10:15:07,5,good\n", []int{0}, 1},
		{"with other words are other people", "2026-02-03,5,good\n2026-02-03,5,fine\n", []int{0, 0}, 0},
		{"with other ratings alone are other people", "2026-02-03,5,\n2026-02-03,1,\n", []int{0, 0}, 0},
	} {
		got, errs := collect(t, Options{Path: write(t, "f.csv", "Date,Rating,Comment\n"+c.rows)})
		if errs != nil {
			t.Fatal(errs)
		}
		var twins []int
		for _, f := range got.Feedback {
			twins = append(twins, f.Twin)
		}
		if !slices.Equal(twins, c.twins) || got.Duplicates != c.dup {
			t.Errorf("rows %s: twins %v and %d duplicates, want %v and %d", c.name, twins, got.Duplicates, c.twins, c.dup)
		}
	}
}

// What makes rows different must make their stored names different, or one person would be lost.
func TestEveryResponseHasItsOwnIdentity(t *testing.T) {
	const rows = "Date,Rating,Comment,Name\n2026-02-03,5,,Ann\n2026-02-03,5,,Bob\n2026-02-03,1,,Cat\n2026-02-03,5,good,Dan\n2026-02-03,5,good ,Eve\n"
	got, _ := collect(t, Options{Path: write(t, "f.csv", rows)})
	key := collector.Identity{Feedback: make([]byte, 16), Author: make([]byte, 16)}
	ids := make(map[string]string)
	for _, f := range got.Feedback {
		key.Name(&f)
		if first, taken := ids[f.ID]; taken {
			t.Errorf("%s and %s have one identity", first, f.Ref)
		}
		ids[f.ID] = f.Ref
	}
	if len(ids) != 5 {
		t.Errorf("%d responses, want 5", len(ids))
	}
}

func TestEncodings(t *testing.T) {
	const text = "Date;Rating;Comment\r\n2026-02-03;4,5;£10 for “nothing”, café\r\n"
	utf16 := func(e unicode.Endianness) string {
		s, err := unicode.UTF16(e, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	cp1252, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, content, encoding string }{
		{"UTF-8", text, "utf-8"},
		{"UTF-8 with a mark", "\ufeff" + text, "utf-8-sig"},
		{"UTF-16, low byte first", utf16(unicode.LittleEndian), "utf-16le"},
		{"UTF-16, high byte first", utf16(unicode.BigEndian), "utf-16be"},
		{"Windows-1252", cp1252, "windows-1252"},
		{"sep= on the first line", "sep=;\r\n" + text, "utf-8"},
		{"old Mac line ends", strings.ReplaceAll(text, "\r\n", "\r"), "utf-8"},
		{"NUL bytes", strings.Replace(text, "for", "f\x00or", 1) + strings.Repeat("2026-02-03;5;no more than that\n", 9), "utf-8"},
	} {
		path := write(t, "f.csv", c.content)
		l, err := Inspect(t.Context(), path, Options{})
		if err != nil || l.Encoding != c.encoding || l.Delimiter != ";" {
			t.Errorf("%s: %s, delimiter %q, %v; want %s, \";\"", c.name, l.Encoding, l.Delimiter, err, c.encoding)
		}
		got, errs := collect(t, Options{Path: path})
		if errs != nil || len(got.Feedback) == 0 || got.Feedback[0].Answers[0].Text != "£10 for “nothing”, café" || got.Feedback[0].Rating.Value != 4.5 {
			t.Errorf("%s: %+v, %v", c.name, got.Feedback, errs)
		}
	}
}

func TestInvalidUTF8IsRepairedAndSaid(t *testing.T) {
	const rows = "Date,Comment\n2026-02-03,caf\xe9 \n"
	got, errs := collect(t, Options{Path: write(t, "f.csv", rows+strings.Repeat("2026-02-04,schön wär’s gewesen für mich\n", 12))})
	if errs != nil {
		t.Fatal(errs)
	}
	if text := got.Feedback[0].Answers[0].Text; text != "caf\uFFFD " {
		t.Errorf("text = %q, want the byte replaced", text)
	}
	if want := []string{"1 byte not UTF-8, replaced by “\uFFFD”"}; !slices.Equal(got.Notes, want) {
		t.Errorf("notes = %q, want %q", got.Notes, want)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"empty.csv", "", "empty.csv: the file is empty"},
		{"bom.csv", "\ufeff", "bom.csv: the file is empty"},
		{"binary.csv", "\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10\x11", "binary.csv: not a text table"},
		{"old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls: an old .xls workbook"},
		{"page.csv", "<!DOCTYPE html><html></html>", "page.csv: a web page"},
		{"order.csv", "Date,Rating\n03/02/2026,4\n04/02/2026,5\n", "order.csv: nothing in “Date” tells whether the day or the month comes first: say columns: {time: {order: dmy}}, or mdy"},
		{"dates.csv", "Date,Rating\nsoon,4\nlater,5\nnever,3\n", "dates.csv: the dates of “Date” cannot be read, as “later”: say columns: {time: {layout: ...}}"},
		{"nothing.csv", "Date,Colour\n2026-02-03,red\n2026-02-04,blue\n", "nothing.csv: neither a rating nor a comment column is found among 2 columns: say columns: {rating: [{column: ...}], text: [{column: ...}]}"},
		{"reviews.csv", "Date,Rating,Review,Reviewer,Reviews written before this one\n2026-02-03,4,They were kind,A.,3\n2026-02-04,5,All was well,B.,1\n", "reviews.csv: it is an export of reviews and no survey"},
		{"words.csv", "Rating,Colour\n5,the visit was quite fine\n4,they were so very kind\n", "words.csv: no comment column is found; column 2, “Colour”, holds words: say columns: {text: [{column: ...}]}, or {ignore: [...]}"},
		{"twice.csv", "Comment,Comment\n4,they were so very kind\n5,the visit was fine\n", "twice.csv: columns 1 and 2 are both headed “Comment” and one of them holds no comments"},
	} {
		got, errs := collect(t, Options{Path: write(t, c.name, c.content), Name: c.name})
		if len(errs) != 1 || !strings.HasPrefix(errs[0], c.want) || got.Rows != 0 {
			t.Errorf("%s: %d rows and errors %q, want %q", c.name, got.Rows, errs, c.want)
		}
	}
}

func TestUnclosedQuoteKeepsTheRowsBefore(t *testing.T) {
	got, errs := collect(t, Options{Path: write(t, "f.csv", "Date,Rating,Comment\n2026-02-03,4,good\n2026-02-04,5,\"never closed\n2026-02-05,3,lost\n"), Name: "f.csv"})
	if len(got.Feedback) != 1 {
		t.Errorf("%d stored, want the row before the quote", len(got.Feedback))
	}
	if d := cmp.Diff([]string{"f.csv: line 3: the quote opened here is never closed"}, errs); d != "" {
		t.Errorf("errors (-want +got):\n%s", d)
	}
}

func TestPatternGoesOnAfterABadFile(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"a.csv": "Date,Rating\n2026-02-03,4\n", "b.csv": "", "c.csv": "Date,Rating\n2026-02-03,5\n", "~$c.csv": "lock", ".hidden.csv": "x", "d.txt": "x",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, errs := collect(t, Options{Path: filepath.Join(dir, "*.csv"), Name: "*.csv"})
	if d := cmp.Diff([]string{"b.csv: the file is empty"}, errs); d != "" {
		t.Errorf("errors (-want +got):\n%s", d)
	}
	var refs []string
	for _, f := range got.Feedback {
		refs = append(refs, f.Ref)
	}
	if d := cmp.Diff([]string{"a.csv:2", "c.csv:2"}, refs); d != "" {
		t.Errorf("read (-want +got):\n%s", d)
	}
	if _, errs := collect(t, Options{Path: filepath.Join(dir, "none-*.csv"), Name: "none-*.csv"}); !slices.Equal(errs, []string{"none-*.csv: there is no such file"}) {
		t.Errorf("errors of a pattern without files = %q", errs)
	}
}

func TestFileWithoutRowsIsRead(t *testing.T) {
	s, err := New(Options{Path: write(t, "f.csv", "Date,Rating,Comment\n")})
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for p, err := range s.Pages(t.Context(), collector.Query{Now: now}) {
		if err != nil {
			t.Fatal(err)
		}
		if r, err := s.Parse(p); err != nil || r.Rows != 0 {
			t.Errorf("Parse = %+v, %v; want no rows", r, err)
		}
		pages++
	}
	if pages != 1 {
		t.Errorf("%d pages, want 1 that says the file was read", pages)
	}
}

func TestParseRefusesWhatIsNoBlock(t *testing.T) {
	s, err := New(Options{Path: "f.csv"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []collector.Page{
		{URL: "f.csv", Body: []byte("2,a\n")},
		{URL: "f.csv", Layout: []byte(`{"columns":[{"name":"a"}]}`), Body: []byte("x,a\n")},
		{URL: "f.csv", Layout: []byte(`{"columns":[{"name":"a"}]}`), Body: []byte("2,\"a\n")},
		{URL: "f.csv", Layout: []byte(`{"columns":[],"time":{"zone":"Nowhere/At all"}}`)},
	} {
		if r, err := s.Parse(p); err == nil {
			t.Errorf("Parse(%q, layout %s) = %+v, want an error", p.Body, p.Layout, r)
		}
	}
}

func TestGates(t *testing.T) {
	for _, c := range []struct {
		name, content string
		rejected      []string
		stored        int
	}{
		{"Qualtrics previews and spam", "StartDate,RecordedDate,Status,ResponseId,Q1\nStart,Recorded,Response type,Response id,What did you like?\n" +
			"\"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"America/Denver\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n" +
			"2026-02-03 10:00:00,2026-02-03 10:05:01,0,R_1,The frames\n2026-02-03 10:00:00,2026-02-03 10:05:01,1,R_2,A preview\n2026-02-03 10:00:00,2026-02-03 10:05:01,8,R_3,Buy now\n",
			[]string{"f.csv:5: a preview, not an answer", "f.csv:6: marked as spam"}, 1},
		{"LimeSurvey rows without a submit date", "Response ID,Date submitted,Last page,Comment\n1,2026-02-03 10:00:01,3,done\n2,,1,half\n", []string{"f.csv:3: not submitted"}, 1},
		{"rows that say they are not finished", "Response ID,Timestamp,Finished,Comment\n1,2026-02-03 10:00:01 UTC,Yes,done\n2,2026-02-03 10:00:02 UTC,No,half\n", []string{"f.csv:3: not finished"}, 1},
	} {
		got, errs := collect(t, Options{Path: write(t, "f.csv", c.content), Name: "f.csv"})
		if errs != nil {
			t.Errorf("%s: %v", c.name, errs)
		}
		if d := cmp.Diff(c.rejected, rejections(got)); d != "" || len(got.Feedback) != c.stored {
			t.Errorf("%s: %d stored; rejected (-want +got):\n%s", c.name, len(got.Feedback), d)
		}
	}
}

func TestZoneOfTheFile(t *testing.T) {
	for _, c := range []struct{ heading, value, want string }{
		{"Submit Date (UTC)", "2026-02-03 10:00:00", "2026-02-03T10:00:00Z"},
		{"Response At (America/New_York)", "2026-02-03 10:00:00", "2026-02-03T15:00:00Z"},
		{"Timestamp", "2026/02/03 10:00:00 AM GMT+3", "2026-02-03T07:00:00Z"},
		{"Timestamp", "2026-02-03 10:00:00", "2026-02-03T08:00:00Z"}, // the practice's zone
	} {
		got, errs := collect(t, Options{Path: write(t, "f.csv", fmt.Sprintf("%s,Comment\n%s,good\n", c.heading, c.value)), Zone: johannesburg(t)})
		if errs != nil {
			t.Fatal(errs)
		}
		if d := got.Feedback[0].Date; d.Start.Format(time.RFC3339) != c.want || d.Precision != collector.Exact {
			t.Errorf("%s %s = %+v, want exactly %s", c.heading, c.value, d, c.want)
		}
	}
}

// What may not be read is no missing file: the message says so.
func TestFilesThatMayNotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := t.TempDir()
	shut, blind, file := filepath.Join(dir, "shut"), filepath.Join(dir, "blind"), filepath.Join(dir, "shut.csv")
	if err := errors.Join(os.Mkdir(shut, 0), os.Mkdir(blind, 0o300), os.WriteFile(file, []byte("id,comment\n1,Good\n"), 0)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(shut, "a.csv"): "permission denied", filepath.Join(shut, "*.csv"): "permission denied",
		filepath.Join(blind, "*.csv"): "folder blind: permission denied",
	} {
		if _, err := Files(path); err == nil || err.Error() != want {
			t.Errorf("Files(%s) = %v, want %s", path, err, want)
		}
	}
	s, err := New(Options{Path: file, Name: "shut.csv", Practice: "elm"})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range s.Pages(t.Context(), collector.Query{}) {
		if err == nil || err.Error() != "shut.csv: permission denied" {
			t.Errorf("Pages says %v, want that permission is denied", err)
		}
	}
}
