package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

const (
	vitalsShown  = 6
	vitalPeriods = 13 // dots of a run chart
	vitalWeeks   = 4  // of each
	replyDays    = 7  // what a reply is given before it counts as missing
)

// A vital is one number that is looked at every week, under one definition: two never share an axis.
type vital struct {
	Name, Tag string
	Value     string // with its interval, or why there is none
	Range     string
	N         string
	Change    string // from the thirteen weeks before
	Usual     string // how the last four weeks stand to the usual limits
	Run       *vitalRun
	Rows      []vitalRow
}

// A vitalRun is a run chart of a vital, four weeks at a time.
type vitalRun struct {
	Label                  string
	Line, Few, Dots        string // paths
	Centre, BandY, BandTop string
	BandHeight             string
	Top, Bottom            string // what the ends of the axis are
}

// A vitalRow is a dot of a run chart in the table behind it.
type vitalRow struct {
	From time.Time
	N    int
	Text string
}

// A reading is a vital's number in four weeks; n 0 is a gap.
type reading struct {
	value float64
	n     int
}

// vitals are at most six: the overall ratings of the insights, how many reviews came, and how many were answered.
func (m *material) vitals(insights []analysis.Insight) []vital {
	var out []vital
	for _, in := range insights {
		for _, x := range in.Metrics {
			if x.Year.About == "" && x.Year.Question == "" && len(out) < vitalsShown-2 {
				out = append(out, m.rating(x))
			}
		}
	}
	if len(m.reviews) > 0 {
		out = append(out, m.arrivals(), m.answered())
	}
	return out
}

// vitalBegin is the first day of the run charts.
func (m *material) vitalBegin() time.Time {
	return m.last.Add(week).AddDate(0, 0, -7*vitalWeeks*vitalPeriods)
}

// rating is an overall rating under its own definition.
func (m *material) rating(x analysis.Movement) vital {
	tag := x.Year.Tag
	v := vital{Name: metricName(x.Year), Tag: string(tag), N: plural(x.Now.N, "answer", "answers")}
	if x.Year.Channel == collector.Review {
		v.N = plural(x.Now.N, "review", "reviews")
	}
	switch e := x.Now.Value; {
	case e != nil:
		v.Value, v.Range = figure(tag, e.Value), fmt.Sprintf("95 %% sure: %s to %s", figure(tag, e.Lo), figure(tag, e.Hi))
		if x.Now.Why != "" {
			v.Range += ", " + x.Now.Why
		}
	default:
		v.Value, v.Range = "too few", x.Now.Why
	}
	if e := x.Change.Value; e != nil {
		word := "No clear difference from"
		if e.Lo > 0 {
			word = "Higher than"
		} else if e.Hi < 0 {
			word = "Lower than"
		}
		v.Change = fmt.Sprintf("%s the %d weeks before (%s; %s to %s)", word, quarter, signedFigure(tag, e.Value), signedFigure(tag, e.Lo), signedFigure(tag, e.Hi))
	}
	readings := make([]reading, vitalPeriods)
	lo, hi := 1.0, 5.0
	for i := range readings {
		var counts []analysis.RatingCount
		for _, p := range m.periods {
			if p.Period == i && p.Channel == x.Year.Channel {
				counts = append(counts, p.RatingCount)
			}
		}
		for _, a := range analysis.Tally(counts) {
			if value, ok := a.Plain(); ok && a.Axis() == x.Year.Axis {
				readings[i] = reading{value, a.N()}
				lo, hi = a.Scale()
			}
		}
	}
	v.draw(m.vitalBegin(), readings, lo, hi, func(f float64) string { return figure(tag, f) })
	return v
}

// arrivals is how many public reviews came.
func (m *material) arrivals() vital {
	readings := make([]reading, vitalPeriods)
	var now, before int
	for _, f := range m.reviews {
		switch {
		case !f.Given.Start.Before(m.end()):
		case !f.Given.Start.Before(m.midnight(m.from)):
			now++
		case !f.Given.Start.Before(m.midnight(m.from.AddDate(0, 0, -7*quarter))):
			before++
		}
		if i, ok := m.vitalPeriod(f.Given.Start); ok {
			readings[i].value++
		}
	}
	most := 0.0
	for i := range readings {
		readings[i].n = 1 + enough // a period without a review is no gap
		most = max(most, readings[i].value)
	}
	v := vital{Name: "New public reviews", Tag: "reviews-13w", Value: strconv.Itoa(now), Range: fmt.Sprintf("in %d weeks", quarter),
		Change: fmt.Sprintf("%d in the %d weeks before", before, quarter)}
	v.draw(m.vitalBegin(), readings, 0, math.Ceil(max(most, 4)*1.25), func(f float64) string { return strconv.FormatFloat(f, 'f', 0, 64) })
	for i := range v.Rows {
		v.Rows[i].N = int(readings[len(readings)-1-i].value)
	}
	return v
}

