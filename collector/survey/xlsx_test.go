package survey

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"percept/collector"
	"percept/collector/sourcetest"
)

// book makes a workbook whose first sheet is hidden notes and whose second holds rows, with dates as
// day numbers under a format of the user's own.
func book(t *testing.T, date1904 bool, rows ...[]any) string {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := x.NewSheet("Form1")
	check(err)
	x.SetActiveSheet(1)
	check(x.SetCellValue("Sheet1", "A1", "notes of the office"))
	check(x.SetSheetVisible("Sheet1", false))
	check(x.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}))
	format := `m/d/yy h:mm:ss;@`
	style, err := x.NewStyle(&excelize.Style{CustomNumFmt: &format})
	check(err)
	for i, row := range rows {
		for j, v := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			check(err)
			check(x.SetCellValue("Form1", name, v))
			if _, ok := v.(time.Time); ok {
				check(x.SetCellStyle("Form1", name, name, style))
			}
		}
	}
	path := filepath.Join(t.TempDir(), "visits.xlsx")
	check(x.SaveAs(path))
	return path
}

func visitRows() [][]any {
	at := time.Date(2026, 2, 3, 9, 3, 40, 0, time.UTC)
	return [][]any{
		{"Visits in February"},
		nil,
		{"ID", "Completion time", "Email", "How would you rate your visit?", "Which services did you use?", "Anything to add?"},
		{1, at, "anonymous", 5, "Eye test;Frames;", "“Slow” – 40 minutes late\nbut kind"},
		{2, at.AddDate(0, 0, 1), "anonymous", 2, "Frames;"},
		nil,
		{3, at.AddDate(0, 0, 2), "anonymous", nil, "", "N/A"},
	}
}

