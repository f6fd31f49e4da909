package reports

import (
	"slices"

	"percept/analysis"
	"percept/collector"
)

// momentsShown is how many touchpoints a sentence names.
const momentsShown = 3

// moments say in a sentence each what the overall rating goes with, where importance and feeling lie
// furthest apart, and where texts went wrong first. Each stands on enough answers or not at all.
func (m *material) moments(insights []analysis.Insight) [][]part {
	var out [][]part
	for _, in := range insights {
		if in.Channel == collector.Response {
			out = append(out, m.driverSentences(in)...)
		} else {
			out = append(out, m.impactSentence(in)...)
		}
	}
	return append(out, m.turnSentence(insights)...)
}

// driverSentences are of the survey.
func (m *material) driverSentences(in analysis.Insight) [][]part {
	var names []string
	for _, d := range in.Drivers.List {
		if d.Clear && len(names) < momentsShown {
			names = append(names, m.name(d.Touchpoint))
		}
	}
	if len(names) == 0 {
		return nil
	}
	n := m.proof.number(in.Drivers.N, m.in.count(in.Drivers.N), m.in.say("Survey with an overall rating, the year"), each(in.Drivers.Of))
	out := [][]part{m.in.parts("In the survey the overall rating goes most with %s (%d answers; the touchpoints explain %.0f %% of how it varies, R² %.2f; it goes with, it need not be caused by).",
		m.in.list(names), n, 100*in.Drivers.R2, in.Drivers.R2)}
	i := slices.IndexFunc(in.Moments, func(x analysis.Moment) bool { return x.Quadrant == analysis.ConcentrateHere })
	if i >= 0 {
		x := in.Moments[i]
		out = append(out, m.in.parts("The moment of truth is %s: it weighs more than most and is felt worse than most (mean score %s, 95 %% sure: %s to %s).",
			m.name(x.Touchpoint), m.in.signed(x.Performance.Value), m.in.signed(x.Performance.Lo), m.in.signed(x.Performance.Hi)))
	}
	return out
}

// impactSentence is of the reviews: the touchpoint without whose talk the mean would be furthest up.
func (m *material) impactSentence(in analysis.Insight) [][]part {
	if len(in.Impacts.List) == 0 || in.Impacts.List[0].Value.Hi >= 0 {
		return nil
	}
	x := in.Impacts.List[0]
	n := m.proof.number(x.N, m.in.count(x.N), m.in.say("%s: reviews with a rating, the year", m.name(x.Touchpoint)), each(x.Of))
	all := m.proof.number(in.Impacts.N, m.in.count(in.Impacts.N), m.in.say("Reviews with a rating, the year"), each(in.Impacts.Of))
	return [][]part{m.in.parts("Those who speak of %s in reviews pull the mean rating of %s down by %s (90 %% sure: %s to %s; %d of %d reviews).",
		m.name(x.Touchpoint), m.in.figure(in.Impacts.Tag, in.Impacts.Mean), m.in.figure(in.Impacts.Tag, -x.Value.Value),
		m.in.figure(in.Impacts.Tag, max(0, -x.Value.Hi)), m.in.figure(in.Impacts.Tag, -x.Value.Lo), n, all)}
}

// turnSentence names where texts went wrong first, of the channel with more of them.
func (m *material) turnSentence(insights []analysis.Insight) [][]part {
	var best analysis.TurningPoint
	var all int
	var texts []string
	var channel string
	for _, in := range insights {
		n := 0
		var of []string
		for _, t := range in.Turns {
			n += t.Texts
			of = append(of, t.Of...)
		}
		if n > all && in.Turns[0].Rate != nil {
			best, all, channel, texts = in.Turns[0], n, string(in.Channel), of
		}
	}
	if best.Rate == nil {
		return nil
	}
	went := m.in.say("Stories that went wrong first at %s, in %s, the year", m.name(best.Touchpoint), m.in.inChannel(channel))
	first := m.proof.number(best.Texts, m.in.count(best.Texts), went, each(best.Of))
	whole := m.proof.number(all, m.in.count(all), m.in.say("Stories that went wrong, in %s, the year", m.in.inChannel(channel)), each(texts))
	if rest := all - best.Texts; m.small(rest) {
		whole = part{Text: m.in.hiding(m.in.count(all), all)}
	}
	if m.small(best.Recovered) || m.small(best.Texts-best.Recovered) {
		return [][]part{m.in.parts("Where a story first went wrong in %s, it was most often %s: %d of %d texts of the year.", m.in.inChannel(channel), m.name(best.Touchpoint), first, whole)}
	}
	ended := m.proof.number(best.Recovered, m.in.count(best.Recovered), went+m.in.say(", ended well"), each(best.Ended))
	return [][]part{m.in.parts("Where a story first went wrong in %s, it was most often %s: %d of %d texts of the year. %d of those %d ended well (%.0f to %.0f %%, 95 %% sure).",
		m.in.inChannel(channel), m.name(best.Touchpoint), first, whole, ended, first, 100*best.Rate.Lo, 100*best.Rate.Hi)}
}
