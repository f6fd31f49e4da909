package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"

	"percept/collector"
)

// DetectOptions are what detection needs besides the observations.
type DetectOptions struct {
	// Alpha is how many false drops a year an unchanged practice may show, over all its touchpoints
	// and the practice as a whole: over 0, at most 10; 0 means 0.5. Rises are held to the same
	// threshold, so that good news is no cheaper than bad: with scores spread evenly they may show as
	// many again, with scores crowded at the top, as reviews have them, far fewer.
	Alpha float64
	// Until is a day of the last week to judge, the Monday usually; zero is the last week in the data.
	Until time.Time
	// Touchpoints get a verdict in this order even without data; those in the data follow by name.
	Touchpoints []string
	// Channel is copied into the verdicts.
	Channel string
	// Holes are known gaps in what was collected.
	Holes []Hole
	// Events are what is known to have happened.
	Events []Event
	// Workers is how many practices are worked on at a time; 0 is one for each core. The result is
	// the same for any number.
	Workers int
}

// A Hole is a span in which a source is known to have failed. Its weeks are missing, never zero:
// what was read of the source in them is set aside.
type Hole struct {
	Practice, Source string // empty: every one
	// From and To are days, both included; a zero To is a source that has not come back.
	From, To time.Time
	// Ended is a source that is collected from no longer: nothing is missing, and its silence is no news.
	Ended bool
}

// Kinds of alarm.
const (
	Drop         = "drop"
	Rise         = "rise"
	Watch        = "watch"  // evidence of a drop near the threshold: never called slipping
	Burst        = "burst"  // more of one source in a week, or more copies, than people write
	SourceChange = "source" // a source appeared or fell silent
)

// An Alarm is something that was said of one week with what was known in it.
type Alarm struct {
	Practice, Touchpoint string
	Kind                 string
	// Source is the source of a Burst or a SourceChange, else empty.
	Source string
	// Flagged is the Monday of the week it was said. Since is when the change began, with its 80 % range.
	Flagged, Since, SinceLo, SinceHi time.Time
	// Cleared is the week in which a change was found to be over; zero while it stands. A change that
	// lasted until it became the new normal is never cleared.
	Cleared time.Time
	// Effect is the change in mean score, with its 90 % interval; 0 for a SourceChange.
	Effect, EffectLo, EffectHi float64
	// N is how many persons spoke from Since to Flagged; for a Burst how many voices were set aside.
	N int
	// Statistic is the log of the summed Bayes factors; for a Burst the effect in standard deviations.
	Statistic float64
	// Found is the last week judged when it was first said, see Revise; zero where nobody compares runs.
	Found time.Time
}

// A Detection is what was found: the alarms of the replayed history, and the state of every stream
// in its last week.
type Detection struct {
	Week     time.Time // Monday of the last week judged
	Alarms   []Alarm   // by practice, week and stream
	Verdicts []Verdict // by practice; the practice-wide stream first
}

// refitWeeks is how often offsets, levels and scales are fitted anew, on earlier weeks alone.
const refitWeeks = 4

// Detect replays the history of every practice week by week and says where perception changed. What
// is said of a week rests on rows up to its Sunday alone; the order of obs does not matter. Weeks are
// ISO weeks of the days given. The error is an observation or option that cannot be, or ctx's.
//
// The method is a scan over start weeks: per touchpoint and for the practice as a whole the Bayes
// factors of "a drop began in week v" are summed over the last sixteen v (a Shiryaev-Roberts sum),
// on weekly means that are adjusted for the mix of sources and the mood of the reviewer, weighted by
// volume, shrunk to peers, and guarded against copies and bursts.
func Detect(ctx context.Context, obs []Observation, o DetectOptions) (Detection, error) {
	d, err := configure(o)
	if err == nil {
		err = d.load(ctx, split(obs))
	}
	if err == nil {
		err = d.replay(ctx)
	}
	if err != nil {
		return Detection{}, fmt.Errorf("detect: %w", err)
	}
	return d.findings(), nil
}

// A detector is all practices on their way through time.
type detector struct {
	DetectOptions
	histories []*history // by practice
	names     []string   // of all touchpoints, sorted: history.network points into it
	from      int        // the week of the checkpoint it starts from, math.MinInt at the beginning
	until     int
	listed    []string // Touchpoints without doubles
	keeping   bool     // whether checkpoints are taken on the way
	progress  Progress
}

