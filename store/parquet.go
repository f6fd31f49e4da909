package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// A Parquet is an open Parquet file. It is read by a DuckDB of its own, in memory, which may open no other
// file, write none and load no extension: the file is a stranger's.
type Parquet struct {
	db      *sql.DB
	path    string
	columns []string
	query   string
}

// OpenParquet opens the file at path and reads the names of its columns.
func OpenParquet(ctx context.Context, path string) (*Parquet, error) {
	if strings.ContainsAny(path, "*?[]\x00") {
		return nil, fmt.Errorf("%s: a Parquet file whose path holds *, ?, [ or ]: rename it", filepath.Base(path))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	c, err := duckdb.NewConnector("?autoinstall_known_extensions=false&autoload_known_extensions=false&threads=1&memory_limit=256MB", nil)
	if err != nil {
		return nil, err
	}
	p := &Parquet{db: sql.OpenDB(c), path: path}
	p.db.SetMaxOpenConns(1)
	if err := p.open(ctx); err != nil {
		return nil, errors.Join(plainly(err), p.db.Close())
	}
	return p, nil
}

func (p *Parquet) open(ctx context.Context) error {
	for _, setting := range []string{
		"allowed_paths = ['" + strings.ReplaceAll(p.path, "'", "''") + "']", "temp_directory = ''", "TimeZone = 'UTC'",
		"enable_external_access = false", "lock_configuration = true",
	} {
		if _, err := p.db.ExecContext(ctx, "SET "+setting); err != nil {
			return err
		}
	}
	rows, err := p.db.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet(?, hive_partitioning = false))", p.path)
	if err != nil {
		return err
	}
	defer rows.Close()
	var cells []string
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return err
		}
		p.columns = append(p.columns, name)
		cells = append(cells, cellSQL(`"`+strings.ReplaceAll(name, `"`, `""`)+`"`, kind))
	}
	p.query = "SELECT " + strings.Join(cells, ", ") + " FROM read_parquet(?, hive_partitioning = false)"
	return rows.Err()
}

// cellSQL is a column as a cell of a survey holds it: several choices are joined as forms join them.
func cellSQL(column, kind string) string {
	if strings.HasSuffix(kind, "[]") {
		return "coalesce(array_to_string(" + column + "::VARCHAR[], '; '), '')"
	}
	return "coalesce(" + column + "::VARCHAR, '')"
}

// plainly is an error of DuckDB without its class and the query that it repeats.
func plainly(err error) error {
	words, _, _ := strings.Cut(err.Error(), "\n")
	if _, rest, classed := strings.Cut(words, " Error: "); classed {
		words = rest
	}
	return errors.New(words)
}

// Columns are the names of the columns.
func (p *Parquet) Columns() []string { return p.columns }

// Rows reads the rows from the first, each value as text; times are in UTC. A row is valid until the next.
// An error ends them. One reading at a time.
func (p *Parquet) Rows(ctx context.Context) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		rows, err := p.db.QueryContext(ctx, p.query, p.path)
		if err != nil {
			yield(nil, plainly(err))
			return
		}
		defer rows.Close()
		cells, into := make([]string, len(p.columns)), make([]any, len(p.columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				yield(nil, err)
				return
			}
			if !yield(cells, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, plainly(err))
		}
	}
}

// Close closes the file.
func (p *Parquet) Close() error { return p.db.Close() }
