package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

var (
	// ErrLocked means that another process holds the file; the message names it.
	ErrLocked = errors.New("held by another process")
	// ErrNewer means that a newer percept wrote the file.
	ErrNewer = errors.New("written by a newer percept")
	// ErrForeign means that the file is a database, but not one of percept's.
	ErrForeign = errors.New("not a percept database")
	// ErrMissing means that there is no such file, and the caller did not ask for a new one.
	ErrMissing = errors.New("no such store")
)

// A Store is one open DuckDB file. It is safe for one writer; reads may run beside each other.
type Store struct {
	db   *sql.DB
	path string
	now  time.Time

	mu     sync.Mutex
	writer *sql.Conn // holds the temporary tables; guarded by mu
}

// Options say how to open a store.
type Options struct {
	// Create makes the file where there is none; without it, a missing file is ErrMissing.
	Create bool
	// Wait is how long to wait for a file that another process holds.
	Wait time.Duration
	// Now is the time written beside what is stored.
	Now time.Time
}

// Open opens the store at path, empty for one in memory, and brings its tables up to date.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if strings.ContainsAny(path, "?\x00") {
		return nil, fmt.Errorf("open store %q: a path may not hold a question mark", path)
	}
	if path != "" {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !o.Create {
			return nil, fmt.Errorf("open store %s: %w", path, ErrMissing)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("open store %s: %w", path, err)
		}
	}
	db, err := openWait(ctx, path, o.Wait)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s := &Store{db: db, path: path, now: o.Now.UTC()}
	if s.writer, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), db.Close())
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), db.Close())
	}
	if path != "" {
		if err := os.Chmod(path, 0o600); err != nil {
			return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), db.Close())
		}
	}
	return s, nil
}

// Close writes everything to the file and lets other processes have it.
func (s *Store) Close() error {
	if err := errors.Join(s.writer.Close(), s.db.Close()); err != nil {
		return fmt.Errorf("close store %s: %w", s.path, err)
	}
	return nil
}

func openWait(ctx context.Context, path string, wait time.Duration) (*sql.DB, error) {
	deadline := time.Now().Add(wait)
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		db, err := openOnce(ctx, path)
		if err == nil || !errors.Is(err, ErrLocked) || time.Now().Add(pause).After(deadline) {
			return db, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func openOnce(ctx context.Context, path string) (*sql.DB, error) {
	// Extensions would be fetched over plain HTTP, and SQL can read any file: both are off for good.
	dsn := path + "?autoinstall_known_extensions=false&autoload_known_extensions=false&enable_external_access=false"
	c, err := duckdb.NewConnector(dsn, nil)
	if err != nil {
		return nil, locked(err)
	}
	db := sql.OpenDB(c)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(locked(err), db.Close())
	}
	return db, nil
}

var holder = regexp.MustCompile(`Conflicting lock is held in (\S*)[^(]*\(PID (\d+)\)`)

// locked turns DuckDB's refusal into ErrLocked with the program and process that hold the file.
func locked(err error) error {
	if m := holder.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("%w: %s, process %s", ErrLocked, filepath.Base(m[1]), m[2])
	}
	if strings.Contains(err.Error(), "Could not set lock on file") {
		return ErrLocked
	}
	return err
}