// configure checks the options and fills them in.
func configure(o DetectOptions) (*detector, error) {
	switch {
	case o.Alpha == 0:
		o.Alpha = 0.5
	case !(o.Alpha > 0 && o.Alpha <= 10):
		return nil, fmt.Errorf("alpha %v: want a number over 0, at most 10", o.Alpha)
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	d := &detector{DetectOptions: o, from: math.MinInt, until: math.MinInt}
	if !o.Until.IsZero() {
		d.until = weekOf(dayOf(o.Until))
	}
	for _, t := range o.Touchpoints {
		if t != PracticeWide && !slices.Contains(d.listed, t) {
			d.listed = append(d.listed, t)
		}
	}
	return d, nil
}

// replay takes every practice from its first week to the last, refitWeeks weeks at a time. Between
// them practices meet: each gives what it knows of sources and levels to the network and takes the
// network's. A practice that has long been silent sleeps until its next voice, so that the work is
// linear in the rows whatever their dates.
func (d *detector) replay(ctx context.Context) error {
	next := make(map[int][]*history) // by the weeks in which they wake
	first := math.MaxInt
	var awake []*history
	for _, h := range d.histories {
		wakes := h.first
		if begun(h) {
			first = d.from
			asleep, then, ever := h.sleeps(d.from)
			if !asleep {
				awake = append(awake, h)
			}
			if !ever {
				continue
			}
			wakes = then
		}
		if len(h.voices) > 0 {
			next[refitOf(wakes)] = append(next[refitOf(wakes)], h)
			first = min(first, refitOf(wakes))
		}
	}
	for week := first; week <= d.until; week += refitWeeks {
		if err := d.keep(week); err != nil {
			return err
		}
		if woken := next[week]; woken != nil {
			for _, h := range woken {
				if h.through >= h.first {
					h.wake(week)
				}
			}
			awake = append(awake, woken...)
			delete(next, week)
			slices.SortFunc(awake, func(a, b *history) int { return cmp.Compare(a.place, b.place) })
		}
		if len(awake) == 0 {
			continue
		}
		if err := d.together(ctx, awake, week); err != nil {
			return err
		}
		awake = slices.DeleteFunc(awake, func(h *history) bool {
			asleep, then, wakes := h.sleeps(week + refitWeeks)
			if wakes {
				next[refitOf(then)] = append(next[refitOf(then)], h)
			}
			return asleep
		})
	}
	return d.keep(d.until + 1)
}

// refitOf returns the week of the refit that a week follows.
func refitOf(week int) int { return week - mod(week, refitWeeks) }

// together refits practices on what came before week and takes them to the next refit.
func (d *detector) together(ctx context.Context, awake []*history, week int) error {
	for _, h := range awake {
		h.forget(week)
	}
	ripe := slices.DeleteFunc(slices.Clone(awake), func(h *history) bool { return !h.ripe() })
	if err := each(ctx, d.Workers, ripe, (*history).contrast); err != nil {
		return err
	}
	net := newNetwork(ripe)
	err := each(ctx, d.Workers, ripe, func(h *history) {
		h.fitOffsets(net)
		h.measure()
	})
	if err != nil {
		return err
	}
	net.level(ripe, len(d.names))
	return each(ctx, d.Workers, awake, func(h *history) {
		judged := h.ripe()
		if judged {
			h.settle(net, week)
		}
		for w := max(week, h.first); w < min(week+refitWeeks, d.until+1); w++ {
			h.advance(w, d.threshold(h), judged)
		}
	})
}

// threshold returns what the statistic of one touchpoint is held against. The curve was fitted to
// simulated practices with 14 touchpoints for alpha 0.1 to 2; the number of streams scales the budget.
func (d *detector) threshold(h *history) float64 {
	streams := float64(max(h.seen, len(d.listed)) + 2) // the practice-wide stream counts twice
	return 5.9 + 0.87*math.Log(0.5/d.Alpha) + 0.87*math.Log(streams/16)
}

// wideBonus lowers the threshold of the practice-wide stream: it has the budget of two touchpoints.
const wideBonus = math.Ln2

func (d *detector) findings() Detection {
	var out Detection
	if len(d.histories) > 0 {
		out.Week = monday(d.until)
	}
	crowded := d.crowded()
	for _, h := range d.histories {
		slices.SortStableFunc(h.alarms, func(a, b *Alarm) int {
			return cmp.Or(a.Flagged.Compare(b.Flagged), strings.Compare(a.Touchpoint, b.Touchpoint))
		})
		for _, a := range h.alarms {
			out.Alarms = append(out.Alarms, *a)
		}
		out.Verdicts = append(out.Verdicts, d.verdicts(h, crowded)...)
	}
	return out
}

// crowded returns the weeks in which so many practices began to slip together that the cause is
// more likely what they share: the scorer, or a source.
func (d *detector) crowded() map[time.Time]string {
	const few = 10
	heard := slices.DeleteFunc(slices.Clone(d.histories), (*history).mute)
	if len(heard) < few {
		return nil
	}
	slips := make(map[time.Time]int)
	for _, h := range heard {
		told := make(map[time.Time]bool)
		for _, a := range h.alarms {
			if a.Kind == Drop && !told[a.Flagged] {
				told[a.Flagged] = true
				slips[a.Flagged]++
			}
		}
	}
	notes := make(map[time.Time]string)
	for week, n := range slips {
		if 5*n <= len(heard) {
			continue
		}
		live := 0
		for _, h := range heard {
			if !monday(h.first).After(week) {
				live++
			}
		}
		if live >= few && 5*n > live {
			notes[week] = fmt.Sprintf("%s of %s began to slip in one week: check scorer and sources first", collector.Thousands(n), collector.Plural(live, "practice"))
		}
	}
	return notes
}
