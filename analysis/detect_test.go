package analysis

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func detect(t *testing.T, obs []Observation, o DetectOptions) Detection {
	t.Helper()
	d, err := Detect(t.Context(), obs, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDetectTellsAChange(t *testing.T) {
	const touch, start = 2, 60
	for _, c := range []struct {
		name string
		size float64
		kind string
		word Word
	}{
		{"a drop is worse", -.4, Drop, Worse},
		{"a rise is better", .4, Rise, Better},
	} {
		t.Run(c.name, func(t *testing.T) {
			obs := simulation{seed: 1, practices: 1, weeks: 76, perWeek: 14, change: dropAt(touch, start, 999, c.size)}.run()
			d := detect(t, obs, DetectOptions{Channel: "review"})
			told := kinds(d.Alarms, 0, Drop, Rise)
			if len(told) != 1 {
				t.Fatalf("alarms %+v, want one", told)
			}
			a := told[0]
			if a.Kind != c.kind || a.Touchpoint != simTouches[touch] {
				t.Errorf("told a %s of %s, want a %s of %s", a.Kind, a.Touchpoint, c.kind, simTouches[touch])
			}
			if late := a.Flagged.Sub(simWeek(start)).Hours() / 24 / 7; late < 0 || late >= 8 {
				t.Errorf("flagged %.0f weeks after the start, want 0 to 7", late)
			}
			v := verdictOf(d, simTouches[touch])
			if v.Word != c.word || !v.Flagged.Equal(a.Flagged) || v.Channel != "review" || !v.Week.Equal(simWeek(75)) {
				t.Errorf("verdict %+v", v)
			}
			for what, e := range map[string]Alarm{"alarm": a, "verdict": {
				Since: v.Since, SinceLo: v.SinceLo, SinceHi: v.SinceHi, Effect: v.Effect, EffectLo: v.EffectLo, EffectHi: v.EffectHi,
			}} {
				if off := e.Since.Sub(simWeek(start)).Abs(); off > 2*7*24*time.Hour || e.SinceLo.After(e.Since) || e.SinceHi.Before(e.Since) {
					t.Errorf("%s: began %s (%s to %s), want %s", what, e.Since, e.SinceLo, e.SinceHi, simWeek(start))
				}
				if math.Abs(e.Effect-c.size) > .12 || e.EffectLo > c.size || e.EffectHi < c.size {
					t.Errorf("%s: effect %.2f (%.2f to %.2f), want %.2f", what, e.Effect, e.EffectLo, e.EffectHi, c.size)
				}
			}
			if w := v.EffectHi - v.EffectLo; w >= a.EffectHi-a.EffectLo {
				t.Errorf("interval is %.2f wide after more weeks, %.2f when told", w, a.EffectHi-a.EffectLo)
			}
			then := verdictOf(detect(t, obs, DetectOptions{Until: a.Flagged}), simTouches[touch])
			if then.Since != a.Since || then.Effect != a.Effect || then.EffectHi != a.EffectHi || then.Statistic != a.Statistic {
				t.Errorf("verdict of the week it was told %+v, want what the alarm says: %+v", then, a)
			}
			for _, other := range d.Verdicts {
				if other.Touchpoint != v.Touchpoint && other.Word != Steady {
					t.Errorf("%s is %q, want steady", other.Touchpoint, other.Word)
				}
			}
		})
	}
}

// TestDetectMirrors holds that good news is found by the same measure as bad: with all scores
// negated, every drop is a rise of the same size and statistic.
func TestDetectMirrors(t *testing.T) {
	obs := simulation{seed: 3, practices: 12, weeks: 80, perWeek: 10, change: dropAt(4, 50, 999, -.45)}.run()
	drops := kinds(detect(t, obs, DetectOptions{}).Alarms, 0, Drop)
	for i := range obs {
		obs[i].Score = -obs[i].Score
	}
	rises := kinds(detect(t, obs, DetectOptions{}).Alarms, 0, Rise)
	if len(drops) < 8 {
		t.Fatalf("%d drops in 12 practices, want at least 8", len(drops))
	}
	for i := range drops {
		d := &drops[i]
		d.Kind, d.Effect, d.EffectLo, d.EffectHi = Rise, -d.Effect, -d.EffectHi, -d.EffectLo
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-6 })
	if diff := cmp.Diff(drops, rises, near); diff != "" {
		t.Errorf("drops of the negated scores (-want +got):\n%s", diff)
	}
}

func TestDetectTellsThePracticeAsAWhole(t *testing.T) {
	all := func(_, w, _ int) float64 {
		if w >= 60 {
			return -.25
		}
		return 0
	}
	obs := simulation{seed: 11, practices: 1, weeks: 72, perWeek: 12, change: all}.run()
	d := detect(t, obs, DetectOptions{})
	if v := d.Verdicts[0]; v.Touchpoint != PracticeWide || v.Word != Worse || math.Abs(v.Effect+.25) > .1 {
		t.Errorf("first verdict %+v, want the practice worse by .25", v)
	}
}

func TestDetectFollowsAChangeToItsEnd(t *testing.T) {
	const touch, start = 3, 50
	name := simTouches[touch]
	for _, c := range []struct {
		name   string
		change func(int, int, int) float64
		weeks  int
		check  func(t *testing.T, d Detection, told []Alarm)
	}{
		{"a drop that ends is cleared and its end is no rise", dropAt(touch, start, 64, -.5), 90, func(t *testing.T, d Detection, told []Alarm) {
			if len(told) != 1 || told[0].Cleared.Before(simWeek(64)) || told[0].Cleared.After(simWeek(73)) {
				t.Errorf("told %+v, want one drop cleared in the nine weeks from %s", told, simWeek(64))
			}
			if v := verdictOf(d, name); v.Word != Steady {
				t.Errorf("verdict %q, want steady", v.Word)
			}
		}},
		{"a drop that lasts stands", dropAt(touch, start, 999, -.5), 76, func(t *testing.T, d Detection, told []Alarm) {
			if len(told) != 1 || !told[0].Cleared.IsZero() {
				t.Errorf("told %+v, want one drop that stands", told)
			}
			if v := verdictOf(d, name); v.Word != Worse {
				t.Errorf("verdict %q, want worse", v.Word)
			}
		}},
		{"after half a year it is the new normal", dropAt(touch, start, 999, -.5), 92, func(t *testing.T, d Detection, told []Alarm) {
			if len(told) != 1 || !told[0].Cleared.IsZero() {
				t.Errorf("told %+v, want one drop, never cleared", told)
			}
			if v := verdictOf(d, name); v.Word != Steady || !regexp.MustCompile(`^new normal since 2023-12-\d\d, -0\.[45]\d$`).MatchString(v.Note) {
				t.Errorf("verdict %q, note %q, want steady and the new normal", v.Word, v.Note)
			}
		}},
		{"and a further drop is told again", func(_, w, k int) float64 {
			switch {
			case k != touch || w < start:
				return 0
			case w < 96:
				return -.4
			}
			return -.9
		}, 110, func(t *testing.T, d Detection, told []Alarm) {
			if len(told) != 2 || told[1].Flagged.Before(simWeek(96)) || told[1].Flagged.After(simWeek(103)) {
				t.Errorf("told %+v, want a second drop soon after %s", told, simWeek(96))
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			obs := simulation{seed: 5, practices: 1, weeks: c.weeks, perWeek: 14, change: c.change}.run()
			d := detect(t, obs, DetectOptions{})
			var told []Alarm
			for _, a := range kinds(d.Alarms, 0, Drop, Rise) {
				if a.Touchpoint == name {
					told = append(told, a)
				}
			}
			c.check(t, d, told)
		})
	}
}

// TestDetectNeverLooksAhead cuts the data at several weeks: what was said before must not change by a bit.
func TestDetectNeverLooksAhead(t *testing.T) {
	obs := simulation{seed: 13, practices: 12, weeks: 90, perWeek: 8, change: func(p, w, k int) float64 {
		if p%2 == 0 && k == p/2 && w >= 40 && w < 60+p {
			return -.5
		}
		return 0
	}}.run()
	// A source and a touchpoint that come late, in practices that sort first and last.
	for w := 55; w < 90; w++ {
		for i, p := range []string{"a-practice", "practice-00", "z-practice"} {
			obs = append(obs, Observation{
				Practice: p, Touchpoint: "aftercare", Source: "a new platform", Day: simWeek(w), Score: .1 * float64(i), Review: fmt.Sprint("late", w),
			})
		}
	}
	whole := detect(t, obs, DetectOptions{}).Alarms
	if len(whole) < 10 {
		t.Fatalf("%d alarms, too few to compare", len(whole))
	}
	for _, cut := range []int{41, 52, 58, 67, 79} {
		last := simWeek(cut)
		early := slices.DeleteFunc(slices.Clone(obs), func(o Observation) bool { return !o.Day.Before(simWeek(cut + 1)) })
		want := slices.DeleteFunc(slices.Clone(whole), func(a Alarm) bool { return a.Flagged.After(last) })
		for i := range want {
			if want[i].Cleared.After(last) {
				want[i].Cleared = time.Time{}
			}
		}
		if diff := cmp.Diff(want, detect(t, early, DetectOptions{}).Alarms); diff != "" {
			t.Errorf("rows after week %d removed: alarms differ (-whole +cut):\n%s", cut, diff)
		}
		if diff := cmp.Diff(want, detect(t, obs, DetectOptions{Until: last}).Alarms); diff != "" {
			t.Errorf("Until week %d: alarms differ (-whole +until):\n%s", cut, diff)
		}
	}
}

func TestDetectDoesNotDependOnOrderOrWorkers(t *testing.T) {
	obs := simulation{seed: 17, practices: 14, weeks: 70, perWeek: 6, change: dropAt(1, 45, 999, -.5)}.run()
	want := detect(t, obs, DetectOptions{Workers: 1})
	if len(want.Alarms) < 10 {
		t.Fatalf("%d alarms, too few to compare", len(want.Alarms))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(obs), func(i, j int) { obs[i], obs[j] = obs[j], obs[i] })
	for _, workers := range []int{1, 4} {
		if diff := cmp.Diff(want, detect(t, obs, DetectOptions{Workers: workers})); diff != "" {
			t.Errorf("shuffled rows, %d workers (-want +got):\n%s", workers, diff)
		}
	}
}

func TestDetectCountsPeopleNotRows(t *testing.T) {
	obs := simulation{seed: 19, practices: 1, weeks: 60, perWeek: 8}.run()
	want := detect(t, obs, DetectOptions{})
	var doubled []Observation
	for _, o := range obs {
		doubled = append(doubled, o, o, o)
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
	if diff := cmp.Diff(want, detect(t, doubled, DetectOptions{}), near); diff != "" {
		t.Errorf("every clause said three times (-once +thrice):\n%s", diff)
	}
}

func TestDetectRefuses(t *testing.T) {
	good := Observation{Practice: "p", Touchpoint: "exam", Source: "s", Day: simStart, Score: .5}
	for _, c := range []struct {
		name string
		edit func(*Observation, *DetectOptions)
		want string
	}{
		{"a score beyond 1", func(o *Observation, _ *DetectOptions) { o.Score = 1.5 }, "detect: observation 1: score 1.5: want -1 to 1"},
		{"a score that is no number", func(o *Observation, _ *DetectOptions) { o.Score = math.NaN() }, "detect: observation 1: score NaN: want -1 to 1"},
		{"no practice", func(o *Observation, _ *DetectOptions) { o.Practice = "" }, "detect: observation 1: no practice"},
		{"the practice-wide touchpoint", func(o *Observation, _ *DetectOptions) { o.Touchpoint = "*" }, `detect: observation 1: touchpoint "*": want a name`},
		{"no day", func(o *Observation, _ *DetectOptions) { o.Day = time.Time{} }, "detect: observation 1: day 0001-01-01: want a year from 1970 to 2199"},
		{"a negative alpha", func(_ *Observation, o *DetectOptions) { o.Alpha = -1 }, "detect: alpha -1: want a number over 0, at most 10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, opts := good, DetectOptions{}
			c.edit(&o, &opts)
			if _, err := Detect(t.Context(), []Observation{o}, opts); err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Detect(ctx, []Observation{good}, DetectOptions{}); err == nil {
		t.Error("no error under a cancelled context")
	}
}

func TestDetectOfNothing(t *testing.T) {
	d := detect(t, nil, DetectOptions{Touchpoints: []string{"exam"}})
	if len(d.Alarms)+len(d.Verdicts) != 0 {
		t.Errorf("found %+v in nothing", d)
	}
}

func TestDetectOfAPracticeThatSleeps(t *testing.T) {
	obs := simulation{seed: 59, practices: 1, weeks: 60, perWeek: 10, change: dropAt(3, 45, 999, -.6)}.run()
	told := detect(t, obs, DetectOptions{}).Alarms
	if len(kinds(told, 45, Drop)) == 0 {
		t.Fatal("the drop before the sleep was not found")
	}
	until := simWeek(60 + 5000)
	v := verdictOf(detect(t, obs, DetectOptions{Until: until}), simTouches[3])
	if v.Word != NotEnough || v.People != 0 || !v.Week.Equal(until) || !strings.Contains(v.Note, "nothing heard since 2024-02-19") {
		t.Errorf("verdict %+v, want not enough and since when", v)
	}
	// It wakes, at another level: no slip, for there is no before.
	woken := slices.Clone(obs)
	for _, o := range obs {
		o.Day, o.Score = o.Day.AddDate(0, 0, 7*5000), max(-1, o.Score-.5)
		woken = append(woken, o)
	}
	again := kinds(detect(t, woken, DetectOptions{}).Alarms, 5000, Drop, Rise)
	found := false
	for _, a := range again {
		found = found || a.Touchpoint == simTouches[3]
		if a.Flagged.Before(simWeek(5045)) {
			t.Errorf("after waking told %+v, before anything changed", a)
		}
	}
	if !found {
		t.Errorf("after waking told %+v, want the drop of week 45", again)
	}
}

// TestDetectOfScoresWithoutSpread has a practice whose customers all say the same, as a rating of five
// stars from everyone does.
func TestDetectOfScoresWithoutSpread(t *testing.T) {
	obs := simulation{seed: 67, practices: 1, weeks: 70, perWeek: 10}.run()
	for i := range obs {
		obs[i].Score = 1
	}
	d := detect(t, obs, DetectOptions{})
	finiteNumbers(t, d)
	if told := kinds(d.Alarms, 0, Drop, Rise, Watch); len(told) != 0 {
		t.Errorf("told %+v where everyone always said 1", told)
	}
	for i := range obs {
		if o := &obs[i]; o.Touchpoint == "exam" && !o.Day.Before(simWeek(60)) {
			o.Score = -1
		}
	}
	d = detect(t, obs, DetectOptions{})
	finiteNumbers(t, d)
	if v := verdictOf(d, "exam"); v.Word != Worse || v.Effect > -1.5 {
		t.Errorf("verdict %+v, want worse by nearly 2", v)
	}
}

func TestDetectOfAYoungPractice(t *testing.T) {
	obs := simulation{seed: 61, practices: 1, weeks: 2, perWeek: 10}.run()
	v := verdictOf(detect(t, obs, DetectOptions{}), PracticeWide)
	if v.Word != NotEnough || v.People < 10 || v.WeeksToEnough != 6 {
		t.Errorf("after two weeks: %+v, want not enough for six weeks", v)
	}
}

func TestThreshold(t *testing.T) {
	for _, c := range []struct {
		alpha   float64
		streams int
		want    float64 // 5.9 + .87 ln(.5/alpha) + .87 ln((streams+2)/16), by hand
	}{
		{.5, 14, 5.9}, {.1, 14, 7.3002}, {2, 14, 4.6939}, {.5, 6, 5.2970}, {.5, 30, 6.5030},
	} {
		d := detector{DetectOptions: DetectOptions{Alpha: c.alpha}}
		if got := d.threshold(&history{seen: c.streams}); math.Abs(got-c.want) > 1e-4 {
			t.Errorf("threshold at alpha %v of %d touchpoints = %.4f, want %.4f", c.alpha, c.streams, got, c.want)
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	for _, c := range []struct {
		name             string
		practices, weeks int
		touches          int
	}{
		{"100 practices, two years", 100, 104, 0},
		{"500 practices, 14 touchpoints, two years", 500, 104, 14},
		{"one practice, ten years", 1, 520, 0},
		{"1,000 practices, two years", 1000, 104, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			obs := simulation{seed: 1, practices: c.practices, weeks: c.weeks, perWeek: 10, touches: c.touches}.run()
			for b.Loop() {
				if _, err := Detect(b.Context(), obs, DetectOptions{Workers: 1}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(c.practices*c.weeks*b.N)/b.Elapsed().Seconds(), "practice-weeks/s")
		})
	}
}

// BenchmarkOneMoreWeek is a run of a week later: a checkpoint as it was packed, the rows since. The
// weeks of a refit, one of four, pack the next.
func BenchmarkOneMoreWeek(b *testing.B) {
	for _, c := range []struct {
		name             string
		practices, weeks int
		touches          int
	}{
		{"1,000 practices, two years", 1000, 104, 8},
		{"500 practices, 14 touchpoints, two years", 500, 104, 14},
		{"one practice, ten years", 1, 520, 8},
	} {
		for _, past := range []int{0, 3} { // weeks since the checkpoint
			week := c.weeks - mod(c.weeks-1+weekOf(dayOf(simStart)), refitWeeks) + past - 1
			b.Run(fmt.Sprintf("%s, %d after a refit", c.name, past), func(b *testing.B) {
				obs := simulation{seed: 1, practices: c.practices, weeks: week + 1, perWeek: 10, touches: c.touches}.run()
				var n notebook
				n.resume(b, obs, DetectOptions{Until: simWeek(week - 1), Workers: 1})
				kept, at := n.past(DetectOptions{Until: simWeek(week)}, time.Time{})
				fresh := slices.DeleteFunc(obs, func(o Observation) bool { return o.Day.Before(at) })
				size := len(kept.State)
				for _, v := range kept.Voices {
					size += len(v.Data)
				}
				b.ReportMetric(float64(size)/1e6, "MB")
				for b.Loop() {
					if _, _, err := Resume(b.Context(), kept, split(fresh), DetectOptions{Until: simWeek(week), Workers: 1}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// Eight people may be enough for the statistic and are too few for a word.
func TestAChangeOfFewPeopleIsNotCalled(t *testing.T) {
	start := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)
	series := func(lately int) []Observation {
		var obs []Observation
		add := func(week, n int, score float64) {
			for i := range n {
				obs = append(obs, Observation{Practice: "elm", Touchpoint: "order", Source: "survey", Day: start.AddDate(0, 0, 7*week+i%6),
					Score: score, Review: fmt.Sprintf("%d-%d", week, i)})
			}
		}
		for w := range 40 {
			add(w, 3, .8)
		}
		for w := 52; w < 56; w++ {
			add(w, lately, -.9)
		}
		return obs
	}
	for _, c := range []struct {
		lately int
		want   Word
	}{{2, NotEnough}, {4, Worse}} {
		d, err := Detect(t.Context(), series(c.lately), DetectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range d.Verdicts {
			if v.Touchpoint == "order" && (v.Word != c.want || v.Watch != (c.want == NotEnough)) {
				t.Errorf("%d people since the change: %+v, want %s", 4*c.lately, v, c.want)
			}
		}
		if !slices.ContainsFunc(d.Alarms, func(a Alarm) bool { return a.Kind == Drop && a.Touchpoint == "order" }) {
			t.Errorf("%d people since the change: no alarm; the test proves nothing", 4*c.lately)
		}
	}
}
