package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"fmt"

	"percept/analysis"
)

//go:embed sql/queries/labelled.sql
var labelledSQL string

// Correct keeps a person's label. It wins over every model, for as long as the words stand as they are.
func (s *Store) Correct(ctx context.Context, c analysis.Correction) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO correction
		SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM correction)`,
		c.Feedback, c.Version, c.Part, c.Touchpoint, c.About, c.Start, c.End, c.Score, s.now)
	if err != nil {
		return fmt.Errorf("correct %s: %w", c.Feedback, err)
	}
	return nil
}

// Corrections are the labels of persons that stand for a feedback, by part and touchpoint; for all
// feedback when id is empty.
func (s *Store) Corrections(ctx context.Context, id string) ([]analysis.Correction, error) {
	const text = `SELECT feedback, version, part, touchpoint, about, span_start, span_end, score
		FROM label WHERE ? = '' OR feedback = ? ORDER BY feedback, version, part, touchpoint`
	return query(ctx, s, "corrections", text, scanCorrection, id, id)
}

// Labelled gives what persons have labelled of a practice: every version as it was read by them, and the
// labels that stand.
func (s *Store) Labelled(ctx context.Context, practice string) ([]analysis.Heard, []analysis.Correction, error) {
	_, batches, err := s.listed(ctx, labelledSQL, practice)
	if err != nil {
		return nil, nil, fmt.Errorf("find what is labelled of %s: %w", practice, err)
	}
	var all []analysis.Heard
	for heard, err := range batches {
		if err != nil {
			return nil, nil, fmt.Errorf("read what is labelled of %s: %w", practice, err)
		}
		all = append(all, heard...)
	}
	const text = `SELECT l.feedback, l.version, l.part, l.touchpoint, l.about, l.span_start, l.span_end, l.score
		FROM label l JOIN feedback f ON l.feedback = f.id AND l.version = f.version
		WHERE f.practice = ? ORDER BY l.feedback, l.version, l.part, l.touchpoint`
	labels, err := query(ctx, s, "corrections", text, scanCorrection, practice)
	return all, labels, err
}

func scanCorrection(rows *sql.Rows) (c analysis.Correction, err error) {
	return c, rows.Scan(&c.Feedback, &c.Version, &c.Part, &c.Touchpoint, &c.About, &c.Start, &c.End, &c.Score)
}
