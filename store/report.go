package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"encoding/json"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/verdicts.sql
	verdictsSQL string
	//go:embed sql/queries/evidence.sql
	evidenceSQL string
	//go:embed sql/queries/unanswered.sql
	unansweredSQL string
	//go:embed sql/queries/behaviours.sql
	behavioursSQL string
	//go:embed sql/queries/ratings.sql
	ratingsSQL string
	//go:embed sql/queries/health.sql
	healthSQL string
	//go:embed sql/queries/holdings.sql
	holdingsSQL string
	//go:embed sql/queries/refusals.sql
	refusalsSQL string
	//go:embed sql/queries/outages.sql
	outagesSQL string
	//go:embed sql/queries/words.sql
	wordsSQL string
)

// Verdicts are the latest of a practice, of each where practice is empty: every channel and touchpoint
// that was judged, by practice.
func (s *Store) Verdicts(ctx context.Context, practice string) ([]analysis.Verdict, error) {
	return query(ctx, s, "verdicts", verdictsSQL, func(rows *sql.Rows) (v analysis.Verdict, err error) {
		var flagged, found, since, lo, hi sql.NullTime
		err = rows.Scan(&v.Practice, &v.Channel, &v.Touchpoint, &v.Week, &v.Word, &v.Watch, &flagged, &found, &since, &lo, &hi,
			&v.Effect, &v.EffectLo, &v.EffectHi, &v.People, &v.Negative, &v.Visible, &v.WeeksToEnough, &v.Statistic, &v.Threshold, &v.Note)
		v.Flagged, v.Found, v.Since, v.SinceLo, v.SinceHi = flagged.Time, found.Time, since.Time, lo.Time, hi.Time
		return v, err
	}, practice)
}

// Points are the weekly series of a practice since a Monday, by channel, touchpoint and week.
func (s *Store) Points(ctx context.Context, practice string, since time.Time) ([]analysis.Point, error) {
	const text = `SELECT practice, channel, touchpoint, week, people, negative, mean FROM series
		WHERE practice = ? AND week >= ? ORDER BY channel, touchpoint, week`
	return query(ctx, s, "series", text, func(rows *sql.Rows) (p analysis.Point, err error) {
		return p, rows.Scan(&p.Practice, &p.Channel, &p.Touchpoint, &p.Week, &p.People, &p.Negative, &p.Mean)
	}, practice, since.UTC())
}

// Totals are the weekly series of all touchpoints of a practice together since a Monday, of each practice
// where practice is empty, by practice, channel and week. One who spoke of two touchpoints counts in each.
func (s *Store) Totals(ctx context.Context, practice string, since time.Time) ([]analysis.Point, error) {
	const text = `SELECT practice, channel, week, sum(people), sum(negative), round(fsum(mean * people) / sum(people), 9) FROM series
		WHERE ($1 = '' OR practice = $1) AND week >= $2 GROUP BY ALL ORDER BY practice, channel, week`
	return query(ctx, s, "series", text, func(rows *sql.Rows) (p analysis.Point, err error) {
		p.Touchpoint = analysis.PracticeWide
		return p, rows.Scan(&p.Practice, &p.Channel, &p.Week, &p.People, &p.Negative, &p.Mean)
	}, practice, since.UTC())
}

// Evidence is what was said of the touchpoints of a practice since a time, newest first.
func (s *Store) Evidence(ctx context.Context, practice string, since time.Time) ([]analysis.Evidence, error) {
	return query(ctx, s, "evidence", evidenceSQL, func(rows *sql.Rows) (e analysis.Evidence, err error) {
		var rating, answer sql.NullFloat64
		var monday sql.NullTime
		err = rows.Scan(&e.Feedback, &e.Version, &e.Part, &e.Touchpoint, &e.Start, &e.End, &e.Score, &e.Confidence, &e.Origin,
			&e.Channel, &e.Source, &e.Date.Start, &e.Date.End, &e.Date.Precision,
			&e.Rating.Raw, &e.Rating.Best, &rating, &e.Rating.Tag, &e.Answer.Raw, &e.Answer.Best, &answer, &e.Answer.Tag,
			&e.Question, &e.Words, &e.URL, &e.Replied, &e.Gone, &e.Private, &e.Voice, &monday)
		e.Week = monday.Time
		e.Rating.Value, e.Rating.Valid = rating.Float64, rating.Valid
		e.Answer.Value, e.Answer.Valid = answer.Float64, answer.Valid
		if e.Origin == analysis.FromRating && e.Part == analysis.PartText {
			e.Answer = e.Rating
			e.Words = "" // the words are another mention's
		}
		return e, err
	}, practice, since.UTC())
}

