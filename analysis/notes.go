package analysis

import (
	"fmt"
	"math"
	"time"
)

// When a shift of the mix of sources is told.
const (
	mixShift  = .20 // of all voices
	mixSD     = 4   // standard deviations of a difference of shares
	mixVoices = 30  // lately, and before
)

// notes says what a reader must know about the practice's sources.
func (h *history) notes(week int) []string {
	var notes []string
	if last := h.lastDay(); weekOf(last) <= week-keptWeeks {
		notes = append(notes, "nothing heard since "+monday(weekOf(last)).Format(time.DateOnly))
	}
	for _, g := range h.holes {
		if g.ended && g.from > week-volumeWeeks {
			notes = append(notes, fmt.Sprintf("%s: not collected since %s", g.source, monday(g.from).Format(time.DateOnly)))
		}
		if g.ended || g.to <= week-volumeWeeks {
			continue
		}
		name := g.source
		if name == "" {
			name = "all sources"
		}
		text := fmt.Sprintf("%s: not read in the week of %s", name, monday(g.from).Format(time.DateOnly))
		switch {
		case g.from < h.first:
			text = fmt.Sprintf("%s: never read to its end", name)
		case g.to > g.from:
			text = fmt.Sprintf("%s: not read from %s to %s", name, monday(g.from).Format(time.DateOnly), sunday(g.to).Format(time.DateOnly))
		}
		notes = append(notes, text)
	}
	for i := range h.sources[:h.met] {
		o := &h.sources[i]
		switch {
		case o.silent != nil:
			notes = append(notes, fmt.Sprintf("%s: silent since %s", o.name, o.silent.Since.Format(time.DateOnly)))
		case o.appeared != nil && !o.counts:
			notes = append(notes, fmt.Sprintf("%s: new since %s, not yet comparable", o.name, o.appeared.Since.Format(time.DateOnly)))
		case o.appeared != nil && weekOf(dayOf(o.appeared.Cleared)) > week-volumeWeeks:
			notes = append(notes, fmt.Sprintf("%s: new since %s", o.name, o.appeared.Since.Format(time.DateOnly)))
		}
	}
	return append(notes, h.mixed(week)...)
}

// mixed says which source has another share of the voices than before. Scores are compared source by
// source, so that a shift alone is no change.
func (h *history) mixed(week int) []string {
	var late, early [maxSources]float64
	var left [maxSources]bool // told otherwise
	for s := range h.sources {
		o := &h.sources[s]
		left[s] = !o.counts || o.silent != nil || o.first > week-2*peopleWeeks || h.ended(o.name, week)
		for w := week - peopleWeeks + 1; w <= week; w++ {
			left[s] = left[s] || h.missing(o.name, w)
		}
	}
	lately, before := 0.0, 0.0
	for w := max(week-usedWeeks+1, h.first); w <= week; w++ {
		for _, v := range h.week(w) {
			switch {
			case left[v.source]:
			case w > week-peopleWeeks:
				late[v.source]++
				lately++
			default:
				early[v.source]++
				before++
			}
		}
	}
	if lately < mixVoices || before < mixVoices {
		return nil
	}
	most, which := float64(mixShift), -1
	for s := range h.sources {
		a, b := late[s]/lately, early[s]/before
		pooled := (late[s] + early[s]) / (lately + before)
		sd := math.Sqrt(pooled * (1 - pooled) * (1/lately + 1/before))
		if d := math.Abs(a - b); d > most && d > mixSD*sd {
			most, which = d, s
		}
	}
	if which < 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s: %.0f %% of the voices of %d weeks, %.0f %% before; compared source by source",
		h.sources[which].name, 100*late[which]/lately, peopleWeeks, 100*early[which]/before)}
}

func sunday(w int) time.Time { return monday(w).AddDate(0, 0, 6) }
