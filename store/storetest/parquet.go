package storetest

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// WriteParquet writes what a query of DuckDB gives as a Parquet file.
func WriteParquet(ctx context.Context, path, query string) error {
	db, err := sql.Open("duckdb", "") // package store brings the driver
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "COPY ("+query+") TO '"+strings.ReplaceAll(path, "'", "''")+"' (FORMAT parquet)")
	return errors.Join(err, db.Close())
}
