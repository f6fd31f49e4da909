package store

import (
	"context"
	_ "embed" // queries
	"errors"
	"fmt"

	"percept/collector"
)

var (
	//go:embed sql/queries/back.sql
	backSQL string
	//go:embed sql/queries/left.sql
	leftSQL string
	//go:embed sql/queries/absent.sql
	absentSQL string
)

// End is of collector.Keeper.
func (s *Store) End(ctx context.Context, e *collector.Entry) error {
	err := s.write(ctx, func(b batch) error {
		back, err := b.count(ctx, "SELECT count(*) FROM gone SEMI JOIN met ON md5(gone.id)::UUID = met.key")
		if err != nil {
			return err
		}
		e.Back = back
		if err := b.exec(ctx, backSQL, s.now, e.Run); err != nil {
			return err
		}
		if err := b.exec(ctx, "DELETE FROM missing WHERE md5(id)::UUID IN (FROM met)"); err != nil {
			return err
		}
		if e.Rest > 0 { // no more stand than the source has: nothing is missing
			if err := b.exec(ctx, "DELETE FROM missing WHERE id IN (SELECT id FROM live WHERE practice = ? AND source = ?)", e.Practice, text(e.Source)); err != nil {
				return err
			}
		}
		if e.MayMark() {
			if err := s.markRemoved(ctx, b, e); err != nil {
				return fmt.Errorf("mark removals: %w", err)
			}
		}
		if e.Kind != "survey" {
			if err := b.findDoubles(ctx, e); err != nil {
				return fmt.Errorf("look for reviews that came in by two ways: %w", err)
			}
		}
		if e.Kind == "survey" {
			if err := b.findRenamed(ctx, e); err != nil {
				return fmt.Errorf("look for a survey that was renamed: %w", err)
			}
		}
		if e.Kind == "survey" && e.State == collector.Complete {
			if err := b.noteLeft(ctx, e); err != nil {
				return fmt.Errorf("look for files that left: %w", err)
			}
		}
		return putEntry(ctx, b, *e)
	})
	s.bodies, s.met = nil, filter{}
	return errors.Join(err, s.roomy(context.WithoutCancel(ctx)))
}

// noteLeft notes, once, the files that an earlier run read and that are there no more.
func (b batch) noteLeft(ctx context.Context, e *collector.Entry) error {
	rows, err := b.conn.QueryContext(ctx, leftSQL, optional(e.Practice), text(e.Source), e.Run)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var file string
		if err := rows.Scan(&file); err != nil {
			return err
		}
		e.Notes = append(e.Notes, file+" is not there any more; what was read of it stays")
	}
	return rows.Err()
}

// markRemoved marks what a whole run did not see. A list that does not state its length may be the
// latest few, or a choice: there, what is older than all that was seen is only further down, what else
// is missing must be so twice, and more than half at once is rather a change of the page.
func (s *Store) markRemoved(ctx context.Context, b batch, e *collector.Entry) error {
	if err := b.exec(ctx, absentSQL, e.Practice, text(e.Source), e.Run); err != nil {
		return err
	}
	edited, err := b.count(ctx, "SELECT count(*) FROM absent WHERE became <> ''")
	if err != nil {
		return err
	}
	e.New -= edited
	e.Edited += edited
	runs := e.Absences
	if e.Expected == 0 {
		runs = max(runs, 2)
		if err := b.exec(ctx, "DELETE FROM absent WHERE became = '' AND between_seen IS NOT TRUE"); err != nil {
			return err
		}
		absent, err := b.count(ctx, "SELECT count(*) FROM absent WHERE became = ''")
		if err != nil {
			return err
		}
		if absent > 3 && absent > e.Seen {
			e.Notes = append(e.Notes, fmt.Sprintf("%s gone from the list, more than the %s on it: rather a change of the page, and none is marked as removed", collector.Plural(absent, "known review"), collector.Thousands(e.Seen)))
			if err := b.exec(ctx, "DELETE FROM absent WHERE became = ''"); err != nil {
				return err
			}
		}
	}
	if err := b.exec(ctx, "INSERT INTO missing SELECT id, ? FROM absent WHERE became = ''", e.Run); err != nil {
		return err
	}
	const ripe = `FROM absent WHERE became <> '' OR id IN (SELECT id FROM missing GROUP BY id HAVING count(DISTINCT run) >= ?)`
	if e.Removed, err = b.count(ctx, "SELECT count(*) FILTER (became = '') "+ripe, runs); err != nil {
		return err
	}
	if err := b.exec(ctx, "INSERT INTO removal SELECT id, ?, ?, false, became "+ripe, s.now, e.Run, runs); err != nil {
		return err
	}
	missed, err := b.count(ctx, "SELECT count(*) FROM absent WHERE became = ''")
	if err != nil {
		return err
	}
	if missed -= e.Removed; missed > 0 {
		e.Notes = append(e.Notes, fmt.Sprintf("the list is without %d of the reviews known from it; what %d whole runs in a row miss counts as removed", missed, runs))
	}
	return b.exec(ctx, "DELETE FROM missing WHERE id IN (SELECT id FROM gone)")
}
