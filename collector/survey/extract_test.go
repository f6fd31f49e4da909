package survey

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

func TestWriteExtract(t *testing.T) {
	const rows = "Response ID,Submit Date (UTC),Name,Rating,Comments,Comments,Consent\n" +
		"r1,2026-02-03 09:00:00,Ann,4,\"fine, \"\"thanks\"\"\",,yes\nr2,,Bob,,,secret,no\nr3,2026-02-04 09:00:00,Cat,,,good,yes\n"
	var b bytes.Buffer
	if unread, err := WriteExtract(t.Context(), &b, "survey/f.csv", write(t, "f.csv", rows), Options{}); err != nil || len(unread) > 0 {
		t.Fatal(unread, err)
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

func TestWriteExtractReturnsWhatCannotBeRead(t *testing.T) {
	const rows = "id,comment\n1,\"fine \"thanks\n2,good\n"
	var b bytes.Buffer
	unread, err := WriteExtract(t.Context(), &b, "f.csv", write(t, "f.csv", rows), Options{})
	want := []collector.Rejection{{Ref: "line 2", Reason: "a quote inside a quoted cell is not doubled"}}
	if d := cmp.Diff(want, unread); d != "" || err != nil {
		t.Errorf("err %v, unread (-want +got):\n%s", err, d)
	}
	if !bytes.Contains(b.Bytes(), []byte(`"comment":"good"`)) {
		t.Errorf("the row behind it is missing in %s", &b)
	}
	if _, err := WriteExtract(t.Context(), &b, "x", write(t, "empty.csv", ""), Options{}); errText(err) != "the file is empty" {
		t.Errorf("error = %v", err)
	}
}
