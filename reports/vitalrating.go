package reports

import (
	"math"
	"strconv"
	"strings"

	"percept/analysis"
	"percept/collector"
)

// rating is an overall rating under its own definition.
func (m *material) rating(x analysis.Movement) vital {
	tag, channel := x.Year.Tag, x.Year.Channel
	count := func(n int) string { return m.in.plural(n, "answer", "answers") }
	if channel == collector.Review {
		count = func(n int) string { return m.in.plural(n, "review", "reviews") }
	}
	v := vital{Name: m.in.metric(x.Year), Tag: string(tag), Means: m.in.meaning(tag), n: x.Now.N, public: channel == collector.Review}
	number := m.few
	if v.public {
		number = m.proof.number
	}
	v.N = number(x.Now.N, count(x.Now.N), m.in.say("%s, in 13 weeks", v.Name), m.overall(channel, x.Year.Axis, m.from, m.last.Add(week)))
	switch e := x.Now.Value; {
	case e != nil:
		v.number, v.interval = &e.Value, &jsonEstimate{e.Value, e.Lo, e.Hi}
		v.Value.Text, v.Range = m.in.figure(tag, e.Value), m.in.say("95 %% sure: %s to %s", m.in.figure(tag, e.Lo), m.in.figure(tag, e.Hi))
		if x.Now.Why != "" {
			why, _ := m.in.told(x.Now.Why)
			v.Range += ", " + why
		}
	default:
		v.Value.Text, v.Range = m.in.say("too few"), m.in.say("%d; at least %d needed", x.Now.N, analysis.FewAnswers)
		if !v.public && m.small(x.Now.N) {
			v.Range = m.in.say("at least %d needed", analysis.FewAnswers)
		}
	}
	if e := x.Change.Value; e != nil {
		text := "No clear difference from the %d weeks before (%s; %s to %s)"
		if e.Lo > 0 {
			text = "Higher than the %d weeks before (%s; %s to %s)"
		} else if e.Hi < 0 {
			text = "Lower than the %d weeks before (%s; %s to %s)"
		}
		v.Change = []part{{Text: m.in.say(text, quarter, m.in.signedFigure(tag, e.Value), m.in.signedFigure(tag, e.Lo), m.in.signedFigure(tag, e.Hi))}}
	}
	// of is the number in some weeks of the year, the first numbered 0.
	lo, hi := 1.0, 5.0
	of := func(first, last int) reading {
		var counts []analysis.RatingCount
		for _, p := range m.byWeek {
			if p.Period >= first && p.Period <= last && p.Channel == channel {
				counts = append(counts, p.RatingCount)
			}
		}
		for _, a := range analysis.Tally(counts) {
			if value, ok := a.Plain(); ok && a.Axis() == x.Year.Axis {
				lo, hi = a.Scale()
				from := m.vitalBegin().AddDate(0, 0, 7*first)
				return reading{value, a.N(), m.overall(channel, x.Year.Axis, from, from.AddDate(0, 0, 7*(last-first+1)))}
			}
		}
		return reading{}
	}
	readings := make([]reading, vitalPeriods)
	for i := range readings {
		readings[i] = of(i*vitalWeeks, i*vitalWeeks+vitalWeeks-1)
	}
	now := of(vitalWeeks*vitalPeriods-1, vitalWeeks*vitalPeriods-1)
	n := number(now.n, count(now.n), m.in.say("%s, in the last week", v.Name), now.of)
	switch {
	case now.n == 0:
		v.Lately = []part{{Text: m.in.say("none")}}
	case now.n < enough:
		v.Lately = []part{n, {Text: m.in.say(", too few for a number")}}
	default:
		v.Lately = []part{{Text: m.in.figure(tag, now.value) + " ("}, n, {Text: ")"}}
	}
	if channel == collector.Review {
		v.Published = m.published()
	}
	m.draw(&v, readings, lo, hi, func(f float64) string { return m.in.figure(tag, f) })
	return v
}

// published is what the sources themselves state of their rating and of how many it rests on.
func (m *material) published() []string {
	var out []string
	for _, h := range m.health {
		if h.Published > 0 && h.Expected > 0 {
			out = append(out, m.in.say("%s of %s", m.in.stated(h.Published), m.in.plural(h.Expected, "review", "reviews")))
		}
	}
	return out
}

// stated is a mean as its source gives it, which is often with one decimal: 4.2 is not 4.20.
func (l *language) stated(mean float64) string {
	decimals := 2
	if math.Round(mean*100) == 10*math.Round(mean*10) {
		decimals = 1
	}
	return l.number(mean, decimals)
}

// meaning is what a rating's number is.
func (l *language) meaning(tag analysis.Tag) string {
	switch tag {
	case analysis.Stars:
		return l.say("mean of 1 to 5")
	case analysis.NPS:
		return l.say("percent who gave 9 or 10 minus percent who gave 0 to 6")
	case analysis.CSAT:
		return l.say("percent who gave 4 or 5 of 5")
	case analysis.CES:
		return l.say("percent who gave 5 to 7 of 7")
	case analysis.FFT, analysis.FFTRecommend:
		return l.say("percent who gave one of the two best answers, of all answers")
	}
	return l.say("mean, on 1 to 5")
}

// metric is a definition in plain words.
func (l *language) metric(x analysis.Metric) string {
	switch x.Tag {
	case analysis.Stars:
		return l.say("Mean of the stars, %s", strings.ToLower(l.channel(string(x.Channel))))
	case analysis.NPS:
		return l.say("Would recommend (NPS), survey")
	case analysis.CSAT:
		return l.say("Satisfied: 4 or 5 of 5, survey")
	case analysis.CES:
		return l.say("Found it easy: 5 to 7 of 7, survey")
	case analysis.FFT, analysis.FFTRecommend:
		return l.say("Good or very good (FFT), survey")
	}
	return l.say("Overall rating, %s", strings.ToLower(l.channel(string(x.Channel))))
}

// isShare reports whether a number under the tag is a share, in percent.
func isShare(tag analysis.Tag) bool {
	switch tag {
	case analysis.CSAT, analysis.CES, analysis.FFT, analysis.FFTRecommend:
		return true
	}
	return false
}

// figure writes a metric's number: stars with two decimals, shares and net scores with none.
func (l *language) figure(tag analysis.Tag, v float64) string {
	switch {
	case tag == analysis.NPS:
		return strings.TrimPrefix(l.signedFigure(tag, v), "+")
	case isShare(tag):
		return strconv.FormatFloat(v, 'f', 0, 64) + " %"
	}
	return l.number(v, 2)
}

// signedFigure writes a difference of a metric; of shares in points.
func (l *language) signedFigure(tag analysis.Tag, v float64) string {
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
	return l.signed(v)
}
