package analysis

import "math"

const (
	youngWeeks = 8   // of a practice's history before anything is said
	watchBelow = 1.2 // under the threshold: about two false a year at alpha 0.5
	rearmBelow = 1   // under the threshold before the same stream may alarm again
)

// A state is what is being said of a stream.
type state struct {
	standing *Alarm // the drop or rise that stands, nil without one
	start    int    // its start week, as it was told
	flagged  int    // the week it was told
	watching *Alarm // the watch that stands, nil without one
	// spent: this direction has alarmed, and its statistic has not fallen back since.
	spentDown, spentUp bool
	normal             estimate // of the last change that became the new normal
	falls, rises       float64  // statistics of the latest week
}

// judge decides what is said of the stream in a week. One change stands at a time: the end of a drop
// is a recovery and no rise, but a drop ends a rise that stands.
func (s *stream) judge(h *history, week int, threshold float64) {
	if s.touch < 0 {
		threshold -= wideBonus
	}
	var l look
	l.take(s, h.window.from, week, usedWeeks)
	falls, rises := l.scan(week, s.drop)
	if s.standing != nil && s.close(h, week) {
		l.take(s, h.window.from, week, usedWeeks)
		falls, rises = l.scan(week, s.drop)
	}
	s.falls, s.rises = falls.statistic, rises.statistic
	if week-h.first < youngWeeks {
		return
	}
	s.spentDown = s.spentDown && s.falls >= threshold-rearmBelow
	s.spentUp = s.spentUp && s.rises >= threshold-rearmBelow
	rising := s.standing != nil && s.standing.Kind == Rise
	switch {
	case s.falls >= threshold && !s.spentDown && (s.standing == nil || rising):
		if rising {
			s.standing.Cleared = monday(week)
		}
		s.open(h, &l, falls, down)
	case s.rises >= threshold && !s.spentUp && s.standing == nil:
		s.open(h, &l, rises, up)
	}
	s.watch(h, &l, falls, threshold)
}

func (s *stream) open(h *history, l *look, found scan, dir direction) {
	a := s.alarm(h, l, found, dir)
	s.spentDown, s.spentUp = s.spentDown || dir == down, s.spentUp || dir == up
	s.standing, s.flagged = a, l.week
	s.start = found.quantile(.5)
	h.alarms = append(h.alarms, a)
}

func (s *stream) alarm(h *history, l *look, found scan, dir direction) *Alarm {
	e := l.estimate(found, dir)
	a := &Alarm{
		Practice: h.practice, Touchpoint: s.name(h), Kind: Drop, Flagged: monday(l.week),
		N: h.voicesOf(s.touch, e.since, l.week), Statistic: found.statistic,
	}
	if dir == up {
		a.Kind = Rise
	}
	a.Since, a.SinceLo, a.SinceHi = monday(e.since), monday(e.lo), monday(e.hi)
	a.Effect, a.EffectLo, a.EffectHi = e.effect, e.low, e.top
	return a
}

// close ends a change that is over or has become the new normal, and reports whether it did. Weeks of
// a change that is over are left out from then on: its end is no rise, and they are no baseline.
func (s *stream) close(h *history, week int) bool {
	var l look
	l.take(s, h.window.from, week, week-s.start+1+baseWeeks)
	if back, ok := l.recovered(s.start, s.drop); ok {
		s.standing.Cleared = monday(week)
		s.masked = append(s.masked, span{s.start, back})
		s.standing = nil
		return true
	}
	if week-s.flagged < standWeeks {
		return false
	}
	s.normal, _ = s.lookBack(h, week)
	s.restart, s.standing = s.normal.since, nil
	return true
}

// lookBack estimates the standing change anew: its start weeks are those of the alarm, what was said
// since narrows them and the effect. It returns the statistic of those weeks too.
func (s *stream) lookBack(h *history, week int) (estimate, float64) {
	var l look
	l.take(s, h.window.from, week, week-s.flagged+usedWeeks)
	falls, rises := l.scan(s.flagged, s.drop)
	if s.standing.Kind == Rise {
		return l.estimate(rises, up), rises.statistic
	}
	return l.estimate(falls, down), falls.statistic
}

// watch tells of evidence near the threshold, once until it is gone.
func (s *stream) watch(h *history, l *look, falls scan, threshold float64) {
	slipping := s.standing != nil && s.standing.Kind == Drop
	switch {
	case s.watching == nil && !slipping && !s.spentDown && s.falls >= threshold-watchBelow:
		s.watching = s.alarm(h, l, falls, down)
		s.watching.Kind = Watch
		h.alarms = append(h.alarms, s.watching)
	case s.watching != nil && (slipping || s.falls < threshold-watchBelow-rearmBelow):
		s.watching.Cleared = monday(l.week)
		s.watching = nil
	}
}

func (s *stream) name(h *history) string {
	if s.touch < 0 {
		return PracticeWide
	}
	return h.touchpoints[s.touch]
}

// voicesOf counts the persons who spoke about a touchpoint, or at all with -1, from a week to a week.
func (h *history) voicesOf(touch, from, to int) int {
	n := 0
	for w := from; w <= to; w++ {
		for _, v := range h.week(w) {
			if _, ok := h.said(v, touch); ok {
				n++
			}
		}
	}
	return n
}

// said returns a voice's score of a touchpoint, or its mean over all with -1.
func (h *history) said(v voice, touch int) (score float64, ok bool) {
	sum := 0.0
	for _, r := range h.remarks[v.from:v.to] {
		if int(r.touch) == touch {
			return r.score, true
		}
		sum += r.score
	}
	return sum / float64(v.to-v.from), touch < 0
}

// finite returns x, or 0 for the -Inf of a statistic that nothing is known for.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return 0
	}
	return x
}
