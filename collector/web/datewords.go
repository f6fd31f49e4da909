package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	dateparser "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-dateparser/date"

	"percept/collector"
)

// maxUnread bounds how many dates in words a page may have that nobody can read: each costs
// milliseconds, and what a template writes cannot be read from the first on.
const maxUnread = 200

// words reads dates that are written out: as they stand, then without the words before them
// ("Reviewed in South Africa on 5 March 2025").
func (r *dateReader) words(s string) collector.Date {
	for _, part := range dateParts(s) {
		if r.unread == maxUnread {
			break
		}
		if d := r.phrase(part); d.Known() {
			return d
		}
		r.unread++
	}
	return collector.Date{}
}

// dateParts returns s, what follows a label, what starts with or just before the first number, and,
// without a number, what is left when the first word is taken off ("Edited a month ago").
func dateParts(s string) []string {
	parts := []string{s}
	if _, after, ok := strings.Cut(s, ": "); ok {
		parts = append(parts, after)
	}
	words := strings.Fields(s)
	at := slices.IndexFunc(words, anyDigits.MatchString)
	switch {
	case at < 0 && len(words) > 1 && len(words) < 6:
		parts = append(parts, strings.Join(words[1:], " "))
	case at > 1:
		parts = append(parts, strings.Join(words[at-1:], " "), strings.Join(words[at:], " "))
	case at == 1:
		parts = append(parts, strings.Join(words[1:], " "))
	}
	return parts
}

// languages are tried after the page's own. More would cost more, and find dates in any words.
var languages = [][]string{{"en"}, {"de", "fr", "es", "it", "nl", "pt", "af", "pl", "sv", "da", "tr", "ja", "zh"}}

// phrase reads s in the page's language first. The parser is never told to overlook words: it then
// takes "May 8" of a German page for a day of the month of fetching.
func (r *dateReader) phrase(s string) collector.Date {
	now := r.asOf
	if now.IsZero() {
		now = time.Date(2000, 1, 1, 0, 0, 0, 0, r.zone)
	}
	tries := languages
	if r.lang != "" && dateparser.IsKnownLocale(r.lang) {
		tries = slices.Concat([][]string{{r.lang}}, languages)
	}
	for _, l := range tries {
		cfg := &dateparser.Configuration{
			Languages: l, CurrentTime: now.In(r.zone), DefaultTimezone: r.zone,
			PreferredDateSource: dateparser.Past, PreferredDayOfMonth: dateparser.First,
			PreferredMonthOfYear: dateparser.FirstMonth, ReturnTimeAsPeriod: true,
		}
		if !r.asOf.IsZero() {
			if t, err := r.relative.Parse(cfg, s); err == nil && !t.IsZero() {
				return r.ago(t.Time.In(r.zone), t.Period, s)
			}
		}
		if !anyDigits.MatchString(s) {
			continue
		}
		if t, err := r.absolute.Parse(cfg, s); err == nil && !t.IsZero() {
			if d := r.written(t, s); d.Known() {
				return d
			}
		}
	}
	return collector.Date{}
}

// written takes a date in words as precise as it is; what names no year is read from the day of
// fetching and moves with it.
func (r *dateReader) written(t date.Date, s string) collector.Date {
	y, m, d := t.Time.In(r.zone).Date()
	if y4 := year4.FindString(s); y4 == "" {
		if r.asOf.IsZero() || t.Period == date.Year {
			return collector.Date{}
		}
	} else if number(y4) != y {
		return collector.Date{} // it took another number for the year
	}
	var out collector.Date
	switch t.Period {
	case date.Year:
		out = r.span(time.Date(y, 1, 1, 0, 0, 0, 0, r.zone), time.Date(y+1, 1, 1, 0, 0, 0, 0, r.zone))
	case date.Month:
		out = r.month(y, m)
	default:
		out = collector.OnDay(y, m, d, r.zone)
	}
	out.Relative = !year4.MatchString(s)
	return out
}

// ago spans what "N units ago" can mean: pages round down, so up to one unit more has passed.
func (r *dateReader) ago(t time.Time, period date.Period, s string) collector.Date {
	now := r.asOf.In(r.zone)
	y, m, d := t.Date()
	latest := time.Date(y, m, d, 0, 0, 0, 0, r.zone)
	days := int(now.Sub(t).Hours()/24 + 0.5)
	earliest := latest
	switch {
	case t.After(now.Add(time.Hour)):
		return collector.Date{} // a visit to come is no date of a review
	case period.IsTime() || days < 2:
	case period == date.Year:
		earliest = latest.AddDate(-1, 0, 0)
	case period == date.Month:
		earliest = latest.AddDate(0, -1, 0)
	case days%7 == 0 && anyDigits.FindString(s) != strconv.Itoa(days):
		earliest = latest.AddDate(0, 0, -7)
	default:
		earliest = latest.AddDate(0, 0, -1)
	}
	out := r.span(earliest, latest.AddDate(0, 0, 1))
	if earliest.Equal(latest) {
		out.Precision = collector.Day
	}
	out.Relative = true
	return out
}
