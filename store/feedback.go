package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"percept/analysis"
	"percept/collector"
)

// Find returns the live feedback with this id, its own or the source's, or else whose id starts so; at
// most two of them: none, the one meant, or proof that more is needed to tell.
func (s *Store) Find(ctx context.Context, id string) ([]analysis.Heard, error) {
	const text = `SELECT id, version, practice, source, kind, coalesce(source_id, ''), title, text, coalesce(language, ''),
			coalesce(rating_raw, ''), rating, coalesce(rating_tag, ''), coalesce(url, ''), private, ref,
			date_start, date_end, date_precision
		FROM live WHERE starts_with(id, $1) OR source_id = $1
		QUALIFY rank() OVER (ORDER BY (id = $1 OR source_id IS NOT DISTINCT FROM $1) DESC) = 1 ORDER BY id LIMIT 2`
	found, err := query(ctx, s, "feedback", text, func(rows *sql.Rows) (h analysis.Heard, err error) {
		var rating sql.NullFloat64
		var start, end sql.NullTime
		err = rows.Scan(&h.ID, &h.Version, &h.Practice, &h.Source, &h.Kind, &h.SourceID, &h.Title, &h.Text, &h.Language,
			&h.Rating.Raw, &rating, &h.Rating.Tag, &h.URL, &h.Private, &h.Ref, &start, &end, &h.Date.Precision)
		h.Rating.Value, h.Rating.Valid = rating.Float64, rating.Valid
		h.Date.Start, h.Date.End = start.Time, end.Time
		return h, err
	}, id)
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Answers, err = s.answers(ctx, found[i].ID, found[i].Version); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *Store) answers(ctx context.Context, id string, version int) ([]collector.Answer, error) {
	const text = `SELECT question, col, coalesce(asks, ''), coalesce(touchpoint, ''), text,
			coalesce(rating_raw, ''), rating, coalesce(rating_tag, ''), coalesce(ref, '')
		FROM answered WHERE version_id = (SELECT version_id FROM feedback WHERE id = ? AND version = ?) ORDER BY part`
	return query(ctx, s, "answers", text, func(rows *sql.Rows) (a collector.Answer, err error) {
		var rating sql.NullFloat64
		err = rows.Scan(&a.Question, &a.Column, &a.Asks, &a.Touchpoint, &a.Text, &a.Rating.Raw, &rating, &a.Rating.Tag, &a.Ref)
		a.Rating.Value, a.Rating.Valid = rating.Float64, rating.Valid
		return a, err
	}, id, version)
}

// Rejections are the rows that a source refused in a run, in the order met, at most limit of them.
func (s *Store) Rejections(ctx context.Context, e collector.Entry, limit int) ([]collector.Rejection, error) {
	text := fmt.Sprintf(`SELECT ref, reason FROM rejection
		WHERE run = ? AND source = ? AND practice IS NOT DISTINCT FROM ? ORDER BY rowid LIMIT %d`, limit)
	return query(ctx, s, "rejections", text, func(rows *sql.Rows) (r collector.Rejection, err error) {
		return r, rows.Scan(&r.Ref, &r.Reason)
	}, e.Run, e.Source, optional(e.Practice))
}

// A Standing is the last line of the ledger about a source.
type Standing struct {
	collector.Entry
	LastComplete time.Time // when a run that read it whole began; zero when none did
}

// Sources are the last ledger lines of the sources of the config, those not complete first.
func (s *Store) Sources(ctx context.Context) ([]Standing, error) {
	const text = `SELECT run, coalesce(practice, ''), source, kind, state, coalesce(why, ''), started_at,
			expected, pages, rows, new, edited, duplicate, empty, rejected, removed,
			max(started_at) FILTER (state = 'complete') OVER (PARTITION BY practice, source)
		FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
		QUALIFY run = max(run) OVER (PARTITION BY practice, source)
		ORDER BY state = 'complete', practice, source`
	return query(ctx, s, "ledger", text, func(rows *sql.Rows) (e Standing, err error) {
		var whole sql.NullTime
		err = rows.Scan(&e.Run, &e.Practice, &e.Source, &e.Kind, &e.State, &e.Why, &e.Started,
			&e.Expected, &e.Pages, &e.Rows, &e.New, &e.Edited, &e.Duplicate, &e.Empty, &e.Rejected, &e.Removed, &whole)
		e.LastComplete = whole.Time
		return e, err
	})
}
