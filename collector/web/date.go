package web

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"percept/collector"
)

// A dateReader reads dates as one page writes them. It is not safe for concurrent use.
type dateReader struct {
	zone *time.Location
	asOf time.Time // the day of fetching; zero: unknown, and relative dates are not read
	// order is which of two numbers is the day: "DMY", "MDY", or "" where nothing says.
	order    string
	grammars []*dateGrammar // the page's language first
	known    map[string]reading
}

// A reading is a date as parsed, and as far as it can be believed; part is what it was read from.
type reading struct {
	parsed, believed collector.Date
	part             string
}

func newDateReader(zone *time.Location, asOf time.Time, language string) *dateReader {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "_", "-")), "-")
	return &dateReader{
		zone: zone, asOf: asOf, order: orderOf(base, language, zone),
		grammars: grammarsFor(base), known: make(map[string]reading),
	}
}

// orderOf is what the language and region of a page say. English without a region says nothing
// unless the practice is in America.
func orderOf(base, language string, zone *time.Location) string {
	region := strings.ToUpper(language[strings.LastIndexAny(language, "-_")+1:])
	switch {
	case region == "US" && base != "es" || region == "PH":
		return "MDY"
	case region == "CA" && base == "en":
		return ""
	case base != "" && (base != "en" || len(region) == 2 && region != "EN"):
		return "DMY"
	case strings.HasPrefix(zone.String(), "America/"):
		return "MDY"
	case strings.ContainsRune(zone.String(), '/'):
		return "DMY"
	}
	return ""
}

// learn settles the order of day and month from a date that can be read one way only.
func (r *dateReader) learn(s string) {
	var m []string
	for _, part := range dateParts(oneLine(s)) {
		if m = numericDate.FindStringSubmatch(part); m != nil {
			break
		}
	}
	if m == nil || m[2] == "." {
		return
	}
	switch a, b := number(m[1]), number(m[3]); {
	case a > 12 && b <= 12:
		r.order = "DMY"
	case b > 12 && a <= 12:
		r.order = "MDY"
	}
}

var (
	isoDate = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:(?:[Tt]|,? +)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)? *(Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$`)
	// compactDate is ISO 8601 without hyphens.
	compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?$`)
	isoWeek     = regexp.MustCompile(`^(\d{4})-?W(\d{2})$`)
	numericDate = regexp.MustCompile(`^(\d{1,2})([./-]) ?(\d{1,2})[./-] ?(\d{4}|\d{2})(?:\D.*)?$`)
	epoch       = regexp.MustCompile(`^1\d{9}(?:\d{3})?$`)
	yearOnly    = regexp.MustCompile(`^(?:19|20)\d{2}$`)
	cjkDate     = regexp.MustCompile(`^(\d{4}) ?年 ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?`)
	// clock is a time of day with what belongs to it; without a zone of its own it cannot be placed.
	clock     = regexp.MustCompile(`\b\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[ap]\.? ?m\b\.?| ?uhr\b| ?hrs?\b| ?h\b)?(?: ?(?:utc|gmt|z)\b)?`)
	anyDigits = regexp.MustCompile(`\d+`)
	bracketed = regexp.MustCompile(`\s*\([^()]*\)$`)
)

// zoned are layouts that carry a time and a zone.
var zoned = []string{
	time.RFC1123Z, time.RFC1123, time.RFC850, time.UnixDate, time.RubyDate, "2006-01-02 15:04:05 -0700 MST",
	"Mon Jan 02 2006 15:04:05 GMT-0700", "2 Jan 2006 15:04:05 -0700",
}

// read returns the date that s tells, Unknown where it tells none that can be believed.
func (r *dateReader) read(s string) collector.Date { return r.reading(s).believed }

// dated returns the date that s tells as an identity needs it: the same on every day of fetching, be it
// believed or not, and whichever order of day and month the page's other dates suggest. It is empty for
// what is no date and for what moves with the day of fetching.
func (r *dateReader) dated(s string) string {
	read := r.reading(s)
	if m := numericDate.FindStringSubmatch(read.part); m != nil {
		return fmt.Sprintf("%d/%d/%d", number(m[1]), number(m[3]), number(m[4]))
	}
	d := read.parsed
	if !d.Known() || d.Relative {
		return ""
	}
	return d.Start.Format(time.RFC3339Nano) + "/" + d.End.Format(time.RFC3339Nano)
}

// maxDate is a length, in bytes, that no date with the words around it has.
const maxDate = 200

func (r *dateReader) reading(s string) reading {
	s = oneLine(s)
	if s == "" || len(s) > maxDate {
		return reading{}
	}
	d, ok := r.known[s]
	if !ok {
		d.parsed, d.part = r.parse(s)
		d.believed = r.believe(d.parsed)
		r.known[s] = d
	}
	return d
}

// believe refuses dates before there were public reviews and dates that have not come yet: both are
// mistakes of a page, and a wrong week is worse than none.
func (r *dateReader) believe(d collector.Date) collector.Date {
	if d.Known() && (d.Start.Year() < 1990 || !r.asOf.IsZero() && d.Start.After(r.asOf.Add(48*time.Hour))) {
		return collector.Date{}
	}
	return d
}

// undated says why s gives no date.
func (r *dateReader) undated(s string) string {
	switch d := r.reading(s).parsed; {
	case !d.Known() && r.counts(s):
		return fmt.Sprintf("the date %.60q counts from the day of fetching, which is not known", s)
	case !d.Known():
		return fmt.Sprintf("no date can be read from %.60q", s)
	case d.Start.Year() < 1990:
		return fmt.Sprintf("the date %.60q is before there were reviews, and was not taken", s)
	}
	return fmt.Sprintf("the date %.60q has not come yet, and was not taken", s)
}

