package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duckdb/duckdb-go/v2"
)

// A batch is one transaction on one connection. Rows go through DuckDB's appender into a temporary
// table and from there in one statement to where they belong: 300 times faster than row by row.
type batch struct {
	conn *sql.Conn
}

// write runs fn in one transaction: all of it is kept or nothing. Blocks of a file that wait for their
// commit are kept before it, whatever becomes of fn.
func (s *Store) write(ctx context.Context, fn func(b batch) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begun {
		if err := s.commit(context.WithoutCancel(ctx)); err != nil {
			return err
		}
	}
	if err := s.do(ctx, fn); err != nil {
		return err
	}
	return s.commit(ctx)
}

// groupRows is how many rows of feedback are kept in one transaction where a file has so many: twice as many as DuckDB
// stores together, so that they are compressed and written once, and not first into its log. After each single group it
// would merge the few rows that are left over with it, and write both anew.
const groupRows = 2 * 122_880

// writeBlock is write for one block of a file with so many rows. It is kept at the latest by the next write or by
// Close: of a process that is killed, the last blocks are read again.
func (s *Store) writeBlock(ctx context.Context, rows int, fn func(b batch) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.do(ctx, fn); err != nil {
		return err
	}
	if s.uncommitted += rows; s.uncommitted < groupRows {
		return nil
	}
	return s.commit(ctx)
}

// do runs fn in the transaction that is open, or in a new one, and leaves it open. An error ends it, and nothing
// of it is kept.
func (s *Store) do(ctx context.Context, fn func(b batch) error) error {
	b := batch{s.writer}
	if !s.begun {
		if err := b.exec(ctx, "BEGIN"); err != nil {
			return err
		}
		s.begun = true
	}
	err := fn(b)
	if err != nil {
		// The context may be what ended fn; the rollback must run all the same.
		err = errors.Join(err, b.exec(context.WithoutCancel(ctx), "ROLLBACK"))
		s.begun, s.uncommitted, s.choices, s.last = false, 0, nil, 0
	}
	return err
}

func (s *Store) commit(ctx context.Context) error {
	s.begun, s.uncommitted = false, 0
	err := batch{s.writer}.exec(ctx, "COMMIT")
	if err != nil {
		s.choices, s.last = nil, 0
	}
	return err
}

func (b batch) exec(ctx context.Context, query string, args ...any) error {
	_, err := b.conn.ExecContext(ctx, query, args...)
	return err
}

func (b batch) count(ctx context.Context, query string, args ...any) (int, error) {
	var n int
	err := b.conn.QueryRowContext(ctx, query, args...).Scan(&n)
	return n, err
}

// stageInto appends rows to a table by way of a temporary one.
func (b batch) stageInto(ctx context.Context, table string, rows [][]driver.Value) error {
	name := "staged_" + table
	if err := b.stage(ctx, name, "* FROM "+table, rows); err != nil {
		return fmt.Errorf("stage %s: %w", table, err)
	}
	return b.exec(ctx, fmt.Sprintf("INSERT INTO %s FROM %s", table, name))
}

// replace makes rows those of a table. Where they are already, nothing is written: whoever only looks leaves the file
// as it is.
func (b batch) replace(ctx context.Context, table string, rows [][]driver.Value) error {
	name := "staged_" + table
	if err := b.stage(ctx, name, "* FROM "+table, rows); err != nil {
		return fmt.Errorf("stage %s: %w", table, err)
	}
	differ, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM ((FROM %[1]s EXCEPT ALL FROM %[2]s) UNION ALL (FROM %[2]s EXCEPT ALL FROM %[1]s))", name, table))
	if err != nil || differ == 0 {
		return err
	}
	return b.exec(ctx, fmt.Sprintf("DELETE FROM %[2]s; INSERT INTO %[2]s FROM %[1]s", name, table))
}

// stage makes the temporary table NAME with the columns of table like, and appends the rows.
func (b batch) stage(ctx context.Context, name, like string, rows [][]driver.Value) error {
	return b.stageEach(ctx, name, like, slices.Values(rows))
}

// stageEach is stage for rows that are made one at a time: each is done with when the next is asked for.
func (b batch) stageEach(ctx context.Context, name, like string, rows iter.Seq[[]driver.Value]) error {
	if err := b.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE %s AS SELECT %s LIMIT 0", name, like)); err != nil {
		return err
	}
	return b.appendEach("temp", name, rows)
}

// appendEach appends rows to a table of the catalog, empty for that of the file: each is done with when the
// next is asked for.
func (b batch) appendEach(catalog, table string, rows iter.Seq[[]driver.Value]) error {
	return b.conn.Raw(func(c any) error {
		a, err := duckdb.NewAppender(c.(driver.Conn), catalog, "", table)
		if err != nil {
			return err
		}
		for row := range rows {
			if err := a.AppendRow(row...); err != nil {
				return errors.Join(err, a.Close())
			}
		}
		return a.Close()
	})
}

// text makes a string fit for the database, which stores NULL in place of invalid UTF-8 without a
// word: broken bytes become U+FFFD.
func text(s string) driver.Value {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// optional is text, with NULL for the empty string.
func optional(s string) driver.Value {
	if s == "" {
		return nil
	}
	return text(s)
}

// moment is a time for a TIMESTAMP column, NULL for the zero time.
func moment(t time.Time) driver.Value {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

// number is v, or NULL where there is none.
func number(v float64, ok bool) driver.Value {
	if !ok {
		return nil
	}
	return v
}
