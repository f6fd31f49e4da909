package analysis

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

const (
	volumeWeeks = 26  // that recent volume is measured over
	peopleWeeks = 13  // that persons are counted in
	horizon     = 8   // weeks within which a drop should be seen
	enough      = .6  // the smallest visible drop that still allows a verdict
	powerSD     = .84 // standard deviations beyond the threshold: seen four times in five
	farWeeks    = 104 // nobody is told to wait longer
	widest      = 2   // from the best score to the worst
	fewest      = 10  // persons in peopleWeeks that a change needs to be called one
)

// verdicts returns the state of the practice's streams in the last week.
func (d *detector) verdicts(h *history, crowded map[time.Time]string) []Verdict {
	if h.mute() {
		return nil
	}
	byName := make(map[string]*stream, len(h.streams))
	for _, s := range h.streams {
		byName[s.name(h)] = s
	}
	note := h.notes(d.until)
	order := append([]string{PracticeWide}, d.listed...)
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if !slices.Contains(order, name) {
			order = append(order, name)
		}
	}
	out := make([]Verdict, 0, len(order))
	for _, name := range order {
		v := Verdict{Practice: h.practice, Channel: d.Channel, Touchpoint: name, Week: monday(d.until), Word: NotEnough, Threshold: d.threshold(h)}
		if name == PracticeWide {
			v.Threshold -= wideBonus
		}
		notes := note
		if s := byName[name]; s != nil {
			v.People, v.Negative = h.people(s.touch, d.until)
			if h.judged(d.until) {
				notes = append(notes[:len(notes):len(notes)], s.judgement(h, &v, d.until)...)
			} else if v.People > 0 {
				v.WeeksToEnough = youngWeeks - h.spoken
			}
		}
		notes = append(notes[:len(notes):len(notes)], h.told(&v, d.until)...)
		if c := crowded[v.Flagged]; c != "" {
			notes = append(notes[:len(notes):len(notes)], c)
		}
		v.Note = strings.Join(notes, "; ")
		out = append(out, v)
	}
	return out
}

// people counts who spoke lately about a touchpoint, or at all with -1, and how many of them badly.
func (h *history) people(touch, week int) (all, negative int) {
	for w := week - peopleWeeks + 1; w <= week; w++ {
		for _, v := range h.week(w) {
			if score, ok := h.said(v, touch); ok {
				all++
				if score < 0 {
					negative++
				}
			}
		}
	}
	return all, negative
}

// judged reports whether the streams have been brought up to week.
func (h *history) judged(week int) bool {
	return h.through == week && h.window.from+len(h.streams[0].points) == week+1
}

// judgement fills in the verdict and returns what else must be said.
func (s *stream) judgement(h *history, v *Verdict, week int) (notes []string) {
	o := s.outlook(h, week, v.Threshold)
	v.Visible, v.WeeksToEnough = o.visible, o.weeks
	if v.Visible >= widest { // no score can fall so far
		v.Visible = 0
	}
	if o.visible > 0 && o.visible <= enough && week-h.first >= youngWeeks && v.People > 0 {
		v.Word = Steady
	}
	if s.standing != nil && v.People < fewest {
		v.Word = NotEnough
	}
	v.Statistic = finite(s.falls)
	v.Watch = s.watching != nil
	if s.restart == s.normal.since && s.restart >= week-baseWeeks {
		notes = append(notes, fmt.Sprintf("new normal since %s, %+.2f", monday(s.normal.since).Format(time.DateOnly), s.normal.effect))
	}
	if s.standing == nil {
		if o.weeks == 0 && v.Visible > enough {
			notes = append(notes, fmt.Sprintf("at this volume only a drop of %.1f would show", o.visible))
		}
		return notes
	}
	if v.People < fewest {
		v.Watch = true
		return append(notes, fmt.Sprintf("%d spoke of a change; at least %d are needed to call it one", v.People, fewest))
	}
	v.Word, v.WeeksToEnough, v.Flagged = Worse, 0, s.standing.Flagged
	if s.standing.Kind == Rise {
		v.Word = Better
	}
	e, statistic := s.lookBack(h, week)
	v.Statistic = finite(statistic)
	v.Since, v.SinceLo, v.SinceHi = monday(e.since), monday(e.lo), monday(e.hi)
	v.Effect, v.EffectLo, v.EffectHi = e.effect, e.low, e.top
	return notes
}

// An outlook says what can be seen at the recent volume.
type outlook struct {
	visible float64 // smallest drop seen within horizon weeks with power 0.8; 0 without volume
	weeks   int     // until visible is small enough; 0 if it is, or never will be
}

// outlook takes the mean precision of the recent weeks, empty ones as 0 and failed ones left out.
func (s *stream) outlook(h *history, week int, threshold float64) outlook {
	sum, n := 0.0, 0
	for w := max(h.window.from, week-volumeWeeks+1, s.restart); w <= week; w++ {
		if h.missing("", w) {
			continue
		}
		n++
		if s.uses(w) {
			sum += s.precision(s.points[w-h.window.from])
		}
	}
	if sum == 0 {
		return outlook{}
	}
	recent := sum / float64(n)
	var l look
	l.take(s, h.window.from, week, usedWeeks)
	_, base := l.base(week + 1)
	most := 1/(s.sd*s.sd) + baseWeeks*recent
	visible := func(g float64) float64 {
		return (math.Sqrt(2*threshold) + powerSD) * math.Sqrt(1/(horizon*recent)+1/g)
	}
	o := outlook{visible: visible(base)}
	for w := 1; w <= farWeeks; w++ {
		young := week+w-1-h.first < youngWeeks
		if o.visible <= enough && week-h.first >= youngWeeks {
			break
		}
		if !young && visible(min(base+float64(w)*recent, most)) <= enough {
			o.weeks = w
			break
		}
	}
	return o
}
