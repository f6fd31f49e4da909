package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"percept/analysis"
	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// TestMain lets the test binary be the other process that holds a store.
func TestMain(m *testing.M) {
	if path := os.Getenv("PERCEPT_TEST_HOLD"); path != "" {
		os.Exit(hold(path))
	}
	os.Exit(m.Run())
}

// hold opens the store, says so, and keeps it until its standard input ends.
func hold(path string) int {
	s, err := store.Open(context.Background(), path, store.Options{Create: true, Now: storetest.Now})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	// Written, so that there is a log beside the file.
	if err := s.SetPractices(context.Background(), []collector.Practice{{ID: "elm", Zone: johannesburg}}); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("held")
	bufio.NewReader(os.Stdin).ReadString('\n')
	if err := s.Close(); err != nil {
		return 1
	}
	return 0
}

func TestOpenNamesTheProcessThatHoldsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "percept.duckdb")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PERCEPT_TEST_HOLD="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("holder said %q", line)
	}
	if files, err := filepath.Glob(path + "*"); err != nil || len(files) == 0 {
		t.Errorf("files of the store: %v, %v", files, err)
	} else {
		for _, f := range files {
			if info, err := os.Stat(f); err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: %v, %v, want it to be the user's alone", f, info.Mode(), err)
			}
		}
	}
	_, err = store.Open(t.Context(), path, store.Options{Now: storetest.Now})
	if !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint(cmd.Process.Pid)) {
		t.Errorf("Open = %v, want ErrLocked naming process %d", err, cmd.Process.Pid)
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("holder: %v", err)
	}
	s, err := store.Open(t.Context(), path, store.Options{Now: storetest.Now})
	if err != nil {
		t.Fatalf("Open after it let go = %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	junk := filepath.Join(dir, "junk.duckdb")
	if err := os.WriteFile(junk, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.duckdb")
	run(t, foreign, "CREATE TABLE theirs (a INTEGER)")
	newer := filepath.Join(dir, "newer.duckdb")
	s, err := store.Open(t.Context(), newer, store.Options{Create: true, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, newer, "INSERT INTO percept_migration VALUES (9999, now()::TIMESTAMP)")
	tests := []struct {
		name, path string
		want       error
	}{
		{"a missing file unless asked to make it", filepath.Join(dir, "none.duckdb"), store.ErrMissing},
		{"a folder that is not there", filepath.Join(dir, "usb", "percept.duckdb"), store.ErrFolder},
		{"a database of somebody else", foreign, store.ErrForeign},
		{"a file of a newer percept", newer, store.ErrNewer},
		{"a file that is no database", junk, nil},
		{"a path that DuckDB would take apart", filepath.Join(dir, "a?b.duckdb"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := store.Open(t.Context(), tt.path, store.Options{Now: storetest.Now})
			if err == nil {
				s.Close()
				t.Fatalf("Open(%s) = nil, want an error", tt.path)
			}
			if tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("Open = %v, want %v", err, tt.want)
			}
			if !strings.Contains(err.Error(), tt.path) && !strings.Contains(err.Error(), filepath.Base(tt.path)) {
				t.Errorf("Open = %v, want the path named", err)
			}
		})
	}
}

// A killed process leaves there what it had no memory for, words of customers among it.
func TestOpenClearsWhatAKilledProcessLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "percept.duckdb")
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	var folder string
	if err := errors.Join(db.QueryRow("SELECT current_setting('temp_directory')").Scan(&folder), db.Close()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(path), os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "duckdb_temp_storage-0.tmp"), []byte("words"), 0o600)); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), path, store.Options{Create: true, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is there still: %v", folder, err)
	}
}

func run(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestBrokenBytesAreRepairedNotLost(t *testing.T) {
	s := storetest.New(t)
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: johannesburg}}); err != nil {
		t.Fatal(err)
	}
	f := review("broken", "Sm\xf6rg\x00\xff", 4)
	keep(t, s, "00000001", []collector.Feedback{f})
	words, err := s.Words(t.Context(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := words[analysis.Passage{Feedback: f.ID, Version: 1}], "Sm\uFFFDrg\x00\uFFFD"; got != want {
		t.Errorf("stored %q, want %q", got, want)
	}
}
