package analysis

import (
	"cmp"
	"slices"
	"time"
)

// A remark is what one voice says about one touchpoint.
type remark struct {
	touch int32 // into history.touchpoints
	score float64
}

// A voice is one person on one occasion: a review or a response.
type voice struct {
	day      int32
	source   int32 // into history.sources
	text     int32 // near-duplicate key, -1 without
	from, to int32 // into history.remarks
	weight   float64
}

// A history is one practice on its way through time. Indices of touchpoints and sources follow their
// first appearance, so that later rows never change how earlier ones are summed.
type history struct {
	practice    string
	touchpoints []string
	network     []int // of each touchpoint, its place in detector.names
	sources     []origin
	voices      []voice // by day
	remarks     []remark
	texts       []int32 // day on which each near-duplicate key was last seen, -1 before
	holes       []gap

	place   int // among the practices
	first   int // week of the first voice, since it last slept
	through int // the latest week read
	spoken  int // weeks with voices so far
	seen    int // touchpoints met so far: a prefix of touchpoints
	met     int // sources met so far

	blocks  []block
	offsets []float64 // [touchpoint*len(sources)+source]
	fit     contrasts
	scale   scale
	window  stretch
	streams []*stream // the practice-wide one, then one for each touchpoint
	alarms  []*Alarm
}

// A gap is a Hole as a practice knows it, in weeks, both included.
type gap struct {
	source   string
	from, to int
}

// Limits of what one practice may hold. More touchpoints are a column taken for another; sources
// beyond the last are kept under one name.
const (
	maxTouchpoints = 1000
	maxSources     = 16
	otherSources   = "other sources"
)

// Days are counted from 1970-01-01, weeks from the Monday before it.

func dayOf(t time.Time) int {
	s := t.Unix()
	return int((s - ((s%86400)+86400)%86400) / 86400)
}

func weekOf(day int) int     { return (day + 3 - mod(day+3, 7)) / 7 }
func monday(w int) time.Time { return time.Unix(int64(w*7-3)*86400, 0).UTC() }
func mod(a, b int) int       { return ((a % b) + b) % b }

func (x Hole) gap(until int) gap {
	g := gap{source: x.Source, from: weekOf(dayOf(x.From)), to: until}
	if !x.To.IsZero() {
		g.to = weekOf(dayOf(x.To))
	}
	return g
}

// missing reports whether source, or with "" any source, is known to have failed in week.
func (h *history) missing(source string, week int) bool {
	for _, g := range h.holes {
		if g.from <= week && week <= g.to && (g.source == "" || source == "" || g.source == source) {
			return true
		}
	}
	return false
}

// begin sets the practice before its first week.
func (h *history) begin() {
	h.first = weekOf(int(h.voices[0].day))
	h.through = h.first - 1
	h.offsets = make([]float64, len(h.touchpoints)*len(h.sources))
	h.streams = append(h.streams, newWideStream())
	for i := range h.touchpoints {
		h.streams = append(h.streams, newStream(i))
	}
}

// wake begins anew after a sleep: what was usual then is no measure of what is said now.
func (h *history) wake(week int) {
	h.first, h.spoken, h.blocks, h.scale = week, 0, nil, scale{}
	clear(h.offsets)
	for s := range h.sources {
		h.sources[s].recent, h.sources[s].counts = nil, false
	}
	for _, s := range h.streams {
		s.restart, s.masked, s.spentDown, s.spentUp = week, nil, false, false
	}
}

// before returns how many voices spoke before a week.
func (h *history) before(week int) int {
	n, _ := slices.BinarySearchFunc(h.voices, week*7-3, func(v voice, day int) int { return cmp.Compare(int(v.day), day) })
	return n
}

// week returns the voices of a week.
func (h *history) week(w int) []voice { return h.voices[h.before(w):h.before(w+1)] }

// ripe reports whether something may be said of the practice in the refitWeeks weeks to come: with
// fewer weeks behind it there is no before and after.
func (h *history) ripe() bool { return h.spoken >= minBase+minWeeks-refitWeeks }

// sleeps reports whether all that was said has left the kept weeks before week, and the week of the
// next voice; false where there is none.
func (h *history) sleeps(week int) (asleep bool, next int, wakes bool) {
	n := h.before(week)
	if n > 0 && weekOf(int(h.voices[n-1].day)) >= week-keptWeeks {
		return false, 0, false
	}
	if n == len(h.voices) {
		return true, 0, false
	}
	return true, weekOf(int(h.voices[n].day)), true
}
