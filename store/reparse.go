package store

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed" // queries
	"fmt"

	"percept/collector"
)

//go:embed sql/queries/reparsed.sql
var reparsedSQL string

// A Reparsed is what changed when the kept pages of a source were parsed again, in rows: New and Edited
// as in the ledger, Gone what stands on none of the pages that it was read from.
type Reparsed struct {
	Pages, New, Edited, Gone int
	// Otherwise counts the edited by what is read otherwise; one may count under several.
	Otherwise Otherwise
	// Unread counts the pages that could not be read, or not whole, and Why is why the first could not.
	Unread int
	Why    string
}

// Otherwise are numbers of feedback by what another version of it says otherwise.
type Otherwise struct{ Words, Rating, Date, Reply, Answers, Subject, Leave int } // Leave: to quote

// Reparse parses the kept pages of a source again, the newest first, so that what a newer page said
// stands, and keeps what is read otherwise as a new version. All of it is kept or nothing. The ledger
// does not change: nothing is known anew of the source. What comes with an error of parse is kept like the rest;
// where any page gave one, nothing is marked as gone, for it may stand there.
func (s *Store) Reparse(ctx context.Context, practice, source, run string, parse func(collector.Page) ([]collector.Feedback, error)) (r Reparsed, err error) {
	err = s.write(ctx, func(b batch) error {
		pages, err := keptPages(ctx, b, practice, source)
		if err != nil {
			return err
		}
		if err := s.meet(ctx, b, practice, source); err != nil {
			return err
		}
		for _, id := range pages {
			p, err := keptPage(ctx, b, id)
			if err != nil {
				return err
			}
			feedback, err := parse(p)
			if err != nil {
				r.Unread++
				r.Why = cmp.Or(r.Why, err.Error())
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
		if r.New+r.Edited > 0 {
			if err := b.compareAnew(ctx, practice, source); err != nil {
				return err
			}
		}
		if r.Edited > 0 {
			o := &r.Otherwise
			row := b.conn.QueryRowContext(ctx, reparsedSQL, run, optional(practice), text(source))
			if err := row.Scan(&o.Words, &o.Rating, &o.Date, &o.Reply, &o.Answers, &o.Subject, &o.Leave); err != nil {
				return fmt.Errorf("compare what is read otherwise: %w", err)
			}
		}
		if err := b.exec(ctx, backSQL, s.now, run); err != nil || r.Unread > 0 {
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
	if err != nil {
		return p, fmt.Errorf("read the kept page of %s: %w", p.URL, err)
	}
	if layout.Valid {
		p.Layout = []byte(layout.String)
	}
	return p, nil
}
