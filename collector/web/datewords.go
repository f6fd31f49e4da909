package web

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"percept/collector"
)

// words reads dates that are written out: as they stand, then without the words before them
// ("Reviewed in South Africa on 5 March 2025"). A date counts only where one language explains every
// word of it: a reader that overlooks words takes "May 8" of a German page for the eighth of any month.
func (r *dateReader) words(s string) (d collector.Date, part string) {
	for i, part := range dateParts(s) {
		if i > 0 {
			if d = r.figures(part); d.Known() {
				return d, part
			}
		}
		if d = r.phrase(part); d.Known() {
			return d, part
		}
	}
	return collector.Date{}, ""
}

// dateParts returns s, what follows a label, what stands between dots and bars, what starts with or just
// before the first number, and, without a number, what is left when the first word is taken off ("Edited a month ago").
func dateParts(s string) []string {
	parts := []string{s}
	if len(s) > maxDate {
		return parts
	}
	if _, after, ok := strings.Cut(s, ": "); ok {
		parts = append(parts, after)
	}
	if between := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("·|•", r) }); len(between) < 6 && strings.ContainsAny(s, "·|•") {
		for _, part := range between {
			if part = strings.TrimSpace(part); anyDigits.MatchString(part) {
				parts = append(parts, part)
			}
		}
	}
	words := strings.Fields(s)
	at := slices.IndexFunc(words, anyDigits.MatchString)
	switch {
	case at < 0 && len(words) > 1 && len(words) < 7:
		parts = append(parts, strings.Join(words[1:], " "))
	case at > 1:
		parts = append(parts, strings.Join(words[at-1:], " "), strings.Join(words[at:], " "))
	case at == 1:
		parts = append(parts, strings.Join(words[1:], " "))
	}
	return parts
}

// phrase reads s in the page's language first, relative dates only where the day of fetching is known.
func (r *dateReader) phrase(s string) collector.Date {
	tokens := dateTokens(shortYear.ReplaceAllString(plain(s), "${1}20$2"))
	if len(tokens) == 0 || len(tokens) > 12 || strings.ContainsRune(s, '+') { // "30+ days ago" has no end

		return collector.Date{}
	}
	for _, g := range r.grammars {
		if d := r.written(g, tokens); d.Known() {
			return d
		}
		if r.asOf.IsZero() {
			continue
		}
		if d := r.ago(g, tokens); d.Known() {
			return d
		}
	}
	return collector.Date{}
}

// shortYear is a year of which only the end is written: "Mar '25".
var shortYear = regexp.MustCompile(`(^|\s)['’](\d\d)\b`)

