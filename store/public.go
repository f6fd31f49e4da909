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
)

// RatingPairs are the public star ratings of a practice, each as it stood at one time and as it stands,
// without those given from another time on.
func (s *Store) RatingPairs(ctx context.Context, practice string, then, until time.Time) ([]analysis.RatingPair, error) {
	return query(ctx, s, "ratings then and now", ratingPairsSQL, func(rows *sql.Rows) (p analysis.RatingPair, err error) {
		var before, after sql.NullFloat64
		err = rows.Scan(&p.Source, &before, &after, &p.N)
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
	var labelled sql.NullTime
	err = s.db.QueryRowContext(ctx, readingSQL, practice, from.UTC(), to.UTC()).
		Scan(&r.Model, &r.Taxonomy, &r.Texts, &r.Placed, &r.Labels, &labelled)
	if err != nil {
		return r, fmt.Errorf("read how %s was read: %w", practice, err)
	}
	r.Labelled = labelled.Time
	return r, nil
}
