package analysis

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"
)

// A Checkpoint is a detector on its way, before the first row of Week. With the Voices of the weeks
// before it, a replay that starts there ends where one from the beginning does, to the last bit.
//
// Practices learn from each other, so a checkpoint is of all of them: a row that comes late for one
// spoils every checkpoint after its week, and none before. What a late row costs is the weeks since.
type Checkpoint struct {
	Week  time.Time // a Monday
	Key   string    // of the method and the options that it was made with, as far as they touch earlier weeks
	State []byte
}

// Voices are what was said in the four weeks before Week and what each voice weighs.
type Voices struct {
	Week time.Time // a Monday
	Data []byte
}

// A Past is where a replay starts: a checkpoint and the voices before it, oldest first. The zero Past
// is the beginning.
type Past struct {
	Checkpoint
	Voices []Voices
}

// A Progress is what a replay leaves for the next: it replaces everything after the Past's week.
type Progress struct {
	Checkpoints []Checkpoint
	Voices      []Voices
	// Keep are the weeks of the checkpoints worth keeping, older ones too: the nearer, the closer.
	Keep []time.Time
	// Oldest is the week of the first Voices that a kept checkpoint needs.
	Oldest time.Time
}

const (
	// methodVersion changes whenever the same rows and options could give another result, or a State reads otherwise.
	methodVersion = "2"
	keptRefits    = 32                                      // age of the oldest checkpoint kept
	spanRefits    = blockCount * blockWeeks / refitWeeks    // voices a checkpoint needs
	_             = uint(blockCount*blockWeeks - keptWeeks) // the blocks reach back further than the series
)

// Usable returns the latest of checkpoints, whose State need not be there, that a replay with these
// options may start from when rows before touched are what they were; a zero touched is no change.
// The zero time is the beginning.
func Usable(checkpoints []Checkpoint, o DetectOptions, touched time.Time) time.Time {
	d, err := configure(o)
	if err != nil {
		return time.Time{}
	}
	var at time.Time
	for _, c := range checkpoints {
		late := !touched.IsZero() && c.Week.After(touched)
		ahead := !o.Until.IsZero() && weekOf(dayOf(c.Week)) > d.until // the last week is judged, never recalled
		if c.Week.After(at) && !late && !ahead && c.Key == d.key(weekOf(dayOf(c.Week))) {
			at = c.Week
		}
	}
	return at
}

// Since returns the week of the first Voices that a replay from a checkpoint needs.
func (c Checkpoint) Since() time.Time {
	return c.Week.AddDate(0, 0, -7*refitWeeks*(spanRefits-1))
}

// Resume is Detect of all observations, given those from the week of a checkpoint on; earlier ones
// are not looked at. practices gives the observations of one practice after those of another: no more than
// those of a few are held at a time. It returns what the next replay may start from too. The checkpoint has
// to be one that Usable allows.
func Resume(ctx context.Context, past Past, practices iter.Seq2[[]Observation, error], o DetectOptions) (Detection, Progress, error) {
	d, err := configure(o)
	if err != nil {
		return Detection{}, Progress{}, fmt.Errorf("detect: %w", err)
	}
	d.keeping = true
	if !past.Week.IsZero() {
		if err := d.recall(ctx, past); err != nil {
			return Detection{}, Progress{}, fmt.Errorf("detect: resume from %s: %w", past.Week.Format(time.DateOnly), err)
		}
	}
	if err := d.load(ctx, practices); err != nil {
		return Detection{}, Progress{}, fmt.Errorf("detect: %w", err)
	}
	if err := d.replay(ctx); err != nil {
		return Detection{}, Progress{}, fmt.Errorf("detect: %w", err)
	}
	if err := d.keepVoices(); err != nil {
		return Detection{}, Progress{}, fmt.Errorf("detect: %w", err)
	}
	return d.findings(), d.progress, nil
}

