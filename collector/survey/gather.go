package survey

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// A gatherer brings the rows of each respondent together, where one row is one answer and those of a respondent may
// stand anywhere in the file. They wait in memory, in the order of their first rows; where they take more than limit
// there, in a temporary file, in parts each of which holds its respondents whole and is brought together by itself.
type gatherer struct {
	dir   string // of the temporary file: Options.TempDir
	limit int    // bytes

	at      map[string]int // in waiting
	waiting []waiting
	held    int // bytes that those waiting take
	f       *os.File
	written int64
	parts   [gatherParts][]extent // nil where all wait in memory
}

const (
	heldAnswers = 24 << 20 // bytes
	gatherParts = 256
)

// waiting are rows of one respondent.
type waiting struct {
	who  string
	body []byte
	rows int
}

// An extent is where rows of one part lie in the temporary file.
type extent struct{ at, size int64 }

func newGatherer(dir string) *gatherer {
	return &gatherer{dir: dir, limit: heldAnswers, at: make(map[string]int)}
}

// add takes a row of a respondent.
func (g *gatherer) add(who string, line []byte) error {
	g.hold(who, line, 1)
	if g.held < g.limit {
		return nil
	}
	return g.spill()
}

func (g *gatherer) hold(who string, body []byte, rows int) {
	const overhead = 128 // of one who waits
	at, known := g.at[who]
	if !known {
		at = len(g.waiting)
		g.at[who] = at
		g.waiting = append(g.waiting, waiting{who: who})
		g.held += overhead + len(who)
	}
	w := &g.waiting[at]
	w.body = append(w.body, body...)
	w.rows += rows
	g.held += len(body)
}

// spill moves those waiting to the temporary file.
func (g *gatherer) spill() (err error) {
	if g.f == nil {
		if g.dir != "" {
			if err := os.MkdirAll(g.dir, 0o700); err != nil {
				return err
			}
		}
		if g.f, err = os.CreateTemp(g.dir, "answers-"); err != nil {
			return err
		}
	}
	var parts [gatherParts][]int
	for i := range g.waiting {
		h := fnv.New32a()
		_, _ = io.WriteString(h, g.waiting[i].who) // never fails
		p := h.Sum32() % gatherParts
		parts[p] = append(parts[p], i)
	}
	out := bufio.NewWriterSize(g.f, 64<<10)
	var head []byte
	for p, those := range parts {
		from := g.written
		for _, i := range those {
			w := &g.waiting[i]
			head = binary.AppendUvarint(head[:0], uint64(w.rows))
			head = binary.AppendUvarint(head, uint64(len(w.who)))
			head = append(head, w.who...)
			head = binary.AppendUvarint(head, uint64(len(w.body)))
			_, _ = out.Write(head)
			_, _ = out.Write(w.body) // Flush tells of an error
			g.written += int64(len(head) + len(w.body))
		}
		if g.written > from {
			g.parts[p] = append(g.parts[p], extent{from, g.written - from})
		}
	}
	g.forget()
	return out.Flush()
}

func (g *gatherer) forget() {
	clear(g.at)
	clear(g.waiting)
	g.waiting, g.held = g.waiting[:0], 0
}

// each passes on the rows of each respondent, until yield wants no more.
func (g *gatherer) each(yield func(w waiting) bool) error {
	if g.f == nil {
		g.pass(yield)
		return nil
	}
	if err := g.spill(); err != nil {
		return err
	}
	for _, extents := range g.parts {
		for _, e := range extents {
			if err := g.read(e); err != nil {
				return fmt.Errorf("read %s again: %w", g.f.Name(), err)
			}
		}
		if !g.pass(yield) {
			return nil
		}
		g.forget()
	}
	return nil
}

func (g *gatherer) pass(yield func(w waiting) bool) bool {
	for _, w := range g.waiting {
		if !yield(w) {
			return false
		}
	}
	return true
}

// read takes up what was moved to the temporary file.
func (g *gatherer) read(e extent) error {
	in := bufio.NewReaderSize(io.NewSectionReader(g.f, e.at, e.size), 64<<10)
	var who, body []byte
	for {
		rows, err := binary.ReadUvarint(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			who, err = readSized(in, who)
		}
		if err == nil {
			body, err = readSized(in, body)
		}
		if err != nil {
			return err
		}
		g.hold(string(who), body, int(rows))
	}
}

// readSized reads bytes after their number, into b where it is large enough.
func readSized(in *bufio.Reader, b []byte) ([]byte, error) {
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return b, err
	}
	if uint64(cap(b)) < n {
		b = make([]byte, n)
	}
	b = b[:n]
	_, err = io.ReadFull(in, b)
	return b, err
}

// Close removes the temporary file.
func (g *gatherer) Close() error {
	if g.f == nil {
		return nil
	}
	err := errors.Join(g.f.Close(), os.Remove(g.f.Name()))
	if g.dir != "" {
		_ = os.Remove(g.dir) // it holds more where a workbook is read
	}
	return err
}
