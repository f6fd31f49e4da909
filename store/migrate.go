package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed sql/migrations/*.sql
var migrations embed.FS

// migrate runs the migrations that the file lacks, each in a transaction, and checkpoints after
// them, since DuckDB's write-ahead log is weakest right after a change of schema.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Glob(migrations, "sql/migrations/*.sql")
	if err != nil {
		return err
	}
	done, err := s.migrated(ctx)
	if err != nil {
		return err
	}
	if done > len(files) {
		return fmt.Errorf("%w: its tables are version %d, this percept knows %d", ErrNewer, done, len(files))
	}
	for i, file := range files[done:] {
		if err := s.apply(ctx, done+i+1, file); err != nil {
			return fmt.Errorf("migrate to %s: %w", strings.TrimPrefix(file, "sql/migrations/"), err)
		}
	}
	if done < len(files) && s.path != "" {
		_, err = s.db.ExecContext(ctx, "CHECKPOINT")
	}
	return err
}

// migrated returns how many migrations the file has. It makes the table that counts them in an empty
// file and refuses a file with tables of somebody else.
func (s *Store) migrated(ctx context.Context) (int, error) {
	var tables, ours int
	err := s.db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (table_name = 'percept_migration')
		FROM information_schema.tables WHERE table_schema = 'main'`).Scan(&tables, &ours)
	if err != nil {
		return 0, err
	}
	if ours == 0 {
		if tables > 0 {
			return 0, ErrForeign
		}
		_, err := s.db.ExecContext(ctx, "CREATE TABLE percept_migration (version INTEGER, done_at TIMESTAMP)")
		return 0, err
	}
	var done int
	err = s.db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM percept_migration").Scan(&done)
	return done, err
}

func (s *Store) apply(ctx context.Context, version int, file string) error {
	number, _, _ := strings.Cut(strings.TrimPrefix(file, "sql/migrations/"), "_")
	if n, err := strconv.Atoi(number); err != nil || n != version {
		return fmt.Errorf("number %s, want %04d", number, version)
	}
	text, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO percept_migration VALUES (?, ?)", version, s.now); err != nil {
		return err
	}
	return tx.Commit()
}
