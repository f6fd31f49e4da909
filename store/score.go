package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed" // queries
	"errors"
	"fmt"
	"iter"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/activate.sql
	activateSQL string
	//go:embed sql/queries/todo.sql
	todoSQL string
	//go:embed sql/queries/listed.sql
	listedSQL string
	//go:embed sql/queries/unscored.sql
	unscoredSQL string
	//go:embed sql/queries/add_scores.sql
	addScoresSQL string
)

// Activate says which model and taxonomy practices are read with from now on: once they have read all
// of it, so that no report rests on a part. What they were read with before is kept until Told.
func (s *Store) Activate(ctx context.Context, practices []string, model, taxonomy string) error {
	err := s.write(ctx, func(b batch) error { return b.exec(ctx, activateSQL, list(practices), model, taxonomy) })
	if err != nil {
		return fmt.Errorf("activate %s: %w", model, err)
	}
	return nil
}

// list is strings as a parameter of a query.
func list(strings []string) []any {
	all := make([]any, len(strings))
	for i, s := range strings {
		all[i] = s
	}
	return all
}

// batchSize is how many feedbacks are read, scored and written at a time.
const batchSize = 5000

// Unscored gives the live feedback of practices that a model and a taxonomy have not read yet, in
// batches, and how many there are. The list is fixed when Unscored is called.
func (s *Store) Unscored(ctx context.Context, practices []string, model, taxonomy string) (int, iter.Seq2[[]analysis.Heard, error], error) {
	n, batches, err := s.listed(ctx, todoSQL, list(practices), model, taxonomy)
	if err != nil {
		return 0, nil, fmt.Errorf("find what to score: %w", err)
	}
	return n, func(yield func([]analysis.Heard, error) bool) {
		for heard, err := range batches {
			if err != nil {
				err = fmt.Errorf("read what to score: %w", err)
			}
			if !yield(heard, err) {
				return
			}
		}
	}, nil
}

// listed gives the feedback that a statement puts into the table todo, in batches, and how many it is.
func (s *Store) listed(ctx context.Context, statement string, args ...any) (int, iter.Seq2[[]analysis.Heard, error], error) {
	var n int
	err := s.write(ctx, func(b batch) error {
		if err := b.exec(ctx, statement, args...); err != nil {
			return err
		}
		if err := b.exec(ctx, listedSQL); err != nil {
			return err
		}
		var err error
		n, err = b.count(ctx, "SELECT count(*) FROM listed")
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	return n, func(yield func([]analysis.Heard, error) bool) {
		if n == 0 {
			return
		}
		err := s.lean(ctx)
		more := true
		for from := 1; from <= n && more && err == nil; from += batchSize {
			var heard []analysis.Heard
			if heard, err = s.heard(ctx, from, from+batchSize-1); err == nil {
				more = yield(heard, nil)
			}
		}
		if err = errors.Join(err, s.roomy(context.WithoutCancel(ctx))); err != nil && more {
			yield(nil, err)
		}
	}, nil
}

func (s *Store) heard(ctx context.Context, from, to int) ([]analysis.Heard, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var firstRow, lastRow, firstAnswer, lastAnswer sql.NullInt64
	err := s.writer.QueryRowContext(ctx, "SELECT min(row), max(row), min(first), max(last) FROM listed WHERE n BETWEEN ? AND ?", from, to).
		Scan(&firstRow, &lastRow, &firstAnswer, &lastAnswer)
	if err != nil {
		return nil, err
	}
	rows, err := s.writer.QueryContext(ctx, unscoredSQL, from, to, firstRow, lastRow, firstAnswer, lastAnswer)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var heard []analysis.Heard
	for rows.Next() {
		var h analysis.Heard
		var a collector.Answer
		var part sql.NullInt32
		var rating, whole sql.NullFloat64
		if err := rows.Scan(&h.ID, &h.Version, &h.Practice, &h.Kind, &h.Title, &h.Text, &h.Language,
			&whole, &h.Rating.Raw, &h.Rating.Tag, &part,
			&a.Question, &a.Column, &a.Asks, &a.Touchpoint, &a.Text, &rating, &a.Rating.Tag); err != nil {
			return nil, err
		}
		h.Rating.Value, h.Rating.Valid = whole.Float64, whole.Valid
		if len(heard) == 0 || heard[len(heard)-1].ID != h.ID || heard[len(heard)-1].Version != h.Version {
			heard = append(heard, h)
		}
		if part.Valid {
			a.Rating.Value, a.Rating.Valid = rating.Float64, rating.Valid
			last := &heard[len(heard)-1]
			last.Answers = append(last.Answers, a)
		}
	}
	return heard, rows.Err()
}

// AddScores keeps what a model and a taxonomy understood.
func (s *Store) AddScores(ctx context.Context, model, taxonomy string, understood []analysis.Understood) error {
	var scored, mentions, behaviours [][]driver.Value
	for _, u := range understood {
		w := u.Whole
		scored = append(scored, []driver.Value{int64(0), u.Feedback, int32(u.Version), text(u.Practice), model, taxonomy, int32(len(u.Mentions)),
			w.Score, w.Label, w.Label5, w.Mixed, w.Confidence, s.now, optional(u.Language), u.Unread})
		for _, m := range u.Mentions {
			mentions = append(mentions, []driver.Value{m.Feedback, int32(m.Version), int32(m.Part), m.Touchpoint,
				int32(m.Start), int32(m.End), m.Score, m.Confidence, string(m.Origin), model, taxonomy})
		}
		for _, b := range u.Behaviours {
			behaviours = append(behaviours, []driver.Value{b.Feedback, int32(b.Version), int32(b.Part), b.Behaviour,
				int32(b.Start), int32(b.End), b.Score, b.Confidence, model, taxonomy})
		}
	}
	err := s.write(ctx, func(b batch) error {
		for name, rows := range map[string][][]driver.Value{"scored": scored, "mention": mentions, "behaviour": behaviours} {
			if err := b.stage(ctx, "staged_"+name, "* FROM "+name, rows); err != nil {
				return err
			}
		}
		return b.exec(ctx, addScoresSQL)
	})
	if err != nil {
		return fmt.Errorf("add scores: %w", err)
	}
	return nil
}