func TestWorkbook(t *testing.T) {
	for _, date1904 := range []bool{false, true} {
		path := book(t, date1904, visitRows()...)
		l, err := Inspect(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{
			"file: workbook, sheet “Form1”, 3 rows",
			"headings: 1 row from line 3",
			"id: column 1 “ID”",
			"dates: column 2 “Completion time”, year first",
			"rating: column 4 “How would you rate your visit?”, csat-5, from 1 (worst) to 5 (best), of the response as a whole",
			"open answer: column 6 “Anything to add?”",
			"dropped as personal: Email",
			"not read: Which services did you use?",
		}
		if d := cmp.Diff(want, l.Describe()); d != "" {
			t.Errorf("Describe (-want +got):\n%s", d)
		}
		s, err := New(Options{Path: path, Name: "visits.xlsx", Zone: johannesburg(t)})
		if err != nil {
			t.Fatal(err)
		}
		got := sourcetest.Run(t, s, collector.Query{Now: now})[0]
		if len(got.Feedback) != 2 || got.Empty != 1 {
			t.Fatalf("%d stored and %d empty, want 2 and 1", len(got.Feedback), got.Empty)
		}
		f := got.Feedback[0]
		if f.SourceID != "1" || f.Ref != "visits.xlsx:4" || f.Rating.Value != 5 || f.Answers[0].Text != "“Slow” – 40 minutes late\nbut kind" {
			t.Errorf("feedback = %+v", f)
		}
		if want := "2026-02-03T07:03:40Z"; f.Date.Start.Format(time.RFC3339) != want || f.Date.Precision != collector.Exact {
			t.Errorf("1904 %v: date = %+v, want exactly %s", date1904, f.Date, want)
		}
	}
}

func TestStatedSheet(t *testing.T) {
	path := book(t, false, visitRows()...)
	if _, err := Inspect(t.Context(), path, Options{Mapping: Mapping{Sheet: "Form2"}}); err == nil || !strings.Contains(err.Error(), `there is no sheet "Form2"; did you mean "Form1"?`) {
		t.Errorf("error = %v, want one that names the nearest sheet", err)
	}
	if l, err := Inspect(t.Context(), path, Options{Mapping: Mapping{Sheet: "Sheet1"}}); err != nil || l.Sheet != "Sheet1" {
		t.Errorf("sheet %q, %v; want the hidden one that is stated", l.Sheet, err)
	}
}

// Excel set to month first reads 03/02/2026 as 2 March, and leaves 17/02/2026 as text.
func TestDatesThatExcelConverted(t *testing.T) {
	rows := [][]any{{"Date", "Rating"}, {"17/02/2026", 4}, {"18/02/2026", 5}, {"19/02/2026", 3}}
	for day := range 8 {
		rows = append(rows, []any{time.Date(2026, time.Month(day+1), 2, 0, 0, 0, 0, time.UTC), 4})
	}
	got, errs := collect(t, Options{Path: book(t, false, rows...), Name: "f.xlsx"})
	if errs != nil || len(got.Feedback) != 11 {
		t.Fatalf("%d stored, %v; want 11", len(got.Feedback), errs)
	}
	if want := collector.OnDay(2026, 2, 17, time.UTC); got.Feedback[0].Date != want {
		t.Errorf("date left as text = %+v, want %+v", got.Feedback[0].Date, want)
	}
	march := collector.Date{Start: collector.OnDay(2026, 2, 3, time.UTC).Start, End: collector.OnDay(2026, 3, 2, time.UTC).End, Precision: collector.Interval}
	if got.Feedback[5].Date != march {
		t.Errorf("date made of 03/02/2026 = %+v, want the span of both readings", got.Feedback[5].Date)
	}
	if len(got.Notes) != 1 || !strings.HasPrefix(got.Notes[0], "8 dates that Excel made of text may have day and month exchanged") {
		t.Errorf("notes = %q, want one about the 8 dates", got.Notes)
	}
}

// rewrite copies the zip at path, its parts changed by edit.
func rewrite(t *testing.T, path string, edit func(name string, content []byte) []byte) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(edit(f.Name, content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "visits.xlsx")
	if err := os.WriteFile(to, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

// A streaming reader takes several of these for the end of the sheet, without an error.
func TestDamagedWorkbooks(t *testing.T) {
	good := book(t, false, visitRows()...)
	sheet := func(old, new string) string {
		return rewrite(t, good, func(name string, b []byte) []byte {
			if !strings.HasSuffix(name, "sheet2.xml") {
				return b
			}
			changed := bytes.Replace(b, []byte(old), []byte(new), 1)
			if bytes.Equal(changed, b) {
				t.Fatalf("%s does not hold %s", name, old)
			}
			return changed
		})
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	at := bytes.Index(flipped, []byte("xl/worksheets/sheet2.xml")) + 80
	flipped[at] ^= 0x10
	for _, c := range []struct{ name, path, want string }{
		{"cut off", write(t, "visits.xlsx", string(whole[:len(whole)/2])), "a damaged workbook"},
		{"one bit flipped", write(t, "visits.xlsx", string(flipped)), "a damaged workbook"},
		{"an element that is not closed", sheet(`<row r="5"`, `<row r="4"><c></row><row r="5"`), `sheet "Form1": its XML breaks off after row 4`},
		{"an entity", sheet(`<row r="5"`, `&bomb;<row r="5"`), `sheet "Form1": its XML breaks off after row 4`},
		{"a DTD", sheet(`<worksheet`, `<!DOCTYPE x [<!ENTITY a "b">]><worksheet`), `sheet "Form1": its XML holds a DTD`},
		{"a part too large", sheet(`</sheetData>`, strings.Repeat(" ", 2<<20)+`</sheetData>`), "the workbook unpacks to more than the size limit of 1 MB"},
		{"no workbook at all", rewrite(t, good, func(_ string, b []byte) []byte { return b[:0] }), ""},
	} {
		got, errs := collect(t, Options{Path: c.path, Name: "visits.xlsx", UnzipLimit: 1 << 20})
		if len(errs) != 1 || !strings.HasPrefix(errs[0], "visits.xlsx: "+c.want) || got.Rows != 0 {
			t.Errorf("%s: %d rows and errors %q, want %q", c.name, got.Rows, errs, c.want)
		}
	}
}

func TestIsDateFormat(t *testing.T) {
	for code, want := range map[string]bool{
		"m/d/yy h:mm:ss;@": true, "yyyy-mm-dd": true, "[$-409]d-mmm-yy;@": true, "dd\\.mm\\.yyyy": true,
		"General": false, "#,##0.00": false, `0" days"`: false, "[Red]0.0": false, "h:mm": false, "0%": false, "": false, `"unclosed`: false, "[": false, `\`: false,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("isDateFormat(%q) = %v, want %v", code, got, want)
		}
	}
}
