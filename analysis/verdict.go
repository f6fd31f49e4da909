package analysis

import "time"

// PracticeWide is the touchpoint of the stream over all touchpoints together.
const PracticeWide = "*"

// A Word is what a verdict says.
type Word string

// The verdict words. Anything but Worse and Better is quiet.
const (
	Worse     Word = "worse"
	Better    Word = "better"
	Steady    Word = "steady"
	NotEnough Word = "not enough yet"
)

// A Verdict is the statistical decision about one touchpoint of one practice as one channel tells
// it, made over all touchpoints together (one error budget).
type Verdict struct {
	Practice, Channel string
	Touchpoint        string    // a slug, or PracticeWide
	Week              time.Time // Monday of the last whole week it uses
	Word              Word
	// Watch is true when the evidence is near the threshold; never called slipping.
	Watch bool
	// Flagged is the week of the alarm, zero when quiet. Since is when the change began, with its 80 % range.
	Flagged, Since, SinceLo, SinceHi time.Time
	// Found is the last week judged when the change was first said, after Flagged where it was found late;
	// zero when quiet.
	Found time.Time
	// Effect is the change in mean score, with its 90 % interval; 0 when quiet.
	Effect, EffectLo, EffectHi float64
	// People is how many persons spoke in the 13 weeks up to Week, Negative those of them whose score is under 0.
	People, Negative int
	// Visible is the smallest drop that would have been seen within 8 weeks; 0 when nothing can be said.
	Visible float64
	// WeeksToEnough is about how many more weeks at this volume are needed before a verdict; 0 when there are enough or no volume.
	WeeksToEnough int
	// Statistic is the log of the summed Bayes factors, Threshold what it is held against.
	Statistic, Threshold float64
	// Note says what else a reader must know: a source that failed or appeared.
	Note string
}
