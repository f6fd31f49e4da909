package analysis

// When a source counts. A platform that replaces another cannot be told from a change of opinion, so
// a source that comes later speaks only after its weeks beside the others have shown how it differs;
// where it soon outweighs them, the baseline starts anew with it.
const (
	settleWeeks  = 8  // a practice's first weeks: sources seen in them are there from the start
	besideWeeks  = 8  // weeks beside a source that counts
	replaceWeeks = 13 // weeks after which a source that outweighs the others needs none beside it
	outweighs    = 4  // times the voices of all sources that count, in replaceWeeks weeks
	enoughToTell = 4  // voices of a new source before it is told
	silentWeeks  = 8  // weeks of silence, if as many voices were to be expected in them, before that is told
)

// An origin is what a practice knows of one of its sources.
type origin struct {
	name   string
	first  int   // week of its first voice, meaningful once total > 0
	total  int   // voices, copies too
	recent []int // voices in the latest usualWeeks weeks since the first, without copies and failed weeks
	quiet  int   // weeks since it last spoke, failed ones left out
	beside int   // weeks in which it spoke and a source that counts did
	counts bool  // whether its voices enter the series, once it has spoken

	appeared, silent *Alarm // nil unless told
}

// follow takes note of which sources speak in a week, before the week is judged.
func (h *history) follow(week int) {
	var spoke [maxSources]int
	for _, v := range h.week(week) {
		spoke[v.source]++
	}
	for ; h.met < len(h.sources) && spoke[h.met] > 0; h.met++ {
		h.sources[h.met].first = week
	}
	for s := range h.sources[:h.met] {
		o := &h.sources[s]
		switch {
		case spoke[s] == 0 && !h.missing(o.name, week) && !h.ended(o.name, week):
			o.quiet++
			if expected := o.lately(usualWeeks) / usualWeeks; o.silent == nil && o.quiet >= silentWeeks && expected*float64(o.quiet) >= silentWeeks {
				o.silent = h.tellSource(o, week, week-o.quiet+1, 0)
			}
		case spoke[s] > 0:
			o.counts = o.counts || week < h.first+settleWeeks
			o.speak(h, week, spoke[s])
			for i := range h.sources[:h.met] {
				if !o.counts && h.sources[i].counts && spoke[i] > 0 {
					o.beside++
					break
				}
			}
		}
	}
}

func (o *origin) speak(h *history, week, n int) {
	o.quiet = 0
	if o.silent != nil {
		o.silent.Cleared = monday(week)
		o.silent = nil
	}
	if !o.counts && o.appeared == nil && o.total+n >= enoughToTell {
		o.appeared = h.tellSource(o, week, o.first, o.total+n)
	}
}

// lately returns the voices of the latest weeks, at most usualWeeks.
func (o *origin) lately(weeks int) float64 {
	sum := 0
	for _, n := range o.recent[max(0, len(o.recent)-weeks):] {
		sum += n
	}
	return float64(sum)
}

// admit lets sources count that have shown how they differ, or have taken over, before week.
func (h *history) admit(week int) {
	for s := range h.sources[:h.met] {
		o := &h.sources[s]
		if o.counts {
			continue
		}
		others := 0.0
		for i := range h.sources[:h.met] {
			if h.sources[i].counts {
				others += h.sources[i].lately(replaceWeeks)
			}
		}
		took := o.lately(replaceWeeks) >= outweighs*max(others, 1)
		if replaced := took && week-o.first >= replaceWeeks; o.beside < besideWeeks && !replaced {
			continue
		}
		o.counts = true
		if o.appeared != nil {
			o.appeared.Cleared = monday(week)
		}
		if took {
			h.restartAll(o.first)
		}
	}
}

// tellSource adds an alarm about a source that appeared or fell silent.
func (h *history) tellSource(o *origin, week, since, n int) *Alarm {
	a := &Alarm{
		Practice: h.practice, Touchpoint: PracticeWide, Kind: SourceChange, Source: o.name, N: n,
		Flagged: monday(week), Since: monday(since), SinceLo: monday(since), SinceHi: monday(since),
	}
	h.alarms = append(h.alarms, a)
	return a
}
