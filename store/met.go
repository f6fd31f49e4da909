package store

import (
	"cmp"
	"context"
	"crypto/md5" //nolint:gosec // as key says
	"database/sql"
	"database/sql/driver"
	_ "embed" // queries
	"encoding/binary"
	"slices"

	"github.com/duckdb/duckdb-go/v2"

	"percept/collector"
)

var (
	//go:embed sql/queries/known.sql
	knownSQL string
	//go:embed sql/queries/fresh.sql
	freshSQL string
)

// meet begins the reading of a source: what is known of it, and nothing met yet. Of what a run met, the
// digest and the place are kept where the source names it by an id.
func (s *Store) meet(ctx context.Context, b batch, practice, source string) error {
	if err := b.exec(ctx, knownSQL, optional(practice), text(source)); err != nil {
		return err
	}
	known, err := b.count(ctx, "SELECT count(*) FROM known")
	if err != nil {
		return err
	}
	s.met, s.seen, s.compared = filter{first: known == 0}, 0, false
	return b.exec(ctx, `CREATE OR REPLACE TEMP TABLE met (key UUID);
		CREATE OR REPLACE TEMP TABLE named (key UUID, digest UUID, ref VARCHAR)`)
}

// A filter tells which feedback of a source that nothing is known of was not met in this run: that is new, and needs no
// comparing. It is a Bloom filter of three bits a feedback (B. H. Bloom, Space/time trade-offs in hash coding with allowable
// errors, CACM 13(7), 1970): it may take a feedback for one that was met, and never the reverse. Of a million, it takes 1 in
// 1,500.
type filter struct {
	first bool // nothing is known of the source
	bits  []uint64
}

const filterBits = 1 << 25

// meet reports whether a key was not met before.
func (f *filter) meet(k duckdb.UUID) (unmet bool) {
	if !f.first {
		return false
	}
	if f.bits == nil {
		f.bits = make([]uint64, filterBits/64)
	}
	h, step := binary.LittleEndian.Uint64(k[:8]), binary.LittleEndian.Uint64(k[8:])
	for range 3 {
		word, bit := &f.bits[h%filterBits/64], uint64(1)<<(h%64)
		unmet = unmet || *word&bit == 0
		*word |= bit
		h += step
	}
	return unmet
}

// key stands for an id while a source is read, as md5(...)::UUID does in SQL: 16 bytes that are compared as a number,
// where every block of a file is compared with all that is known.
func key(s string) duckdb.UUID { return md5.Sum([]byte(s)) } //nolint:gosec // what it hashes are keyed hashes

// marks are what tells feedback from what is known, by its place among the others.
type marks struct{ keys, digests []duckdb.UUID }

func marksOf(feedback []collector.Feedback) marks {
	m := marks{keys: make([]duckdb.UUID, len(feedback)), digests: make([]duckdb.UUID, len(feedback))}
	for i := range feedback {
		m.keys[i], m.digests[i] = key(feedback[i].ID), feedback[i].Digest()
	}
	return m
}

// A version is feedback by its place, and which version of it that is: 0 where it stands as it is kept.
type version struct {
	n      int
	number int32
}

// tell finds the feedback that this run has not met yet, which it has then, and says how many it had met.
func (s *Store) tell(ctx context.Context, b batch, feedback []collector.Feedback, m marks) (fresh []version, met int, err error) {
	sure, doubtful := make([]version, 0, len(feedback)), make([]int, 0)
	for i, k := range m.keys {
		if s.met.meet(k) {
			sure = append(sure, version{n: i, number: 1})
		} else {
			doubtful = append(doubtful, i)
		}
	}
	if err := b.meetAll(feedback, m, sure); err != nil {
		return nil, 0, err
	}
	s.seen += len(sure)
	if len(doubtful) == 0 {
		return sure, 0, nil
	}
	if err := b.stageFeedback(ctx, feedback, m, doubtful); err != nil {
		return nil, 0, err
	}
	if err := b.exec(ctx, freshSQL); err != nil {
		return nil, 0, err
	}
	if fresh, err = b.fresh(ctx); err != nil {
		return nil, 0, err
	}
	s.seen += len(fresh)
	met = len(doubtful) - len(fresh)
	if len(sure) > 0 {
		fresh = append(fresh, sure...)
		slices.SortFunc(fresh, func(v, w version) int { return cmp.Compare(v.n, w.n) })
	}
	return fresh, met, b.exec(ctx, "INSERT INTO met SELECT key FROM fresh; INSERT INTO named SELECT key, digest, ref FROM fresh WHERE ref IS NOT NULL")
}

// meetAll notes what is met for the first time.
func (b batch) meetAll(feedback []collector.Feedback, m marks, those []version) error {
	err := b.appendEach("temp", "met", func(yield func([]driver.Value) bool) {
		for _, v := range those {
			if !yield([]driver.Value{m.keys[v.n]}) {
				return
			}
		}
	})
	named := func(v version) bool { return feedback[v.n].SourceID != "" }
	if err != nil || !slices.ContainsFunc(those, named) {
		return err
	}
	return b.appendEach("temp", "named", func(yield func([]driver.Value) bool) {
		for _, v := range those {
			if named(v) && !yield([]driver.Value{m.keys[v.n], m.digests[v.n], text(feedback[v.n].Ref)}) {
				return
			}
		}
	})
}

// stageFeedback stages what tells some of the feedback, or all where which is nil, from what is known, under its place among
// the others; ref is NULL where the source has no id of its own for it. The words stay here until it is known that they
// are new.
func (b batch) stageFeedback(ctx context.Context, feedback []collector.Feedback, m marks, which []int) error {
	if which == nil {
		which = make([]int, len(feedback))
		for i := range which {
			which[i] = i
		}
	}
	const like = "0::INTEGER AS n, NULL::UUID AS key, NULL::UUID AS digest, ref FROM feedback"
	return b.stageEach(ctx, "staged", like, func(yield func([]driver.Value) bool) {
		var row []driver.Value
		for _, i := range which {
			var ref driver.Value
			if f := &feedback[i]; f.SourceID != "" {
				ref = text(f.Ref)
			}
			if row = append(row[:0], int32(i), m.keys[i], m.digests[i], ref); !yield(row) {
				return
			}
		}
	})
}

// fresh is what the table has.
func (b batch) fresh(ctx context.Context) ([]version, error) {
	return queryOn(ctx, b.conn, "what is new", "SELECT n, version FROM fresh ORDER BY n", func(rows *sql.Rows) (v version, err error) {
		err = rows.Scan(&v.n, &v.number)
		return v, err
	})
}
