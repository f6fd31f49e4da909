package survey

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzArchive reads any bytes as a workbook or the zip of an export: nothing panics, every row that is read has an
// outcome, and nothing is left beside the file.
func FuzzArchive(f *testing.F) {
	pack := func(method uint16, parts ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(parts); i += 2 {
			w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: method})
			if err == nil {
				_, err = w.Write([]byte(parts[i+1]))
			}
			if err != nil {
				f.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			f.Fatal(err)
		}
		return b.Bytes()
	}
	export := pack(zip.Deflate, "export/survey.csv", visits)
	f.Add(export)
	f.Add(export[:len(export)-20])
	f.Add(pack(zip.Store, "a.csv", visits, "../b.csv", visits))
	f.Add(pack(zip.Store, "survey.json", `[{"Date":"2026-02-03","Comment":"x"}]`))
	f.Add(pack(zip.Store, "[Content_Types].xml", bookTypes, "_rels/.rels", bookRoot, "xl/_rels/workbook.xml.rels", bookLinks, "xl/workbook.xml", bookMain,
		"xl/styles.xml", bookStyle, "xl/sharedStrings.xml", bookWords, "xl/worksheets/sheet1.xml", bookSheet))
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<16 || !bytes.HasPrefix(content, []byte("PK")) {
			return
		}
		dir := t.TempDir()
		path := filepath.Join(dir, "f.zip")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		collect(t, Options{Path: path, Name: "f.zip", BlockRows: 3, Practices: practices("north"), TempDir: filepath.Join(dir, "unpacked")})
		var extract bytes.Buffer
		if _, err := WriteExtract(t.Context(), &extract, "f", path, Options{}); err == nil && !bytes.HasSuffix(extract.Bytes(), []byte("]}\n")) {
			t.Errorf("extract ends with %q", extract.Bytes())
		}
		if left, err := filepath.Glob(filepath.Join(dir, "unpacked", "*")); err != nil || len(left) > 0 {
			t.Errorf("left beside the file: %q, %v", left, err)
		}
	})
}