// answered is how many public reviews of the quarter, a week old or more, have a published reply.
func (m *material) answered() vital {
	readings, yes := make([]reading, vitalPeriods), make([]int, vitalPeriods)
	var s analysis.Share
	for _, f := range m.reviews {
		if f.Gone || f.Given.Start.After(m.now.AddDate(0, 0, -replyDays)) || !f.Given.Start.Before(m.end()) {
			continue
		}
		i, ok := m.vitalPeriod(f.Given.Start)
		if ok {
			readings[i].n++
		}
		within := !f.Given.Start.Before(m.midnight(m.from))
		if within {
			s.N++
		}
		if f.Replied {
			if ok {
				yes[i]++
			}
			if within {
				s.K++
			}
		}
	}
	for i := range readings {
		readings[i].value = 100 * float64(yes[i]) / float64(max(readings[i].n, 1))
	}
	v := vital{Name: "Public reviews answered", Tag: "answered-7d", Value: fmt.Sprintf("%d of %d", s.K, s.N), Range: "a week old or more"}
	if s.N >= enough {
		lo, hi := s.Interval()
		v.Value = fmt.Sprintf("%.0f %%", 100*s.Value())
		v.N, v.Range = plural(s.N, "review", "reviews"), fmt.Sprintf("95 %% sure: %.0f to %.0f %%", 100*lo, 100*hi)
	}
	v.draw(m.vitalBegin(), readings, 0, 100, func(f float64) string { return fmt.Sprintf("%.0f %%", f) })
	return v
}

func (m *material) vitalPeriod(t time.Time) (int, bool) {
	begin := m.midnight(m.vitalBegin())
	if t.Before(begin) || !t.Before(m.end()) {
		return 0, false
	}
	return min(int(t.Sub(begin)/(vitalWeeks*week)), vitalPeriods-1), true
}

// The canvas of a vital's run chart, in the units of its viewBox.
const (
	vitalLeft, vitalRight = 4, 176
	vitalTop, vitalBottom = 6, 46
)

// draw makes the run chart and the table of readings on a scale from lo to hi.
func (v *vital) draw(begin time.Time, readings []reading, lo, hi float64, text func(float64) string) {
	y := func(f float64) float64 {
		return vitalTop + (vitalBottom-vitalTop)*(hi-max(lo, min(hi, f)))/(hi-lo)
	}
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
		row := vitalRow{From: begin.AddDate(0, 0, 7*vitalWeeks*i), N: readings[i].n, Text: "none"}
		if readings[i].n > 0 {
			row.Text = text(readings[i].value)
		}
		v.Rows = append(v.Rows, row)
	}
	c := &vitalRun{Line: line.String(), Few: few.String(), Dots: dots.String(), Top: text(hi), Bottom: text(lo)}
	c.Label = v.Name + ", four weeks at a time over a year"
	if u, ok := analysis.UsualLimits(values); ok {
		c.Centre = coordinate(y(u.Centre))
		c.BandY, c.BandHeight = coordinate(y(u.Hi)), coordinate(y(u.Lo)-y(u.Hi))
		from, to := text(max(lo, u.Lo)), text(min(hi, u.Hi))
		last := readings[len(readings)-1]
		switch trial := trialWord(u.Trial); {
		case last.n < fewPeople:
			v.Usual = fmt.Sprintf("Usual limits of four weeks%s: %s to %s.", trial, from, to)
		case last.value < u.Lo || last.value > u.Hi:
			v.Usual = fmt.Sprintf("The last four weeks, %s, lie outside of their usual limits%s, %s to %s.", text(last.value), trial, from, to)
		default:
			v.Usual = fmt.Sprintf("The last four weeks, %s, lie within their usual limits%s, %s to %s.", text(last.value), trial, from, to)
		}
		c.Label += "; usual limits " + from + " to " + to
	}
	c.Label += ". The numbers are in the table below."
	v.Run = c
}

func trialWord(trial bool) string {
	if trial {
		return " (on trial: under 12 dots)"
	}
	return ""
}

// metricName is a definition in plain words.
func metricName(x analysis.Metric) string {
	switch x.Tag {
	case analysis.Stars:
		return "Mean of the stars, " + strings.ToLower(channelName(string(x.Channel)))
	case analysis.NPS:
		return "Would recommend (NPS), survey"
	case analysis.CSAT:
		return "Satisfied: 4 or 5 of 5, survey"
	case analysis.CES:
		return "Found it easy: 5 to 7 of 7, survey"
	case analysis.FFT, analysis.FFTRecommend:
		return "Good or very good (FFT), survey"
	}
	return "Overall rating, " + strings.ToLower(channelName(string(x.Channel)))
}

// figure writes a metric's number: stars with two decimals, shares and net scores with none.
func figure(tag analysis.Tag, v float64) string {
	switch tag {
	case analysis.NPS:
		return strings.TrimPrefix(signedFigure(tag, v), "+")
	case analysis.CSAT, analysis.CES, analysis.FFT, analysis.FFTRecommend:
		return strconv.FormatFloat(v, 'f', 0, 64) + " %"
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// signedFigure writes a difference of a metric; of shares in points.
func signedFigure(tag analysis.Tag, v float64) string {
	switch tag {
	case analysis.NPS, analysis.CSAT, analysis.CES, analysis.FFT, analysis.FFTRecommend:
		s := strconv.FormatFloat(math.Abs(v), 'f', 0, 64)
		switch {
		case s == "0":
			return s
		case v < 0:
			return "\u2212" + s
		}
		return "+" + s
	}
	return signed(v)
}
