package analysis

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// A checkpoint is the number of practices, then each of them. What it holds of one: all that is not made anew at a refit. Offsets, scales, blocks
// and series are, from the voices. Alarms are named by their place, 0 for none.

type practiceState struct {
	Practice                              string
	Touchpoints                           []string
	Sources                               []sourceState
	First, Through, Spoken, Heard, Reborn int
	Products, Pairs                       float64
	Texts                                 []textState
	Streams                               []streamState
	Alarms                                []alarmState
}

type sourceState struct {
	Name             string
	First, Total     int
	Recent           []int
	Quiet, Beside    int
	Counts           bool
	Appeared, Silent int
}

type textState struct {
	Text string
	Day  int32
}

type streamState struct {
	Restart                  int
	Masked                   []int // from and to, one after another
	Standing, Start, Flagged int
	Watching                 int
	SpentDown, SpentUp       bool
	Since, Lo, Hi            int // of the last new normal
	Effect, Low, Top         float64
}

type alarmState struct {
	Touchpoint, Kind, Source         string
	Flagged, Since, SinceLo, SinceHi int
	Cleared                          int // math.MinInt while it stands
	Effect, EffectLo, EffectHi       float64
	N                                int
	Statistic                        float64
}

// state packs what is known before a week.
func (d *detector) state(week int) ([]byte, error) {
	var out bytes.Buffer
	enc := gob.NewEncoder(&out)
	live := slices.DeleteFunc(slices.Clone(d.histories), func(h *history) bool { return !begun(h) })
	if err := enc.Encode(len(live)); err != nil {
		return nil, err
	}
	for _, h := range live {
		if err := enc.Encode(h.state(week)); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// begun reports whether a voice of the practice has been read.
func begun(h *history) bool { return !h.mute() && h.through >= h.first }

func (h *history) state(week int) practiceState {
	places := make(map[*Alarm]int, len(h.alarms))
	p := practiceState{
		Practice: h.practice, Touchpoints: h.touchpoints[:h.seen], First: h.first, Through: h.through, Spoken: h.spoken,
		Heard: h.heardBefore(week), Reborn: h.reborn, Products: h.scale.products, Pairs: h.scale.pairs,
	}
	for i, a := range h.alarms {
		places[a] = i + 1
		p.Alarms = append(p.Alarms, a.state())
	}
	for _, o := range h.sources[:h.met] {
		p.Sources = append(p.Sources, sourceState{
			Name: o.name, First: o.first, Total: o.total, Recent: o.recent, Quiet: o.quiet, Beside: o.beside, Counts: o.counts,
			Appeared: places[o.appeared], Silent: places[o.silent],
		})
	}
	for i, day := range h.texts {
		if day >= 0 && int(day) >= week*7-3-copyDays {
			p.Texts = append(p.Texts, textState{h.signatures[i], day})
		}
	}
	for _, s := range h.streams[:1+h.seen] {
		t := streamState{
			Restart: s.restart, Standing: places[s.standing], Start: s.start, Flagged: s.flagged, Watching: places[s.watching],
			SpentDown: s.spentDown, SpentUp: s.spentUp,
			Since: s.normal.since, Lo: s.normal.lo, Hi: s.normal.hi, Effect: s.normal.effect, Low: s.normal.low, Top: s.normal.top,
		}
		for _, m := range s.masked {
			t.Masked = append(t.Masked, m.from, m.to)
		}
		p.Streams = append(p.Streams, t)
	}
	return p
}

func (a *Alarm) state() alarmState {
	week := func(t time.Time) int {
		if t.IsZero() {
			return math.MinInt
		}
		return weekOf(dayOf(t))
	}
	return alarmState{
		Touchpoint: a.Touchpoint, Kind: a.Kind, Source: a.Source, Flagged: week(a.Flagged), Since: week(a.Since), SinceLo: week(a.SinceLo),
		SinceHi: week(a.SinceHi), Cleared: week(a.Cleared), Effect: a.Effect, EffectLo: a.EffectLo, EffectHi: a.EffectHi, N: a.N,
		Statistic: a.Statistic,
	}
}

func (a alarmState) alarm(practice string) *Alarm {
	day := func(week int) time.Time {
		if week == math.MinInt {
			return time.Time{}
		}
		return monday(week)
	}
	return &Alarm{
		Practice: practice, Touchpoint: a.Touchpoint, Kind: a.Kind, Source: a.Source, Flagged: day(a.Flagged), Since: day(a.Since),
		SinceLo: day(a.SinceLo), SinceHi: day(a.SinceHi), Cleared: day(a.Cleared), Effect: a.Effect, EffectLo: a.EffectLo,
		EffectHi: a.EffectHi, N: a.N, Statistic: a.Statistic,
	}
}

var errForeign = errors.New("state and voices do not belong together")

// recall sets the practices to where they stood at a checkpoint.
func (d *detector) recall(ctx context.Context, past Past) error {
	d.from = weekOf(dayOf(past.Week))
	ids := make(map[string]*history)
	dec := gob.NewDecoder(bytes.NewReader(past.State))
	var n int
	if err := dec.Decode(&n); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	for range n { // one that is cut off between two practices lacks some too
		var p practiceState
		if err := dec.Decode(&p); err != nil {
			return fmt.Errorf("state: %w", err)
		}
		h, err := p.history()
		if err != nil {
			return err
		}
		ids[h.practice] = h
		d.histories = append(d.histories, h)
	}
	if len(ids) == 0 || len(ids) != n { // a checkpoint is of one practice at least
		return errors.New("state: practices are missing")
	}
	lists := make([]packed, len(past.Voices))
	errs := make([]error, len(past.Voices))
	places := make([]int, len(past.Voices))
	for i := range places {
		places[i] = i
	}
	err := each(ctx, d.Workers, places, func(i int) { lists[i], errs[i] = unpack(past.Voices[i].Data) })
	if err := errors.Join(append(errs, err)...); err != nil {
		return err
	}
	for _, p := range lists {
		voice, remark := 0, 0
		for i, name := range p.Practices {
			h := ids[name]
			if h == nil {
				return errForeign
			}
			for range p.Counts[i] {
				if err := h.recallVoice(&p, voice, remark); err != nil {
					return err
				}
				remark += int(p.Remarks[voice])
				voice++
			}
		}
	}
	return nil
}

func (h *history) recallVoice(p *packed, at, from int) error {
	v := voice{day: p.Days[at], source: p.Sources[at], text: -1, from: int32(len(h.remarks)), weight: p.Weights[at]}
	if v.source < 0 || int(v.source) >= h.met || len(h.voices) > 0 && v.day < h.voices[len(h.voices)-1].day {
		return errForeign
	}
	for i := from; i < from+int(p.Remarks[at]); i++ {
		r := remark{touch: p.Touches[i], score: p.Scores[i]}
		if r.touch < 0 || int(r.touch) >= h.seen {
			return errForeign
		}
		h.remarks = append(h.remarks, r)
	}
	v.to = int32(len(h.remarks))
	h.voices = append(h.voices, v)
	return nil
}

func (p *practiceState) history() (*history, error) {
	if len(p.Streams) != 1+len(p.Touchpoints) || len(p.Sources) > maxSources {
		return nil, errForeign
	}
	h := &history{
		practice: p.Practice, touchpoints: slices.Clone(p.Touchpoints), first: p.First, through: p.Through, spoken: p.Spoken,
		seen: len(p.Touchpoints), met: len(p.Sources), heard: p.Heard, reborn: p.Reborn,
	}
	h.scale.products, h.scale.pairs = p.Products, p.Pairs
	for _, a := range p.Alarms {
		h.alarms = append(h.alarms, a.alarm(p.Practice))
	}
	alarm := func(place int) *Alarm {
		if place <= 0 || place > len(h.alarms) {
			return nil
		}
		return h.alarms[place-1]
	}
	for _, s := range p.Sources {
		h.sources = append(h.sources, origin{
			name: s.Name, first: s.First, total: s.Total, recent: s.Recent, quiet: s.Quiet, beside: s.Beside, counts: s.Counts,
			appeared: alarm(s.Appeared), silent: alarm(s.Silent),
		})
	}
	for _, t := range p.Texts {
		h.signatures = append(h.signatures, t.Text)
		h.texts = append(h.texts, t.Day)
	}
	for i, t := range p.Streams {
		s := newStream(i - 1)
		if i == 0 {
			s = newWideStream()
		}
		s.restart, s.standing, s.start, s.flagged, s.watching = t.Restart, alarm(t.Standing), t.Start, t.Flagged, alarm(t.Watching)
		s.spentDown, s.spentUp = t.SpentDown, t.SpentUp
		s.normal = estimate{since: t.Since, lo: t.Lo, hi: t.Hi, effect: t.Effect, low: t.Low, top: t.Top}
		for i := 1; i < len(t.Masked); i += 2 {
			s.masked = append(s.masked, span{t.Masked[i-1], t.Masked[i]})
		}
		h.streams = append(h.streams, s)
	}
	return h, nil
}
