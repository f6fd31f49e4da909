package reports

import (
	"slices"
	"strings"
	"time"

	"percept/analysis"
)

// A disclosure is how a page for sharing may part the year of a series: what it counts are the weeks between two ends.
type disclosure struct {
	before []int // people before each week, and after the last
	// Ends of stretches of which it tells people, what they think on average, and how many of them are unhappy.
	people, means, tones []int
}

// newDisclosure parts weeks by the counts of people, by what else of them must not be small for a mean, and for a tone, at
// the places wanted first, and then at others. Where a change, 0 for none, leaves too few before it for a tone, nothing is
// told of the tone there, nor of all together: of the weeks since there is more to learn.
func newDisclosure(change int, first, then []int, people []int, means, tones [][]int) *disclosure {
	d := &disclosure{before: make([]int, len(people)+1)}
	for i, n := range people {
		d.before[i+1] = d.before[i] + n
	}
	series := append([][]int{people}, tones...)
	d.tones = edges(first, series...)
	if 0 < change && change < len(people) && !slices.Contains(d.tones, change) {
		few := false
		for i := range series {
			series[i] = series[i][change:]
			few = few || small(total(series[i]))
		}
		if !few {
			d.tones = []int{change, len(people)}
		}
	}
	d.means = edges(slices.Concat(first, then), append([][]int{people}, means...)...)
	d.people = edges(slices.Concat(first, d.means, then), people)
	return d
}

// has reports whether weeks lie between two of the ends. Weeks without anybody are seen as gaps of a chart.
func (d *disclosure) has(ends []int, from, to int) bool {
	end := func(week int) bool {
		return slices.ContainsFunc(ends, func(e int) bool { return d.before[e] == d.before[week] })
	}
	return end(from) && end(to)
}

// hideSmall decides for every place what a page for sharing tells of its people.
func (m *material) hideSmall() {
	m.discloses = map[place]*disclosure{}
	for at, points := range m.points {
		all := m.everyWeek(points)
		people, unhappy, others := make([]int, year), make([]int, year), make([]int, year)
		for i, p := range all {
			people[i], unhappy[i], others[i] = p.People, p.Negative, p.People-p.Negative
		}
		wanted, change := []int{year - quarter}, 0
		if v := m.verdicts[at]; v.Word == analysis.Worse || v.Word == analysis.Better {
			change = m.weekOf(v.Since)
			wanted = []int{change, year - quarter}
		}
		m.discloses[at] = newDisclosure(change, wanted, upTo(year), people, sizes(all, answers(at.channel)), [][]int{unhappy, others})
	}
}

// everyWeek are the points of a year with those of weeks in which nobody spoke.
func (m *material) everyWeek(points []analysis.Point) []analysis.Point {
	all := make([]analysis.Point, year)
	for i := range all {
		all[i].Week = m.begin.AddDate(0, 0, 7*i)
	}
	for _, p := range points {
		all[m.weekOf(p.Week)] = p
	}
	return all
}

// stretches are the weeks of a place as a page for sharing tells what was thought in them.
func (m *material) stretches(at place) []stretch {
	d := m.discloses[at]
	if d == nil || small(d.before[year]) {
		return nil
	}
	var out []stretch
	all := m.everyWeek(m.points[at])
	for _, part := range between(d.means) {
		if s := gathered(all[part[0]:part[1]]); s.people > 0 {
			out = append(out, s)
		}
	}
	return out
}

// weekOf numbers a week from the first of the charts, 0 for those before it.
func (m *material) weekOf(monday time.Time) int {
	return min(year, max(0, int(monday.Sub(m.begin)/week)))
}

// tells reports whether a page says how many people of a place spoke from a Monday and before another.
func (m *material) tells(at place, from, to time.Time, n int) bool {
	d := m.discloses[at]
	return !m.small(n) && (!m.masks || d == nil || d.has(d.people, m.weekOf(from), m.weekOf(to)))
}

// tellsUnhappy reports whether it says how many of them were unhappy.
func (m *material) tellsUnhappy(at place, from, to time.Time, n, unhappy int) bool {
	d := m.discloses[at]
	return !m.small(unhappy) && !m.small(n-unhappy) && (!m.masks || d == nil || d.has(d.tones, m.weekOf(from), m.weekOf(to)))
}

