package analysis

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

// check refuses what would spoil every sum after it.
func (o *Observation) check() error {
	switch year := o.Day.Year(); {
	case o.Practice == "":
		return fmt.Errorf("no practice")
	case o.Touchpoint == "" || o.Touchpoint == PracticeWide:
		return fmt.Errorf("touchpoint %q: want a name", o.Touchpoint)
	case year < 1970 || year > 2199:
		return fmt.Errorf("day %s: want a year from 1970 to 2199", o.Day.Format(time.DateOnly))
	case !(o.Score >= -1 && o.Score <= 1):
		return fmt.Errorf("score %v: want -1 to 1", o.Score)
	}
	return nil
}

// split gives the observations of one practice after those of another, in the order in which they are first met.
func split(obs []Observation) iter.Seq2[[]Observation, error] {
	return func(yield func([]Observation, error) bool) {
		ids := make(map[string]int)
		var rows [][]int32 // of each practice
		for i := range obs {
			if err := obs[i].check(); err != nil {
				yield(nil, fmt.Errorf("observation %d: %w", i+1, err))
				return
			}
			id, ok := ids[obs[i].Practice]
			if !ok {
				id = len(rows)
				ids[obs[i].Practice] = id
				rows = append(rows, nil)
			}
			rows[id] = append(rows[id], int32(i))
		}
		for _, list := range rows {
			of := make([]Observation, len(list))
			for i, at := range list {
				of[i] = obs[at]
			}
			if !yield(of, nil) {
				return
			}
		}
	}
}

// Practices are given to the workers while they are read: loadedTogether for each at a time, or fewer where they have
// heldTogether observations.
const (
	loadedTogether = 8
	heldTogether   = 200_000
)

// load reads the observations of every practice into its history, and lets go of them.
func (d *detector) load(ctx context.Context, practices iter.Seq2[[]Observation, error]) error {
	known := make(map[string]*history)
	for _, h := range d.histories {
		known[h.practice] = h
	}
	read := make(map[string]bool)
	last := max(d.from, math.MinInt+1) - 1
	var batch []unread
	held := 0
	fill := func() error {
		err := each(ctx, d.Workers, batch, func(u unread) { u.fill(u.obs, u.rows) })
		clear(batch) // or it held the observations
		batch, held = batch[:0], 0
		return err
	}
	for obs, err := range practices {
		if err != nil {
			return err
		}
		u, through, err := d.sift(obs)
		if err != nil {
			return err
		}
		last = max(last, through)
		if len(u.rows) == 0 {
			continue
		}
		practice := obs[0].Practice
		if read[practice] {
			return fmt.Errorf("practice %s: its observations do not come together", practice)
		}
		read[practice] = true
		if u.history = known[practice]; u.history == nil {
			u.history = &history{practice: practice}
			d.histories = append(d.histories, u.history)
		}
		u.holes = d.gaps(practice, math.MaxInt) // what is read is not after the last week
		held += len(obs)
		if batch = append(batch, u); len(batch) >= loadedTogether*d.Workers || held >= heldTogether {
			if err := fill(); err != nil {
				return err
			}
		}
	}
	if err := fill(); err != nil {
		return err
	}
	if d.Until.IsZero() {
		d.until = last
	}
	return d.begin(ctx)
}

// An unread is a history with rows that are not in it yet.
type unread struct {
	*history
	obs  []Observation
	rows []row
}

// sift takes the rows that are looked at out of the observations of one practice, and says what the latest week of them is.
func (d *detector) sift(obs []Observation) (unread, int, error) {
	u := unread{obs: obs, rows: make([]row, 0, len(obs))}
	last := math.MinInt
	for i := range obs {
		o := &obs[i]
		if err := o.check(); err != nil {
			return u, last, fmt.Errorf("practice %s: observation %d: %w", o.Practice, i+1, err)
		}
		if o.Practice != obs[0].Practice {
			return u, last, fmt.Errorf("practice %s: an observation of %s among its own", obs[0].Practice, o.Practice)
		}
		day := dayOf(o.Day)
		week := weekOf(day)
		if week < d.from || !d.Until.IsZero() && week > d.until {
			continue
		}
		last = max(last, week)
		u.rows = append(u.rows, row{at: int32(i), day: int32(day)})
	}
	return u, last, nil
}

// gaps are the holes of a practice, the open ones up to a week.
func (d *detector) gaps(practice string, until int) []gap {
	var of []gap
	for _, x := range d.Holes {
		if x.Practice == "" || x.Practice == practice {
			of = append(of, x.gap(until))
		}
	}
	return of
}

