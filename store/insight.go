package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"fmt"
	"iter"
	"time"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/rating_counts.sql
	ratingCountsSQL string
	//go:embed sql/queries/score_sums.sql
	scoreSumsSQL string
	//go:embed sql/queries/rating_cells.sql
	ratingCellsSQL string
	//go:embed sql/queries/score_cells.sql
	scoreCellsSQL string
	//go:embed sql/queries/stories.sql
	storiesSQL string
	//go:embed sql/queries/about.sql
	aboutSQL string
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

// RatingCells are the RatingCounts of the overall ratings of all practices, by source and block.
func (s *Store) RatingCells(ctx context.Context, from, to time.Time) ([]analysis.RatingCount, error) {
	return query(ctx, s, "ratings by source", ratingCellsSQL, func(rows *sql.Rows) (c analysis.RatingCount, err error) {
		var rating sql.NullFloat64
		err = rows.Scan(&c.Practice, &c.Channel, &c.Scale, &c.Source, &c.Block, &rating, &c.N)
		c.Rating, c.Valid = rating.Float64, rating.Valid
		return c, err
	}, day(from), day(to))
}

// ScoreCells are the ScoreSums of one touchpoint of all practices, by source and block.
func (s *Store) ScoreCells(ctx context.Context, touchpoint string, from, to time.Time) ([]analysis.ScoreSum, error) {
	return query(ctx, s, "scores by source", scoreCellsSQL, func(rows *sql.Rows) (c analysis.ScoreSum, err error) {
		return c, rows.Scan(&c.Practice, &c.Channel, &c.Touchpoint, &c.Source, &c.Block, &c.N, &c.Sum, &c.Squares)
	}, touchpoint, day(from), day(to))
}

// Stories are the live feedback of a practice, of all where practice is empty, through one channel, from
// one day and before another: the stories of one practice at a time, in the order of time, each with its
// mentions in the order in which they were told. The sequence ends with the first error.
func (s *Store) Stories(ctx context.Context, practice string, channel collector.Kind, from, to time.Time) iter.Seq2[[]analysis.Story, error] {
	return func(yield func([]analysis.Story, error) bool) {
		if err := s.stories(ctx, yield, practice, string(channel), day(from), day(to)); err != nil {
			yield(nil, fmt.Errorf("read stories: %w", err))
		}
	}
}

func (s *Store) stories(ctx context.Context, yield func([]analysis.Story, error) bool, args ...any) error {
	rows, err := s.db.QueryContext(ctx, storiesSQL, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var stories []analysis.Story
	for rows.Next() {
		story, mention, speaks, err := scanStory(rows)
		if err != nil {
			return err
		}
		if len(stories) > 0 && stories[0].Practice != story.Practice {
			if !yield(stories, nil) {
				return nil
			}
			stories = nil
		}
		if len(stories) == 0 || stories[len(stories)-1].Feedback != story.Feedback {
			stories = append(stories, story)
		}
		if speaks {
			last := &stories[len(stories)-1]
			last.Mentions = append(last.Mentions, mention)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(stories) > 0 {
		yield(stories, nil)
	}
	return nil
}

// scanStory reads a line: a story and one of its mentions, if it has any.
func scanStory(rows *sql.Rows) (s analysis.Story, m analysis.Mention, speaks bool, err error) {
	var rating, score, confidence sql.NullFloat64
	var part, start, end sql.NullInt32
	var touchpoint, origin sql.NullString
	err = rows.Scan(&s.Practice, &s.Feedback, &s.Day, &s.Week, &rating, &s.Rating.Tag,
		&part, &touchpoint, &start, &end, &score, &confidence, &origin)
	s.Rating.Value, s.Rating.Valid = rating.Float64, rating.Valid
	m = analysis.Mention{
		Feedback: s.Feedback, Part: int(part.Int32), Touchpoint: touchpoint.String, Start: int(start.Int32), End: int(end.Int32),
		Score: score.Float64, Confidence: confidence.Float64, Origin: analysis.Origin(origin.String),
	}
	return s, m, part.Valid, err
}

// Said is what persons said of one touchpoint of a practice through one channel since a day, by day.
func (s *Store) Said(ctx context.Context, practice, touchpoint string, channel collector.Kind, from time.Time) ([]analysis.Observation, error) {
	return query(ctx, s, "what was said", aboutSQL, func(rows *sql.Rows) (o analysis.Observation, err error) {
		return o, rows.Scan(&o.Practice, &o.Touchpoint, &o.Source, &o.Day, &o.Score, &o.Review, &o.TextSig)
	}, practice, touchpoint, string(channel), day(from))
}

// day is a day as SQL reads it.
func day(t time.Time) string { return t.Format(time.DateOnly) }