// splits reports whether a page for sharing tells how many were unhappy since a change of a place, and therefore not how many in
// the whole year.
func (m *material) splits(at place) bool {
	d := m.discloses[at]
	return d != nil && !d.has(d.tones, 0, year)
}

// counts is a number of the people of a place from a Monday and before another, with what it counts. Of a small one a
// page for sharing says only that it is small, and of one that would give a small one away that it is not.
func (m *material) counts(at place, from, to time.Time, n int, text, what string, items [][]string) part {
	return m.number(m.tells(at, from, to, n), n, text, what, items)
}

// unhappy is a number of the unhappy of n people of a place from a Monday and before another.
func (m *material) unhappy(at place, from, to time.Time, n, unhappy int, what string, items [][]string) part {
	if rest := n - unhappy; m.small(rest) && !small(unhappy) && m.tells(at, from, to, n) { // all but some of a few
		return part{Text: m.in.say("%d or more", max(n-smallCell+1, smallCell))}
	}
	return m.number(m.tellsUnhappy(at, from, to, n, unhappy), unhappy, m.in.count(unhappy), what, items)
}

// few is a number of people that is no part of another. A page for sharing does not say a small one.
func (m *material) few(n int, text, what string, items [][]string) part {
	return m.number(!m.small(n), n, text, what, items)
}

// number is a number with what it counts where it is told.
func (m *material) number(told bool, n int, text, what string, items [][]string) part {
	if told || n == 0 {
		return m.proof.number(n, text, what, items)
	}
	return part{Text: m.in.hiding(text, n)}
}

// small reports whether a page does not say how many these are.
func (m *material) small(n int) bool { return m.masks && small(n) }

// telling are the voices that tell most plainly that things are bad (sign -1) or good (1). Where few do a page for sharing
// quotes one of them.
func (m *material) telling(voices []voice, sign float64, most int) []voice {
	n := 0
	for _, v := range voices {
		if v.Score*sign > 0 {
			n++
		}
	}
	if m.small(n) {
		most = 1
	}
	return telling(voices, sign, most)
}

// listed are the voices that a list may show: on a page for sharing those with words, and one of each channel in which few
// spoke.
func (m *material) listed(voices []voice) []voice {
	n, seen := map[string]int{}, map[string]bool{}
	for _, v := range voices {
		n[v.Channel]++
	}
	var out []voice
	for _, v := range voices {
		if m.masks {
			v.evidence = slices.DeleteFunc(slices.Clone(v.evidence), func(e analysis.Evidence) bool { return e.Origin == analysis.FromRating || e.Private })
		}
		if len(v.evidence) == 0 {
			continue
		}
		if m.small(n[v.Channel]) && seen[v.Channel] {
			continue
		}
		seen[v.Channel] = true
		out = append(out, v)
	}
	return out
}

// hiding is a text with what a page for sharing says in place of its number.
func (l *language) hiding(text string, n int) string {
	word := l.say("under %d", smallCell)
	if n >= smallCell {
		word = l.say("%d or more", smallCell)
	}
	if text == l.people(1) {
		return word + " " + l.say("people")
	}
	return strings.Replace(text, l.count(n), word, 1)
}

// mean is the mean score of people of a place as a page says it: with its interval, but where few can have answered
// anything else than an end of the scale only how near that is.
func (m *material) mean(channel string, scores []float64) string {
	if m.masks && answers(channel) && len(scores) >= enough {
		if text, near := m.in.near(scores); near {
			return text
		}
	}
	return m.in.mean(scores)
}

// near says how near to an end of the scale persons' scores are, and whether they are so near that few can be elsewhere.
func (l *language) near(scores []float64) (text string, near bool) {
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	n := len(scores)
	mean := sum / float64(n)
	from, to := bounds(n, mean, -1, 1, scoreStep)
	switch {
	case from == to:
		return "", false
	case mean > 0:
		return l.say("%s or more", l.signed(from)), true
	}
	return l.say("%s or less", l.signed(to)), true
}
