package store

import (
	"context"
	_ "embed" // queries
	"fmt"

	"percept/collector"
)

//go:embed sql/queries/renamed.sql
var renamedSQL string

// findRenamed finds anew, for the practices of a survey, which responses came in under the name of a survey that left
// the config too, as those of a file that was renamed there. Each counts once, under the name that stands.
func (b batch) findRenamed(ctx context.Context, e *collector.Entry) error {
	const left = `SELECT count(*) FROM (SELECT DISTINCT practice, source FROM ledger WHERE kind = 'survey') l
		ANTI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
		WHERE l.practice IS NULL OR l.practice = coalesce($1, l.practice)`
	n, err := b.count(ctx, left, optional(e.Practice))
	if err != nil || n == 0 {
		return err
	}
	const ours = "SELECT count(*) FROM double d JOIN feedback f ON d.id = f.id AND f.version = 1 WHERE f.source = $1 AND f.practice = coalesce($2, f.practice)"
	if n, err = b.count(ctx, ours, text(e.Source), optional(e.Practice)); err != nil {
		return err
	}
	if n == 0 && e.Stored() == 0 {
		return nil // nothing differs from when it was last looked
	}
	if err := b.exec(ctx, "DELETE FROM double WHERE id IN (SELECT id FROM feedback WHERE kind = 'response' AND practice = coalesce($1, practice))", optional(e.Practice)); err != nil {
		return err
	}
	if err := b.exec(ctx, renamedSQL, optional(e.Practice)); err != nil {
		return err
	}
	rows, err := b.conn.QueryContext(ctx, `SELECT f.source, count(*)
		FROM double d JOIN feedback f ON d.id = f.id AND f.version = 1 JOIN feedback o ON d.of = o.id AND o.version = 1
		WHERE o.source = $1 AND f.kind = 'response' AND f.practice = coalesce($2, f.practice) GROUP BY ALL ORDER BY ALL`, text(e.Source), optional(e.Practice))
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
		e.Notes = append(e.Notes, fmt.Sprintf("%d of its responses came in as %s, which left the config, and each counts once; had it kept that name by name: %q, none would be new", n, other, other))
	}
	return rows.Err()
}
