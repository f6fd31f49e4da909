package store

import (
	"context"
	"database/sql"
	"fmt"

	"percept/collector"
)

// A Reparsed is what changed when the kept pages of a source were parsed again, in rows: New and Edited
// as in the ledger, Gone what stands on none of the pages that it was read from.
type Reparsed struct{ Pages, New, Edited, Gone int }

// Reparse parses the kept pages of a source again, the newest first, so that what a newer page said
// stands, and keeps what is read otherwise as a new version. All of it is kept or nothing. The ledger
// does not change: nothing is known anew of the source. A page that cannot be parsed any more is an error.
func (s *Store) Reparse(ctx context.Context, practice, source, run string, parse func(collector.Page) ([]collector.Feedback, error)) (r Reparsed, err error) {
	err = s.write(ctx, func(b batch) error {
		pages, err := keptPages(ctx, b, practice, source)
		if err != nil {
			return err
		}
		if err := b.meet(ctx, practice, source); err != nil {
			return err
		}
		for _, id := range pages {
			p, err := keptPage(ctx, b, id)
			if err != nil {
				return err
			}
			feedback, err := parse(p)
			if err != nil {
				return err
			}
			once, _ := distinct(feedback)
			k, err := s.keepFeedback(ctx, b, run, once)
			if err != nil {
				return fmt.Errorf("keep feedback of %s: %w", p.URL, err)
			}
			r.Pages++
			r.New += k.fresh
			r.Edited += k.edited
		}
		if err := b.exec(ctx, backSQL, s.now, run); err != nil {
			return err
		}
		const gone = `FROM live f ANTI JOIN met ON md5(f.id)::UUID = met.key ANTI JOIN gone USING (id)
			WHERE practice IS NOT DISTINCT FROM coalesce($1, practice) AND source = $2
				AND EXISTS (FROM page p WHERE p.run = f.run AND p.source = f.source AND p.practice IS NOT DISTINCT FROM $1)`
		if r.Gone, err = b.count(ctx, "SELECT count(*) "+gone, optional(practice), text(source)); err != nil || r.Gone == 0 {
			return err
		}
		return b.exec(ctx, "INSERT INTO removal SELECT id, $3, $4, false, '-' "+gone, optional(practice), text(source), s.now, run)
	})
	return r, err
}

// keptPages are the row numbers of a source's pages: by run the newest first, within a run as read.
func keptPages(ctx context.Context, b batch, practice, source string) ([]int64, error) {
	rows, err := b.conn.QueryContext(ctx, `SELECT rowid FROM page WHERE practice IS NOT DISTINCT FROM ? AND source = ?
		ORDER BY last_run DESC, rowid`, optional(practice), text(source))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func keptPage(ctx context.Context, b batch, id int64) (p collector.Page, err error) {
	var digest string
	var layout sql.NullString
	err = b.conn.QueryRowContext(ctx, "SELECT url, part, fetched_at, content_type, digest, layout FROM page WHERE rowid = ?", id).
		Scan(&p.URL, &p.Part, &p.FetchedAt, &p.ContentType, &digest, &layout)
	if err == nil {
		p.Body, err = keptBody(ctx, b.conn, digest)
	}
	if layout.Valid {
		p.Layout = []byte(layout.String)
	}
	return p, err
}
