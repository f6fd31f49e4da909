package reports

import (
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// day writes a day that is named as midnight UTC.
func (l *language) day(t time.Time) string { return l.date(t, "2 January 2006") }

// shortDay leaves the year out where it is that of ref.
func (l *language) shortDay(t, ref time.Time) string {
	if t.Year() == ref.Year() {
		return l.date(t, "2 Jan")
	}
	return l.date(t, "2 Jan 2006")
}

// span writes a week as its first and last day.
func (l *language) span(monday time.Time) string {
	sunday := monday.AddDate(0, 0, 6)
	switch {
	case monday.Year() != sunday.Year():
		return l.say("%s to %s", l.day(monday), l.day(sunday))
	case monday.Month() != sunday.Month():
		return l.say("%s to %s", l.date(monday, "2 January"), l.day(sunday))
	}
	return l.say("%s to %s", monday.Format("2"), l.day(sunday))
}

// when writes a date as precisely as the source knows it, in the practice's zone.
func (l *language) when(d collector.Date, zone *time.Location) string {
	if !d.Known() {
		return l.say("no date")
	}
	first := d.Start.In(zone)
	last := d.End.Add(-time.Nanosecond).In(zone)
	switch d.Precision {
	case collector.Exact, collector.Day:
		return l.date(first, "2 Jan 2006")
	case collector.WeekLong:
		return l.say("week of %s", l.date(first, "2 Jan 2006"))
	case collector.Month:
		return l.date(first, "January 2006")
	}
	return l.say("between %s and %s", l.date(first, "2 Jan 2006"), l.date(last, "2 Jan 2006"))
}

// signed writes a score or a change with two decimals and its sign.
func (l *language) signed(v float64) string {
	s := l.number(v, 2)
	switch {
	case strings.Trim(s, "-0.,") == "":
		return l.number(0, 2)
	case v < 0:
		return "\u2212" + s[1:]
	}
	return "+" + s
}

// rated writes a rating on the scale it was given on.
func (l *language) rated(r collector.Rating) string {
	if !r.Valid {
		return ""
	}
	best := r.Best
	if best == "" {
		best = scales[r.Tag].best
	}
	switch {
	case r.Tag == "stars":
		return l.say("%s of 5 stars", strings.TrimSuffix(l.number(r.Value, 1), l.decimal+"0"))
	case r.Raw == "":
		return l.say("%s on a scale of 1 to 5", l.number(r.Value, 1))
	case best != "":
		return l.say("rated %s of %s", r.Raw, best)
	}
	return l.say("rated %s", r.Raw)
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
func (l *language) scale(tag string) string {
	if s := scales[tag]; s.name != "" {
		return l.say(s.name)
	}
	return l.say("another rating, drawn as 1 to 5")
}

// since writes when a change began, with its range.
func (l *language) since(v analysis.Verdict) string {
	switch {
	case v.Since.IsZero():
		return l.say("when it began is not known")
	case v.SinceLo.IsZero() || v.SinceLo.Equal(v.SinceHi):
		return l.say("since the week of %s", l.day(v.Since))
	}
	return l.say("since about the week of %s (80 %% sure: between %s and %s)",
		l.day(v.Since), l.shortDay(v.SinceLo, v.Since), l.shortDay(v.SinceHi, v.Since))
}

// number writes a number with so many decimals.
func (l *language) number(v float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', decimals, 64), ".", l.decimal, 1)
}
