package analysis

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A notebook keeps what a store keeps between runs.
type notebook struct {
	checkpoints []Checkpoint
	voices      []Voices
	digests     map[time.Time]uint64
}

// digest sums a hash of the rows of each week.
func digest(obs []Observation) map[time.Time]uint64 {
	sums := make(map[time.Time]uint64)
	for _, o := range obs {
		h := fnv.New64a()
		fmt.Fprint(h, o)
		sums[monday(weekOf(dayOf(o.Day)))] += h.Sum64()
	}
	return sums
}

// touched is the first week whose rows are not those of last time.
func (n *notebook) touched(now map[time.Time]uint64) (first time.Time) {
	for _, pair := range [][2]map[time.Time]uint64{{n.digests, now}, {now, n.digests}} {
		for week, sum := range pair[0] {
			if pair[1][week] != sum && (first.IsZero() || week.Before(first)) {
				first = week
			}
		}
	}
	return first
}

// past is where a run starts.
func (n *notebook) past(o DetectOptions, touched time.Time) (past Past, at time.Time) {
	at = Usable(n.checkpoints, o, touched)
	for _, c := range n.checkpoints {
		if c.Week.Equal(at) {
			past.Checkpoint = c
		}
	}
	for _, v := range n.voices {
		if past.State != nil && !v.Week.Before(past.Since()) && !v.Week.After(at) {
			past.Voices = append(past.Voices, v)
		}
	}
	return past, at
}

// resume detects as a run does, and returns the week it started from.
func (n *notebook) resume(t testing.TB, obs []Observation, o DetectOptions) (Detection, time.Time) {
	t.Helper()
	now := digest(obs)
	touched := n.touched(now)
	if n.digests == nil {
		touched = time.Time{}
	}
	past, at := n.past(o, touched)
	late := slices.DeleteFunc(slices.Clone(obs), func(o Observation) bool { return o.Day.Before(at) })
	d, p, err := Resume(t.Context(), past, split(late), o)
	if err != nil {
		t.Fatal(err)
	}
	n.checkpoints = slices.DeleteFunc(n.checkpoints, func(c Checkpoint) bool { return c.Week.After(at) || !slices.Contains(p.Keep, c.Week) })
	n.checkpoints = append(n.checkpoints, p.Checkpoints...)
	n.voices = slices.DeleteFunc(n.voices, func(v Voices) bool { return v.Week.After(at) || v.Week.Before(p.Oldest) })
	n.voices = append(n.voices, p.Voices...)
	n.digests = now
	return d, at
}

// TestResumeIsDetect runs random histories week after week, with rows that come late, are edited and
// removed, holes that open and close and events that are written down: what is found from a checkpoint
// is what is found from the beginning, to the last bit.
func TestResumeIsDetect(t *testing.T) {
	resumed, late := 0, 0
	for _, c := range []struct {
		name      string
		practices int
		weeks     int
		step      int
		seeds     uint64
	}{
		{"alone", 1, 250, 4, 2},
		{"a few", 3, 110, 3, 2},
		{"with a network", 12, 84, 4, 1},
	} {
		for seed := range c.seeds {
			t.Run(fmt.Sprintf("%s, %d", c.name, seed), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(seed, 71))
				all := wild(rng, seed, c.practices, c.weeks)
				o := DetectOptions{Touchpoints: []string{"quote", "settlement", "exam"}, Workers: 1}
				var n notebook
				held := make(map[int]bool) // rows that come later
				for i := range all {
					held[i] = rng.IntN(50) == 0
				}
				gone := make(map[int]bool)
				for week := 3; week < c.weeks; week += rng.IntN(c.step * 2) {
					o.Until = simWeek(week)
					disturbed := false
					switch rng.IntN(8) {
					case 0: // a late file
						from := rng.IntN(week)
						for i, is := range held {
							if is && weekOf(dayOf(all[i].Day)) >= weekOf(dayOf(simWeek(from))) {
								held[i] = false
							}
						}
						disturbed = true
					case 1: // an edit or a removal
						i := rng.IntN(len(all))
						if rng.IntN(2) == 0 {
							all[i].Score = -all[i].Score
						} else {
							gone[i] = true
						}
						disturbed = true
					case 2: // a hole opens, or all close
						if len(o.Holes) > 0 {
							o.Holes = nil
						} else {
							o.Holes = []Hole{{Practice: "practice-00", Source: "google", From: simWeek(max(week-rng.IntN(20), 0))}}
						}
						disturbed = true
					case 3: // something is written down
						if rng.IntN(3) == 0 {
							o.Events = append(o.Events, Event{
								Touchpoint: []string{"", "quote", "fitment"}[rng.IntN(3)], Date: simWeek(rng.IntN(week)).AddDate(0, 0, 2),
								Text: "a move", Rebase: rng.IntN(2) == 0,
							})
							disturbed = true
						}
					}
					var obs []Observation
					for i, x := range all {
						if !held[i] && !gone[i] && x.Day.Before(simWeek(week+2)) { // a week more than is judged
							obs = append(obs, x)
						}
					}
					want := detect(t, obs, o)
					got, at := n.resume(t, obs, o)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Fatalf("week %d, resumed from %s (-from the beginning +resumed):\n%s", week, at, diff)
					}
					if !at.IsZero() {
						resumed++
						if disturbed {
							late++
						}
					} else if week > 40 && !disturbed {
						t.Errorf("week %d: from the beginning although nothing changed", week)
					}
				}
			})
		}
	}
	if resumed < 50 || late < 10 {
		t.Errorf("resumed %d times, %d of them after a disturbance: the test proves little", resumed, late)
	}
}

