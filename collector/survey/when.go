package survey

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"percept/collector"
)

// date reads the time cell of a row; zone is that of times without one. why says what keeps it from
// being a date.
func (r *reader) date(value string, cells []string, zone *time.Location) (d collector.Date, why string) {
	if blank(value) {
		return d, ""
	}
	value = strings.TrimSpace(value)
	st, err := r.l.Time.stamp(value)
	if err != nil {
		return d, fmt.Sprintf("date “%s”: %v", shorten(value, 40), err)
	}
	if st.year == 1980 && st.month == 1 && st.day == 1 && strings.HasPrefix(r.l.Tool, "LimeSurvey") {
		r.anonymed++
		return d, ""
	}
	mixed, which := r.mixed(cells)
	ordered, ok := st.ordered(r.l.Time.Order)
	switch {
	case mixed && st.reading == either, r.l.Time.Converted && st.reading == certain && st.day <= 12 && st.day != st.month:
		st.reading = either
		d = st.both(zone)
	case !ok:
		return d, fmt.Sprintf("date %s is %s, the column is %s%s", value, st.reading, r.l.Time.Order.words(), which)
	case ordered.reading == either:
		return d, fmt.Sprintf("date %s may be day first or month first, and nothing decides: say columns: {time: {order: dmy}}, or mdy", value)
	default:
		d = ordered.date(zone)
	}
	switch {
	case st.year < 1990:
		return d, fmt.Sprintf("date %s lies before 1990", value)
	case r.future(d):
		return d, fmt.Sprintf("date %s lies in the future", value)
	}
	return d, ""
}

// both returns the span of the two readings of a date. That one of them is yet to come decides
// nothing: it would decide otherwise on another day.
func (d stamp) both(zone *time.Location) collector.Date {
	day, _ := d.ordered(DayFirst)
	month, _ := d.ordered(MonthFirst)
	return cover(day.date(zone), month.date(zone))
}

// future leaves two days for zones and clocks.
func (r *reader) future(d collector.Date) bool {
	return !r.fetched.IsZero() && d.Start.After(r.fetched.Add(48*time.Hour))
}

// cover returns the interval that holds both dates.
func cover(a, b collector.Date) collector.Date {
	d := collector.Date{Start: a.Start, End: a.End, Precision: collector.Interval}
	if b.Start.Before(d.Start) {
		d.Start = b.Start
	}
	if b.End.After(d.End) {
		d.End = b.End
	}
	return d
}

// stamp reads a date the way that was decided for the column.
func (t *Time) stamp(value string) (stamp, error) {
	if t.Layout != "" {
		at, err := time.Parse(t.Layout, value)
		if err != nil {
			return stamp{}, fmt.Errorf("is not written as %q", t.Layout)
		}
		d := of(at)
		d.clock = strings.Contains(t.Layout, "15") || strings.Contains(t.Layout, "3:") || strings.Contains(t.Layout, "03")
		if !strings.ContainsAny(t.Layout, "Z") && !strings.Contains(t.Layout, "-07") && !strings.Contains(t.Layout, "MST") {
			d.zone = nil
		}
		return d, nil
	}
	if t.Serial {
		if at, clock, ok := serialTime(value, false); ok {
			d := of(at)
			d.zone, d.clock = nil, clock
			return d, nil
		}
	}
	d, err := parseStamp(value)
	if !t.Clock {
		d.clock = false // a column of midnights has no times of day
	}
	return d, err
}

// mixed reports whether the row is among those in which two orders occur, and which these are.
func (r *reader) mixed(cells []string) (bool, string) {
	m := r.l.Time.Mixed
	if m == nil {
		return false, ""
	}
	if m.Column == 0 {
		return true, ""
	}
	v := strings.TrimSpace(cells[m.Column-1])
	if !slices.Contains(m.Values, v) {
		return false, ""
	}
	return true, " (" + shorten(v, 60) + ")"
}

// words says the order for people.
func (o Order) words() string {
	switch o {
	case DayFirst:
		return "day first"
	case MonthFirst:
		return "month first"
	}
	return "year first"
}

// String says for people what a date tells about the order of day and month.
func (r reading) String() string {
	switch r {
	case dayFirst:
		return "day first"
	case monthFirst:
		return "month first"
	case either:
		return "day first or month first"
	}
	return "certain"
}