// Unanswered are the public reviews of all practices since a time that have no reply, the oldest first: one
// Evidence each, with the mean of its scores and no touchpoint.
func (s *Store) Unanswered(ctx context.Context, since time.Time) ([]analysis.Evidence, error) {
	return query(ctx, s, "unanswered reviews", unansweredSQL, func(rows *sql.Rows) (e analysis.Evidence, err error) {
		var rating sql.NullFloat64
		err = rows.Scan(&e.Feedback, &e.Date.Start, &e.Date.End, &e.Date.Precision, &rating, &e.Score)
		e.Channel, e.Rating.Value, e.Rating.Valid = collector.Review, rating.Float64, rating.Valid
		return e, err
	}, since.UTC())
}

// Behaviours is how people were treated since a time, newest first.
func (s *Store) Behaviours(ctx context.Context, practice string, since time.Time) ([]analysis.BehaviourEvidence, error) {
	return query(ctx, s, "behaviours", behavioursSQL, func(rows *sql.Rows) (b analysis.BehaviourEvidence, err error) {
		var touchpoints string
		err = rows.Scan(&b.Feedback, &b.Version, &b.Part, &b.Behaviour.Behaviour, &b.Start, &b.End, &b.Score, &b.Confidence,
			&b.Channel, &b.Source, &b.Date.Start, &b.Date.End, &b.Date.Precision, &b.Words, &b.URL, &b.Private, &touchpoints)
		b.Touchpoints = strings.Fields(touchpoints)
		return b, err
	}, practice, since.UTC())
}

// Ratings are the overall ratings of a practice by month and definition, oldest first.
func (s *Store) Ratings(ctx context.Context, practice string, since time.Time) ([]analysis.RatingPoint, error) {
	return query(ctx, s, "ratings", ratingsSQL, func(rows *sql.Rows) (p analysis.RatingPoint, err error) {
		return p, rows.Scan(&p.Channel, &p.Tag, &p.Month, &p.N, &p.Mean)
	}, practice, since.UTC())
}

// Health is the last ledger line of every source of a practice, of all where practice is empty, by practice.
// A source of several practices stands with each of them.
func (s *Store) Health(ctx context.Context, practice string) (map[string][]collector.Health, error) {
	by := map[string][]collector.Health{}
	_, err := query(ctx, s, "health", healthSQL, func(rows *sql.Rows) (h collector.Health, err error) {
		var of string
		var ended, complete sql.NullTime
		var notes sql.NullString
		err = rows.Scan(&of, &h.Run, &h.Practice, &h.Source, &h.Kind, &h.State, &h.Why, &h.Started, &ended,
			&h.Expected, &h.Published, &h.Pages, &h.Unchanged, &h.Seen, &h.Rows, &h.New, &h.Edited, &h.Duplicate, &h.Empty, &h.Rejected, &h.Removed, &h.Back, &notes,
			&h.Stored, &h.NewLately, &complete)
		if err != nil {
			return h, err
		}
		h.Ended, h.LastComplete = ended.Time, complete.Time
		if notes.Valid {
			err = json.Unmarshal([]byte(notes.String), &h.Notes)
		}
		by[of] = append(by[of], h)
		return h, err
	}, practice)
	return by, err
}

// Holdings are the feedback of a practice by source, what was seen last first.
func (s *Store) Holdings(ctx context.Context, practice string) ([]collector.Holding, error) {
	return query(ctx, s, "holdings", holdingsSQL, func(rows *sql.Rows) (h collector.Holding, err error) {
		return h, rows.Scan(&h.Source, &h.Feedback, &h.Seen, &h.Live)
	}, practice)
}

// Refusals are the rows that the last reading of each source of the practice alone refused, in their order.
func (s *Store) Refusals(ctx context.Context, practice string) ([]collector.Refusal, error) {
	return query(ctx, s, "refusals", refusalsSQL, func(rows *sql.Rows) (r collector.Refusal, err error) {
		return r, rows.Scan(&r.Source, &r.Ref, &r.Reason)
	}, practice)
}

// Outages are the times in which a source of a practice was not read whole that were over at a time or later, the first
// first. What is still not read whole is in Health.
func (s *Store) Outages(ctx context.Context, practice string, from time.Time) ([]collector.Outage, error) {
	return query(ctx, s, "outages", outagesSQL, func(rows *sql.Rows) (o collector.Outage, err error) {
		return o, rows.Scan(&o.Source, &o.State, &o.Why, &o.Since, &o.Until)
	}, practice, from.UTC())
}

// Words returns the stored texts of every version of some feedback. What is not stored is left out.
func (s *Store) Words(ctx context.Context, feedback ...string) (map[analysis.Passage]string, error) {
	type text struct {
		of    analysis.Passage
		words string
	}
	list, err := query(ctx, s, "words", wordsSQL, func(rows *sql.Rows) (t text, err error) {
		var words sql.NullString
		err = rows.Scan(&t.of.Feedback, &t.of.Version, &t.of.Part, &words)
		t.words = words.String
		return t, err
	}, feedback)
	words := make(map[analysis.Passage]string, len(list))
	for _, t := range list {
		words[t.of] = t.words
	}
	return words, err
}
