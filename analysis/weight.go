package analysis

import (
	"math"
	"slices"
)

// The guard against copies and bursts.
const (
	copyDays   = 28 // a text seen this lately is a copy
	usualWeeks = 26 // a source's usual week is the median of so many
	burstFloor = 5  // voices of one source set aside in one week before a burst is told
	burstSD    = 3  // and how far from the usual level they must be
)

// weigh sets the weights of a week's voices, on earlier weeks and earlier voices of the week alone. A
// copy weighs nothing. Beyond twice a source's usual week and two, voices share what is left, so that
// an afternoon of bought reviews cannot outvote a year.
func (h *history) weigh(week int) {
	voices := h.week(week)
	var counts, copies [maxSources]int
	for i := range voices {
		v := &voices[i]
		v.weight = 1
		if v.text >= 0 {
			if last := h.texts[v.text]; last >= 0 && v.day-last <= copyDays {
				v.weight = 0
				copies[v.source]++
			}
			h.texts[v.text] = v.day
		}
		if v.weight > 0 {
			counts[v.source]++
		}
	}
	var shares [maxSources]float64
	for s := range h.sources {
		shares[s] = h.sources[s].share(counts[s])
	}
	for i := range voices {
		voices[i].weight *= shares[voices[i].source]
	}
	for s := range h.sources {
		aside := copies[s] + int((1-shares[s])*float64(counts[s])+0.5)
		if aside >= burstFloor {
			h.tellBurst(week, int32(s), aside)
		}
		h.sources[s].count(counts[s]+copies[s], counts[s], h.missing(h.sources[s].name, week))
	}
}

// tellBurst adds an alarm about a source's week of which so many voices were set aside, if its voices
// differ from what people usually say: more of the same is a campaign, and nobody's trouble.
func (h *history) tellBurst(week int, source int32, aside int) {
	c := &h.scale
	if c.longs == nil {
		return // too young to know what is usual
	}
	sum, variance, n := 0.0, 0.0, 0.0
	for _, v := range h.week(week) {
		if v.source != source {
			continue
		}
		j := float64(v.to - v.from)
		for _, r := range h.remarks[v.from:v.to] {
			sum += (r.score - h.offset(r.touch, source) - c.longs[r.touch]) / j
		}
		variance += c.variance * (c.rho + (1-c.rho)/j)
		n++
	}
	d := sum / n
	sd := math.Sqrt(variance/(n*n) + touchWander*touchWander)
	if math.Abs(d) < burstSD*sd {
		return
	}
	for i := range h.week(week) {
		if v := &h.week(week)[i]; v.source == source {
			v.weight = 0
		}
	}
	day := monday(week)
	h.alarms = append(h.alarms, &Alarm{
		Practice: h.practice, Touchpoint: PracticeWide, Kind: Burst, Source: h.sources[source].name,
		Flagged: day, Since: day, SinceLo: day, SinceHi: day, N: aside,
		Effect: d, EffectLo: d - z90*sd, EffectHi: d + z90*sd, Statistic: d / sd,
	})
}

// share returns the weight of each of n voices from a source in one week.
func (o *origin) share(n int) float64 {
	if len(o.recent) == 0 || n == 0 {
		return 1
	}
	return min(1, (2*median(o.recent)+2)/float64(n))
}

// count takes note of a week: all its voices, and those that are no copies.
func (o *origin) count(all, own int, missing bool) {
	if missing || (o.total == 0 && all == 0) {
		return
	}
	o.total += all
	o.recent = append(o.recent, own)
	if len(o.recent) > usualWeeks {
		o.recent = slices.Delete(o.recent, 0, 1)
	}
}

// median returns the median of at most usualWeeks counts.
func median(counts []int) float64 {
	var buf [usualWeeks]int
	sorted := buf[:copy(buf[:], counts)]
	slices.Sort(sorted)
	m := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return float64(sorted[m])
	}
	return float64(sorted[m-1]+sorted[m]) / 2
}
