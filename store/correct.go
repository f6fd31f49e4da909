package store

import (
	"context"
	"database/sql"
	"fmt"

	"percept/analysis"
)

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
	return query(ctx, s, "corrections", text, func(rows *sql.Rows) (c analysis.Correction, err error) {
		return c, rows.Scan(&c.Feedback, &c.Version, &c.Part, &c.Touchpoint, &c.About, &c.Start, &c.End, &c.Score)
	}, id, id)
}
