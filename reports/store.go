package reports

import (
	"context"
	"time"

	"percept/analysis"
	"percept/collector"
)

// A Store gives what a report shows. Every method is about one practice, or about all at once where
// practice may be empty; results are ordered, so that the same store gives the same bytes.
type Store interface {
	// Verdicts are the latest: every channel and touchpoint that was judged. Practice may be empty.
	Verdicts(ctx context.Context, practice string) ([]analysis.Verdict, error)
	// Totals are the weekly series of all touchpoints together since a Monday. Practice may be empty.
	Totals(ctx context.Context, practice string, since time.Time) ([]analysis.Point, error)
	// Health is, by practice, the last ledger line of every source, those shared with others too.
	// Practice may be empty.
	Health(ctx context.Context, practice string) (map[string][]collector.Health, error)
	// Points are the weekly series since a Monday, by channel, touchpoint and week.
	Points(ctx context.Context, practice string, since time.Time) ([]analysis.Point, error)
	// Evidence is what was said in words or ratings since a day, newest first.
	Evidence(ctx context.Context, practice string, since time.Time) ([]analysis.Evidence, error)
	// Behaviours is how people were treated since a day, newest first.
	Behaviours(ctx context.Context, practice string, since time.Time) ([]analysis.BehaviourEvidence, error)
	// Ratings are the overall ratings by month and definition, oldest first.
	Ratings(ctx context.Context, practice string, since time.Time) ([]analysis.RatingPoint, error)
	// Reviewed are the public reviews given from one day and before another, the oldest first, those without words too.
	Reviewed(ctx context.Context, practice string, from, to time.Time) ([]analysis.Reviewed, error)
	// RatingPeriods are the overall ratings from one day and before another, by stretches of so many days.
	RatingPeriods(ctx context.Context, practice string, from, to time.Time, days int) ([]analysis.RatingPeriod, error)
	// RatingPairs are the public star ratings as they stood then and as they stand, of those given before until.
	RatingPairs(ctx context.Context, practice string, then, until time.Time) ([]analysis.RatingPair, error)
	// Trials are the changes that the practice wrote down.
	Trials(ctx context.Context, practice string) ([]analysis.Trial, error)
	// Said is what persons said of a touchpoint through a channel since a day, which a trial is judged on.
	Said(ctx context.Context, practice, touchpoint string, channel collector.Kind, from time.Time) ([]analysis.Observation, error)
	// Late is what came late in the run that drew the latest verdicts, and what that changed.
	Late(ctx context.Context, practice string) ([]analysis.Late, []analysis.Revision, error)
	// Rated are the ratings given from a day on that were read as no mention.
	Rated(ctx context.Context, practice string, from time.Time) ([]analysis.Rated, error)
	// Reading is how what was given from one time and before another was read.
	Reading(ctx context.Context, practice string, from, to time.Time) (analysis.Understanding, error)
	// Holdings are the feedback of a practice by source: what Health counts.
	Holdings(ctx context.Context, practice string) ([]collector.Holding, error)
	// Refusals are the rows that the last reading of each source of the practice alone refused.
	Refusals(ctx context.Context, practice string) ([]collector.Refusal, error)
	// Outages are the times in which a source was not read whole that were over at a time or later.
	Outages(ctx context.Context, practice string, from time.Time) ([]collector.Outage, error)
	// Words returns the stored texts of every version of some feedback: the quote lock reads them again.
	Words(ctx context.Context, feedback ...string) (map[analysis.Passage]string, error)
}
