package analysis

import (
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"percept/collector"
)

const (
	baselineWeeks = 26  // before the change, that it is held against
	usualRise     = .30 // effect that is wanted where nobody says, or half of what is missing to 1, or what a year can show

	// sureSeen is how many standard errors an effect must be to be told from nothing, at 5 % on both sides,
	// four times in five: the normal's 97.5 % and 80 % points.
	sureSeen = z95 + .8416212335729143
)

// A Trial is a change that a practice made at a touchpoint, with the test of whether it worked: metric,
// baseline, wanted effect and the number of people are fixed when it is written down.
type Trial struct {
	ID         int            `json:"id"`
	Practice   string         `json:"practice"`
	Touchpoint string         `json:"touchpoint"`
	What       string         `json:"what"`
	Date       time.Time      `json:"date"`     // first day of the change, midnight UTC of the day in the practice's zone
	Recorded   time.Time      `json:"recorded"` // when it was written down
	Channel    collector.Kind `json:"channel"`
	Tag        Tag            `json:"tag"`           // always MeanScore
	From       time.Time      `json:"baseline_from"` // first day of the baseline, which ends before Date
	People     int            `json:"baseline_n"`    // in it when it was written down
	Mean       float64        `json:"baseline_mean"`
	SD         float64        `json:"baseline_sd"`
	Effect     float64        `json:"wanted_effect"` // the rise of the mean score that is to be seen
	Need       int            `json:"need"`          // people after the change, before whom there is no result
	// Already is how many had spoken since the change when it was written down: the test was not fixed
	// before these.
	Already int `json:"already"`
}

// Baseline is where the baseline of a change of that day begins.
func Baseline(date time.Time) time.Time { return date.AddDate(0, 0, -7*baselineWeeks) }

// A PlanError says why no test of a trial can be fixed.
type PlanError struct{ Why string }

func (e PlanError) Error() string { return e.Why }

// Plan fixes the test of a change on what people said of its touchpoint before and since, through the
// channel of the trial. With an effect of 0 the usual one is taken. It fails with a PlanError where the
// baseline cannot carry a test.
func (t Trial) Plan(said []Observation) (Trial, error) {
	t.Tag, t.From = MeanScore, Baseline(t.Date)
	before, after := t.split(said)
	t.People, t.Already = len(before), len(after)
	if t.People < FewAnswers {
		return t, PlanError{fmt.Sprintf("it was spoken of %s in the %d weeks before; at least %d are needed for a baseline", collector.Plural(t.People, "time"), baselineWeeks, FewAnswers)}
	}
	b := scoresOf(before)
	variance := b.residual() / (b.n - 1)
	t.Mean, t.SD = b.mean(), math.Sqrt(variance)
	// Nobody is of one mind for long: a baseline of equals has the spread of one in ten who is not.
	variance = max(variance, .04)
	t.SD = math.Sqrt(variance)
	room := 1 - t.Mean
	if t.Effect == 0 {
		// Two baselines' worth of people are a year's at this volume.
		t.Effect = math.Ceil(100*max(min(usualRise, room/2), t.visible(2*b.n))) / 100
		if t.Effect > room {
			return t, PlanError{fmt.Sprintf("the mean score was %.2f of 1, and what a year of this volume can show is a rise of %.2f", t.Mean, t.Effect)}
		}
	}
	if t.Effect > room {
		return t, PlanError{fmt.Sprintf("the mean score was %.2f of 1: it cannot rise by %.2f", t.Mean, t.Effect)}
	}
	rest := t.Effect*t.Effect/(sureSeen*sureSeen) - variance/b.n // what the people after the change may leave uncertain
	if rest <= 0 {
		return t, PlanError{fmt.Sprintf("a baseline of %d people cannot show a rise of %.2f, however many speak after it; a year can show about %.2f", t.People, t.Effect, t.visible(2*b.n))}
	}
	// One more makes up for the tails of Student's t (Guenther 1981, The American Statistician 35:243).
	t.Need = max(int(math.Ceil(variance/rest))+1, FewAnswers)
	return t, nil
}

// visible is the rise that n people after the change show four times in five.
func (t Trial) visible(n float64) float64 {
	return sureSeen * t.SD * math.Sqrt(1/float64(t.People)+1/n)
}

// split parts what was said into the baseline and what came since the change, in the order of days.
func (t Trial) split(said []Observation) (before, after []Observation) {
	for _, o := range said {
		switch {
		case !o.Day.Before(t.Date):
			after = append(after, o)
		case !o.Day.Before(t.From):
			before = append(before, o)
		}
	}
	slices.SortStableFunc(after, func(a, b Observation) int { return a.Day.Compare(b.Day) })
	return before, after
}

func scoresOf(said []Observation) moments {
	var m moments
	for _, o := range said {
		m.add(o.Score, 1)
	}
	return m
}

// A TrialState says how a trial stands.
type TrialState string

// The states of a trial.
const (
	NotYet   TrialState = "not yet"
	Worked   TrialState = "worked"
	NoChange TrialState = "no change seen"
	GotWorse TrialState = "got worse"
)

// An Outcome is how a trial stands.
type Outcome struct {
	State TrialState `json:"state"`
	N     int        `json:"n"` // people since the change; of a result, those it rests on
	// When is about when there are enough, zero where there is a result or nobody speaks.
	When   time.Time `json:"when,omitzero"`
	Effect *Estimate `json:"effect,omitempty"` // change of the mean score; nil before there are enough
	// Until is the last day that the result rests on, zero without one.
	Until time.Time `json:"until,omitzero"`
	Why   string    `json:"why,omitempty"`
}

// Judge says how the trial stands on a day. There is no result before Need people have spoken, and it
// rests on the first of them, to the end of the day that completes them: what comes later does not
// change it. The interval is Welch's.
func (t Trial) Judge(said []Observation, now time.Time) Outcome {
	before, after := t.split(said)
	o := Outcome{State: NotYet, N: len(after)}
	if o.N < t.Need {
		o.When = t.when(o.N, now)
		return o
	}
	if len(before) < FewAnswers {
		o.Why = fmt.Sprintf("of the baseline of %d people only %d can still be counted", t.People, len(before))
		return o
	}
	end := t.Need
	for end < len(after) && after[end].Day.Equal(after[end-1].Day) {
		end++
	}
	o.N, o.Until = end, after[end-1].Day
	a, b := scoresOf(after[:end]), scoresOf(before)
	va, vb := a.residual()/(a.n-1)/a.n, b.residual()/(b.n-1)/b.n
	d := a.mean() - b.mean()
	half := 0.0
	if v := va + vb; v > 0 {
		df := v * v / (va*va/(a.n-1) + vb*vb/(b.n-1))
		half = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(.975) * math.Sqrt(v)
	}
	o.Effect = &Estimate{d, d - half, d + half}
	switch {
	case o.Effect.Lo > 0:
		o.State = Worked
	case o.Effect.Hi < 0:
		o.State = GotWorse
	default:
		o.State = NoChange
	}
	return o
}

// when is about the day on which there are enough people, at the rate since the change or, before four
// weeks of it, that of the baseline.
func (t Trial) when(n int, now time.Time) time.Time {
	rate, from := float64(t.People)/(7*baselineWeeks), now
	if days := now.Sub(t.Date).Hours() / 24; days >= 28 {
		rate = float64(n) / days
	} else if days < 0 {
		from = t.Date
	}
	days := math.Ceil(float64(t.Need-n) / rate)
	if rate == 0 || days > 3650 {
		return time.Time{}
	}
	return from.AddDate(0, 0, int(days))
}
