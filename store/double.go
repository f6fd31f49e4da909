package store

import (
	"context"
	_ "embed" // queries
	"fmt"

	"percept/collector"
)

//go:embed sql/queries/doubles.sql
var doublesSQL string

// findDoubles finds anew, for the practices of a source, which reviews came in from their own site and from a
// source that passed them on too. Each counts once; both stay, so that a source which goes takes nothing along.
func (b batch) findDoubles(ctx context.Context, e *collector.Entry) error {
	passed, err := b.count(ctx, "SELECT count(*) FROM feedback WHERE site IS NOT NULL AND practice = coalesce($1, practice)", optional(e.Practice))
	if err != nil || passed == 0 {
		return err
	}
	if err := b.exec(ctx, "DELETE FROM double WHERE id IN (SELECT id FROM feedback WHERE kind = 'review' AND practice = coalesce($1, practice))", optional(e.Practice)); err != nil {
		return err
	}
	if err := b.exec(ctx, doublesSQL, optional(e.Practice)); err != nil {
		return err
	}
	rows, err := b.conn.QueryContext(ctx, `SELECT CASE WHEN f.source = $1 THEN o.source ELSE f.source END, count(*)
		FROM double d JOIN feedback f ON d.id = f.id AND f.version = 1 JOIN feedback o ON d.of = o.id AND o.version = 1
		WHERE (f.source = $1 OR o.source = $1) AND f.practice = coalesce($2, f.practice) GROUP BY ALL ORDER BY ALL`, text(e.Source), optional(e.Practice))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var other string
		var n int
		if err := rows.Scan(&other, &n); err != nil {
			return err
		}
		e.Notes = append(e.Notes, fmt.Sprintf("%d of its reviews came from %s too, and each counts once", n, other))
	}
	return rows.Err()
}
