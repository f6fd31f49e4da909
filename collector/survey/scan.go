package survey

import (
	"strings"
	"time"
)

// A scanner reads a date from left to right.
type scanner struct {
	s string
	i int
}

// number reads up to most digits and returns how many there were.
func (p *scanner) number(most int) (value, digits int) {
	for p.i < len(p.s) && digits < most && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
		value = value*10 + int(p.s[p.i]-'0')
		p.i++
		digits++
	}
	return value, digits
}

func (p *scanner) skip(set string) (last byte) {
	for p.i < len(p.s) && strings.IndexByte(set, p.s[p.i]) >= 0 {
		last = p.s[p.i]
		p.i++
	}
	return last
}

// word reads letters, in lower case.
func (p *scanner) word() string {
	from := p.i
	for p.i < len(p.s) && (p.s[p.i]|0x20 >= 'a' && p.s[p.i]|0x20 <= 'z' || p.s[p.i] >= 0x80) {
		p.i++
	}
	return strings.ToLower(p.s[from:p.i])
}

func (p *scanner) peekDigit() bool {
	return p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9'
}

func (p *scanner) date() (stamp, bool) {
	if !p.peekDigit() {
		return p.monthDayYear()
	}
	a, n := p.number(14)
	switch {
	case p.i == len(p.s):
		return unix(p.s, a, n)
	case n == 4:
		return p.yearMonthDay(a)
	case n > 2:
		return stamp{}, false
	}
	sep := p.skip("/.- ")
	if !p.peekDigit() {
		return p.namedMonth(a)
	}
	if sep == 0 || sep == ' ' {
		return stamp{}, false
	}
	b, n := p.number(2)
	if n == 0 || p.skip("/.- ") == 0 {
		return stamp{}, false
	}
	y, ok := p.year()
	if !ok {
		return stamp{}, false
	}
	d := stamp{year: y, month: b, day: a, reading: either}
	switch {
	case a == b:
		d.reading = same
	case a > 12:
		d.reading = dayFirst
	case b > 12:
		d.reading, d.month, d.day = monthFirst, a, b
	}
	return d, true
}

// year reads four digits, or two that mean 1970 to 2069.
func (p *scanner) year() (int, bool) {
	y, n := p.number(4)
	switch {
	case n == 4:
		return y, true
	case n == 2 && y >= 70:
		return 1900 + y, true
	case n == 2:
		return 2000 + y, true
	}
	return 0, false
}

func (p *scanner) yearMonthDay(y int) (stamp, bool) {
	if p.skip("/.- ") == 0 {
		return stamp{}, false
	}
	m, n := p.number(2)
	if n == 0 {
		return stamp{}, false
	}
	if p.i == len(p.s) {
		return stamp{year: y, month: m, day: 1, noDay: true}, true
	}
	if p.skip("/.-") == 0 {
		return stamp{}, false
	}
	d, n := p.number(2)
	return stamp{year: y, month: m, day: d}, n > 0
}

// namedMonth reads what follows the day in "4 March 2025", "4-Mar-25" or "4. de marzo de 2025".
func (p *scanner) namedMonth(day int) (stamp, bool) {
	w := p.word()
	if w == "st" || w == "nd" || w == "rd" || w == "th" || w == "de" || w == "of" {
		p.skip(" ")
		w = p.word()
	}
	m := months[w]
	p.skip(" .,-/")
	if w := p.word(); w == "de" || w == "del" {
		p.skip(" ")
	}
	y, ok := p.year()
	return stamp{year: y, month: m, day: day}, ok && m > 0
}

// monthDayYear reads "March 4, 2025", "Tue, 4 Mar 2025", "Tuesday, March 4th, 2025" and "March 2025".
func (p *scanner) monthDayYear() (stamp, bool) {
	w := p.word()
	if weekdays[w] {
		p.skip(" .,")
		if p.peekDigit() {
			return p.date()
		}
		w = p.word()
	}
	m := months[w]
	if m == 0 || p.skip(" .-/") == 0 {
		return stamp{}, false
	}
	day, n := p.number(4)
	if n == 4 {
		return stamp{year: day, month: m, day: 1, noDay: true}, p.i == len(p.s)
	}
	p.word() // st, nd, rd, th
	p.skip(" .,-/")
	y, ok := p.year()
	return stamp{year: y, month: m, day: day}, ok && n > 0
}

