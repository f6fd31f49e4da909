package survey

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"percept/collector"
)

// maxRecord bounds one row of a text file in bytes: past it, a quote was never closed.
const maxRecord = 4 << 20

// A record is one row of a table.
type record struct {
	line  int      // physical line where the row starts, or the row's number in a sheet; from 1
	cells []string // valid until the next call
	bad   string   // why the row cannot be read, empty when it can; cells are then nil
}

// records reads a table from its top. next returns io.EOF after the last row.
type records interface {
	next() (record, error)
}

// maxTwice bounds how many bytes of a file are read again after bad rows, so that reading is linear.
const maxTwice = 1 << 20

// A csvReader reads delimited text as spreadsheets write it: quoted cells may hold delimiters, line
// breaks and doubled quotes, and blank lines are no rows. A row with a stray quote or too many
// cells is a bad record and reading goes on at the next line, or behind what was read of the row once
// maxTwice is used up; a quote that is never closed is an error.
type csvReader struct {
	r     io.Reader
	comma byte
	eol   byte // '\n', or '\r' where a file has no '\n'
	buf   []byte
	off   int  // buf[off:] is not consumed yet
	line  int  // of buf[off]
	twice int  // bytes that were read again
	inert bool // the cells are as collector.Inert writes them
	ended bool
	spans []span
	cells []string
}

// A span is where a cell lies in its record.
type span struct {
	start, stop int
	doubled     bool // holds doubled quotes
}

func newCSVReader(r io.Reader, comma, eol byte) *csvReader {
	return &csvReader{r: r, comma: comma, eol: eol, line: 1}
}

func (c *csvReader) next() (record, error) {
	for {
		n, err := c.scan(c.buf[c.off:])
		bad := errors.Is(err, errStray) || errors.Is(err, errWide)
		if bad {
			n = c.spoilt(n)
		}
		switch {
		case errors.Is(err, errMore), bad && n == 0:
			if err := c.fill(); err != nil {
				return record{}, err
			}
			continue
		case errors.Is(err, io.EOF):
			return record{}, io.EOF
		case bad:
			r := record{line: c.line, bad: err.Error()}
			c.consume(n)
			return r, nil
		case err != nil:
			return record{}, err
		}
		if len(c.spans) == 0 { // a blank line
			c.consume(n)
			continue
		}
		r := record{line: c.line, cells: c.build(c.buf[c.off : c.off+n])}
		c.consume(n)
		return r, nil
	}
}

var (
	errMore  = errors.New("more input is needed")
	errStray = errors.New("a quote inside a quoted cell is not doubled")
	errWide  = fmt.Errorf("more than %d cells", maxColumns)
)

// spoilt returns the length of a bad row of which n bytes were read, 0 where its line does not end
// yet. It is one line, as a quote that somebody forgot should not take the next rows with it.
func (c *csvReader) spoilt(n int) int {
	b := c.buf[c.off:]
	if first := bytes.IndexByte(b, c.eol) + 1; first > 0 && c.twice+n-first <= maxTwice {
		c.twice += max(0, n-first)
		return first
	}
	switch rest := bytes.IndexByte(b[n:], c.eol) + 1; {
	case rest > 0:
		return n + rest
	case c.ended:
		return len(b)
	}
	return 0
}

// scan finds the cells of the record at the start of b and returns its length with the line end; of a
// bad record, how much of it was read.
func (c *csvReader) scan(b []byte) (int, error) {
	c.spans = c.spans[:0]
	if len(b) == 0 {
		if c.ended {
			return 0, io.EOF
		}
		return 0, errMore
	}
	lineEnd := -1
	for i := 0; ; {
		if len(c.spans) > maxColumns {
			return i, errWide
		}
		j := i
		for j < len(b) && b[j] == ' ' {
			j++
		}
		if j < len(b) && b[j] == '"' {
			k, err := c.quoted(b, j)
			if err != nil {
				return k, err
			}
			switch {
			case k == len(b):
				return k, nil
			case b[k] == c.comma:
				i = k + 1
				continue
			case b[k] == c.eol:
				return k + 1, nil
			default: // carriage return, as quoted made sure
				return min(k+2, len(b)), nil
			}
		}
		if lineEnd < i {
			switch nl := bytes.IndexByte(b[i:], c.eol); {
			case nl >= 0:
				lineEnd = i + nl
			case c.ended:
				lineEnd = len(b)
			default:
				return 0, errMore
			}
		}
		if k := bytes.IndexByte(b[i:lineEnd], c.comma); k >= 0 {
			c.spans = append(c.spans, span{start: i, stop: i + k})
			i += k + 1
			continue
		}
		stop := lineEnd
		if stop > i && b[stop-1] == '\r' {
			stop--
		}
		if stop > 0 || len(c.spans) > 0 {
			c.spans = append(c.spans, span{start: i, stop: stop})
		}
		return min(lineEnd+1, len(b)), nil
	}
}

