package survey

import (
	"cmp"
	"slices"
	"strings"
)

// time takes the column of dates that ranks first, by its heading, then one with dates alone.
func (d *decider) time() {
	at := d.l.find(When)
	best := 2*len(times) + 1
	for i := 0; at < 0 && i < len(d.keys); i++ {
		p := &d.profiles[i]
		if !d.free(i) {
			continue
		}
		rank := rankOf(times, dateKey(d.l.Columns[i].Name))
		dated := p.dates + p.serials + p.digits
		switch {
		case rank < 0 && p.dates*10 >= p.filled*9 && p.filled > 0 && p.unique() > 0.02:
			rank = len(times)
		case rank < 0, dated*10 < p.filled*3:
			continue
		case p.filled == 0:
			rank += len(times) // any column with dates comes first
		}
		if rank < best && d.fuller(i) {
			best = rank
			d.clear(When)
			d.set(i, When, "")
		}
	}
	if at = d.l.find(When); at < 0 {
		d.unreadDates()
		return
	}
	p := &d.profiles[at]
	t := &d.l.Time
	m := d.o.Mapping.Time
	t.Layout = m.Layout
	t.Serial = p.serials > p.dates+p.digits && m.Layout == ""
	t.Zone = cmp.Or(m.Zone, cmp.Or(zoneInHeading(d.l.Columns[at].Name), t.Zone))
}

// fuller keeps a column of dates from giving way to a better named one that is nearly empty.
func (d *decider) fuller(i int) bool {
	at := d.l.find(When)
	return at < 0 || d.profiles[i].filled*4 >= d.profiles[at].filled
}

func (d *decider) clear(r Role) { d.l.clear(r) }

// unreadDates says when there is a column for dates that cannot be read.
func (d *decider) unreadDates() {
	for i := range d.keys {
		rank := rankOf(times, dateKey(d.l.Columns[i].Name))
		if p := &d.profiles[i]; d.free(i) && rank >= 0 && rank < rankOf(times, soft) && p.filled > 0 && !p.category() {
			d.problem("the dates of “%s” cannot be read, as “%s”: say columns: {time: {layout: ...}}", d.labels[i], shorten(p.sorted()[0], 40))
			return
		}
	}
	d.note("no column of dates: the answers belong to no week")
}

// dateKey is the key of a heading without the zone that it states.
func dateKey(name string) string {
	if open := strings.LastIndexByte(name, '('); open > 0 {
		name = name[:open]
	}
	return key(heading(name))
}

// zoneInHeading reads "Submit Date (UTC)" and "Response At (America/New_York)".
func zoneInHeading(name string) string {
	open, end := strings.LastIndexByte(name, '('), strings.LastIndexByte(name, ')')
	if open < 0 || end < open {
		return ""
	}
	zone := strings.TrimSpace(name[open+1 : end])
	if _, ok := zoneNamed(zone); ok {
		return zone
	}
	return ""
}

func rankOf(list []string, k string) int { return slices.Index(list, k) }
