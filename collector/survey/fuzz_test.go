package survey

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"percept/collector"
)

// FuzzCSV reads any bytes as a file: nothing panics, the counts add up, every row that is read has an
// outcome, and lines are those of the file.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"", visits, longRows, "a,b\n\"c", "Date;Rating\r\n03/02/2026;4,5\r\n17/02/2026;5\r\n", "\ufeffComment\nx\n", "\xff\xfea\x00,\x00b\x00", "sep=|\nDate|Comment\n2026-02-03|good\n",
		"Response ID\tToken\tDate submitted\tComment\nid\ttoken\tsubmitdate\tQ3\n7\tx\t2025-03-01 09:10:11\tNice{newline}\n",
		"ID,Date,Rating,Comment\n1,2026-02-03,\"4\"x,a\n1,2026-02-03,4,b\n1,2026-02-03,4,b\n", "Comment\rone\rtwo\r", "Date,Comment\n\x00\n,\n",
	} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "f.csv")
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<16 {
			return
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := New(Options{Path: path, Name: "f.csv", BlockRows: 3, Practices: practices("north")})
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.Count(content, []byte{'\n'}) + bytes.Count(content, []byte{'\r'}) + 1
		for p, err := range s.Pages(context.Background(), collector.Query{Now: now}) {
			if err != nil {
				continue
			}
			r, err := s.Parse(p)
			if err != nil {
				t.Fatalf("the page of a file cannot be parsed: %v\n%s", err, p.Body)
			}
			sum := r.Duplicates + r.Empty + len(r.Rejected)
			for i := range r.Feedback {
				sum += r.Feedback[i].Rows
				var line int
				if _, err := fmt.Sscanf(r.Feedback[i].Ref, "f.csv:%d", &line); err != nil || line < 2 || line > lines && !strings.HasPrefix(string(content), "PK") {
					t.Errorf("Ref = %q in a file of %d lines", r.Feedback[i].Ref, lines)
				}
			}
			if sum != r.Rows {
				t.Errorf("%d rows, and outcomes of %d", r.Rows, sum)
			}
		}
		var b bytes.Buffer
		if _, err := WriteExtract(t.Context(), &b, "f", path, Options{}); err == nil && !bytes.HasSuffix(b.Bytes(), []byte("]}\n")) {
			t.Errorf("extract ends with %q", b.Bytes())
		}
	})
}

// FuzzStamp reads any text as a date: one that is read is a day that was.
func FuzzStamp(f *testing.F) {
	for _, seed := range []string{"2026-02-03", "03/10/2021 9:05 PM", "4. März 2025", "2026/09/20 12:00:05 AM GMT-3", "1741082400", "Tue, 4 Mar 2025 10:00 +0200", "2026-02-03T09:05:07.250Z", "2026-02-03\xc6\xc6\xe60"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := parseStamp(s)
		if err != nil {
			return
		}
		if got := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC); got.Day() != d.day || int(got.Month()) != d.month {
			t.Errorf("parseStamp(%q) = %+v, which is no day", s, d)
		}
		for _, o := range []Order{DayFirst, MonthFirst} {
			if e, ok := d.ordered(o); ok && e.check() != nil {
				t.Errorf("parseStamp(%q) as %s = %+v, which is no day", s, o, e)
			}
		}
	})
}

// BenchmarkParse reads 10,000 rows of eight columns, inspected, in blocks, to feedback.
func BenchmarkParse(b *testing.B) {
	var text strings.Builder
	text.WriteString("Response ID,Submitted at,Branch,How likely are you to recommend us? (0-10),How satisfied were you with your eye exam?,What did we do well?,What could we do better?,Email\n")
	for i := range 10_000 {
		fmt.Fprintf(&text, "R-%08d,2026-02-%02d 10:%02d:%02d,b%d,%d,%d,\"kind and patient, staff number %d\",we waited long for glasses %d,p%d@example.com\n", i, i%28+1, i%60, i%59, i%40, i%11, i%5+1, i, i, i)
	}
	path := filepath.Join(b.TempDir(), "f.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		s, err := New(Options{Path: path})
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for p, err := range s.Pages(b.Context(), collector.Query{Now: now}) {
			if err != nil {
				b.Fatal(err)
			}
			r, err := s.Parse(p)
			if err != nil {
				b.Fatal(err)
			}
			rows += r.Rows
		}
		if rows != 10_000 {
			b.Fatalf("%d rows, want 10,000", rows)
		}
	}
}