// counts reports whether s tells a date to who knows the day of fetching, which r does not.
func (r *dateReader) counts(s string) bool {
	if !r.asOf.IsZero() {
		return false
	}
	then := *r
	then.asOf, then.known = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), make(map[string]reading)
	return then.reading(s).parsed.Known()
}

// parse returns the date that s tells and the part of s that tells it: all of s where none does.
func (r *dateReader) parse(s string) (d collector.Date, part string) {
	if d = r.figures(s); d.Known() {
		return d, s
	}
	if d, part = r.words(bracketed.ReplaceAllString(s, "")); d.Known() {
		return d, part
	}
	return d, s
}

// figures reads dates that are written in figures, and those of mail.
func (r *dateReader) figures(s string) collector.Date {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return r.iso(m)
	}
	if m := compactDate.FindStringSubmatch(s); m != nil {
		return r.iso([]string{"", m[1], m[2], m[3], m[4], m[5], m[6], "", m[7]})
	}
	if m := isoWeek.FindStringSubmatch(s); m != nil {
		return r.week(number(m[1]), number(m[2]))
	}
	if m := cjkDate.FindStringSubmatch(s); m != nil {
		return r.iso([]string{"", m[1], m[2], m[3], "", "", "", "", ""})
	}
	if yearOnly.MatchString(s) {
		y := number(s)
		return r.span(time.Date(y, 1, 1, 0, 0, 0, 0, r.zone), time.Date(y+1, 1, 1, 0, 0, 0, 0, r.zone))
	}
	if epoch.MatchString(s) {
		n, _ := strconv.ParseInt(s, 10, 64)
		if len(s) == 13 {
			return collector.At(time.UnixMilli(n))
		}
		return collector.At(time.Unix(n, 0))
	}
	if m := numericDate.FindStringSubmatch(s); m != nil {
		return r.numeric(m)
	}
	bare := bracketed.ReplaceAllString(s, "")
	for _, layout := range zoned {
		if t, err := time.Parse(layout, bare); err == nil {
			return collector.At(t)
		}
	}
	return collector.Date{}
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// iso takes year, month, day, hour, minute, second, fraction and zone.
func (r *dateReader) iso(m []string) collector.Date {
	y, mo, d := number(m[1]), number(m[2]), number(m[3])
	if mo < 1 || mo > 12 {
		return collector.Date{}
	}
	if m[3] == "" {
		return r.month(y, time.Month(mo))
	}
	if !validDay(y, mo, d) {
		return collector.Date{}
	}
	day := collector.OnDay(y, time.Month(mo), d, r.zone)
	if m[4] == "" || m[8] == "" {
		return day // without a zone the hour cannot be placed
	}
	nanos := number((m[7] + "000000000")[:9])
	h, min, sec := number(m[4]), number(m[5]), number(m[6])
	if h > 24 || min > 59 || sec > 60 {
		return day
	}
	return collector.At(time.Date(y, time.Month(mo), d, h, min, sec, nanos, offset(m[8])))
}

func offset(s string) *time.Location {
	if s[0] != '+' && s[0] != '-' {
		return time.UTC
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	east := number(digits[:2])*3600 + number((digits + "00")[2:4])*60
	if s[0] == '-' {
		east = -east
	}
	return time.FixedZone("", east)
}

func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}

func (r *dateReader) month(y int, m time.Month) collector.Date {
	d := r.span(time.Date(y, m, 1, 0, 0, 0, 0, r.zone), time.Date(y, m+1, 1, 0, 0, 0, 0, r.zone))
	d.Precision = collector.Month
	return d
}

func (r *dateReader) week(y, w int) collector.Date {
	if w < 1 || w > 53 {
		return collector.Date{}
	}
	jan4 := time.Date(y, 1, 4, 0, 0, 0, 0, r.zone) // always in week 1
	monday := jan4.AddDate(0, 0, -(int(jan4.Weekday())+6)%7+7*(w-1))
	d := r.span(monday, monday.AddDate(0, 0, 7))
	d.Precision = collector.WeekLong
	return d
}

func (r *dateReader) span(from, to time.Time) collector.Date {
	return collector.Date{Start: from.UTC(), End: to.UTC(), Precision: collector.Interval}
}

// numeric reads 3/4/2025 and 3.4.25. Dots are day first everywhere. Where nothing settles the order,
// the one reading that is not in the future counts, else both do, as a span.
func (r *dateReader) numeric(m []string) collector.Date {
	a, b, y := number(m[1]), number(m[3]), number(m[4])
	if len(m[4]) == 2 {
		y += 2000
	}
	order := r.order
	if m[2] == "." {
		order = "DMY"
	}
	dmy, mdy := r.day(y, b, a), r.day(y, a, b)
	switch {
	case !mdy.Known() || order == "DMY" && dmy.Known():
		return dmy
	case !dmy.Known() || order == "MDY" || a == b:
		return mdy
	}
	if dmy.Start.After(mdy.Start) {
		dmy, mdy = mdy, dmy
	}
	return r.span(dmy.Start, mdy.End)
}

func (r *dateReader) day(y, m, d int) collector.Date {
	if !validDay(y, m, d) {
		return collector.Date{}
	}
	return r.believe(collector.OnDay(y, time.Month(m), d, r.zone))
}
