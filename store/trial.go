package store

import (
	"context"
	"database/sql"
	"fmt"

	"percept/analysis"
)

// AddTrial writes a change down with its test, and returns its number. What is written is never
// rewritten.
func (s *Store) AddTrial(ctx context.Context, t analysis.Trial) (int, error) {
	var id int
	err := s.write(ctx, func(b batch) error {
		var err error
		if id, err = b.count(ctx, "SELECT coalesce(max(id), 0) + 1 FROM trial"); err != nil {
			return err
		}
		return b.exec(ctx, "INSERT INTO trial VALUES (?, ?, ?, ?, ?::DATE, ?, ?, ?, ?::DATE, ?, ?, ?, ?, ?, ?)",
			id, t.Practice, t.Touchpoint, text(t.What), day(t.Date), s.now, string(t.Channel), string(t.Tag),
			day(t.From), t.People, t.Mean, t.SD, t.Effect, t.Need, t.Already)
	})
	if err != nil {
		return 0, fmt.Errorf("write down the change at %s of %s: %w", t.Touchpoint, t.Practice, err)
	}
	return id, nil
}

// Trials are the changes of a practice, of all where practice is empty, in the order written down.
func (s *Store) Trials(ctx context.Context, practice string) ([]analysis.Trial, error) {
	const text = `SELECT id, practice, touchpoint, what, date, recorded_at, channel, tag, baseline_from, people, mean, sd, effect, need, already
		FROM trial WHERE ? = '' OR practice = ? ORDER BY id`
	return query(ctx, s, "changes", text, func(rows *sql.Rows) (t analysis.Trial, err error) {
		return t, rows.Scan(&t.ID, &t.Practice, &t.Touchpoint, &t.What, &t.Date, &t.Recorded, &t.Channel, &t.Tag,
			&t.From, &t.People, &t.Mean, &t.SD, &t.Effect, &t.Need, &t.Already)
	}, practice, practice)
}