// key names what made the state before a week, the rows apart.
func (d *detector) key(week int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%v\n%q\n", methodVersion, d.Alpha, d.listed)
	var lines []string
	for _, x := range d.Holes {
		if g := x.gap(week - 1); g.from < week {
			lines = append(lines, fmt.Sprintf("hole %q %q %d %d %v\n", x.Practice, x.Source, g.from, min(g.to, week-1), x.Ended))
		}
	}
	for _, e := range d.Events {
		if w := weekOf(dayOf(e.Date)); e.Rebase && w < week {
			lines = append(lines, fmt.Sprintf("rebase %q %q %d\n", e.Practice, e.Touchpoint, w))
		}
	}
	slices.Sort(lines)
	for _, l := range slices.Compact(lines) {
		h.Write([]byte(l))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// last is the week of the latest refit that all rows up to until precede.
func (d *detector) last() int { return refitOf(d.until + 1) }

// kept reports whether a checkpoint is worth keeping: every one of late, then every second, fourth,
// eighth. One that is not kept now is never missed later.
func (d *detector) kept(week int) bool {
	age := (d.last() - week) / refitWeeks
	if age < 0 || age > keptRefits {
		return false
	}
	step := 1
	for 4*step <= age {
		step *= 2
	}
	return mod(week/refitWeeks, step) == 0
}

// keep takes a checkpoint before the refit of a week.
func (d *detector) keep(week int) error {
	if !d.keeping || mod(week, refitWeeks) != 0 || week <= d.from || !slices.ContainsFunc(d.histories, begun) || !d.kept(week) {
		return nil
	}
	state, err := d.state(week)
	if err != nil {
		return err
	}
	d.progress.Checkpoints = append(d.progress.Checkpoints, Checkpoint{Week: monday(week), Key: d.key(week), State: state})
	return nil
}

// keepVoices packs what was read since the checkpoint, as far as a later one needs it.
func (d *detector) keepVoices() error {
	if len(d.histories) == 0 {
		return nil
	}
	last := d.last()
	oldest := last - refitWeeks*(keptRefits+spanRefits-1)
	d.progress.Oldest = monday(oldest)
	for age := keptRefits; age >= 0; age-- {
		if w := last - age*refitWeeks; d.kept(w) {
			d.progress.Keep = append(d.progress.Keep, monday(w))
		}
	}
	first := math.MaxInt
	for _, h := range d.histories {
		if len(h.voices) > 0 {
			first = min(first, weekOf(int(h.voices[0].day)))
		}
	}
	if first == math.MaxInt {
		return nil
	}
	for week := max(refitOf(first)+refitWeeks, d.from+refitWeeks, oldest); week <= last; week += refitWeeks {
		data, err := d.pack(week)
		if err != nil {
			return err
		}
		if data != nil {
			d.progress.Voices = append(d.progress.Voices, Voices{Week: monday(week), Data: data})
		}
	}
	return nil
}

// A packed is the voices of all practices in the refitWeeks weeks before a week, in columns.
type packed struct {
	Practices []string
	Counts    []int32 // voices of each practice
	Days      []int32
	Sources   []int32 // into the practice's sources
	Remarks   []int32 // of each voice
	Weights   []float64
	Touches   []int32 // of each remark, into the practice's touchpoints
	Scores    []float64
}

func (d *detector) pack(week int) ([]byte, error) {
	var p packed
	for _, h := range d.histories {
		list := h.voices[h.before(week-refitWeeks):h.before(week)]
		if len(list) == 0 {
			continue
		}
		p.Practices = append(p.Practices, h.practice)
		p.Counts = append(p.Counts, int32(len(list)))
		for _, v := range list {
			p.Days = append(p.Days, v.day)
			p.Sources = append(p.Sources, v.source)
			p.Remarks = append(p.Remarks, v.to-v.from)
			p.Weights = append(p.Weights, v.weight)
			for _, r := range h.remarks[v.from:v.to] {
				p.Touches = append(p.Touches, r.touch)
				p.Scores = append(p.Scores, r.score)
			}
		}
	}
	if len(p.Practices) == 0 {
		return nil, nil
	}
	var out bytes.Buffer
	err := gob.NewEncoder(&out).Encode(p)
	return out.Bytes(), err
}

func unpack(data []byte) (packed, error) {
	var p packed
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&p); err != nil {
		return p, fmt.Errorf("voices: %w", err)
	}
	voices, remarks := 0, 0
	for _, n := range p.Counts {
		voices += int(n)
	}
	for _, n := range p.Remarks {
		remarks += int(n)
	}
	if len(p.Practices) != len(p.Counts) || len(p.Days) != voices || len(p.Sources) != voices || len(p.Remarks) != voices ||
		len(p.Weights) != voices || len(p.Touches) != remarks || len(p.Scores) != remarks {
		return p, fmt.Errorf("voices: columns of different lengths")
	}
	return p, nil
}
