package reports

import (
	"context"
	"time"

	"percept/analysis"
	"percept/collector"
)

// A Store gives what a report shows. Every method is about one practice; results are ordered, so
// that the same store gives the same bytes.
type Store interface {
	// Verdicts are the latest: every channel and touchpoint that was judged.
	Verdicts(ctx context.Context, practice string) ([]analysis.Verdict, error)
	// Points are the weekly series since a Monday, by channel, touchpoint and week.
	Points(ctx context.Context, practice string, since time.Time) ([]analysis.Point, error)
	// Evidence is what was said in words or ratings since a day, newest first.
	Evidence(ctx context.Context, practice string, since time.Time) ([]analysis.Evidence, error)
	// Behaviours is how people were treated since a day, newest first.
	Behaviours(ctx context.Context, practice string, since time.Time) ([]analysis.BehaviourEvidence, error)
	// Ratings are the overall ratings by month and definition, oldest first.
	Ratings(ctx context.Context, practice string, since time.Time) ([]analysis.RatingPoint, error)
	// Health is the last ledger line of every source of the practice, those shared with others too.
	Health(ctx context.Context, practice string) ([]collector.Health, error)
	// Words returns the stored text of one part of one version: the quote lock reads it again.
	Words(ctx context.Context, feedback string, version, part int) (string, error)
}
