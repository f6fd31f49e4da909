package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"fmt"
	"time"

	"percept/analysis"
)

var (
	//go:embed sql/queries/rating_pairs.sql
	ratingPairsSQL string
	//go:embed sql/queries/rating_periods.sql
	ratingPeriodsSQL string
	//go:embed sql/queries/reading.sql
	readingSQL string
	//go:embed sql/queries/rated.sql
	ratedSQL string
)

// RatingPairs are the public star ratings of a practice, each as it stood at one time and as it stands,
// without those given from another time on.
func (s *Store) RatingPairs(ctx context.Context, practice string, then, until time.Time) ([]analysis.RatingPair, error) {
	return query(ctx, s, "ratings then and now", ratingPairsSQL, func(rows *sql.Rows) (p analysis.RatingPair, err error) {
		var before, after sql.NullFloat64
		err = rows.Scan(&p.Source, &p.Feedback, &before, &after)
		p.N = 1
		if before.Valid {
			p.Before = &before.Float64
		}
		if after.Valid {
			p.After = &after.Float64
		}
		return p, err
	}, practice, then.UTC(), until.UTC())
}

// RatingPeriods are the overall ratings of a practice from one day and before another, by stretches of so
// many days, the first numbered 0.
func (s *Store) RatingPeriods(ctx context.Context, practice string, from, to time.Time, days int) ([]analysis.RatingPeriod, error) {
	return query(ctx, s, "ratings by period", ratingPeriodsSQL, func(rows *sql.Rows) (p analysis.RatingPeriod, err error) {
		var rating sql.NullFloat64
		err = rows.Scan(&p.Period, &p.Channel, &p.Scale, &rating, &p.N)
		p.Practice, p.Rating, p.Valid = practice, rating.Float64, rating.Valid
		return p, err
	}, practice, day(from), day(to), days)
}

// Reading is how what was given to a practice from one time and before another was read.
func (s *Store) Reading(ctx context.Context, practice string, from, to time.Time) (r analysis.Understanding, err error) {
	if r.Model, r.Taxonomy, err = s.ReadWith(ctx, practice); err != nil {
		return r, err
	}
	_, err = query(ctx, s, "what was placed", readingSQL, func(rows *sql.Rows) (id string, err error) {
		var placed bool
		var foreign sql.NullString
		err = rows.Scan(&id, &placed, &foreign)
		switch {
		case placed:
			r.Placed = append(r.Placed, id)
		case foreign.Valid:
			r.Unread = append(r.Unread, analysis.Unread{Feedback: id, Language: foreign.String})
		default:
			r.Unplaced = append(r.Unplaced, id)
		}
		return id, err
	}, practice, from.UTC(), to.UTC())
	if err != nil {
		return r, err
	}
	const labels = "SELECT count(*), max(corrected_at) FROM label c JOIN live l ON c.feedback = l.id AND c.version = l.version WHERE l.practice = ?"
	var last sql.NullTime
	if err := s.db.QueryRowContext(ctx, labels, practice).Scan(&r.Labels, &last); err != nil {
		return r, fmt.Errorf("read the labels of %s: %w", practice, err)
	}
	r.Labelled = last.Time
	return r, nil
}

// Rated are the ratings given to a practice from a day on that were read as no mention, in a fixed order.
func (s *Store) Rated(ctx context.Context, practice string, from time.Time) ([]analysis.Rated, error) {
	return query(ctx, s, "ratings given", ratedSQL, func(rows *sql.Rows) (r analysis.Rated, err error) {
		var month sql.NullTime
		var rating sql.NullFloat64
		err = rows.Scan(&r.Feedback, &r.Channel, &r.Scale, &r.Overall, &rating, &r.Day, &r.Last, &month)
		r.Month, r.Rating, r.Valid = month.Time, rating.Float64, rating.Valid
		return r, err
	}, practice, day(from))
}
