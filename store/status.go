package store

import (
	"context"
	_ "embed" // queries
	"fmt"
)

//go:embed sql/queries/counts.sql
var countsSQL string

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
	Versions          int `json:"versions"`
	Removed           int `json:"removed"`
	Pages             int `json:"pages"`
}

// Counts counts live feedback and what hangs on it, and the sources whose last run was not complete.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.db.QueryRowContext(ctx, countsSQL).Scan(&c.Feedback, &c.Responses, &c.Reviews, &c.Answers, &c.Mentions,
		&c.Sources, &c.SourcesIncomplete, &c.AlertsDue, &c.Versions, &c.Removed, &c.Pages)
	if err != nil {
		return c, fmt.Errorf("count: %w", err)
	}
	return c, nil
}
