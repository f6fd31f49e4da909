package survey

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"percept/collector"
)

// orders counts over the whole file what its dates tell about the order of day and month, and in
// which rows: a column may be one tool's export with a part in another country's order.
type orders struct {
	column int
	fixed  bool // by a layout or as day numbers: there is no order to find
	t      *Time
	counts [same + 1]int
	low    int // certain dates on a day up to 12
	groups []group
}

// A group counts the readings of dates by the content of one category column.
type group struct {
	column int
	counts map[string]*[same + 1]int
}

func newOrders(l *Layout, profiles []profile) *orders {
	o := &orders{column: l.find(When), t: &l.Time}
	if o.column < 0 || l.Time.Layout != "" || l.Time.Serial {
		o.fixed = o.column >= 0
		return o
	}
	for i, c := range l.Columns {
		switch c.Role {
		case Segment, Practice, Language, Other:
			if profiles[i].category() {
				o.groups = append(o.groups, group{i, make(map[string]*[same + 1]int)})
			}
		}
	}
	return o
}

func (o *orders) add(cells []string) {
	if o.column < 0 || o.column >= len(cells) {
		return
	}
	if o.fixed {
		if d, err := o.t.stamp(strings.TrimSpace(cells[o.column])); err == nil {
			o.t.Clock = o.t.Clock || d.clock
			o.t.Seconds = o.t.Seconds || d.sec > 0
		}
		return
	}
	d, err := parseStamp(cells[o.column])
	if err != nil {
		return
	}
	o.t.Clock = o.t.Clock || d.clock && (d.hour > 0 || d.min > 0 || d.sec > 0 || d.zone != nil)
	o.t.Seconds = o.t.Seconds || d.sec > 0
	o.counts[d.reading]++
	if d.reading == certain {
		if d.day <= 12 {
			o.low++
		}
		return
	}
	for _, g := range o.groups {
		if g.column >= len(cells) {
			continue
		}
		v := strings.TrimSpace(cells[g.column])
		if len(v) > 200 {
			continue
		}
		c := g.counts[v]
		if c == nil {
			if len(g.counts) >= maxDistinct {
				continue
			}
			c = new([same + 1]int)
			g.counts[strings.Clone(v)] = c
		}
		c[d.reading]++
	}
}

// What it takes to decide against dates of the other order: enough dates, which coins would hardly
// throw (22 with 2 against, 1 in 16,000), and so many for each of the other that these are slips of the
// pen or a small part of the file, which will not outgrow the rest.
const (
	enough    = 20
	outweighs = 10
)

// settle decides the order: by the config, by the dates that have one reading, by what is known of
// the tool. A column in which none of these decides, or in which they contradict each other, is a
// problem, not a guess.
func (o *orders) settle(l *Layout, opts Options) {
	t := o.t
	first, second, open := o.counts[dayFirst], o.counts[monthFirst], o.counts[either]
	switch {
	case o.column < 0 || o.fixed:
		return
	case opts.Mapping.Time.Order != "":
		t.Order, t.Why = opts.Mapping.Time.Order, "as the config says"
	case min(first, second) > 0 && max(first, second) < max(enough, outweighs*min(first, second)):
		l.Problems = append(l.Problems, fmt.Sprintf("%s of “%s” can only be day first and %s only month first: say columns: {time: {order: dmy}}, or mdy",
			collector.Plural(first, "date"), l.labels()[o.column], collector.Thousands(second)))
		return
	case first > second:
		t.Order, t.Why = DayFirst, "decided by "+collector.Plural(first, "row")
	case second > 0:
		t.Order, t.Why = MonthFirst, "decided by "+collector.Plural(second, "row")
	case open == 0 && o.counts[same] == 0 && o.counts[certain] > 0:
		t.Order = YearFirst
	case l.british():
		t.Order, t.Why = DayFirst, "as the Friends and Family Test is British"
	case l.Tool == "SurveyMonkey":
		t.Order, t.Why = MonthFirst, "as SurveyMonkey writes"
	case open > o.counts[certain]:
		l.Problems = append(l.Problems, fmt.Sprintf("nothing in “%s” tells whether the day or the month comes first: say columns: {time: {order: dmy}}, or mdy", l.labels()[o.column]))
	}
	if first > 0 && second > 0 {
		o.mix(l)
	}
	o.converted(l)
}

func (l *Layout) british() bool {
	return slices.ContainsFunc(l.Columns, func(c Column) bool { return strings.HasPrefix(c.Scale.Tag, "fft") })
}

// converted recognises what Excel makes of dates in another country's order: those whose day may be a
// month become dates with the two exchanged, the rest stay text. No date it made is on a day over 12.
func (o *orders) converted(l *Layout) {
	made, left := o.counts[certain], o.counts[dayFirst]+o.counts[monthFirst]
	if l.Kind != "xlsx" || left == 0 || o.low < made || made < 6 {
		return
	}
	o.t.Converted = true
	l.Notes = append(l.Notes, fmt.Sprintf("%s that Excel made of text may have day and month exchanged, as it left %s as text: kept as the span of both readings",
		collector.Plural(made, "date"), collector.Thousands(left)))
}

// mix finds the rows in which the other order occurs: those with the contents of a category column
// that hold all of it, if chance would hardly put it there. Where no column explains it, every date
// with two readings is doubtful.
func (o *orders) mix(l *Layout) {
	other := monthFirst
	if o.t.Order == MonthFirst {
		other = dayFirst
	}
	m, best := &Mixed{Either: o.counts[either]}, math.Log(1e-3)
	for _, g := range o.groups {
		e := g.explain(other)
		if e.found != o.counts[other] {
			continue
		}
		// The chance that all of found fall among rows of this share, for any choice of as many contents.
		chance := float64(e.found)*math.Log(float64(e.rows)/float64(e.all)) + float64(len(e.values))*math.Log(float64(len(g.counts)))
		if chance < best {
			best = chance
			m = &Mixed{Column: g.column + 1, Values: e.values, Either: e.open}
		}
	}
	o.t.Mixed = m
	if m.Either > 0 {
		l.Notes = append(l.Notes, fmt.Sprintf("%s %s may be day first or month first, as both occur there: kept as the span of both readings", collector.Plural(m.Either, "date"), l.mixedWhere()))
	}
}

// An explanation is the contents of a category column among which a reading occurs.
type explanation struct {
	values                 []string
	found, open, rows, all int
}

func (g group) explain(r reading) explanation {
	var e explanation
	for v, c := range g.counts {
		rows := c[dayFirst] + c[monthFirst] + c[either] + c[same]
		e.all += rows
		if c[r] == 0 {
			continue
		}
		e.values = append(e.values, v)
		e.found += c[r]
		e.open += c[either]
		e.rows += rows
	}
	slices.Sort(e.values)
	return e
}
