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
func (m *material) moments(insights []analysis.Insight) []string {
	var out []string
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
func (m *material) driverSentences(in analysis.Insight) []string {
	var names []string
	for _, d := range in.Drivers.List {
		if d.Clear && len(names) < momentsShown {
			names = append(names, m.name(d.Touchpoint))
		}
	}
	if len(names) == 0 {
		return nil
	}
	out := []string{m.in.say("In the survey the overall rating goes most with %s (%d answers; the touchpoints explain %.0f %% of how it varies, R² %.2f; it goes with, it need not be caused by).",
		m.in.list(names), in.Drivers.N, 100*in.Drivers.R2, in.Drivers.R2)}
	i := slices.IndexFunc(in.Moments, func(x analysis.Moment) bool { return x.Quadrant == analysis.ConcentrateHere })
	if i >= 0 {
		x := in.Moments[i]
		out = append(out, m.in.say("The moment of truth is %s: it weighs more than most and is felt worse than most (mean score %s, 95 %% sure: %s to %s).",
			m.name(x.Touchpoint), m.in.signed(x.Performance.Value), m.in.signed(x.Performance.Lo), m.in.signed(x.Performance.Hi)))
	}
	return out
}

// impactSentence is of the reviews: the touchpoint without whose talk the mean would be furthest up.
func (m *material) impactSentence(in analysis.Insight) []string {
	if len(in.Impacts.List) == 0 || in.Impacts.List[0].Value.Hi >= 0 {
		return nil
	}
	x := in.Impacts.List[0]
	return []string{m.in.say("Those who speak of %s in reviews pull the mean rating of %s down by %s (90 %% sure: %s to %s; %d of %d reviews).",
		m.name(x.Touchpoint), m.in.figure(in.Impacts.Tag, in.Impacts.Mean), m.in.figure(in.Impacts.Tag, -x.Value.Value),
		m.in.figure(in.Impacts.Tag, max(0, -x.Value.Hi)), m.in.figure(in.Impacts.Tag, -x.Value.Lo), x.N, in.Impacts.N)}
}

// turnSentence names where texts went wrong first, of the channel with more of them.
func (m *material) turnSentence(insights []analysis.Insight) []string {
	var best analysis.TurningPoint
	var all int
	var channel string
	for _, in := range insights {
		n := 0
		for _, t := range in.Turns {
			n += t.Texts
		}
		if n > all && in.Turns[0].Rate != nil {
			best, all, channel = in.Turns[0], n, string(in.Channel)
		}
	}
	if best.Rate == nil {
		return nil
	}
	return []string{m.in.say("Where a story first went wrong in %s, it was most often %s: %d of %d texts of the year. %d of those %d ended well (%.0f to %.0f %%, 95 %% sure).",
		m.in.inChannel(channel), m.name(best.Touchpoint), best.Texts, all, best.Recovered, best.Texts, 100*best.Rate.Lo, 100*best.Rate.Hi)}
}
