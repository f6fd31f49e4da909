package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/klauspost/compress/zstd"
)

var (
	// ErrLocked means that another process holds the file; the message names it.
	ErrLocked = errors.New("held by another process")
	// ErrNewer means that a newer percept wrote the file.
	ErrNewer = errors.New("written by a newer percept")
	// ErrForeign means that the file is a database, but not one of percept's.
	ErrForeign = errors.New("not a percept database")
	// ErrFolder means that the folder the store should be in is not there.
	ErrFolder = errors.New("no such folder")
	// ErrMissing means that there is no such file, and the caller did not ask for a new one.
	ErrMissing = errors.New("no such store")
)

// A Store is one open DuckDB file. It is safe for one writer; reads may run beside each other.
type Store struct {
	db   *sql.DB
	path string
	now  time.Time

	mu     sync.Mutex
	writer *sql.Conn // holds the temporary tables; guarded by mu, as what follows
	// begun is true while a transaction is open, and uncommitted counts its rows.
	begun       bool
	uncommitted int
	last        int64 // version_id, 0 where it is not read yet
	feedback    rows
	met         filter        // of the source that is read
	seen        int           // how many feedbacks of it this run met
	compared    bool          // that it stored something is noted: compareAnew
	bodies      *zstd.Encoder // nil before the first page of a source
	choices     *choices      // as the open transaction has them; nil where they are not read yet

	restore func() // ends the time in which new files are private
}

// Options say how to open a store.
type Options struct {
	// Create makes the file where there is none; without it, a missing file is ErrMissing.
	Create bool
	// Wait is how long to wait for a file that another process holds.
	Wait time.Duration
	// Now is the time written beside what is stored.
	Now time.Time
	// Exports is the folder that Export writes into, empty for none. No query reads or writes any other file.
	Exports string
}

// Open opens the store at path, empty for one in memory, and brings its tables up to date.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if strings.ContainsAny(path, "?\x00") {
		return nil, fmt.Errorf("open store %q: a path may not hold a question mark", path)
	}
	if path != "" {
		// A folder that is not there may be a disk that is not: a second history must not begin unasked.
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return nil, fmt.Errorf("open store %s: %w", path, ErrFolder)
		}
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !o.Create {
			return nil, fmt.Errorf("open store %s: %w", path, ErrMissing)
		}
	}
	s := &Store{path: path, now: o.Now.UTC(), feedback: rows{table: "feedback"}, restore: private()}
	if err := s.open(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), s.release())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, o Options) (err error) {
	if s.db, err = openWait(ctx, s.path, o); err != nil {
		s.db = nil
		return err
	}
	if s.writer, err = s.db.Conn(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.path == "" {
		return nil
	}
	// What a killed process had no memory for would lie there for ever; the lock says that nobody else is at it.
	if err := os.RemoveAll(s.path + spilled); err != nil {
		return err
	}
	return os.Chmod(s.path, 0o600)
}

// release lets go of what open took, as far as it came.
func (s *Store) release() error {
	var err error
	if s.begun {
		err = s.commit(context.Background())
	}
	if s.writer != nil {
		err = errors.Join(err, s.writer.Close())
	}
	if s.db != nil {
		err = errors.Join(err, s.db.Close())
	}
	s.restore()
	return err
}

// Close writes everything to the file and lets other processes have it.
func (s *Store) Close() error {
	if err := s.release(); err != nil {
		return fmt.Errorf("close store %s: %w", s.path, err)
	}
	return nil
}

func openWait(ctx context.Context, path string, o Options) (*sql.DB, error) {
	deadline := time.Now().Add(o.Wait)
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		db, err := openOnce(ctx, path, o.Exports)
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

// spilled is what DuckDB calls the folder of what it has no memory for, after the name of the file.
const spilled = ".tmp"

// memoryMB is what DuckDB keeps in memory of tables and joins; what is more waits in a folder beside the file. Its
// guide asks for 125 MB a thread at least (duckdb.org/docs/stable/guides/performance/environment).
func memoryMB() int { return max(384, 128*runtime.GOMAXPROCS(0)) }

// lean is how DuckDB works while a source is read or feedback is scored: in less memory, as no join is large, and with one
// thread, as blocks and batches are small: two threads wait for each other for a fifth of the time that both take.
func (s *Store) lean(ctx context.Context) error {
	return s.set(ctx, fmt.Sprintf("SET memory_limit = '%dMB'; SET threads = 1", max(256, 64*runtime.GOMAXPROCS(0))))
}

// roomy ends lean.
func (s *Store) roomy(ctx context.Context) error {
	return s.set(ctx, fmt.Sprintf("SET memory_limit = '%dMB'; RESET threads", memoryMB()))
}

// exportMB is memoryMB of a store that exports, with one thread: beside it DuckDB holds what a thread reads and writes of
// Parquet, a group of rows each, and two threads are no faster.
const exportMB = 192

func (s *Store) set(ctx context.Context, settings string) error {
	if s.path == "" { // there is nowhere else for what is in memory
		return nil
	}
	_, err := s.db.ExecContext(ctx, settings)
	return err
}

func openOnce(ctx context.Context, path, exports string) (*sql.DB, error) {
	// Extensions would be fetched over plain HTTP, and SQL can read any file: both are off for good.
	dsn := path + "?autoinstall_known_extensions=false&autoload_known_extensions=false"
	switch {
	case exports != "": // confine closes the rest
		dsn += fmt.Sprintf("&memory_limit=%dMB&threads=1", exportMB)
	case path != "": // as in set
		dsn += fmt.Sprintf("&enable_external_access=false&memory_limit=%dMB", memoryMB())
	default:
		dsn += "&enable_external_access=false"
	}
	c, err := duckdb.NewConnector(dsn, nil)
	if err != nil {
		return nil, locked(err)
	}
	db := sql.OpenDB(c)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(locked(err), db.Close())
	}
	if exports == "" {
		return db, nil
	}
	if err := confine(ctx, db, exports); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// confine has SQL read and write files of one folder alone, which cannot be another later.
func confine(ctx context.Context, db *sql.DB, folder string) error {
	folder, err := filepath.Abs(folder)
	if err == nil {
		_, err = db.ExecContext(ctx, "SET allowed_directories = ["+literal(folder)+"]")
	}
	if err == nil {
		_, err = db.ExecContext(ctx, "SET enable_external_access = false")
	}
	return err
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
