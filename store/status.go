package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"errors"
	"fmt"
	"time"
)

var (
	//go:embed sql/queries/not_scored.sql
	notScoredSQL string
	//go:embed sql/queries/counts.sql
	countsSQL string
	//go:embed sql/queries/standing.sql
	standingSQL string
)

// Counts is what the store holds, in numbers.
type Counts struct {
	Feedback          int `json:"feedback"`
	Responses         int `json:"responses"`
	Reviews           int `json:"reviews"`
	Answers           int `json:"answers"`
	Mentions          int `json:"mentions"`
	Sources           int `json:"sources"`
	SourcesIncomplete int `json:"sources_incomplete"`
	AlertsDue         int `json:"alerts_due"`
	AlertsOpen        int `json:"alerts_open"`
	AlertsRefused     int `json:"alerts_refused"`
	Versions          int `json:"versions"`
	Removed           int `json:"removed"`
	Pages             int `json:"pages"`
	// NotScored is feedback with words in a language that the scorer does not know.
	NotScored int `json:"not_scored"`
}

// Counts counts live feedback and what hangs on it, and the sources whose last run was not complete.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.db.QueryRowContext(ctx, countsSQL).Scan(&c.Feedback, &c.Responses, &c.Reviews, &c.Answers, &c.Mentions, &c.NotScored, &c.Versions)
	if err == nil {
		err = s.db.QueryRowContext(ctx, standingSQL).Scan(&c.Sources, &c.SourcesIncomplete,
			&c.AlertsDue, &c.AlertsOpen, &c.AlertsRefused, &c.Removed, &c.Pages)
	}
	if err != nil {
		return c, fmt.Errorf("count: %w", err)
	}
	return c, nil
}

// NotScoredIn counts the feedback that was not scored by its language.
func (s *Store) NotScoredIn(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.QueryContext(ctx, notScoredSQL)
	if err != nil {
		return nil, fmt.Errorf("count languages: %w", err)
	}
	defer rows.Close()
	out := make(map[string]int)
	for rows.Next() {
		var language string
		var n int
		if err := rows.Scan(&language, &n); err != nil {
			return nil, fmt.Errorf("count languages: %w", err)
		}
		out[language] = n
	}
	return out, rows.Err()
}

// A Run is one run of a command.
type Run struct {
	ID, Command, Version string
	Started, Ended       time.Time // Ended is zero for a run that was cut off
}

// LastRun is the latest run, or the zero Run where there was none.
func (s *Store) LastRun(ctx context.Context) (Run, error) {
	var r Run
	var ended sql.NullTime
	err := s.db.QueryRowContext(ctx, "SELECT id, command, version, started_at, ended_at FROM run ORDER BY id DESC LIMIT 1").
		Scan(&r.ID, &r.Command, &r.Version, &r.Started, &ended)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, nil
	}
	if err != nil {
		return Run{}, fmt.Errorf("read the last run: %w", err)
	}
	r.Ended = ended.Time
	return r, nil
}
