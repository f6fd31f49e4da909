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
	//go:embed sql/queries/rating_counts.sql
	ratingCountsSQL string
	//go:embed sql/queries/score_sums.sql
	scoreSumsSQL string
	//go:embed sql/queries/stories.sql
	storiesSQL string
	//go:embed sql/queries/said.sql
	saidSQL string
)

// RatingCounts counts the ratings of a practice, of all where practice is empty, by channel, scale and
// question, given from one day and before another (in the practice's zone). Ratings of two scales or of
// two channels are never in one count.
func (s *Store) RatingCounts(ctx context.Context, practice string, from, to time.Time) ([]analysis.RatingCount, error) {
	return query(ctx, s, "ratings", ratingCountsSQL, func(rows *sql.Rows) (c analysis.RatingCount, err error) {
		var rating sql.NullFloat64
		err = rows.Scan(&c.Practice, &c.Channel, &c.Scale, &c.About, &c.Question, &rating, &c.N)
		c.Rating, c.Valid = rating.Float64, rating.Valid
		return c, err
	}, practice, day(from), day(to))
}

// ScoreSums add up what persons said of the touchpoints of a practice, of all where practice is empty,
// by channel, from one day and before another. What no week can name is left out.
func (s *Store) ScoreSums(ctx context.Context, practice string, from, to time.Time) ([]analysis.ScoreSum, error) {
	return query(ctx, s, "scores", scoreSumsSQL, func(rows *sql.Rows) (c analysis.ScoreSum, err error) {
		return c, rows.Scan(&c.Practice, &c.Channel, &c.Touchpoint, &c.N, &c.Sum, &c.Squares)
	}, practice, day(from), day(to))
}

// Stories are the live feedback of a practice and channel from one day and before another, in the order
// of time, each with its mentions in the order in which they were told.
func (s *Store) Stories(ctx context.Context, practice string, channel collector.Kind, from, to time.Time) ([]analysis.Story, error) {
	type line struct {
		story   analysis.Story
		mention analysis.Mention
		speaks  bool
	}
	lines, err := query(ctx, s, "stories", storiesSQL, func(rows *sql.Rows) (l line, err error) {
		var rating, score, confidence sql.NullFloat64
		var part, start, end sql.NullInt32
		var touchpoint, origin sql.NullString
		err = rows.Scan(&l.story.Feedback, &l.story.Day, &l.story.Week, &rating, &l.story.Rating.Tag,
			&part, &touchpoint, &start, &end, &score, &confidence, &origin)
		l.story.Rating.Value, l.story.Rating.Valid = rating.Float64, rating.Valid
		l.speaks = part.Valid
		l.mention = analysis.Mention{
			Feedback: l.story.Feedback, Part: int(part.Int32), Touchpoint: touchpoint.String, Start: int(start.Int32), End: int(end.Int32),
			Score: score.Float64, Confidence: confidence.Float64, Origin: analysis.Origin(origin.String),
		}
		return l, err
	}, practice, string(channel), day(from), day(to))
	if err != nil {
		return nil, err
	}
	var stories []analysis.Story
	for _, l := range lines {
		if len(stories) == 0 || stories[len(stories)-1].Feedback != l.story.Feedback {
			stories = append(stories, l.story)
		}
		if l.speaks {
			last := &stories[len(stories)-1]
			last.Mentions = append(last.Mentions, l.mention)
		}
	}
	return stories, nil
}

// Said is what persons said of one touchpoint of a practice through one channel since a day, by day.
func (s *Store) Said(ctx context.Context, practice, touchpoint string, channel collector.Kind, from time.Time) ([]analysis.Observation, error) {
	return query(ctx, s, "what was said", saidSQL, func(rows *sql.Rows) (o analysis.Observation, err error) {
		return o, rows.Scan(&o.Practice, &o.Touchpoint, &o.Source, &o.Day, &o.Score, &o.Review, &o.TextSig)
	}, practice, touchpoint, string(channel), day(from))
}

// day is a day as SQL reads it.
func day(t time.Time) string { return t.Format(time.DateOnly) }
