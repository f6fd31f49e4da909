package analysis

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A rawLine is a line of JSON, or a row of CSV with its heading.
type rawLine struct {
	number int
	json   []byte
	head   []string
	row    []string
	err    error // why it cannot be read at all
}

// parse returns what the line asks for.
func (l rawLine) parse() (Line, error) {
	var in Line
	switch {
	case l.err != nil:
		return in, l.err
	case l.head != nil:
		in = csvLine(l.head, l.row)
	default:
		if err := json.Unmarshal(l.json, &in); err != nil {
			return in, fmt.Errorf("not a JSON object: %w", err)
		}
	}
	if len(in.ID) == 0 || string(in.ID) == "null" {
		return in, errors.New("no id")
	}
	if c := in.ID[0]; c != '"' && c != '-' && !digit(c) {
		return in, fmt.Errorf("id %.40s is neither text nor a number", in.ID)
	}
	if in.Text == nil {
		return in, errors.New("no text")
	}
	return in, nil
}

// csvLine is the row under its heading.
func csvLine(head, row []string) Line {
	var in Line
	for i, h := range head {
		if i >= len(row) {
			break
		}
		switch h {
		case "id":
			if row[i] != "" {
				in.ID, _ = json.Marshal(Repair(row[i])) // a string always marshals
			}
		case "text":
			in.Text = &row[i]
		case "question":
			in.Question = row[i]
		case "context":
			in.Context = row[i]
		case "aspect":
			in.Aspect = row[i]
		case "channel":
			in.Channel = row[i]
		case "lang":
			in.Lang = row[i]
		}
	}
	return in
}

// batches hands the lines of in to do, some at a time: what has come so far where no more has.
func batches(in io.Reader, do func([]rawLine) error) error {
	r := bufio.NewReaderSize(in, 64<<10)
	first, err := firstByte(r)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read texts: %w", err)
	}
	next := jsonLines(r)
	if first != '{' {
		if next, err = csvRows(r); err != nil {
			return err
		}
	}
	var lines []rawLine
	size := 0
	for {
		l, n, err := next()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return fmt.Errorf("read texts: %w", err)
		}
		if err == nil {
			lines = append(lines, l)
			size += n
		}
		waits := r.Buffered() == 0 // whoever writes may wait for the answer
		if len(lines) > 0 && (end || waits || len(lines) == batchLines || size > batchBytes) {
			if err := do(lines); err != nil {
				return err
			}
			lines, size = nil, 0
		}
		if end {
			return nil
		}
	}
}

// firstByte skips a byte order mark and returns the first byte that is no space, unread. Lines that
// hold nothing but space are left to be counted: only the mark is skipped for good.
func firstByte(r *bufio.Reader) (byte, error) {
	if mark, err := r.Peek(3); err == nil && string(mark) == "\ufeff" {
		if _, err := r.Discard(3); err != nil {
			return 0, err
		}
	}
	for n := 1; ; n++ {
		b, err := r.Peek(n)
		if len(b) < n {
			if errors.Is(err, bufio.ErrBufferFull) {
				return ' ', nil
			}
			return 0, err
		}
		if c := b[n-1]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c, nil
		}
	}
}

// jsonLines returns a function that reads the next line that is not blank, and its size.
func jsonLines(r *bufio.Reader) func() (rawLine, int, error) {
	number := 0
	return func() (rawLine, int, error) {
		for {
			number++
			body, long, err := readLine(r)
			if err != nil {
				return rawLine{}, 0, err
			}
			if long {
				return rawLine{number: number, err: fmt.Errorf("longer than %d bytes", maxLine)}, 0, nil
			}
			if body = bytes.TrimSpace(body); len(body) > 0 {
				return rawLine{number: number, json: body}, len(body), nil
			}
		}
	}
}

// readLine reads one line of any length and keeps up to maxLine bytes of it. It gives io.EOF only
// where nothing is left.
func readLine(r *bufio.Reader) (body []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(body)+len(part) > maxLine+1 {
			long, body = true, nil
		}
		if !long {
			body = append(body, part...)
		}
		switch {
		case err == nil:
			return body, long, nil
		case errors.Is(err, bufio.ErrBufferFull):
		case err == io.EOF && (long || len(body) > 0):
			return body, long, nil
		default:
			return nil, false, err
		}
	}
}

// delimiter is what separates the columns of a heading, which stays unread: a semicolon where it has more
// of them than commas, as spreadsheets write where the comma is in numbers; a tab likewise.
func delimiter(r *bufio.Reader) rune {
	heading, err := r.Peek(1)
	for n := 2; err == nil && heading[len(heading)-1] != '\n'; n++ {
		heading, err = r.Peek(n)
	}
	best := ','
	for _, d := range ";\t" {
		if bytes.Count(heading, []byte(string(d))) > bytes.Count(heading, []byte(string(best))) {
			best = d
		}
	}
	return best
}

// csvRows returns a function that reads the next row under the heading, which must name id and text.
func csvRows(r *bufio.Reader) (func() (rawLine, int, error), error) {
	c := csv.NewReader(r)
	c.Comma = delimiter(r)
	c.FieldsPerRecord = -1
	head, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("read heading: %w", err)
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(head[i]))
	}
	joined := "," + strings.Join(head, ",") + ","
	if !strings.Contains(joined, ",id,") || !strings.Contains(joined, ",text,") {
		return nil, fmt.Errorf("the first line is neither a JSON object nor a CSV heading with id and text: %.80q", strings.Join(head, ","))
	}
	return func() (rawLine, int, error) {
		row, err := c.Read()
		line := 0
		if len(row) > 0 {
			line, _ = c.FieldPos(0)
		}
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			return rawLine{number: parse.StartLine, err: parse.Err}, 0, nil
		case err != nil:
			return rawLine{}, 0, err
		}
		size := 0
		for _, f := range row {
			size += len(f)
		}
		l := rawLine{number: line, head: head, row: row}
		if size > maxLine {
			l = rawLine{number: line, err: fmt.Errorf("longer than %d bytes", maxLine)}
		}
		return l, size, nil
	}, nil
}
