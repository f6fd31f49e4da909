package reports

import (
	"slices"
	"strings"

	"percept/analysis"
	"percept/collector"
)

// toldVitals are the vital signs as the page tells them.
func (m *material) toldVitals(insights []analysis.Insight) []vital {
	all := m.vitals(insights)
	for i := range all {
		if v := &all[i]; m.masks && !v.public {
			if w := m.weighed(*v); w != nil {
				w.disclose(m, v)
			}
		}
	}
	return all
}

// A weighing is what a vital of persons' words or answers rests on, week by week over a year.
type weighing struct {
	people []int
	sums   []float64 // of the points that the vital is the mean of
	lo, hi float64   // ends of the points
	unit   float64   // how far two answers are apart
	text   func(float64) string
	noun   string
	*disclosure
}

// Weeks of the year that a vital's page names.
const (
	quarterBegin = year - quarter
	beforeBegin  = year - 2*quarter
	lastBegin    = year - vitalWeeks
)

// weighed is what a vital rests on, nil of one that has nothing.
func (m *material) weighed(v vital) *weighing {
	w := &weighing{people: make([]int, year), sums: make([]float64, year), text: percentFigure, hi: 100, unit: 100, noun: m.in.say("mentions")}
	if tag := analysis.Tag(v.Tag); v.Tag == unhappyTag {
		for _, p := range m.totals[v.channel] {
			i := m.weekOf(p.Week)
			w.people[i] += p.People
			w.sums[i] += 100 * float64(p.Negative)
		}
	} else {
		w.lo, w.hi, w.unit = tag.Points()
		w.text, w.noun = func(f float64) string { return m.in.figure(tag, f) }, m.in.say("answers")
		for i := range year {
			var counts []analysis.RatingCount
			for _, p := range m.byWeek {
				if p.Period == i && p.Channel == collector.Response {
					counts = append(counts, p.RatingCount)
				}
			}
			for _, a := range analysis.Tally(counts) {
				if value, ok := a.Plain(); ok && a.Axis().Tag == tag {
					w.people[i], w.sums[i] = a.N(), value*float64(a.N())
				}
			}
		}
	}
	if total(w.people) == 0 {
		return nil
	}
	top, bottom := make([]int, year), make([]int, year)
	for i, n := range w.people {
		value := w.sums[i] / float64(max(1, n))
		top[i], bottom[i] = steps(n, value, w.hi, w.unit), steps(n, value, w.lo, w.unit)
	}
	var periods []int
	for at := lastBegin; at > 0; at -= vitalWeeks {
		periods = append(periods, at)
	}
	w.disclosure = newDisclosure(0, []int{quarterBegin, beforeBegin, year - 1}, periods, w.people, [][]int{top, bottom}, nil)
	return w
}

// of is how many people stand behind some weeks, and the number they give.
func (w *weighing) of(from, to int) (n int, value float64) {
	sum := 0.0
	for i := from; i < to; i++ {
		n += w.people[i]
		sum += w.sums[i]
	}
	return n, sum / float64(max(1, n))
}

// tellsNumber reports whether the page says how many people stand behind some weeks, tellsValue whether it says their number.
func (w *weighing) tellsNumber(from, to int) bool {
	n, _ := w.of(from, to)
	return !small(n) && w.has(w.disclosure.people, from, to)
}

func (w *weighing) tellsValue(from, to int) bool {
	n, value := w.of(from, to)
	least, most := bounds(max(1, n), value, w.lo, w.hi, w.unit)
	return w.tellsNumber(from, to) && least == most && w.has(w.means, from, to)
}

// disclose takes out of a vital what a page for sharing does not say.
func (w *weighing) disclose(m *material, v *vital) {
	n, value := w.of(quarterBegin, year)
	if !w.tellsNumber(quarterBegin, year) {
		v.N, v.unsaid = part{Text: w.hidden(m, n)}, true
		if v.number == nil {
			v.Range = m.in.say("at least %d needed", analysis.FewAnswers)
		}
	}
	if v.number != nil && !w.tellsValue(quarterBegin, year) {
		v.Value, v.Range = part{Text: m.in.say("withheld")}, m.in.say("few gave another answer")
		if least, most := bounds(max(1, n), value, w.lo, w.hi, w.unit); least != most {
			v.Value.Text = m.in.say("%s to %s", w.text(least), w.text(most))
		}
		v.number, v.interval = nil, nil
	}
	if v.number == nil || !w.tellsValue(beforeBegin, quarterBegin) {
		v.Change = nil
	}
	if n, _ := w.of(year-1, year); n > 0 && !w.tellsValue(year-1, year) {
		last := v.Lately[len(v.Lately)-1] // of a share the number of all, of a rating what stands behind it
		if len(v.Lately) > 1 && v.Tag != unhappyTag {
			last = v.Lately[len(v.Lately)-2]
		}
		if !w.tellsNumber(year-1, year) {
			last = part{Text: w.hidden(m, n)}
		} else if v.Tag == unhappyTag {
			last.Text += " " + w.noun
		}
		v.Lately = []part{last}
	}
	if v.limits != nil && !w.tellsValue(lastBegin, year) {
		v.Word = ""
		v.Usual = m.in.say("Usual limits of four weeks%s: %s to %s.", "", w.text(max(w.lo, v.limits.Lo)), w.text(min(w.hi, v.limits.Hi)))
	}
	w.redraw(m, v)
}

// hidden says that a number is not said.
func (w *weighing) hidden(m *material, n int) string {
	if small(n) {
		return m.in.say("under %d", smallCell) + " " + w.noun
	}
	return m.in.say("%d or more", smallCell) + " " + w.noun
}

// redraw makes the run chart and its table of periods of which the number is told, each of four weeks or as many more as it takes.
func (w *weighing) redraw(m *material, v *vital) {
	if v.Run == nil {
		return
	}
	ends := slices.DeleteFunc(slices.Clone(w.means), func(at int) bool { return at%vitalWeeks != 0 })
	rows := v.Rows
	v.Rows = nil
	var line, few, dots strings.Builder
	pen := "M"
	for _, part := range between(ends) {
		from, to := part[0], part[1]
		n, value := w.of(from, to)
		row := vitalRow{From: m.vitalBegin().AddDate(0, 0, 7*from), weeks: to - from, Text: m.in.say("none")}
		row.N.Text = w.hidden(m, n)
		if w.tellsNumber(from, to) {
			row.n = &n
			row.N.Text = m.in.count(n)
			if i := len(rows) - 1 - from/vitalWeeks; to-from == vitalWeeks && i >= 0 && i < len(rows) {
				row.N = rows[i].N
			}
		}
		if n == 0 {
			pen = "M"
		} else if least, most := bounds(n, value, w.lo, w.hi, w.unit); small(n) || least != most {
			row.Text = ""
		} else {
			row.Text, row.value = w.text(value), &value
			week := float64(from+to-vitalWeeks) / 2
			at := coordinate(vitalLeft+(vitalRight-vitalLeft)*week/(year-vitalWeeks)) + " " + coordinate(vitalY(value, v.Run.lo, v.Run.hi))
			line.WriteString(pen + at)
			pen = "L"
			if n < enough {
				few.WriteString("M" + at + "h0")
			} else {
				dots.WriteString("M" + at + "h0")
			}
		}
		v.Rows = append(v.Rows, row)
	}
	slices.Reverse(v.Rows)
	v.Run.Line, v.Run.Few, v.Run.Dots = line.String(), few.String(), dots.String()
}
