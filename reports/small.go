package reports

import (
	"strconv"
	"strings"
	"time"

	"percept/analysis"
)

// A window is some weeks of the year of charts: from the one numbered From, 0 to 51, and before To.
type window struct{ From, To int }

// withheld are the windows of one place whose counts a shared page does not say.
type withheld map[window]bool

// untold decides which counts of a year of weeks are not said: those under smallCell, and of the others those from
// which a small one could be told. Windows are taken in the order of their worth; a window joins the weeks at its
// ends, and a count is known once its ends are joined by what is shown, in however many steps. Weeks without anybody
// are seen as gaps of the chart. Bounds are not looked at: a total may still say that a small count is not 1.
func untold(people [year]int, windows []window) withheld {
	joined := [year + 1]int{}
	for i := range joined {
		joined[i] = i
		if i > 0 && people[i-1] == 0 {
			joined[i] = joined[i-1]
		}
	}
	out := withheld{}
	for _, s := range windows {
		if small(s.total(people)) {
			out[s] = true
		}
	}
	secrets := make([]window, 0, len(out))
	for s := range out {
		secrets = append(secrets, s)
	}
	for _, s := range windows {
		if out[s] || joined[s.From] == joined[s.To] {
			continue
		}
		before, old := joined, joined[s.To]
		for i := range joined {
			if joined[i] == old {
				joined[i] = joined[s.From]
			}
		}
		for _, secret := range secrets {
			if joined[secret.From] == joined[secret.To] {
				joined, out[s] = before, true
				break
			}
		}
	}
	return out
}

func (s window) total(people [year]int) int {
	n := 0
	for _, p := range people[s.From:s.To] {
		n += p
	}
	return n
}

// hideSmall decides for every place what a shared page does not say of its people.
func (m *material) hideSmall() {
	m.withheld = map[place]withheld{}
	for at, points := range m.points {
		var people [year]int
		for _, p := range points {
			people[m.weekOf(p.Week)] += p.People
		}
		windows := []window{{year - quarter, year}, {0, year}}
		if v := m.verdicts[at]; v.Word == analysis.Worse || v.Word == analysis.Better {
			if since := max(0, m.weekOf(v.Since)); since < year {
				windows = append(windows, window{since, year}, window{0, since})
			}
		}
		for i := range blocks {
			windows = append(windows, window{i * blockWeeks, (i + 1) * blockWeeks})
		}
		for i := range year {
			windows = append(windows, window{i, i + 1})
		}
		m.withheld[at] = untold(people, windows)
	}
}

// weekOf numbers a week from the first of the charts.
func (m *material) weekOf(monday time.Time) int { return int(monday.Sub(m.begin) / week) }

// counts is a number of the people of a place from a Monday and before another, with what it counts. Of a small one a
// shared page says only that it is small, and of one that would give a small one away nothing.
func (m *material) counts(at place, from, to time.Time, n int, text, what string, items [][]string) part {
	hidden := m.masks && m.withheld[at][window{max(0, m.weekOf(from)), m.weekOf(to)}]
	if hidden && n >= smallCell {
		return part{Text: m.in.hiding(text, n, m.in.say("withheld"))}
	}
	return m.few(n, text, what, items)
}

// few is a number of people that is no part of another. A shared page does not say a small one.
func (m *material) few(n int, text, what string, items [][]string) part {
	if m.small(n) {
		return part{Text: m.in.hiding(text, n, m.in.say("under %d", smallCell))}
	}
	return m.proof.number(n, text, what, items)
}

// small reports whether a shared page does not say how many these are.
func (m *material) small(n int) bool { return m.masks && small(n) }

// hiding is a text with a word in place of its number.
func (l *language) hiding(text string, n int, word string) string {
	if text == l.people(1) {
		return word + " " + l.say("people")
	}
	return strings.Replace(text, strconv.Itoa(n), word, 1)
}
