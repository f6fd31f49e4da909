package reports

import (
	"strings"
	"time"

	"percept/analysis"
)

// A vitalRun is a run chart of a vital, four weeks at a time.
type vitalRun struct {
	Label                  string
	Line, Few, Dots        string // paths
	Centre, BandY, BandTop string
	BandHeight             string
	Top, Bottom            string // what the ends of the axis are
	lo, hi                 float64
}

// A vitalRow is a dot of a run chart in the table behind it.
type vitalRow struct {
	From  time.Time
	N     part
	Text  string
	weeks int
	n     *int     // nil where it is not told
	value *float64 // nil where there is none, or it is not told
}

// The canvas of a vital's run chart, in the units of its viewBox.
const (
	vitalLeft, vitalRight = 4, 176
	vitalTop, vitalBottom = 6, 46
)

// unhappyTag names the share of unhappy mentions.
const unhappyTag = "unhappy-share"

// vitalY is the height of a number on a scale from lo to hi.
func vitalY(f, lo, hi float64) float64 {
	return vitalTop + (vitalBottom-vitalTop)*(hi-max(lo, min(hi, f)))/(hi-lo)
}

// draw makes the run chart and the table of readings on a scale from lo to hi.
func (m *material) draw(v *vital, readings []reading, lo, hi float64, text func(float64) string) {
	begin := m.vitalBegin()
	v.readings = readings
	y := func(f float64) float64 { return vitalY(f, lo, hi) }
	var line, few, dots strings.Builder
	var values []float64
	pen := "M"
	for i, r := range readings {
		if r.n == 0 {
			pen = "M"
			continue
		}
		at := coordinate(vitalLeft+(vitalRight-vitalLeft)*float64(i)/(vitalPeriods-1)) + " " + coordinate(y(r.value))
		line.WriteString(pen + at)
		pen = "L"
		if r.n < enough {
			few.WriteString("M" + at + "h0")
		} else {
			dots.WriteString("M" + at + "h0")
		}
		if r.n >= fewPeople {
			values = append(values, r.value)
		}
	}
	if line.Len() == 0 {
		return
	}
	for i := len(readings) - 1; i >= 0; i-- {
		row := vitalRow{From: begin.AddDate(0, 0, 7*vitalWeeks*i), Text: m.in.say("none"), weeks: vitalWeeks, n: &readings[i].n}
		row.N.Text = m.in.count(readings[i].n)
		if readings[i].of != nil {
			count := len(readings[i].of)
			row.n, row.N = &count, m.proof.number(count, m.in.count(count), m.in.say("%s: %d weeks from %s", v.Name, vitalWeeks, m.in.day(row.From)), readings[i].of)
		}
		if readings[i].n > 0 {
			row.Text, row.value = text(readings[i].value), &readings[i].value
		}
		v.Rows = append(v.Rows, row)
	}
	c := &vitalRun{Line: line.String(), Few: few.String(), Dots: dots.String(), Top: text(hi), Bottom: text(lo), lo: lo, hi: hi}
	c.Label = m.in.say("%s, four weeks at a time over a year", v.Name)
	if u, ok := analysis.UsualLimits(values); ok && !v.hole {
		v.limits = &jsonEstimate{u.Centre, u.Lo, u.Hi}
		c.Centre = coordinate(y(u.Centre))
		c.BandY, c.BandHeight = coordinate(y(u.Hi)), coordinate(y(u.Lo)-y(u.Hi))
		from, to := text(max(lo, u.Lo)), text(min(hi, u.Hi))
		last := readings[len(readings)-1]
		switch trial := m.in.trial(u.Trial); {
		case last.n < fewPeople:
			v.Usual = m.in.say("Usual limits of four weeks%s: %s to %s.", trial, from, to)
		case last.value < u.Lo || last.value > u.Hi:
			v.Word = m.in.say("Unusual:")
			v.Usual = m.in.say("the last four weeks, %s, lie outside of their limits%s, %s to %s.", text(last.value), trial, from, to)
		default:
			v.Word = m.in.say("As usual:")
			v.Usual = m.in.say("the last four weeks, %s, lie within their limits%s, %s to %s.", text(last.value), trial, from, to)
		}
		c.Label += m.in.say("; usual limits %s to %s", from, to)
	}
	if v.hole {
		v.Usual = m.in.say("A source was not read whole: there may be more, and what is usual is not known.")
	}
	c.Label += m.in.say(". The numbers are in the table below.")
	v.Run = c
}

func (l *language) trial(trial bool) string {
	if trial {
		return l.say(" (provisional: under 12 dots)")
	}
	return ""
}
