package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"time"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/rating_pairs.sql
	ratingPairsSQL string
	//go:embed sql/queries/rating_periods.sql
	ratingPeriodsSQL string
)

// Reviews are the live public reviews of a practice given since a time, the oldest first, with source,
// date, words, rating, address and reply.
func (s *Store) Reviews(ctx context.Context, practice string, since time.Time) ([]collector.Feedback, error) {
	const text = `SELECT id, source, date_start, date_end, date_precision, coalesce(title, ''), coalesce(text, ''),
		coalesce(rating_raw, ''), coalesce(rating_best, ''), rating, coalesce(rating_tag, ''), coalesce(url, ''), reply_text, coalesce(reply_state, '')
		FROM live WHERE practice = ? AND kind = 'review' AND date_start >= ? ORDER BY date_start, id`
	return query(ctx, s, "reviews", text, func(rows *sql.Rows) (f collector.Feedback, err error) {
		var rating sql.NullFloat64
		var reply, state sql.NullString
		err = rows.Scan(&f.ID, &f.Source, &f.Date.Start, &f.Date.End, &f.Date.Precision, &f.Title, &f.Text,
			&f.Rating.Raw, &f.Rating.Best, &rating, &f.Rating.Tag, &f.URL, &reply, &state)
		f.Practice, f.Kind = practice, collector.Review
		f.Rating.Value, f.Rating.Valid = rating.Float64, rating.Valid
		if reply.Valid {
			f.Reply = &collector.Reply{Text: reply.String, State: state.String}
		}
		return f, err
	}, practice, since.UTC())
}

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
