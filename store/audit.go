package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"errors"
	"fmt"
	"time"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/reviewed.sql
	reviewedSQL string
	//go:embed sql/queries/altered.sql
	alteredSQL string
	//go:embed sql/queries/replied.sql
	repliedSQL string
	//go:embed sql/queries/volumes.sql
	volumesSQL string
)

// Reviewed are the live public reviews of a practice given from one day and before another (in its zone),
// oldest first.
func (s *Store) Reviewed(ctx context.Context, practice string, from, to time.Time) ([]analysis.Reviewed, error) {
	return query(ctx, s, "reviews", reviewedSQL, func(rows *sql.Rows) (r analysis.Reviewed, err error) {
		var rating sql.NullFloat64
		var start, end sql.NullTime
		err = rows.Scan(&r.Feedback, &r.Source, &r.URL, &r.Given.Start, &r.Given.End, &r.Given.Precision,
			&r.Rating.Raw, &r.Rating.Best, &rating, &r.Rating.Tag, &r.Wordless, &r.Gone, &r.Replied, &start, &end, &r.Reply.Precision, &r.ReplyState)
		r.Rating.Value, r.Rating.Valid = rating.Float64, rating.Valid
		r.Reply.Start, r.Reply.End = start.Time, end.Time
		return r, err
	}, practice, day(from), day(to))
}

// Replied are the live public reviews of a practice that were answered, given from one day and before another (in its
// zone), ordered by id.
func (s *Store) Replied(ctx context.Context, practice string, from, to time.Time) ([]analysis.Replied, error) {
	return query(ctx, s, "replies", repliedSQL, func(rows *sql.Rows) (r analysis.Replied, err error) {
		var rating sql.NullFloat64
		var start, end sql.NullTime
		err = rows.Scan(&r.Feedback, &r.Given.Start, &r.Given.End, &r.Given.Precision, &rating, &r.Rating.Tag, &r.Text, &start, &end, &r.At.Precision)
		r.Rating.Value, r.Rating.Valid = rating.Float64, rating.Valid
		r.At.Start, r.At.End = start.Time, end.Time
		return r, err
	}, practice, day(from), day(to))
}

// Altered is what became of the public reviews of a practice after they were first read, the newest first.
func (s *Store) Altered(ctx context.Context, practice string) ([]analysis.Altered, error) {
	return query(ctx, s, "altered reviews", alteredSQL, func(rows *sql.Rows) (a analysis.Altered, err error) {
		var before, after sql.NullFloat64
		var tag string
		err = rows.Scan(&a.What, &a.Noticed, &a.Feedback, &a.Source, &a.Given.Start, &a.Given.End, &a.Given.Precision, &before, &after, &tag, &a.Reworded)
		a.Before = collector.Rating{Value: before.Float64, Valid: before.Valid, Tag: tag}
		a.After = collector.Rating{Value: after.Float64, Valid: after.Valid, Tag: tag}
		return a, err
	}, practice)
}

// Volumes count the live feedback of a practice by channel, source and month, from one day and before another.
func (s *Store) Volumes(ctx context.Context, practice string, from, to time.Time) ([]analysis.Volume, error) {
	return query(ctx, s, "volumes", volumesSQL, func(rows *sql.Rows) (v analysis.Volume, err error) {
		return v, rows.Scan(&v.Channel, &v.Source, &v.Month, &v.N)
	}, practice, day(from), day(to))
}

// ReadWith are the versions of model and taxonomy that a practice is read with now, empty before the first reading.
func (s *Store) ReadWith(ctx context.Context, practice string) (model, taxonomy string, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT model, taxonomy FROM active WHERE practice = ?", practice).Scan(&model, &taxonomy)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("read what %s is read with: %w", practice, err)
	}
	return model, taxonomy, nil
}
