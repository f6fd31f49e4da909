package survey

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The parts of a small workbook.
const (
	bookTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`
	bookRoot  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookLinks = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	bookMain  = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="0"/><sheets><sheet name="Form1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookStyle = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yy h:mm"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`
	bookWords = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>Date</t></si><si><t>Comment</t></si><si><r><t>Kind, </t></r><r><t xml:space="preserve">but slow </t></r></si></sst>`
	bookSheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>How would you rate us?</t></is></c></row><row r="2"><c r="A2" s="1"><v>46056.5</v></c><c r="B2" t="s"><v>2</v></c><c r="C2"><f>2+2</f><v>4</v></c></row><row r="4"><c r="A4" s="1"><v>46057</v></c><c r="C4" t="str"><v>5</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells></worksheet>`
)

// FuzzXLSX reads workbooks of any content, their zip being whole: nothing panics, every row that is read
// has an outcome, and nothing is read from a sheet that ends early.
func FuzzXLSX(f *testing.F) {
	f.Add([]byte(bookSheet), []byte(bookWords), []byte(bookStyle), []byte(bookMain))
	f.Add([]byte(bookSheet[:len(bookSheet)-60]), []byte(bookWords), []byte(bookStyle), []byte(bookMain))
	f.Add([]byte(bookSheet), []byte(`<sst><si/><si><t>x</t></si></sst>`), []byte(``), bytes.ReplaceAll([]byte(bookMain), []byte(`="0"`), []byte(`="1"`)))
	f.Add([]byte(`<worksheet><sheetData><row r="9"><c r="ZZZ9" t="s"><v>99999999999</v></c><c r="A0"><v>1e308</v></c></row><row r="1"><c><v>-1</v></c></row></sheetData></worksheet>`), []byte(bookWords), []byte(bookStyle), []byte(bookMain))
	path := filepath.Join(f.TempDir(), "f.xlsx")
	f.Fuzz(func(t *testing.T, sheet, words, style, main []byte) {
		if len(sheet)+len(words)+len(style)+len(main) > 1<<16 {
			return
		}
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range []struct {
			name string
			data []byte
		}{
			{"[Content_Types].xml", []byte(bookTypes)}, {"_rels/.rels", []byte(bookRoot)}, {"xl/_rels/workbook.xml.rels", []byte(bookLinks)},
			{"xl/workbook.xml", main}, {"xl/styles.xml", style}, {"xl/sharedStrings.xml", words}, {"xl/worksheets/sheet1.xml", sheet},
		} {
			w, err := z.Create(part.name)
			if err == nil {
				_, err = w.Write(part.data)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, errs := collect(t, Options{Path: path, Name: "f.xlsx", BlockRows: 3, Practices: practices("north")}); len(errs) == 0 && !bytes.Contains(sheet, []byte("worksheet>")) {
			t.Errorf("a sheet without an end is read: %s", sheet)
		}
		var extract bytes.Buffer
		if _, err := WriteExtract(t.Context(), &extract, "f", path, Options{}); err == nil && !bytes.HasSuffix(extract.Bytes(), []byte("]}\n")) {
			t.Errorf("extract ends with %q", extract.Bytes())
		}
	})
}
