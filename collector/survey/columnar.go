package survey

import (
	"context"
	"fmt"
	"io"
	"iter"

	"percept/collector"
)

// A Columnar is an open file of a table that is no text: every column has a name and every value a text.
type Columnar interface {
	Columns() []string
	// Rows reads the rows from the first. A row is valid until the next; an error ends them.
	Rows(ctx context.Context) iter.Seq2[[]string, error]
	Close() error
}

func columnarLayout(table Columnar) (Layout, error) {
	names := table.Columns()
	if len(names) > maxColumns {
		return Layout{}, fmt.Errorf("more than %s columns", collector.Thousands(maxColumns))
	}
	l := Layout{Kind: "parquet"}
	for _, n := range names {
		l.Columns = append(l.Columns, Column{Name: cut(n)})
	}
	return l, nil
}

// A columnarReader reads the rows of a Columnar, which are numbered from 1.
type columnarReader struct {
	pull func() ([]string, error, bool)
	stop func()
	line int
}

func readColumnar(ctx context.Context, table Columnar) *columnarReader {
	pull, stop := iter.Pull2(table.Rows(ctx))
	return &columnarReader{pull: pull, stop: stop}
}

func (c *columnarReader) next() (record, error) {
	cells, err, ok := c.pull()
	if !ok {
		return record{}, io.EOF
	}
	if err != nil {
		return record{}, err
	}
	c.line++
	size := 0
	for _, cell := range cells {
		size += len(cell)
	}
	if size > maxRecord {
		return record{line: c.line, bad: fmt.Sprintf("a row of more than %d MB", maxRecord>>20)}, nil
	}
	return record{line: c.line, cells: cells}, nil
}