// wild is a history with all that a checkpoint must carry: drops that end and that last, sources and
// touchpoints that come late or fall silent, copies, bursts, practices that sleep and wake.
func wild(rng *rand.Rand, seed uint64, practices, weeks int) []Observation {
	end := weeks * 2 / 3
	obs := simulation{
		seed: 1000 + seed, practices: practices, weeks: weeks, perWeek: 7,
		sources: append(slices.Clone(simSources), simSource{"platform", .4, -.3}),
		change: func(p, w, k int) float64 {
			return when(k == p%8 && w >= 30 && w < end, -.6, 0) + when(k == (p+3)%8 && w >= 50, .5, 0)
		},
		volume: func(w int, source string) float64 {
			return when(source == "platform" && w < 45 || source == "facebook" && w > 70, 0, 1)
		},
	}.run()
	obs = slices.DeleteFunc(obs, func(o Observation) bool {
		w := weekOf(dayOf(o.Day)) - weekOf(dayOf(simStart))
		sleeps := o.Practice == "practice-00" && w >= 60 && w < 175
		sparse := o.Practice == "practice-02" && w%17 > 1
		return sleeps || sparse || o.Touchpoint == "recall" && w < 52
	})
	for p := range practices {
		for range 3 {
			w := rng.IntN(weeks)
			for i := range 25 {
				obs = append(obs, Observation{
					Practice: fmt.Sprintf("practice-%02d", p), Touchpoint: simTouches[p%8], Source: "google", Day: simWeek(w).AddDate(0, 0, i%9),
					Score: -.9, Review: fmt.Sprintf("burst-%d-%d", w, i), TextSig: []string{"", "one text", "another"}[i%3],
				})
			}
		}
	}
	return obs
}

// TestACutCheckpointIsRefused cuts a checkpoint at every byte, between two practices too: what is left must not read as
// the whole, or the history of the others would begin at the checkpoint.
func TestACutCheckpointIsRefused(t *testing.T) {
	obs := simulation{seed: 5, practices: 3, weeks: 24, perWeek: 2}.run()
	_, p, err := Resume(t.Context(), Past{}, split(obs), DetectOptions{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	whole := Past{Checkpoint: p.Checkpoints[len(p.Checkpoints)-1]} // without voices: nothing else is missed
	between := 0
	for cut := range len(whole.State) + 1 {
		past := whole
		past.State = whole.State[:cut]
		d, err := configure(DetectOptions{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		err = d.recall(t.Context(), past)
		if (err == nil) != (cut == len(whole.State)) {
			t.Fatalf("cut at %d of %d: %v", cut, len(whole.State), err)
		}
		if len(d.histories) > 0 && errors.Is(err, io.EOF) {
			between++
		}
	}
	if between == 0 {
		t.Error("no cut lies between two practices")
	}
}
