package survey

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"percept/collector"
)

// A Table is an open CSV, TSV or XLSX file that need not be a survey: rows of cells, in any of the
// encodings and with any of the delimiters that survey files come in.
type Table struct{ f *file }

// A Row is one row of a Table; Bad says why it cannot be read, and is empty where it can.
type Row struct {
	Line  int // where it starts, from 1; in a workbook the number of the row
	Cells []string
	Bad   string
}

// OpenTable opens the file at path and finds out what kind of table it is.
func OpenTable(ctx context.Context, path string) (*Table, error) {
	f, err := open(ctx, path, Options{Path: path})
	if err != nil {
		return nil, err
	}
	return &Table{f}, nil
}

// Rows yields the rows from the top, headings too, until ctx ends. An error ends them.
func (t *Table) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		rows, err := t.f.records(ctx)
		if err != nil {
			yield(Row{}, err)
			return
		}
		for {
			r, err := rows.next()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				yield(Row{}, err)
				return
			case r.bad == "" && separatorLine(r):
				continue
			}
			if !yield(Row{Line: r.line, Cells: slices.Clone(r.cells), Bad: r.bad}, nil) {
				return
			}
		}
	}
}

// Close closes the file.
func (t *Table) Close() error { return t.f.Close() }

// ErrOrder is the error of a date that may be day first or month first.
var ErrOrder = errors.New("may be day first or month first")

// ParseDate reads a date as tables and APIs write them: ISO 8601 and its relatives, numbers with slashes,
// dots or dashes, months by name, Unix seconds and milliseconds. order settles 03/04/2026, which without
// it is ErrOrder; zone is that of a time which states none.
func ParseDate(value string, order Order, zone *time.Location) (collector.Date, error) {
	d, err := parseStamp(value)
	if err != nil {
		return collector.Date{}, err
	}
	settled, ok := d.ordered(order)
	switch {
	case !ok:
		return collector.Date{}, fmt.Errorf("it is %s", d.reading)
	case settled.reading == either:
		return collector.Date{}, ErrOrder
	}
	return settled.date(zone), nil
}
