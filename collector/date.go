package collector

import "time"

// A Precision says how much of a date the source knows.
type Precision string

// The precisions of a date.
const (
	Unknown  Precision = "" // no date at all
	Exact    Precision = "exact"
	Day      Precision = "day"
	WeekLong Precision = "week"
	Month    Precision = "month"
	Interval Precision = "interval" // "3 weeks ago", or a date with two readings
)

// A Date is an instant or, where the source knows less, the span it must lie in.
type Date struct {
	// Start and End are UTC; the date lies in [Start, End). An Exact date has End equal to Start.
	Start, End time.Time
	Precision  Precision
	// Relative is true when the date was told relative to the day of fetching ("a month ago"):
	// such a date moves from fetch to fetch and takes no part in identity.
	Relative bool
}

// At returns an exact date.
func At(t time.Time) Date { return Date{Start: t.UTC(), End: t.UTC(), Precision: Exact} }

// OnDay returns the day of t in zone, as a source without times knows it.
func OnDay(year int, month time.Month, day int, zone *time.Location) Date {
	return Date{
		Start:     time.Date(year, month, day, 0, 0, 0, 0, zone).UTC(),
		End:       time.Date(year, month, day+1, 0, 0, 0, 0, zone).UTC(),
		Precision: Day,
	}
}

// Known reports whether there is a date at all.
func (d Date) Known() bool { return d.Precision != Unknown }

// Week returns the Monday of the ISO week in zone that holds the whole date, as midnight UTC.
// It is false for a date that no single week can name.
func (d Date) Week(zone *time.Location) (time.Time, bool) {
	if !d.Known() {
		return time.Time{}, false
	}
	first := Monday(d.Start, zone)
	if d.Precision != Exact && d.End.After(d.Start) && !Monday(d.End.Add(-time.Nanosecond), zone).Equal(first) {
		return time.Time{}, false
	}
	return first, true
}

// Monday returns the Monday of t's ISO week in zone, as midnight UTC: the name of a week.
func Monday(t time.Time, zone *time.Location) time.Time {
	l := t.In(zone)
	back := (int(l.Weekday()) + 6) % 7
	return time.Date(l.Year(), l.Month(), l.Day()-back, 0, 0, 0, 0, time.UTC)
}
