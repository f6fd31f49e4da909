package survey

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteExtract(t *testing.T) {
	const rows = "Response ID,Submit Date (UTC),Name,Rating,Comments,Comments,Consent\n" +
		"r1,2026-02-03 09:00:00,Ann,4,\"fine, \"\"thanks\"\"\",,yes\nr2,,Bob,,,secret,no\nr3,2026-02-04 09:00:00,Cat,,,good,yes\n"
	var b bytes.Buffer
	if err := WriteExtract(&b, "survey/f.csv", write(t, "f.csv", rows), Options{}); err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, &b)
	}
	want := map[string]any{
		"case": "survey/f.csv", "rows": 3.0, "header_rows": 1.0, "encoding": "utf-8", "delimiter": ",",
		"id_column": "Response ID", "time_column": "Submit Date (UTC)", "date_order": "ymd", "timezone": "UTC",
		"responses": []any{
			map[string]any{"id": "r1", "submitted_at": "2026-02-03T09:00:00Z", "answers": map[string]any{"Rating": "4", "Comments": `fine, "thanks"`, "Comments (column 6)": nil, "Consent": "yes"}},
			map[string]any{"id": "r3", "submitted_at": "2026-02-04T09:00:00Z", "answers": map[string]any{"Rating": nil, "Comments": nil, "Comments (column 6)": "good", "Consent": "yes"}},
		},
	}
	if d := cmp.Diff(any(want), got); d != "" {
		t.Errorf("extract (-want +got):\n%s", d)
	}
	if n := bytes.Count(b.Bytes(), []byte{'\n'}); n != 1 || !bytes.HasSuffix(b.Bytes(), []byte("\n")) {
		t.Errorf("%d lines, want one", n)
	}
}

func TestWriteExtractNamesTheFile(t *testing.T) {
	if err := WriteExtract(&bytes.Buffer{}, "x", write(t, "empty.csv", ""), Options{}); errText(err) != "empty.csv: the file is empty" {
		t.Errorf("error = %v", err)
	}
}
