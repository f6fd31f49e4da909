package survey

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"percept/collector"
)

// An Order says how day, month and year stand in dates of three numbers.
type Order string

// The orders of a date.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
	YearFirst  Order = "ymd"
)

// A reading says what a date as written tells about the order of day and month.
type reading int

const (
	certain    reading = iota // a name for the month, or the year first
	dayFirst                  // 17/10/2021
	monthFirst                // 10/17/2021
	either                    // 03/10/2021
	same                      // 10/10/2021: both orders read it alike
)

// A stamp is a date as written, before its order and its zone are settled.
type stamp struct {
	year, month, day int
	hour, min, sec   int
	nsec             int
	clock            bool           // has a time of day
	noDay            bool           // month and year alone
	zone             *time.Location // as written, nil where none is
	reading          reading        // month and day are as in day first where it is either
}

var errNoDate = errors.New("not a date")

// parseStamp reads a date as survey tools write them: ISO 8601 and its relatives, numbers with
// slashes, dots or dashes, months by name, Unix times. What it does not know whole, it does not read.
func parseStamp(s string) (stamp, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if len(s) < 6 || len(s) > 64 {
		return stamp{}, errNoDate
	}
	p := scanner{s: s}
	d, ok := p.date()
	if !ok || !p.clock(&d) {
		return stamp{}, errNoDate
	}
	return d, d.check()
}

func (d stamp) check() error {
	if d.hour > 24 || d.min > 59 || d.sec > 60 || d.year < 1000 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 {
		return errNoDate
	}
	if d.day > time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return errors.New("there is no such day")
	}
	return nil
}

// ordered settles what 03/10/2021 means. It is false where the date contradicts the order.
func (d stamp) ordered(o Order) (stamp, bool) {
	switch {
	case d.reading == either && o == MonthFirst:
		d.day, d.month, d.reading = d.month, d.day, same
	case d.reading == either && o == DayFirst:
		d.reading = same
	case d.reading == dayFirst && o == MonthFirst, d.reading == monthFirst && o == DayFirst, d.reading != certain && o == YearFirst:
		return d, false
	}
	return d, true
}

// date returns the stamp in the zone it states, else in zone.
func (d stamp) date(zone *time.Location) collector.Date {
	if d.zone != nil {
		zone = d.zone
	}
	switch {
	case d.noDay:
		from := time.Date(d.year, time.Month(d.month), 1, 0, 0, 0, 0, zone)
		return collector.Date{Start: from.UTC(), End: from.AddDate(0, 1, 0).UTC(), Precision: collector.Month}
	case d.clock:
		return collector.At(time.Date(d.year, time.Month(d.month), d.day, d.hour, d.min, d.sec, d.nsec, zone))
	}
	return collector.OnDay(d.year, time.Month(d.month), d.day, zone)
}

// String writes the stamp as ISO 8601, with a zone where one was written.
func (d stamp) String() string {
	switch {
	case d.noDay:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	case !d.clock:
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	}
	zone, layout := d.zone, time.RFC3339Nano
	if zone == nil {
		zone, layout = time.UTC, "2006-01-02T15:04:05.999999999"
	}
	return time.Date(d.year, time.Month(d.month), d.day, d.hour, d.min, d.sec, d.nsec, zone).Format(layout)
}