// begin sets all histories before their first week, in the order of their names, once they are filled.
func (d *detector) begin(ctx context.Context) error {
	slices.SortFunc(d.histories, func(a, b *history) int { return strings.Compare(a.practice, b.practice) })
	names := make(map[string]int)
	for i, h := range d.histories {
		h.place = i
		if len(h.touchpoints) > maxTouchpoints {
			return fmt.Errorf("practice %s: %d touchpoints, at most %d are judged", h.practice, len(h.touchpoints), maxTouchpoints)
		}
		for _, name := range h.touchpoints {
			names[name] = 0
		}
	}
	d.names = slices.Sorted(maps.Keys(names))
	for i, name := range d.names {
		names[name] = i
	}
	return each(ctx, d.Workers, d.histories, func(h *history) {
		h.holes, h.events = d.gaps(h.practice, d.until), nil
		for _, e := range d.Events {
			if e.Practice == "" || e.Practice == h.practice {
				h.events = append(h.events, e.turn())
			}
		}
		h.network = make([]int, len(h.touchpoints))
		for i, name := range h.touchpoints {
			h.network[i] = names[name]
		}
		h.begin(d.from)
	})
}

// A row is an observation by its place, with what it is sorted by first.
type row struct{ at, day int32 }

// fill turns rows of one practice into voices and remarks. Rows of one review on one touchpoint are
// averaged, so that people are counted and not sentences.
func (h *history) fill(obs []Observation, rows []row) {
	slices.SortFunc(rows, func(a, b row) int {
		if a.day != b.day {
			return cmp.Compare(a.day, b.day)
		}
		return compareObservations(&obs[a.at], &obs[b.at])
	})
	if len(h.holes) > 0 {
		rows = slices.DeleteFunc(rows, func(r row) bool { return h.missing(obs[r.at].Source, weekOf(int(r.day))) })
	}
	sources := make(map[string]int32)
	touches := make(map[string]int32)
	texts := make(map[string]int32)
	for i := range h.sources[:min(len(h.sources), maxSources-1)] {
		sources[h.sources[i].name] = int32(i)
	}
	for i, name := range h.touchpoints {
		touches[name] = int32(i)
	}
	for i, text := range h.signatures {
		texts[text] = int32(i)
	}
	h.remarks = slices.Grow(h.remarks, len(rows))
	for at := 0; at < len(rows); {
		end := at + 1
		for end < len(rows) && rows[end].day == rows[at].day && sameReview(&obs[rows[at].at], &obs[rows[end].at]) {
			end++
		}
		h.speak(obs, rows[at:end], sources, touches, texts)
		at = end
	}
	for len(h.texts) < len(h.signatures) {
		h.texts = append(h.texts, -1)
	}
}

// speak adds one voice: rows of one review, sorted by touchpoint.
func (h *history) speak(obs []Observation, rows []row, sources, touches, texts map[string]int32) {
	o := &obs[rows[0].at]
	v := voice{day: rows[0].day, text: -1, from: int32(len(h.remarks))}
	s, ok := sources[o.Source]
	if !ok {
		s = int32(min(len(h.sources), maxSources-1))
		sources[o.Source] = s
		switch len(h.sources) {
		case maxSources:
		case maxSources - 1:
			h.sources = append(h.sources, origin{name: otherSources})
		default:
			h.sources = append(h.sources, origin{name: o.Source})
		}
	}
	v.source = s
	for at := 0; at < len(rows); {
		name, sum, n := obs[rows[at].at].Touchpoint, 0.0, 0
		for ; at < len(rows) && obs[rows[at].at].Touchpoint == name; at++ {
			o := &obs[rows[at].at]
			sum += o.Score
			n++
			if o.TextSig != "" && v.text < 0 {
				t, ok := texts[o.TextSig]
				if !ok {
					t = int32(len(texts))
					texts[o.TextSig] = t
					h.signatures = append(h.signatures, o.TextSig)
				}
				v.text = t
			}
		}
		k, ok := touches[name]
		if !ok {
			k = int32(len(touches))
			touches[name] = k
			h.touchpoints = append(h.touchpoints, name)
		}
		h.remarks = append(h.remarks, remark{touch: k, score: sum / float64(n)})
	}
	v.to = int32(len(h.remarks))
	h.voices = append(h.voices, v)
}

// compareObservations orders rows of one practice and day so that a review stays together.
func compareObservations(a, b *Observation) int {
	if c := strings.Compare(a.Source, b.Source); c != 0 {
		return c
	}
	if c := strings.Compare(a.Review, b.Review); c != 0 {
		return c
	}
	if c := strings.Compare(a.Touchpoint, b.Touchpoint); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.TextSig, b.TextSig), cmp.Compare(a.Score, b.Score))
}

// sameReview reports whether two rows of one day are one person's. Rows without a review are each
// their own.
func sameReview(a, b *Observation) bool {
	return a.Review != "" && a.Review == b.Review && a.Source == b.Source
}
