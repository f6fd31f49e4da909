package survey

import (
	"archive/zip"
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// zipped is a zip of files, each a name and its content.
func zipped(t *testing.T, files ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		e, err := w.Create(f[0])
		if err == nil {
			_, err = e.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExportThatItsToolZipped(t *testing.T) {
	const rows = "\ufeffTimestamp,How was your visit?,What could we do better?\n2026/02/03 9:03:40 AM GMT+2,5,\n2026/02/04 9:04:00 AM GMT+2,2,\"Ring, please\"\n"
	workbook, err := os.ReadFile(book(t, false, visitRows()...))
	if err != nil {
		t.Fatal(err)
	}
	plain, errs := collect(t, Options{Path: write(t, "answers.csv", rows), Name: "answers.csv"})
	if len(errs) > 0 || len(plain.Feedback) != 2 {
		t.Fatalf("%+v, %q", plain, errs)
	}
	whole, errs := collect(t, Options{Path: book(t, false, visitRows()...), Name: "answers.csv"})
	if len(errs) > 0 || len(whole.Feedback) == 0 {
		t.Fatalf("%+v, %q", whole, errs)
	}
	for _, c := range []struct {
		name  string
		files [][2]string
		want  any
	}{
		{"alone", [][2]string{{"After your visit.csv", rows}}, plain},
		{"in a folder, beside what a Mac adds", [][2]string{{"CSV/", ""}, {"CSV/visit.csv", rows}, {"__MACOSX/CSV/._visit.csv", "x"}, {"CSV/.DS_Store", "x"}}, plain},
		{"a workbook", [][2]string{{"Excel/visit.xlsx", string(workbook)}}, whole},
	} {
		got, errs := collect(t, Options{Path: write(t, "answers.csv.zip", zipped(t, c.files...)), Name: "answers.csv"})
		if d := cmp.Diff(c.want, any(got)); d != "" || len(errs) > 0 {
			t.Errorf("%s: errors %q (-plain +zipped):\n%s", c.name, errs, d)
		}
	}
}

func TestArchiveThatIsRefused(t *testing.T) {
	const rows = "Date,Rating\n2026-02-03,5\n"
	locked := []byte(zipped(t, [2]string{"a.csv", rows}))
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} { // bit 0 of the flags: a password
		at := bytes.Index(locked, []byte(mark))
		locked[at+6+2*strings.Count(mark, "\x02")] |= 1
	}
	for _, c := range []struct{ name, content, want string }{
		{"two files", zipped(t, [2]string{"a.csv", rows}, [2]string{"b.csv", rows}), "a zip archive of 2 files, “a.csv” and “b.csv” among them: unpack it first"},
		{"none", zipped(t, [2]string{"a/", ""}), "a zip archive without a file in it"},
		{"a path that leads out", zipped(t, [2]string{"../../etc/a.csv", rows}), "a zip archive with a path that leads out of it, “../../etc/a.csv”: unpack it with care"},
		{"a path from the root", zipped(t, [2]string{"/a.csv", rows}), "a zip archive with a path that leads out of it, “/a.csv”: unpack it with care"},
		{"a path of Windows", zipped(t, [2]string{`c:\a.csv`, rows}), `a zip archive with a path that leads out of it, “c:\a.csv”: unpack it with care`},
		{"a zip in a zip", zipped(t, [2]string{"a.zip", zipped(t, [2]string{"a.csv", rows})}), "a zip archive within a zip archive: unpack it first"},
		{"a bomb", zipped(t, [2]string{"a.csv", rows + strings.Repeat(" ", 70<<20)}), "the zip archive unpacks to more than the size limit of 64 MB"},
		{"a bomb in a workbook in a zip", zipped(t, [2]string{"a.zip", zipped(t, [2]string{"xl/workbook.xml", ""}, [2]string{"xl/worksheets/sheet1.xml", strings.Repeat(" ", 70<<20)})}),
			"within the zip archive: the workbook unpacks to more than the size limit of 64 MB"},
		{"a password", string(locked), "a zip archive with a password: unpack it first"},
		{"cut off", zipped(t, [2]string{"a.csv", rows})[:60], "a damaged workbook or zip archive: zip: not a valid zip file"},
		{"a web page", zipped(t, [2]string{"a.xls", "<html><table></table></html>"}), "a web page, not a table: where a sign-in or a message came in place of the download, export it again; else save it as .xlsx or .csv"},
	} {
		got, errs := collect(t, Options{Path: write(t, "answers.zip", c.content), Name: "answers.zip"})
		if len(errs) != 1 || errs[0] != "answers.zip: "+c.want || got.Rows != 0 {
			t.Errorf("%s: %d rows and errors %q, want %q", c.name, got.Rows, errs, c.want)
		}
	}
}

func TestSheetWithOverlongText(t *testing.T) {
	long := strings.Repeat("x", maxRecord+64<<10)
	for _, c := range []struct{ sheet, want string }{
		{`<row r="1"/><row r="3"><c t="inlineStr"><is><t>` + long + `</t></is></c></row>`, "row 3 takes more than 4 MB"},
		{`<row r="3"/><row r="4">` + strings.Repeat(`<c t="inlineStr"><is><t>words</t></is></c>`, 4_000) + `<c>` + long + `</c></row>`, "row 4 takes more than 4 MB"},
		{`<row r="3"/>` + long, "its XML holds more than 4 MB in one piece behind row 3"},
	} {
		if _, err := readFacts(strings.NewReader(`<worksheet><sheetData>` + c.sheet + `</sheetData></worksheet>`)); errText(err) != c.want {
			t.Errorf("readFacts = %v, want %s", err, c.want)
		}
	}
}
