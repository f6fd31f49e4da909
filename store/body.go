package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// pieceBytes is how long a piece of a page is, compressed.
const pieceBytes = 8 << 10

// keepBody keeps what a page holds, once for all pages that hold the same.
func (s *Store) keepBody(ctx context.Context, b batch, digest string, body []byte) error {
	if known, err := b.count(ctx, "SELECT count(*) FROM body WHERE digest = ?", digest); err != nil || known > 0 {
		return err
	}
	if s.bodies == nil {
		const window = 1 << 20 // it takes a few times as much memory
		enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window), zstd.WithZeroFrames(true))
		if err != nil {
			return err
		}
		s.bodies = enc
	}
	return b.appendEach("", "body", func(yield func([]driver.Value) bool) {
		n := int32(0)
		for piece := range slices.Chunk(s.bodies.EncodeAll(body, nil), pieceBytes) {
			if n++; !yield([]driver.Value{digest, n, piece}) {
				return
			}
		}
	})
}

// keptBody reads what a page holds. A frame ends with its length and checksum (RFC 8878, 3.1.1): a page without one of its
// pieces is an error, and never an empty or a shorter page.
func keptBody(ctx context.Context, from querier, digest string) ([]byte, error) {
	rows, err := from.QueryContext(ctx, "SELECT piece FROM body WHERE digest = ? ORDER BY n", digest)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all, piece []byte
	for rows.Next() {
		if err := rows.Scan(&piece); err != nil {
			return nil, err
		}
		all = append(all, piece...)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("page %s: none of its pieces is in the store", digest)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer dec.Close()
	body, err := dec.DecodeAll(all, nil)
	if err != nil {
		return nil, fmt.Errorf("page %s: put its pieces together: %w", digest, err)
	}
	return body, nil
}
