package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// Copy reads a CSV file with DuckDB's COPY into a table of text in a database of its own, on disk, and
// says how long that took with closing: the yardstick of an import.
func Copy(t testing.TB, file string, columns, rows int) (took time.Duration, err error) {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(t.TempDir(), "bare.duckdb")) // package store brings the driver
	if err != nil {
		return 0, err
	}
	from := time.Now()
	n, err := copyFile(t.Context(), db, file, columns)
	err = errors.Join(err, db.Close())
	if err == nil && n != int64(rows) {
		err = fmt.Errorf("COPY read %d rows, want %d", n, rows)
	}
	return time.Since(from), err
}

func copyFile(ctx context.Context, db *sql.DB, file string, columns int) (int64, error) {
	table := "CREATE TABLE answer (c1 VARCHAR"
	for i := 2; i <= columns; i++ {
		table += fmt.Sprintf(", c%d VARCHAR", i)
	}
	if _, err := db.ExecContext(ctx, table+")"); err != nil {
		return 0, err
	}
	done, err := db.ExecContext(ctx, "COPY answer FROM '"+file+"' (HEADER)") //nolint:gosec // COPY takes no parameter; the path is the test's own
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}
