package reports

import (
	"math"
	"time"

	"percept/analysis"
)

// replyWithin is what a reply is given before it counts as missing.
const replyWithin = 7 * 24 * time.Hour

// answerable are the public reviews of the year that a reply was due to, by period, and those of the quarter.
func (m *material) answerable() (by [vitalPeriods][]analysis.Reviewed, now []analysis.Reviewed) {
	for _, f := range m.reviews {
		if f.Gone || f.Given.Start.After(m.now.Add(-replyWithin)) || !f.Given.Start.Before(m.end()) {
			continue
		}
		if i, ok := m.vitalPeriod(f.Given.Start); ok {
			by[i] = append(by[i], f)
		}
		if !f.Given.Start.Before(m.midnight(m.from)) {
			now = append(now, f)
		}
	}
	return by, now
}

// inTime reports whether a reply stands that came within a week, as far as the source says when it came.
func inTime(r analysis.Reviewed) bool {
	return r.Replied && (!r.Reply.Known() || r.Reply.Start.Sub(r.Given.Start) <= replyWithin)
}

func every(analysis.Reviewed) bool { return true }

// timed reports whether the time to a reply is known, or still passing.
func timed(r analysis.Reviewed) bool { return !r.Replied || r.Reply.Known() }

// answered is how many public reviews of the quarter, a week old or more, were answered within a week.
func (m *material) answered() vital {
	share := func(of []analysis.Reviewed) analysis.Share {
		s := analysis.Share{N: len(of)}
		for _, r := range of {
			if inTime(r) {
				s.K++
			}
		}
		return s
	}
	by, now := m.answerable()
	readings := make([]reading, vitalPeriods)
	for i, of := range by {
		readings[i] = reading{100 * share(of).Value(), len(of), reviewed(of, every)}
	}
	s := share(now)
	v := vital{Name: m.in.say("Reviews answered within a week"), Tag: "answered-7d", public: true, Means: m.in.say("of the reviews a week old or more those answered within seven days; a reply whose day is not known counts"),
		Range: m.in.say("a week old or more")}
	n := func(text string) part {
		return m.proof.number(s.N, text, m.in.say("%s: reviews", v.Name), reviewed(now, every))
	}
	v.n = s.N
	v.Value, v.N = part{Text: m.in.count(s.K)}, n(m.in.say("of %d", s.N))
	if s.N >= enough {
		lo, hi := s.Interval()
		share := 100 * s.Value()
		v.number, v.interval = &share, &jsonEstimate{share, 100 * lo, 100 * hi}
		v.Value.Text = m.in.say("%.0f %%", 100*s.Value())
		v.N, v.Range = n(m.in.plural(s.N, "review", "reviews")), m.in.say("95 %% sure: %.0f to %.0f %%", 100*lo, 100*hi)
	}
	m.draw(&v, readings, 0, 100, percentFigure)
	return v
}

// answerTime is the time within which half of the reviews were answered; false where too few replies have a day.
func (m *material) answerTime() (vital, bool) {
	by, now := m.answerable()
	a := analysis.AnswerReviews(now, m.now, replyWithin)
	n := a.Answered.N - a.Undated
	if a.Answered.K-a.Undated < enough {
		return vital{}, false
	}
	v := vital{Name: m.in.say("Time to a reply"), Tag: "reply-median", public: true, Means: m.in.say("the time by which half were answered, those that wait counted too (Kaplan and Meier)"),
		Value: part{Text: m.in.say("not yet")}, Range: m.in.say("fewer than half are answered")}
	v.N = m.proof.number(n, m.in.plural(n, "review", "reviews"), m.in.say("%s: reviews", v.Name), reviewed(now, timed))
	if a.Reached {
		days := a.Half.Hours() / 24
		v.number = &days
		v.Value.Text, v.Range = m.in.lasting(a.Half), m.in.say("half are answered by then")
	}
	v.n = n
	if a.Undated > 0 {
		v.Undated = m.in.say("; %s without a day", m.in.plural(a.Undated, "reply", "replies"))
	}
	readings := make([]reading, vitalPeriods)
	most := 7.0
	for i, of := range by {
		if x := analysis.AnswerReviews(of, m.now, replyWithin); x.Reached {
			readings[i] = reading{x.Half.Hours() / 24, x.Answered.N - x.Undated, reviewed(of, timed)}
			most = max(most, readings[i].value)
		}
	}
	m.draw(&v, readings, 0, math.Ceil(most*1.25), func(f float64) string { return m.in.plural(int(math.Round(f)), "day", "days") })
	return v, true
}
