package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"percept/store"
)

// A watchState is how a watch is doing, as the file beside the store says it.
type watchState struct {
	PID        int       `json:"pid"`
	Started    time.Time `json:"started"`
	Looked     time.Time `json:"looked"`            // at the clock, last
	LastRun    time.Time `json:"last_run,omitzero"` // that ended well
	Incomplete bool      `json:"incomplete"`        // it did, but a source or a receiver failed
	Runs       int       `json:"runs"`
	Failures   int       `json:"failures"` // runs in a row that failed
	LastError  string    `json:"last_error,omitempty"`
	Next       time.Time `json:"next"`
	Stopped    bool      `json:"stopped"`
}

// stale is how long a watch may not have looked at the clock and still pass for well. A run may take
// its time.
const stale = 2 * time.Hour

// well reports whether the watch runs and its last run ended.
func (s watchState) well(now time.Time) bool {
	return !s.Stopped && s.Failures == 0 && !s.Looked.IsZero() && now.Sub(s.Looked) < stale
}

// health is a watchState that may be read while the watch works.
type health struct {
	mu     sync.Mutex
	state  watchState
	counts store.Counts
	whole  []sourceTime
}

// A sourceTime is when a source was last begun to be read, and whether it came whole.
type sourceTime struct {
	practice, source string
	at               time.Time
	whole            bool
}

func (h *health) change(f func(*watchState)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(&h.state)
}

func (h *health) begin(now time.Time) {
	h.change(func(s *watchState) { *s = watchState{PID: os.Getpid(), Started: now, Looked: now, Next: now} })
}

func (h *health) looked(now time.Time) { h.change(func(s *watchState) { s.Looked = now }) }

func (h *health) due(now time.Time) { h.change(func(s *watchState) { s.Next = now }) }

func (h *health) stop() { h.change(func(s *watchState) { s.Stopped = true }) }

func (h *health) worked(now, next time.Time, incomplete bool) {
	h.change(func(s *watchState) {
		s.LastRun, s.Next, s.Incomplete, s.Failures, s.LastError = now, next, incomplete, 0, ""
		s.Runs++
	})
}

func (h *health) broke(now, next time.Time, err error) {
	h.change(func(s *watchState) {
		s.Looked, s.Next, s.LastError = now, next, line(err.Error())
		s.Runs++
		s.Failures++
	})
}

func (h *health) next() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.state.Next
}

// measure takes the numbers of /metrics while the store is open.
func (h *health) measure(ctx context.Context, s *store.Store) error {
	counts, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	entries, err := s.Sources(ctx)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts, h.whole = counts, nil
	for _, e := range entries {
		h.whole = append(h.whole, sourceTime{e.Practice, e.Source, e.Started, e.Whole()})
	}
	return nil
}

// write puts the state beside the store, whole or not at all.
func (h *health) write(path string) error {
	h.mu.Lock()
	data, err := json.Marshal(h.state)
	h.mu.Unlock()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".watch-*")
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// readWatch is how the watch of a store is doing; ok is false where there never was one.
func readWatch(cfg *config) (s watchState, ok bool) {
	data, err := os.ReadFile(healthFile(cfg))
	if err != nil || json.Unmarshal(data, &s) != nil {
		return s, false
	}
	return s, true
}

func (h *health) handler(clock func() time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		h.mu.Lock()
		s := h.state
		h.mu.Unlock()
		if !s.well(clock()) {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprintf(w, "runs %d, failures in a row %d, last run %s, next %s\n%s", s.Runs, s.Failures, stampOf(s.LastRun), stampOf(s.Next), s.LastError)
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		fmt.Fprint(w, h.metrics(clock()))
	})
	return mux
}

func stampOf(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Format(time.RFC3339)
}

// metrics is the text format of Prometheus, version 0.0.4.
func (h *health) metrics(now time.Time) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var b strings.Builder
	one := func(name, kind, help string, value float64) {
		fmt.Fprintf(&b, "# HELP percept_%s %s\n# TYPE percept_%s %s\npercept_%s %v\n", name, help, name, kind, name, value)
	}
	s, well := h.state, 0.0
	if s.well(now) {
		well = 1
	}
	one("healthy", "gauge", "1 while the last run ended well.", well)
	one("runs_total", "counter", "Runs since the watch began.", float64(s.Runs))
	one("failures", "gauge", "Runs in a row that failed.", float64(s.Failures))
	one("last_run_timestamp_seconds", "gauge", "When the last run that ended well began.", unix(s.LastRun))
	one("next_run_timestamp_seconds", "gauge", "When the next is due.", unix(s.Next))
	one("feedback", "gauge", "Pieces of feedback stored.", float64(h.counts.Feedback))
	one("sources", "gauge", "Sources of the config.", float64(h.counts.Sources))
	one("sources_incomplete", "gauge", "Sources not read whole in their last run.", float64(h.counts.SourcesIncomplete))
	one("alerts_due", "gauge", "Messages not yet taken by their receiver.", float64(h.counts.AlertsDue))
	one("alerts_refused", "gauge", "Messages that a receiver will not have.", float64(h.counts.AlertsRefused))
	one("alerts_open", "gauge", "Alerts in the work list.", float64(h.counts.AlertsOpen))
	fmt.Fprintf(&b, "# HELP percept_source_whole 1 where a source was read whole in its last run.\n# TYPE percept_source_whole gauge\n")
	for _, t := range h.whole {
		whole := 0
		if t.whole {
			whole = 1
		}
		fmt.Fprintf(&b, "percept_source_whole{practice=\"%s\",source=\"%s\"} %d\n", labelValue(t.practice), labelValue(t.source), whole)
	}
	return b.String()
}

var labelEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func labelValue(s string) string { return labelEscape.Replace(strings.ToValidUTF8(s, "\uFFFD")) }

func unix(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}
