package survey

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"percept/collector"
)

// A large workbook is unpacked where the caller says, and nothing of it stays there.
func TestLargeWorkbookIsUnpackedInItsPlace(t *testing.T) {
	rows := []string{
		`<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>`,
		`<row r="2"><c><v>4</v></c><c t="s"><v>2</v></c></row>`,
		`<row r="3"><c><v>2</v></c><c t="inlineStr"><is><t>` + strings.Repeat("slow, and nobody said so. ", heldWhole/80) + `</t></is></c></row>`,
	}
	long := strings.Repeat("kind, and all was explained. ", heldWhole/80)
	path := largeWorkbook(t, rows, "How would you rate your visit?", "What could we do better?", long, long, long)
	dir := filepath.Join(t.TempDir(), "percept.unpacked")
	src, err := New(Options{Path: path, Practice: "elm", TempDir: dir, BlockRows: 1})
	if err != nil {
		t.Fatal(err)
	}
	var feedback []collector.Feedback
	for p, err := range src.Pages(t.Context(), collector.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); p.Part == 0 && err != nil { // the last block comes when the file is closed
			t.Errorf("while it is read: %v", err)
		}
		parsed, err := src.Parse(p)
		if err != nil {
			t.Fatal(err)
		}
		feedback = append(feedback, parsed.Feedback...)
	}
	if len(feedback) != 2 {
		t.Errorf("%d responses, want 2", len(feedback))
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder stays: %v", err)
	}
}

// largeWorkbook writes a workbook by hand, with rows as they stand in its XML and the texts that they share.
func largeWorkbook(t *testing.T, rows []string, shared ...string) string {
	t.Helper()
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	path := filepath.Join(t.TempDir(), "large.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"xl/workbook.xml":     fmt.Sprintf(`<workbook %s xmlns:r="%s"><sheets><sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>`, main, relations),
		"_rels/.rels":         fmt.Sprintf(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, relations),
		"xl/_rels/workbook.xml.rels": fmt.Sprintf(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%[1]s/worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="rId2" Type="%[1]s/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, relations),
		"xl/worksheets/sheet1.xml": `<worksheet ` + main + `><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`,
		"xl/sharedStrings.xml":     `<sst ` + main + `><si><t>` + strings.Join(shared, `</t></si><si><t>`) + `</t></si></sst>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}