// unix reads a value of digits alone: 20250304, seconds or milliseconds since 1970.
func unix(s string, v, digits int) (stamp, bool) {
	var t time.Time
	switch digits {
	case 8:
		return stamp{year: v / 10000, month: v / 100 % 100, day: v % 100}, v > 19000000 && v < 21000000
	case 10:
		t = time.Unix(int64(v), 0)
	case 13:
		t = time.UnixMilli(int64(v))
	case 14:
		var err error
		if t, err = time.Parse("20060102150405", s); err != nil {
			return stamp{}, false
		}
		d := of(t)
		d.zone = nil
		return d, true
	default:
		return stamp{}, false
	}
	return of(t.UTC()), true
}

// of returns the stamp of t, its zone as written.
func of(t time.Time) stamp {
	return stamp{
		year: t.Year(), month: int(t.Month()), day: t.Day(), clock: true,
		hour: t.Hour(), min: t.Minute(), sec: t.Second(), nsec: t.Nanosecond(), zone: t.Location(),
	}
}

// clock reads the time of day and the zone that may follow the date, to the end.
func (p *scanner) clock(d *stamp) bool {
	p.skip(" ,Tt")
	from := p.i
	if w := p.word(); w != "at" && w != "um" && w != "à" && w != "om" {
		p.i = from
	}
	p.skip(" ")
	if p.i == len(p.s) {
		return true
	}
	if !p.peekDigit() {
		return p.zone(d)
	}
	if d.noDay {
		return false
	}
	var n int
	if d.hour, n = p.number(2); n == 0 || p.skip(":hH") == 0 {
		return false
	}
	if d.min, n = p.number(2); n == 0 {
		return false
	}
	if p.i < len(p.s) && p.s[p.i] == ':' {
		p.i++
		if d.sec, n = p.number(2); n == 0 {
			return false
		}
		p.fraction(d)
	}
	d.clock = true
	return p.half(d) && p.zone(d)
}

func (p *scanner) fraction(d *stamp) {
	if p.i >= len(p.s) || p.s[p.i] != '.' && p.s[p.i] != ',' {
		return
	}
	p.i++
	v, n := p.number(9)
	for ; n < 9; n++ {
		v *= 10
	}
	d.nsec = v
	p.number(64)
}

// half reads AM and PM. Midnight is 12 AM.
func (p *scanner) half(d *stamp) bool {
	p.skip(" ")
	from := p.i
	mark := p.word()
	if p.skip(".") != 0 {
		mark += p.word()
		p.skip(".")
	}
	switch mark {
	case "am", "vm":
	case "pm", "nm":
		d.hour += 12
	default:
		p.i = from
		return true
	}
	if d.hour == 12 || d.hour == 24 {
		d.hour -= 12
	}
	return d.hour < 24
}

var weekdays = set("mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday " +
	"montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche " +
	"maandag dinsdag woensdag donderdag vrydag vrijdag saterdag zaterdag sondag zondag")

// months names the months in the languages that exports of survey tools come in.
var months = monthNames(
	"jan january januar januarie januari janvier janv enero ene gennaio gen janeiro jän jänner",
	"feb february februar februarie februari février fevrier févr febrero febbraio fevereiro fev",
	"mar march märz maerz mär mrz maart mrt mars marzo março marco",
	"apr april avril avr abril abr aprile",
	"may mai mei mayo maggio mag maio",
	"jun june juni junie juin junio giugno giu junho",
	"jul july juli julie juillet juil julio luglio lug julho",
	"aug august augustus août aout agosto ago",
	"sep sept september septembre septiembre settembre set setembro",
	"oct october oktober okt octobre octubre ottobre ott outubro out",
	"nov november novembre noviembre novembro",
	"dec december dezember dez desember des décembre déc diciembre dic dicembre dezembro",
)

func monthNames(names ...string) map[string]int {
	m := make(map[string]int)
	for i, list := range names {
		for n := range strings.FieldsSeq(list) {
			m[n] = i + 1
		}
	}
	return m
}

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
