package reports

import "percept/analysis"

// accords say where reviews and survey found the same change, each by itself, in the order of the changes.
func (m *material) accords() []string {
	var out []string
	for _, a := range analysis.Accords(m.changes()) {
		since := m.in.say("since the week of %s", m.in.day(a.Survey.Since))
		if !a.Survey.Since.Equal(a.Reviews.Since) {
			since = m.in.say("in reviews since the week of %s, in the survey since that of %s", m.in.day(a.Reviews.Since), m.in.day(a.Survey.Since))
		}
		out = append(out, m.in.say("Reviews and the survey agree, each by itself: %s is %s, %s.", m.name(a.Touchpoint), m.in.word(a.Word), since))
	}
	return out
}
