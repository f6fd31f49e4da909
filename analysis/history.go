package analysis

import (
	"cmp"
	"math"
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
	signatures  []string // near-duplicate keys
	texts       []int32  // day on which each was last seen, -1 before
	holes       []gap
	events      []turn
	starts      []int32 // of voices: entry i is the first of week at+i or later
	at          int

	place   int // among the practices
	first   int // week of the first voice, since it last slept
	through int // the latest week read
	spoken  int // weeks with voices so far
	seen    int // touchpoints met so far: a prefix of touchpoints
	met     int // sources met so far
	heard   int // day of the latest voice before those that are held
	reborn  int // week in which all streams last started anew, math.MinInt if never

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
	ended    bool
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
	g := gap{source: x.Source, from: weekOf(dayOf(x.From)), to: until, ended: x.Ended}
	if !x.To.IsZero() {
		g.to = weekOf(dayOf(x.To))
	}
	return g
}

// missing reports whether source, or with "" any source, is known to have failed in week.
func (h *history) missing(source string, week int) bool {
	for _, g := range h.holes {
		if !g.ended && g.from <= week && week <= g.to && (g.source == "" || source == "" || g.source == source) {
			return true
		}
	}
	return false
}

// ended reports whether nobody collects from source any more in week.
func (h *history) ended(source string, week int) bool {
	return slices.ContainsFunc(h.holes, func(g gap) bool { return g.ended && g.from <= week && g.source == source })
}

// begin sets the practice before its first week, or before that of a checkpoint.
func (h *history) begin(from int) {
	h.index()
	h.offsets = make([]float64, len(h.touchpoints)*len(h.sources))
	if h.mute() {
		if len(h.voices) == 0 {
			return
		}
		h.first = weekOf(int(h.voices[0].day))
		h.through = h.first - 1
		h.reborn = math.MinInt
		h.streams = append(h.streams, newWideStream())
	}
	for i := len(h.streams) - 1; i < len(h.touchpoints); i++ {
		s := newStream(i)
		s.restart = h.reborn
		for _, e := range h.events {
			if e.rebase && e.week < from && e.concerns(h.touchpoints[i]) {
				s.restart = max(s.restart, e.week)
			}
		}
		h.streams = append(h.streams, s)
	}
	for w := max(h.first, oldestBlock(from)*blockWeeks); w < min(from, h.through+1); w++ {
		h.tally(w)
	}
}

// mute reports whether nobody was ever heard.
func (h *history) mute() bool { return len(h.streams) == 0 }

// lastDay is the day of the latest voice of a practice that is not mute.
func (h *history) lastDay() int {
	if n := len(h.voices); n > 0 {
		return int(h.voices[n-1].day)
	}
	return h.heard
}

// heardBefore is the day of the latest voice before a week.
func (h *history) heardBefore(week int) int {
	if n := h.before(week); n > 0 {
		return int(h.voices[n-1].day)
	}
	return h.heard
}

// restartAll begins every baseline anew in a week, those of touchpoints yet to come too.
func (h *history) restartAll(week int) {
	h.reborn = max(h.reborn, week)
	for _, s := range h.streams {
		s.restart = max(s.restart, week)
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
		s.masked, s.spentDown, s.spentUp = nil, false, false
	}
	h.restartAll(week)
}

// before returns how many voices spoke before a week.
func (h *history) before(week int) int {
	if i := week - h.at; len(h.starts) > 0 {
		return int(h.starts[min(max(i, 0), len(h.starts)-1)])
	}
	n, _ := slices.BinarySearchFunc(h.voices, week*7-3, func(v voice, day int) int { return cmp.Compare(int(v.day), day) })
	return n
}

// index notes where the weeks begin, unless they are so many and so empty that a search is cheaper.
func (h *history) index() {
	if len(h.voices) == 0 {
		return
	}
	first, last := weekOf(int(h.voices[0].day)), weekOf(h.lastDay())
	if last-first > keptWeeks+4*len(h.voices) {
		return
	}
	h.at, h.starts = first, make([]int32, 0, last-first+2)
	for i, v := range h.voices {
		for w := weekOf(int(v.day)); h.at+len(h.starts) <= w; {
			h.starts = append(h.starts, int32(i))
		}
	}
	h.starts = append(h.starts, int32(len(h.voices)))
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
