package google_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
	"percept/collector/google"
)

// Whatever is called a zip, it is read or refused, and nothing is written outside of memory.
func FuzzTakeoutZip(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, file := range txtar.Parse([]byte(exported)).Files {
		w, err := z.Create(file.Name)
		if err == nil {
			_, err = w.Write(file.Data)
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:b.Len()-30])
	f.Add([]byte("PK\x05\x06" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		dir := t.TempDir()
		file := filepath.Join(dir, "t.zip")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		src, err := google.NewTakeout(google.TakeoutOptions{Path: file, Practices: func(string) (string, bool) { return "elm", true }})
		if err != nil {
			t.Fatal(err)
		}
		for p, err := range src.Pages(t.Context(), collector.Query{Now: now}) {
			if err != nil {
				continue
			}
			if parsed, err := src.Parse(p); err != nil {
				t.Fatalf("a page that was made here cannot be parsed: %v\n%s", err, p.Body)
			} else if sum := len(parsed.Feedback) + parsed.Empty + parsed.Duplicates + len(parsed.Rejected); parsed.Rows != sum {
				t.Errorf("%d rows, and outcomes of %d", parsed.Rows, sum)
			}
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Errorf("%d files beside the zip, %v", len(left)-1, err)
		}
	})
}

// Whatever is named as the client's file, it is refused or has all that a sign-in needs.
func FuzzClient(f *testing.F) {
	for _, s := range []string{
		`{"installed": {"client_id": "c", "client_secret": "s"}}`, `{"web": {"client_id": "c"}}`, `{"installed": null}`, `{"installed": {"client_id": "c", "token_uri": "http://127.0.0.1/token"}}`, `[]`, ``,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := google.ParseClient(data)
		if err == nil && (c.ID == "" || c.AuthURI == "" || c.TokenURI == "" || c.DeviceURI == "") {
			t.Errorf("ParseClient(%q) = %+v", data, c)
		}
	})
}