// dateTokens cuts a phrase into words and numbers, "3w" and "5th" too, without the time of day.
func dateTokens(s string) []string {
	s = clock.ReplaceAllString(s, " ")
	var out []string
	start, digits := -1, false
	for i, c := range s {
		isDigit := c >= '0' && c <= '9'
		isWord := isDigit || unicode.IsLetter(c)
		if start >= 0 && (!isWord || isDigit != digits) {
			out = append(out, s[start:i])
			start = -1
		}
		if isWord && start < 0 {
			start, digits = i, isDigit
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

// written reads a day, month and year in any order that people write them in. What names no year is
// the last such day before the day of fetching, and moves with it.
func (r *dateReader) written(g *dateGrammar, tokens []string) collector.Date {
	var day, month, year, months int
	for _, t := range tokens {
		if g.months[t] > 0 {
			months++
		}
	}
	shape := make([]byte, 0, 3)
	for _, t := range tokens {
		n := number(t)
		switch figures := isFigures(t); {
		case figures && len(t) == 4 && yearOnly.MatchString(t):
			year = n
			shape = append(shape, 'y')
		case figures && len(t) <= 2 && day == 0 && n > 0:
			day = n
			shape = append(shape, 'd')
		case figures && len(t) == 2 && len(shape) == 2:
			year = 2000 + n // "5 May 18"
			shape = append(shape, 'y')
		case figures:
			return collector.Date{}
		case months > 1 && g.weekday[t]: // "mar. 5 mars" is a Tuesday
			months--
		case g.months[t] > 0:
			month = g.months[t]
			shape = append(shape, 'm')
		case !g.fill[t] && !g.weekday[t]:
			return collector.Date{}
		}
	}
	switch string(shape) {
	case "my", "ym":
		return r.month(year, time.Month(month))
	case "dmy", "mdy", "ymd":
		if !validDay(year, month, day) {
			return collector.Date{}
		}
		return collector.OnDay(year, time.Month(month), day, r.zone)
	case "dm", "md":
		return r.lastDay(month, day)
	}
	return collector.Date{}
}

func isFigures(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// lastDay is the last day of that name that has come.
func (r *dateReader) lastDay(month, day int) collector.Date {
	if r.asOf.IsZero() {
		return collector.Date{}
	}
	now := r.asOf.In(r.zone)
	for year := now.Year(); year > now.Year()-8; year-- { // 29 February comes every fourth year, or eighth
		if !validDay(year, month, day) {
			continue
		}
		if d := collector.OnDay(year, time.Month(month), day, r.zone); !d.Start.After(now) {
			d.Relative = true
			return d
		}
	}
	return collector.Date{}
}

// ago reads "yesterday", "last month" and "2 weeks ago".
func (r *dateReader) ago(g *dateGrammar, tokens []string) collector.Date {
	kept := slices.DeleteFunc(slices.Clone(tokens), func(t string) bool { return articles[t] })
	if days, ok := g.past[strings.Join(kept, " ")]; ok {
		return r.since(unitDay, days, days)
	}
	if len(kept) == 2 {
		for _, at := range []int{0, 1} {
			if unit, ok := g.units[kept[1-at]]; ok && g.last[kept[at]] && unit >= unitWeek {
				return r.previous(unit)
			}
		}
	}
	if n, unit, ok := g.span(tokens); ok && len(tokens) == 2 && len(tokens[1]) == 1 && unit >= unitHour {
		return r.rounded(unit, n) // "3w"
	}
	for _, around := range g.ago {
		before, after := around[0], around[1]
		middle := len(tokens) - len(before) - len(after)
		if middle < 1 || !slices.Equal(tokens[:len(before)], before) || !slices.Equal(tokens[len(before)+middle:], after) {
			continue
		}
		inside := tokens[len(before) : len(before)+middle]
		if n, unit, ok := g.span(inside); ok {
			return r.rounded(unit, n)
		}
		if d := r.hedged(g, inside); d.Known() {
			return d
		}
	}
	return collector.Date{}
}

// articles stand before "last week" and mean nothing there.
var articles = map[string]bool{"the": true, "la": true, "le": true, "l": true}

// hedged reads "about 2 weeks", "over a year" and "almost 3 months": to both sides of it, beyond it, and
// short of it.
func (r *dateReader) hedged(g *dateGrammar, tokens []string) collector.Date {
	for words := 1; words < min(len(tokens), 4); words++ {
		hedge, ok := g.hedges[strings.Join(tokens[:words], " ")]
		if !ok {
			continue
		}
		n, unit, ok := g.span(tokens[words:])
		switch {
		case !ok:
		case hedge == 0:
			return r.since(unit, n-1, n+1)
		case hedge == 1:
			return r.rounded(unit, n)
		default:
			return r.since(unit, n-1, n)
		}
	}
	return collector.Date{}
}

// rounded is what "n units ago" can mean: pages round down, so up to one unit more has passed.
func (r *dateReader) rounded(unit dateUnit, n int) collector.Date {
	if unit < unitDay || unit == unitDay && n == 1 {
		return r.since(unit, n, n)
	}
	return r.since(unit, n, n+1)
}

// span reads "3 weeks", "a month" and, where the word says one, the unit alone. Of "1 year 2 months" the
// months count; of other pairs the first alone, for pages round down.
func (g *dateGrammar) span(tokens []string) (n int, unit dateUnit, ok bool) {
	if len(tokens) == 1 {
		unit, ok = g.units[tokens[0]]
		return 1, unit, ok && g.lone[tokens[0]]
	}
	for i := 0; i < len(tokens); i += 2 {
		var m int
		if isFigures(tokens[i]) && len(tokens[i]) <= 3 {
			m = number(tokens[i])
		} else {
			m = g.counts[tokens[i]]
		}
		if m == 0 || i+1 == len(tokens) {
			return 0, 0, false
		}
		u, known := g.units[tokens[i+1]]
		switch {
		case !known || i > 0 && u >= unit:
			return 0, 0, false
		case i == 0:
			n, unit = m, u
		case i == 2 && unit == unitYear && u == unitMonth:
			n, unit = 12*n+m, u
		}
	}
	return n, unit, true
}

// since spans the days from until to from units ago.
func (r *dateReader) since(unit dateUnit, until, from int) collector.Date {
	now := r.asOf.In(r.zone)
	if unit < unitDay {
		now = now.Add(-time.Duration(until) * []time.Duration{time.Second, time.Minute, time.Hour}[unit])
		unit, until, from = unitDay, 0, 0
	}
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, r.zone)
	latest, earliest := stepBack(today, unit, until), stepBack(today, unit, from)
	out := r.span(earliest, latest.AddDate(0, 0, 1))
	if earliest.Equal(latest) {
		out.Precision = collector.Day
	}
	out.Relative = true
	return out
}

// stepBack goes n units back; the last day of a month stays the last day of one.
func stepBack(t time.Time, unit dateUnit, n int) time.Time {
	switch unit {
	case unitDay:
		return t.AddDate(0, 0, -n)
	case unitWeek:
		return t.AddDate(0, 0, -7*n)
	case unitYear:
		n *= 12
	}
	y, m, d := t.Date()
	last := time.Date(y, m-time.Month(n)+1, 0, 0, 0, 0, 0, t.Location())
	return last.AddDate(0, 0, min(d, last.Day())-last.Day())
}

// previous is the calendar week, month or year before the one of the day of fetching.
func (r *dateReader) previous(unit dateUnit) collector.Date {
	now := r.asOf.In(r.zone)
	y, m, d := now.Date()
	var out collector.Date
	switch unit {
	case unitWeek:
		monday := time.Date(y, m, d-(int(now.Weekday())+6)%7, 0, 0, 0, 0, r.zone)
		out = r.span(monday.AddDate(0, 0, -7), monday)
		out.Precision = collector.WeekLong
	case unitMonth:
		first := time.Date(y, m-1, 1, 0, 0, 0, 0, r.zone)
		out = r.month(first.Year(), first.Month())
	default:
		out = r.span(time.Date(y-1, 1, 1, 0, 0, 0, 0, r.zone), time.Date(y, 1, 1, 0, 0, 0, 0, r.zone))
	}
	out.Relative = true
	return out
}
