package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"percept/collector"
)

// keepPage keeps a page as it came, once, and what its host names it by.
func (s *Store) keepPage(ctx context.Context, b batch, e *collector.Entry, p collector.Page) error {
	if p.Unchanged {
		return nil
	}
	h := sha256.New()
	h.Write(p.Layout)
	h.Write(p.Body)
	digest := hex.EncodeToString(h.Sum(nil)[:16])
	at := []any{optional(e.Practice), text(e.Source), text(p.URL)}
	err := b.exec(ctx, "DELETE FROM validator WHERE practice IS NOT DISTINCT FROM ? AND source = ? AND url = ?", at...)
	if err == nil && p.ETag+p.LastModified != "" {
		err = b.exec(ctx, "INSERT INTO validator VALUES (?, ?, ?, ?, ?, ?)", append(at, digest, text(p.ETag), text(p.LastModified))...)
	}
	if err != nil {
		return err
	}
	known, err := b.count(ctx, `SELECT count(*) FROM page
		WHERE practice IS NOT DISTINCT FROM ? AND source = ? AND url = ? AND part = ? AND digest = ?`, append(at, p.Part, digest)...)
	if err != nil || known > 0 {
		return err
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	return b.exec(ctx, "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", e.Run, optional(e.Practice), text(e.Source), text(p.URL), p.Part,
		moment(p.FetchedAt), text(p.ContentType), digest, enc.EncodeAll(p.Body, nil), optional(string(p.Layout)))
}

// Last is of collector.Keeper.
func (s *Store) Last(ctx context.Context, e collector.Entry, url string) (collector.Page, error) {
	p := collector.Page{URL: url}
	var body []byte
	err := s.db.QueryRowContext(ctx, `SELECT p.fetched_at, p.content_type, p.body, v.etag, v.last_modified
		FROM validator v JOIN page p USING (source, url, digest)
		WHERE v.practice IS NOT DISTINCT FROM $1 AND p.practice IS NOT DISTINCT FROM $1 AND source = $2 AND url = $3 AND part = 0
		ORDER BY p.run DESC LIMIT 1`, optional(e.Practice), text(e.Source), text(url)).
		Scan(&p.FetchedAt, &p.ContentType, &body, &p.ETag, &p.LastModified)
	if errors.Is(err, sql.ErrNoRows) {
		return collector.Page{}, nil
	}
	if err == nil {
		p.Body, err = unzip(body)
	}
	if err != nil {
		return collector.Page{}, fmt.Errorf("read the kept page of %s: %w", url, err)
	}
	return p, nil
}

func unzip(body []byte) ([]byte, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer dec.Close()
	return dec.DecodeAll(body, nil)
}
