package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// layOutWatch writes a practice with one small survey, and what more the config says.
func layOutWatch(t *testing.T, more string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	files := map[string]string{
		"percept.yaml": "zone: Europe/Berlin\npractices:\n  - id: elm\n    sources:\n      - {type: survey, path: elm.csv}\n" + more,
		"elm.csv":      "Response ID,Submitted at,What could we do better?\nA-1,2026-03-02 09:15:00,Nothing\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Over the nights in which the clock changes, a source is read once a day at its time; after a sleep of
// the machine once for all that was missed.
func TestWatchKeepsItsTimes(t *testing.T) {
	for _, c := range []struct {
		name, from, until string
		sleeps            map[string]time.Duration // the machine's, by when they begin
		want              []string
	}{
		{"clock forward", "2026-03-27T12:00:00Z", "2026-03-31T12:00:00Z", nil,
			[]string{"2026-03-27T12:00:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"}},
		{"clock back", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", nil,
			[]string{"2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"a sleep of three days", "2026-05-01T12:00:00Z", "2026-05-06T12:00:00Z", map[string]time.Duration{"2026-05-02T10:00:00Z": 72 * time.Hour},
			[]string{"2026-05-01T12:00:00Z", "2026-05-02T00:30:00Z", "2026-05-05T10:00:00Z", "2026-05-06T00:30:00Z"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := layOutWatch(t, "watch: {schedule: \"02:30\"}\n")
			now, until := at(t, c.from), at(t, c.until)
			a := &app{in: nil, out: io.Discard, err: io.Discard, config: filepath.Join(dir, "percept.yaml"), workers: 1, log: slog.New(slog.DiscardHandler)}
			cfg, err := readConfig(a.config)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var got []string
			w := &watcher{app: a, cfg: cfg, clock: func() time.Time { return now }}
			runs := 0
			w.sleep = func(ctx context.Context, d time.Duration) error {
				if s := w.health.state; s.Runs > runs {
					runs = s.Runs
					got = append(got, s.LastRun.Format(time.RFC3339))
					if s.Failures > 0 {
						t.Errorf("%s: %s", now, s.LastError)
					}
				}
				before := now
				// Glances are skipped up to the half hour, in which nothing can be due.
				if now = now.Add(d); now.Truncate(30*time.Minute) != before.Truncate(30*time.Minute) || d == glance {
					now = before.Truncate(30 * time.Minute).Add(30 * time.Minute)
				}
				for from, d := range c.sleeps {
					if !now.Before(at(t, from)) && before.Before(at(t, from)) {
						now = now.Add(d)
					}
				}
				if now.After(until) {
					cancel()
				}
				return ctx.Err()
			}
			w.health.begin(now)
			w.loop(ctx)
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("read at\n%v, want\n%v", got, c.want)
			}
		})
	}
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	out, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A watch that runs: one instance, other commands beside it, health by three ways, reload, clean stop.
func TestWatchLives(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dir := layOutWatch(t, fmt.Sprintf("watch: {listen: %q}\n", listen))
	cmd := perceptCommand(t, dir, "watch")
	errs, err := cmd.StderrPipe()
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
	defer func() { _ = cmd.Process.Kill() }() // gone already, when all is well
	words, says := bufio.NewScanner(errs), bufio.NewScanner(out)
	until := func(s *bufio.Scanner, want string) {
		t.Helper()
		for s.Scan() {
			if strings.Contains(s.Text(), want) {
				return
			}
		}
		t.Fatalf("the watch never says %q", want)
	}
	until(words, "watching 1 source")
	until(says, "report: ")
	if out, err := perceptCommand(t, dir, "watch").CombinedOutput(); err == nil || !strings.Contains(string(out), fmt.Sprintf("another percept watch has this store: process %d", cmd.Process.Pid)) {
		t.Errorf("a second watch: %v\n%s", err, out)
	}
	var s status
	if err := json.Unmarshal([]byte(mustRun(t, dir, "status", "--json", "--wait", "20s")), &s); err != nil || !s.WatchRunning || s.Feedback != 1 {
		t.Errorf("status beside the watch: %+v, %v", s, err)
	}
	if body := get(t, "http://"+listen+"/metrics"); !strings.Contains(body, "\npercept_feedback ") || !strings.Contains(body, "# TYPE percept_alerts_due gauge") {
		t.Errorf("metrics\n%s", body)
	}
	if body := get(t, "http://"+listen+"/healthz"); !strings.Contains(body, "failures in a row 0") {
		t.Errorf("healthz %q", body)
	}
	config := filepath.Join(dir, "percept.yaml")
	good := readFile(t, config)
	if err := os.WriteFile(config, []byte("zone: Nowhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	sendSignal(t, cmd.Process, syscall.SIGHUP)
	until(words, `zone "Nowhere" is not known`)
	until(words, "stays in force")
	if err := os.WriteFile(config, bytes.ReplaceAll(good, []byte("id: elm\n"), []byte("id: elm\n    name: Elm Two\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	sendSignal(t, cmd.Process, syscall.SIGHUP)
	until(words, "reload: done")
	sendSignal(t, cmd.Process, syscall.SIGTERM)
	for words.Scan() || says.Scan() { // to their end, so that Wait closes nothing too early
		continue
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("stopped by SIGTERM it ends with %v", err)
	}
	if err := json.Unmarshal([]byte(mustRun(t, dir, "status", "--json")), &s); err != nil || s.WatchRunning {
		t.Errorf("status after the watch: %+v, %v", s, err)
	}
}

func sendSignal(t *testing.T, p *os.Process, s os.Signal) {
	t.Helper()
	if err := p.Signal(s); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
