package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// day writes a day that is named as midnight UTC.
func day(t time.Time) string { return t.Format("2 January 2006") }

// shortDay leaves the year out where it is that of ref.
func shortDay(t, ref time.Time) string {
	if t.Year() == ref.Year() {
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// span writes a week as its first and last day.
func span(monday time.Time) string {
	sunday := monday.AddDate(0, 0, 6)
	switch {
	case monday.Year() != sunday.Year():
		return day(monday) + " to " + day(sunday)
	case monday.Month() != sunday.Month():
		return monday.Format("2 January") + " to " + day(sunday)
	}
	return monday.Format("2") + " to " + day(sunday)
}

// when writes a date as precisely as the source knows it, in the practice's zone.
func when(d collector.Date, zone *time.Location) string {
	if !d.Known() {
		return "no date"
	}
	first := d.Start.In(zone)
	last := d.End.Add(-time.Nanosecond).In(zone)
	switch d.Precision {
	case collector.Exact, collector.Day:
		return first.Format("2 Jan 2006")
	case collector.WeekLong:
		return "week of " + first.Format("2 Jan 2006")
	case collector.Month:
		return first.Format("January 2006")
	}
	return "between " + first.Format("2 Jan 2006") + " and " + last.Format("2 Jan 2006")
}

// signed writes a score or a change with two decimals and its sign.
func signed(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	switch {
	case s == "0.00" || s == "-0.00":
		return "0.00"
	case v < 0:
		return "\u2212" + s[1:]
	}
	return "+" + s
}

// plural writes a count with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// people writes a count of persons.
func people(n int) string { return plural(n, "person", "people") }

// list joins names as a sentence does.
func list(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// rated writes a rating on the scale it was given on.
func rated(r collector.Rating) string {
	if !r.Valid {
		return ""
	}
	best := r.Best
	if best == "" {
		best = scales[r.Tag].best
	}
	switch {
	case r.Tag == "stars":
		return strings.TrimSuffix(strconv.FormatFloat(r.Value, 'f', 1, 64), ".0") + " of 5 stars"
	case r.Raw == "":
		return strconv.FormatFloat(r.Value, 'f', 1, 64) + " on a scale of 1 to 5"
	case best != "":
		return "rated " + r.Raw + " of " + best
	}
	return "rated " + r.Raw
}

// scales are the definitions of ratings by tag: what they mean, and the best one can give.
var scales = map[string]struct{ name, best string }{
	"stars":    {"1 to 5 stars", "5"},
	"nps-0-10": {"would recommend, 0 to 10, drawn as 1 to 5", "10"},
	"csat-5":   {"satisfied, 1 to 5", "5"},
	"ces-7":    {"easy, 1 to 7, drawn as 1 to 5", "7"},
	"fft":      {"very poor to very good, drawn as 1 to 5", ""},
}

// scale explains a rating's definition tag in our own words; they go into a chart.
func scale(tag string) string {
	if s := scales[tag]; s.name != "" {
		return s.name
	}
	return "another rating, drawn as 1 to 5"
}

// since writes when a change began, with its range.
func since(v analysis.Verdict) string {
	switch {
	case v.Since.IsZero():
		return "when it began is not known"
	case v.SinceLo.IsZero() || v.SinceLo.Equal(v.SinceHi):
		return "since the week of " + day(v.Since)
	}
	return fmt.Sprintf("since about the week of %s (80 %% sure: between %s and %s)",
		day(v.Since), shortDay(v.SinceLo, v.Since), shortDay(v.SinceHi, v.Since))
}
