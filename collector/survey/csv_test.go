package survey

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// readCSV returns the rows as "line: cell|cell", and how reading ended.
func readCSV(text string, comma byte) ([]string, error) {
	c := newCSVReader(iotest.OneByteReader(strings.NewReader(text)), comma, '\n')
	var rows []string
	for {
		r, err := c.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		row := strings.Join(r.cells, "|")
		if r.bad != "" {
			row = "BAD " + r.bad
		}
		rows = append(rows, string(rune('0'+r.line))+": "+row)
	}
}

func TestCSVRows(t *testing.T) {
	const stray = "BAD a quote inside a quoted cell is not doubled"
	for _, c := range []struct {
		name, text string
		comma      byte
		want       []string
		err        string
	}{
		{"line ends of every kind", "a,b\r\nc,d\ne,f", ',', []string{"1: a|b", "2: c|d", "3: e|f"}, ""},
		{"line breaks and delimiters in quotes count as lines", "a,\"x\ny,\"\nc,d\n", ',', []string{"1: a|x\ny,", "3: c|d"}, ""},
		{"doubled quotes", `"say ""hi""",b`, ',', []string{`1: say "hi"|b`}, ""},
		{"a quote inside a plain cell is a letter", `5" lens,b`, ',', []string{`1: 5" lens|b`}, ""},
		{"blanks around a quoted cell", `a, "b" ,c`, ',', []string{"1: a|b|c"}, ""},
		{"blank lines are no rows", "a,b\n\n\r\nc,d\n", ',', []string{"1: a|b", "4: c|d"}, ""},
		{"empty cells stay", ",,\na,,\n", ',', []string{"1: ||", "2: a||"}, ""},
		{"an empty quoted cell", `"",b`, ',', []string{"1: |b"}, ""},
		{"semicolons", "a;1,5;c", ';', []string{"1: a|1,5|c"}, ""},
		{"a stray quote spoils its row alone", "a,b\n\"x\"y,d\ne,f\n", ',', []string{"1: a|b", "2: " + stray, "3: e|f"}, ""},
		{"an unclosed quote names the line where it opened", "a,b\nc,d\ne,\"f\ng,h\n", ',', []string{"1: a|b", "2: c|d"}, "line 3: the quote opened here is never closed"},
		{"an unclosed quote met by another is its own row", "a,\"b\nc,\"d\"\ne,f\n", ',', []string{"1: " + stray, "2: c|d", "3: e|f"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readCSV(c.text, c.comma)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("rows (-want +got):\n%s", d)
			}
			if msg := errText(err); msg != c.err {
				t.Errorf("error = %q, want %q", msg, c.err)
			}
		})
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestCSVRowTooLong(t *testing.T) {
	_, err := readCSVWhole(`a,"` + strings.Repeat("x", 2*maxRecord+2<<20))
	if err == nil || !strings.Contains(err.Error(), "line 1: a row of more than 4 MB") {
		t.Errorf("error = %v, want one that names line 1", err)
	}
}

func readCSVWhole(text string) (int, error) {
	c := newCSVReader(strings.NewReader(text), ',', '\n')
	for n := 0; ; n++ {
		if _, err := c.next(); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return n, err
		}
	}
}

// A bad row may be longer than what is read at a time: it is still one.
func TestLongBadRows(t *testing.T) {
	long := strings.Repeat("x", 200<<10)
	for name, row := range map[string]string{"a stray quote": `"a"` + long, "too many cells": strings.Repeat("a,", 200<<10)} {
		rows, err := readCSV("a,b\n"+row+"\nc,d\n", ',')
		if err != nil || len(rows) != 3 || !strings.HasPrefix(rows[1], "2: BAD ") || rows[2] != "3: c|d" {
			t.Errorf("%s: %d rows, the last %q, %v; want a, a bad one and c", name, len(rows), rows[len(rows)-1], err)
		}
	}
}

func TestAppendRowReadsBack(t *testing.T) {
	rows := [][]string{
		{"17", "plain", "with, comma", `with "quotes"`, "two\nlines", " blank before", "", "a\r"},
		{"18 twin 1", `"`, `""`, "\n", "ünïcode ★", ",", "x"},
	}
	var body []byte
	for _, r := range rows {
		body = appendRow(body, r)
	}
	c := newCSVReader(strings.NewReader(string(body)), ',', '\n')
	for _, want := range rows {
		r, err := c.next()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, r.cells); d != "" {
			t.Errorf("cells (-want +got):\n%s", d)
		}
	}
}

// A formula that somebody made inert is text again, in a file; what is kept of it stays as it is.
func TestCellsThatWereFormulas(t *testing.T) {
	for _, inert := range []bool{true, false} {
		c := newCSVReader(strings.NewReader("'=1,\"'\n@x\",''=1,'Twas\n"), ',', '\n')
		c.inert = inert
		want := []string{"=1", "\n@x", "'=1", "'Twas"}
		if !inert {
			want = []string{"'=1", "'\n@x", "''=1", "'Twas"}
		}
		r, err := c.next()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, r.cells); d != "" {
			t.Errorf("cells, inert %v (-want +got):\n%s", inert, d)
		}
	}
}

func TestSniffComma(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       byte
	}{
		{"commas", "a,b,c\n1,2,3\n", ','},
		{"semicolons with decimal commas", "a;b;c\n1,5;2,5;3,5\n2,5;1,5;4\n", ';'},
		{"tabs with commas in the words", "a\tb\nyes, well\tno, never\nyes\tno\n", '\t'},
		{"commas with semicolons in one cell", "a,b\nx;y;z,1\nq,2\n", ','},
		{"what the first line states", "sep=;\na;b\n", ';'},
		{"one column", "a\nb\n", ','},
	} {
		if got := sniffComma([]byte(c.text), '\n'); got != c.want {
			t.Errorf("%s: sniffComma(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// Every line opens a quote that the next one closes: a row of as many cells as are allowed, from each
// line anew. What is read of a bad row is not read again without end.
func TestBadRowsAreNotReadAgainAndAgain(t *testing.T) {
	const lines = 100_000
	text := strings.Repeat("x\",\"\n", lines)
	if n, err := readCSVWhole(text + "\"\n"); n > 2_000 {
		t.Errorf("%d rows, %v; want lines taken together", n, err)
	}
	c := newCSVReader(strings.NewReader(text+"\"\n"), ',', '\n')
	last := 0
	for {
		r, err := c.next()
		if err != nil {
			break
		}
		if r.line <= last {
			t.Fatalf("line %d after %d", r.line, last)
		}
		last = r.line
	}
	if c.twice > maxTwice || last < lines-maxColumns {
		t.Errorf("%d bytes read again and rows up to line %d; want at most %d, and the end", c.twice, last, maxTwice)
	}
}