// quoted reads the quoted cell whose opening quote is b[at] and returns where what follows it starts:
// a delimiter, a line end, the end of b, or what may not follow a quote.
func (c *csvReader) quoted(b []byte, at int) (int, error) {
	s := span{start: at + 1}
	k := at + 1
	for {
		q := bytes.IndexByte(b[k:], '"')
		if q < 0 {
			if !c.ended {
				return 0, errMore
			}
			return 0, c.unclosed(b[:at])
		}
		k += q + 1
		if k == len(b) && !c.ended {
			return 0, errMore
		}
		if k == len(b) || b[k] != '"' {
			break
		}
		s.doubled = true
		k++
	}
	s.stop = k - 1
	for k < len(b) && b[k] == ' ' {
		k++
	}
	if !c.ended && k+1 >= len(b) {
		return 0, errMore
	}
	c.spans = append(c.spans, s)
	switch {
	case k == len(b), b[k] == c.comma, b[k] == c.eol:
		return k, nil
	case b[k] == '\r' && (k+1 == len(b) || b[k+1] == '\n'):
		return k, nil
	}
	return k, errStray
}

func (c *csvReader) unclosed(before []byte) error {
	line := c.line + bytes.Count(before, []byte{c.eol})
	return fmt.Errorf("line %d: the quote opened here is never closed", line)
}

// build makes the cells of raw, one string under all of them.
func (c *csvReader) build(raw []byte) []string {
	s := string(raw)
	c.cells = c.cells[:0]
	for _, p := range c.spans {
		cell := s[p.start:p.stop]
		if p.doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		if c.inert {
			cell = collector.Live(cell)
		}
		c.cells = append(c.cells, cell)
	}
	return c.cells
}

func (c *csvReader) consume(n int) {
	c.line += bytes.Count(c.buf[c.off:c.off+n], []byte{c.eol})
	c.off += n
}

// fill reads at least as much as is pending, so that scanning again stays linear in all.
func (c *csvReader) fill() error {
	pending := len(c.buf) - c.off
	if pending > maxRecord {
		return fmt.Errorf("line %d: a row of more than %d MB; was a quote opened there and never closed?", c.line, maxRecord>>20)
	}
	want := max(64<<10, pending)
	if c.off > 0 {
		copy(c.buf, c.buf[c.off:])
		c.buf = c.buf[:pending]
		c.off = 0
	}
	if cap(c.buf) < pending+want {
		grown := make([]byte, pending, pending+want)
		copy(grown, c.buf)
		c.buf = grown
	}
	n, err := io.ReadAtLeast(c.r, c.buf[pending:pending+want], want)
	c.buf = c.buf[:pending+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		c.ended = true
		return nil
	}
	return err
}

// appendRow appends the cells as one line of comma-separated values.
func appendRow(b []byte, cells []string) []byte {
	for i, s := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		if !strings.ContainsAny(s, ",\"\r\n") && !strings.HasPrefix(s, " ") {
			b = append(b, s...)
			continue
		}
		b = append(b, '"')
		for {
			q := strings.IndexByte(s, '"')
			if q < 0 {
				break
			}
			b = append(append(b, s[:q+1]...), '"')
			s = s[q+1:]
		}
		b = append(append(b, s...), '"')
	}
	return append(b, '\n')
}
