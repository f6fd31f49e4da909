package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// perceptCommand runs this test binary as percept, in dir.
func perceptCommand(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"percept"}, args...)
	cmd.Dir = dir
	return cmd
}

// A run that is killed at any moment and run again ends like one that was not.
func TestKilledRunEndsLikeAnUndisturbedOne(t *testing.T) {
	t.Parallel()
	const kills = 8
	want := t.TempDir()
	layOutSurvey(t, want)
	started := time.Now()
	if out, err := perceptCommand(t, want, "run", "--now", "2026-11-16").CombinedOutput(); err != nil {
		t.Fatalf("undisturbed run: %v\n%s", err, out)
	}
	whole := time.Since(started)
	got := t.TempDir()
	layOutSurvey(t, got)
	// The identity key is made at random; the same one makes the same ids.
	copyFile(t, filepath.Join(want, keyFile), filepath.Join(got, keyFile))
	random := rand.New(rand.NewPCG(7, 7))
	for range kills {
		cmd := perceptCommand(t, got, "run", "--now", "2026-11-16")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole))), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // killed or done: both are fine
		timer.Stop()
	}
	if out, err := perceptCommand(t, got, "run", "--now", "2026-11-16").CombinedOutput(); err != nil {
		t.Fatalf("run after %d kills: %v\n%s", kills, err, out)
	}
	for _, name := range []string{"reports/index.html", "reports/elm/index.html"} {
		a, b := readFile(t, filepath.Join(want, name)), readFile(t, filepath.Join(got, name))
		if !bytes.Equal(a, b) {
			i := 0
			for i < min(len(a), len(b)) && a[i] == b[i] {
				i++
			}
			t.Errorf("%s differs after kills at byte %d:\n%s\nwant\n%s", name, i, around(b, i), around(a, i))
		}
	}
	if a, b := counters(t, want), counters(t, got); a != b {
		t.Errorf("status after kills:\n%s\nwant\n%s", b, a)
	}
}

func around(b []byte, at int) []byte { return b[max(0, at-200):min(len(b), at+200)] }

func layOutSurvey(t *testing.T, dir string) {
	t.Helper()
	config := "practices:\n  - id: elm\n    sources:\n      - {type: survey, path: elm.csv}\n"
	var rows strings.Builder
	rows.WriteString("Response ID,Submitted at,How thorough was your eye exam? (1-5),What could we do better?\n")
	says := []string{"Nothing", "The wait at reception was too long.", "Ring when the glasses are ready, I had to phone twice.", "", "A clearer quote please"}
	for i := range 4_000 {
		at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * 110 * time.Minute)
		fmt.Fprintf(&rows, "R-%d,%s,%d,%q\n", i, at.Format(time.DateTime), i%5+1, says[i%len(says)])
	}
	for name, text := range map[string]string{"percept.yaml": config, "elm.csv": rows.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// counters are the lines of status --json that a killed run must not change.
func counters(t *testing.T, dir string) string {
	t.Helper()
	out, err := perceptCommand(t, dir, "status", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for l := range strings.Lines(string(out)) {
		for _, key := range []string{"feedback", "responses", "reviews", "answers", "mentions", "sources", "alerts_due", "versions", "removed", "pages"} {
			if strings.Contains(l, `"`+key) {
				kept = append(kept, strings.TrimSpace(l))
			}
		}
	}
	return strings.Join(kept, "\n")
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if err := os.WriteFile(to, readFile(t, from), 0o600); err != nil {
		t.Fatal(err)
	}
}
