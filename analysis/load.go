package analysis

import (
	"cmp"
	"context"
	"fmt"
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

// load sorts the observations into histories.
func (d *detector) load(ctx context.Context, obs []Observation) error {
	ids := make(map[string]int)
	names := make(map[string]int)
	rows := make([][]row, len(d.histories)) // of each practice
	for i, h := range d.histories {
		ids[h.practice] = i
		for _, name := range h.touchpoints {
			names[name] = 0
		}
	}
	last := max(d.from, math.MinInt+1) - 1
	for i := range obs {
		o := &obs[i]
		if err := o.check(); err != nil {
			return fmt.Errorf("observation %d: %w", i+1, err)
		}
		day := dayOf(o.Day)
		week := weekOf(day)
		if week < d.from || !d.Until.IsZero() && week > d.until {
			continue
		}
		last = max(last, week)
		id, ok := ids[o.Practice]
		if !ok {
			id = len(rows)
			ids[o.Practice] = id
			rows = append(rows, nil)
			d.histories = append(d.histories, &history{practice: o.Practice})
		}
		rows[id] = append(rows[id], row{at: int32(i), day: int32(day)})
		names[o.Touchpoint] = 0
	}
	if d.Until.IsZero() {
		d.until = last
	}
	for name := range names {
		d.names = append(d.names, name)
	}
	slices.Sort(d.names)
	for i, name := range d.names {
		names[name] = i
	}
	err := each(ctx, d.Workers, d.histories, func(h *history) {
		for _, x := range d.Holes {
			if x.Practice == "" || x.Practice == h.practice {
				h.holes = append(h.holes, x.gap(d.until))
			}
		}
		for _, e := range d.Events {
			if e.Practice == "" || e.Practice == h.practice {
				h.events = append(h.events, e.turn())
			}
		}
		h.fill(obs, rows[ids[h.practice]], names)
		h.begin(d.from)
	})
	if err != nil {
		return err
	}
	for _, h := range d.histories {
		if len(h.touchpoints) > maxTouchpoints {
			return fmt.Errorf("practice %s: %d touchpoints, at most %d are judged", h.practice, len(h.touchpoints), maxTouchpoints)
		}
	}
	slices.SortFunc(d.histories, func(a, b *history) int { return strings.Compare(a.practice, b.practice) })
	for i, h := range d.histories {
		h.place = i
	}
	return nil
}

// A row is an observation by its place, with what it is sorted by first.
type row struct{ at, day int32 }

// fill turns rows of one practice into voices and remarks. Rows of one review on one touchpoint are
// averaged, so that people are counted and not sentences.
func (h *history) fill(obs []Observation, rows []row, names map[string]int) {
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
		h.network = append(h.network, names[name])
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
		h.speak(obs, rows[at:end], names, sources, touches, texts)
		at = end
	}
	for len(h.texts) < len(h.signatures) {
		h.texts = append(h.texts, -1)
	}
}

// speak adds one voice: rows of one review, sorted by touchpoint.
func (h *history) speak(obs []Observation, rows []row, names map[string]int, sources, touches, texts map[string]int32) {
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
			h.network = append(h.network, names[name])
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
