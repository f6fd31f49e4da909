package store

import (
	"context"
	_ "embed" // queries
	"fmt"

	"percept/collector"
)

var (
	//go:embed sql/queries/departed.sql
	departedSQL string
	//go:embed sql/queries/renamed.sql
	renamedSQL string
)

// findRenamed finds the surveys that left the config and whose responses a source of it has under another name, as those
// of a file that was renamed there. Each counts once, under the name that stands. A source is compared with a survey
// that left once, and again when it stored something.
func (b batch) findRenamed(ctx context.Context, e *collector.Entry) error {
	if err := b.exec(ctx, departedSQL, optional(e.Practice), text(e.Source)); err != nil {
		return err
	}
	if n, err := b.count(ctx, "SELECT count(*) FROM departed"); err != nil || n == 0 {
		return err
	}
	if err := b.exec(ctx, renamedSQL, text(e.Source)); err != nil {
		return err
	}
	if err := b.exec(ctx, "INSERT INTO compared SELECT practice, ?, source FROM departed", text(e.Source)); err != nil {
		return err
	}
	rows, err := b.conn.QueryContext(ctx, `SELECT f.source, count(*)
		FROM double d JOIN feedback f ON d.id = f.id AND f.version = 1 JOIN feedback o ON d.of = o.id AND o.version = 1
		WHERE o.source = ? AND (f.practice, f.source) IN (SELECT (practice, source) FROM departed) GROUP BY ALL ORDER BY ALL`, text(e.Source))
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

// returned lets the responses of a survey count by themselves that left the config and is in it again.
func (b batch) returned(ctx context.Context, practice, source string) error {
	const left = "FROM compared WHERE practice = coalesce($1, practice) AND departed = $2"
	if n, err := b.count(ctx, "SELECT count(*) "+left, optional(practice), text(source)); err != nil || n == 0 {
		return err
	}
	const ours = "SELECT id FROM feedback WHERE kind = 'response' AND practice = coalesce($1, practice) AND source = $2"
	if err := b.exec(ctx, "DELETE FROM double WHERE id IN ("+ours+")", optional(practice), text(source)); err != nil {
		return err
	}
	return b.exec(ctx, "DELETE "+left, optional(practice), text(source))
}

// compareAnew has a source that stored something compared again with what left the config.
func (b batch) compareAnew(ctx context.Context, practice, source string) error {
	return b.exec(ctx, "DELETE FROM compared WHERE practice = coalesce($1, practice) AND source = $2", optional(practice), text(source))
}
