package store

import (
	"context"
	"database/sql/driver"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// pieceBytes is how long a piece of a page is, compressed.
const pieceBytes = 8 << 10

// keepBody keeps what a page holds, once for all pages that hold the same.
func (b batch) keepBody(ctx context.Context, digest string, body []byte) error {
	if known, err := b.count(ctx, "SELECT count(*) FROM body WHERE digest = ?", digest); err != nil || known > 0 {
		return err
	}
	const window = 1 << 20 // its memory is taken anew for each page
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window))
	if err != nil {
		return err
	}
	return b.appendEach("", "body", func(yield func([]driver.Value) bool) {
		n := int32(0)
		for piece := range slices.Chunk(enc.EncodeAll(body, nil), pieceBytes) {
			if n++; !yield([]driver.Value{digest, n, piece}) {
				return
			}
		}
	})
}

// keptBody reads what a page holds.
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
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer dec.Close()
	return dec.DecodeAll(all, nil)
}
