package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"percept/collector"
)

// keepPage keeps a page as it came, once, and what its host names it by.
func (s *Store) keepPage(ctx context.Context, b batch, e *collector.Entry, p collector.Page) error {
	at := []any{optional(e.Practice), text(e.Source), text(p.URL)}
	const known = "practice IS NOT DISTINCT FROM ? AND source = ? AND url = ?"
	h := sha256.New()
	h.Write(p.Layout)
	h.Write(p.Body)
	digest := hex.EncodeToString(h.Sum(nil)[:16])
	if p.Unchanged && p.Layout != nil { // a file: all blocks that were met when it was read last
		return b.exec(ctx, "UPDATE page SET last_run = ? WHERE "+known+" AND last_run = (SELECT max(last_run) FROM page WHERE "+known+")",
			slices.Concat([]any{e.Run}, at, at)...)
	}
	if p.Unchanged {
		return b.exec(ctx, "UPDATE page SET last_run = ? WHERE part = 0 AND digest = ? AND "+known, append([]any{e.Run, digest}, at...)...)
	}
	err := b.exec(ctx, "DELETE FROM validator WHERE "+known, at...)
	// A file that stands is not parsed again: what was rejected of it must be read again to be told again.
	told := p.Layout == nil || e.Rejected == 0
	if err == nil && told && p.ETag+p.LastModified != "" {
		err = b.exec(ctx, "INSERT INTO validator VALUES (?, ?, ?, ?, ?, ?)", append(at, digest, text(p.ETag), text(p.LastModified))...)
	}
	if err != nil {
		return err
	}
	var met int64
	err = b.conn.QueryRowContext(ctx, "UPDATE page SET last_run = ? WHERE part = ? AND digest = ? AND "+known,
		append([]any{e.Run, p.Part, digest}, at...)...).Scan(&met)
	if err != nil || met > 0 {
		return err
	}
	if err := s.keepBody(ctx, b, digest, p.Body); err != nil {
		return err
	}
	return b.exec(ctx, "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", e.Run, optional(e.Practice), text(e.Source), text(p.URL), p.Part,
		moment(p.FetchedAt), text(p.ContentType), digest, optional(string(p.Layout)), e.Run)
}

// Last is of collector.Keeper.
func (s *Store) Last(ctx context.Context, e collector.Entry, url string) (collector.Page, error) {
	p := collector.Page{URL: url}
	var digest string
	var layout sql.NullString
	err := s.db.QueryRowContext(ctx, `SELECT p.part, p.fetched_at, p.content_type, p.digest, p.layout, v.etag, v.last_modified
		FROM validator v JOIN page p USING (source, url, digest)
		WHERE v.practice IS NOT DISTINCT FROM $1 AND p.practice IS NOT DISTINCT FROM $1 AND source = $2 AND url = $3
		ORDER BY p.last_run DESC LIMIT 1`, optional(e.Practice), text(e.Source), text(url)).
		Scan(&p.Part, &p.FetchedAt, &p.ContentType, &digest, &layout, &p.ETag, &p.LastModified)
	if errors.Is(err, sql.ErrNoRows) {
		return collector.Page{}, nil
	}
	if err == nil {
		p.Body, err = keptBody(ctx, s.db, digest)
	}
	if layout.Valid {
		p.Layout = []byte(layout.String)
	}
	if err != nil {
		return collector.Page{}, fmt.Errorf("read the kept page of %s: %w", url, err)
	}
	return p, nil
}

// PrunePages forgets the kept pages that no run has met since a time, and says how many. What was read
// from them stays.
func (s *Store) PrunePages(ctx context.Context, since time.Time) (n int, err error) {
	err = s.write(ctx, func(b batch) error {
		const old = "FROM page WHERE last_run IN (SELECT id FROM run WHERE started_at < ?)"
		if n, err = b.count(ctx, "SELECT count(*) "+old, since.UTC()); err != nil || n == 0 {
			return err
		}
		if err := b.exec(ctx, "DELETE "+old, since.UTC()); err != nil {
			return err
		}
		return b.exec(ctx, "DELETE FROM body WHERE digest NOT IN (SELECT digest FROM page)")
	})
	return n, err
}
