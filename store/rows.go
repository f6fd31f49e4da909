package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// rows appends many rows to a table of the file. Each value that an appender takes is a call into DuckDB: what is one value
// in all rows is not given to it, but kept in a variable of the connection, of which its statement takes it.
type rows struct {
	table string
	names []string       // of the columns
	same  []driver.Value // a row of which the variable has the values

	values []driver.Value // room for the values of rows, one after another
}

// add appends rows, one after another in values, none of which is a slice. It keeps the room that they took.
func (r *rows) add(ctx context.Context, b batch, values []driver.Value) error {
	defer func() {
		clear(values)
		r.values = values[:0]
	}()
	if len(values) == 0 {
		return nil
	}
	if r.names == nil {
		names, err := b.columns(ctx, r.table)
		if err != nil {
			return err
		}
		r.names = names
	}
	width := len(r.names)
	first := values[:width]
	differ := make([]bool, width)
	known := r.same != nil
	for i, v := range first {
		for at := width + i; at < len(values) && !differ[i]; at += width {
			differ[i] = values[at] != v
		}
		known = known && (differ[i] || r.same[i] == v)
	}
	differ[0] = true // an appender takes one column at least
	if !known {
		if err := r.remember(ctx, b, slices.Clone(first)); err != nil {
			return err
		}
	}
	return r.append(b, values, differ)
}

// remember makes a row the variable of the table.
func (r *rows) remember(ctx context.Context, b batch, row []driver.Value) error {
	r.same = nil
	if err := b.stage(ctx, "same_"+r.table, "* FROM "+r.table, [][]driver.Value{row}); err != nil {
		return err
	}
	if err := b.exec(ctx, fmt.Sprintf("SET VARIABLE same_%[1]s = (SELECT same_%[1]s FROM same_%[1]s)", r.table)); err != nil {
		return err
	}
	r.same = row
	return nil
}

// append appends the columns that differ, and what the variable has of the others.
func (r *rows) append(b batch, values []driver.Value, differ []bool) error {
	var names []string
	cells := make([]string, len(r.names))
	for i, name := range r.names {
		if !differ[i] {
			cells[i] = fmt.Sprintf("getvariable('same_%s').%s", r.table, name)
			continue
		}
		names = append(names, name)
		cells[i] = fmt.Sprintf("col%d", len(names))
	}
	query := fmt.Sprintf("INSERT INTO %s SELECT %s FROM appended_data", r.table, strings.Join(cells, ", "))
	return b.conn.Raw(func(c any) error {
		a, err := duckdb.NewTableAppender(c.(driver.Conn), query, "", "", r.table, names)
		if err != nil {
			return err
		}
		differing := make([]driver.Value, 0, len(names))
		for row := range slices.Chunk(values, len(r.names)) {
			differing = differing[:0]
			for i, v := range row {
				if differ[i] {
					differing = append(differing, v)
				}
			}
			if err := a.AppendRow(differing...); err != nil {
				return errors.Join(err, a.Close())
			}
		}
		return a.Close()
	})
}

// columns are the names of the columns of a table.
func (b batch) columns(ctx context.Context, table string) ([]string, error) {
	none, err := b.conn.QueryContext(ctx, "FROM "+table+" LIMIT 0") //nolint:gosec // a table of our own
	if err != nil {
		return nil, err
	}
	defer none.Close()
	names, err := none.Columns()
	return names, errors.Join(err, none.Err())
}
