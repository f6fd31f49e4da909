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
	replyWithin  = replyDays * 24 * time.Hour
)

// A vital is one number that is looked at every week, under one definition: two never share an axis.
type vital struct {
	Name, Tag string
	Means     string // what the number is, for the footnotes
	Value     part   // of the quarter
	Range     string // its interval, or why there is none
	N         part
	Undated   string   // what N leaves out
	Lately    []part   // the last week
	Published []string // what the sources themselves state
	Change    []part   // from the thirteen weeks before
	Word      string   // how the last four weeks stand to the usual limits
	Usual     string
	Run       *vitalRun
	Rows      []vitalRow
	public    bool // what n counts stands in public as one number each: no count of it is small
	// The numbers behind the words; number and interval are nil where there is too little for them.
	number           *float64
	interval, limits *jsonEstimate
	n                int
	unsaid           bool   // n is not told
	channel          string // of what was said
	readings         []reading
}

// says is the vital's sentences in one.
func (v vital) says() string {
	return strings.TrimSpace(sentenceOf(v.Change) + ". " + v.Word + " " + v.Usual)
}

// A reading is a vital's number in four weeks; n 0 is a gap.
type reading struct {
	value float64
	n     int
	of    [][]string // what n counts, where it is known
}

// vitals are at most six: the overall rating of each channel, how many reviews came, how many were answered and how
// soon, and how much of what was said was unhappy. Without reviews there is room for more ratings.
func (m *material) vitals(insights []analysis.Insight) []vital {
	var of []vital
	if len(m.reviews) > 0 {
		of = append(of, m.arrivals(), m.answered())
		if v, ok := m.answerTime(); ok {
			of = append(of, v)
		}
	}
	if v, ok := m.unhappyShare(); ok {
		of = append(of, v)
	}
	var ratings []vital
	for _, first := range []bool{true, false} { // one of each channel comes before a second one
		for _, in := range insights {
			k := 0
			for _, x := range in.Metrics {
				if x.Year.About == "" && x.Year.Question == "" {
					if (k == 0) == first && len(ratings)+len(of) < vitalsShown {
						ratings = append(ratings, m.rating(x))
					}
					k++
				}
			}
		}
	}
	return append(ratings, of...)
}

// vitalBegin is the first day of the run charts.
func (m *material) vitalBegin() time.Time {
	return m.last.Add(week).AddDate(0, 0, -7*vitalWeeks*vitalPeriods)
}

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
			out = append(out, m.in.say("%.2f of %s", h.Published, m.in.plural(h.Expected, "review", "reviews")))
		}
	}
	return out
}

// arrivals is how many public reviews came.
func (m *material) arrivals() vital {
	between := func(from, to time.Time) [][]string {
		return reviewed(m.reviews, func(r analysis.Reviewed) bool {
			return !r.Given.Start.Before(m.midnight(from)) && r.Given.Start.Before(m.midnight(to))
		})
	}
	end, most := m.last.Add(week), 0.0
	readings := make([]reading, vitalPeriods)
	for i := range readings {
		from := m.vitalBegin().AddDate(0, 0, 7*vitalWeeks*i)
		of := between(from, from.AddDate(0, 0, 7*vitalWeeks))
		readings[i] = reading{float64(len(of)), 1 + enough, of} // a period without a review is no gap
		if of == nil {
			readings[i].of = [][]string{}
		}
		most = max(most, readings[i].value)
	}
	number := func(of [][]string, what string) part {
		return m.proof.number(len(of), strconv.Itoa(len(of)), what, of)
	}
	v := vital{
		Name: m.in.say("New public reviews"), Tag: "reviews-13w", public: true, Means: m.in.say("reviews by the day they were given"), Range: m.in.say("in %d weeks", quarter),
		Value:  number(between(m.from, end), m.in.say("%s, in 13 weeks", m.in.say("New public reviews"))),
		Lately: []part{number(between(m.last, end), m.in.say("%s, in the last week", m.in.say("New public reviews")))},
		Change: []part{number(between(m.from.AddDate(0, 0, -7*quarter), m.from), m.in.say("%s, in the 13 weeks before", m.in.say("New public reviews"))), {Text: m.in.say(" in the %d weeks before", quarter)}},
	}
	came := float64(len(between(m.from, end)))
	v.number, v.n = &came, int(came)
	m.draw(&v, readings, 0, math.Ceil(max(most, 4)*1.25), func(f float64) string { return strconv.FormatFloat(f, 'f', 0, 64) })
	return v
}

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
	v.Value, v.N = part{Text: strconv.Itoa(s.K)}, n(m.in.say("of %d", s.N))
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

// unhappyShare is how much of what was said of touchpoints was unhappy, in the channel that said more; false
// where too little was said.
func (m *material) unhappyShare() (vital, bool) {
	var best []analysis.Point
	var channel string
	var now, last analysis.Share
	for _, c := range m.heard() {
		var s analysis.Share
		for _, p := range m.totals[c] {
			if !p.Week.Before(m.from) {
				s.K, s.N = s.K+p.Negative, s.N+p.People
			}
		}
		if s.N > now.N {
			best, channel, now = m.totals[c], c, s
		}
	}
	if now.N < enough {
		return vital{}, false
	}
	by := make([]analysis.Share, vitalPeriods)
	for _, p := range best {
		if i, ok := m.vitalPeriod(m.midnight(p.Week)); ok {
			by[i].K, by[i].N = by[i].K+p.Negative, by[i].N+p.People
		}
		if p.Week.Equal(m.last) {
			last.K, last.N = last.K+p.Negative, last.N+p.People
		}
	}
	readings := make([]reading, vitalPeriods)
	for i, s := range by {
		from := m.vitalBegin().AddDate(0, 0, 7*vitalWeeks*i)
		readings[i] = reading{100 * s.Value(), s.N, m.spoke(channel, "", from, from.AddDate(0, 0, 7*vitalWeeks), false)}
	}
	end, name := m.last.Add(week), m.in.say("What was said in %s", m.in.inChannel(channel))
	lo, hi := now.Interval()
	v := vital{Name: m.in.say("Unhappy mentions, %s", strings.ToLower(m.in.channel(channel))), Tag: unhappyTag, channel: channel,
		Means: m.in.say("of what persons said, each counted once a touchpoint and week, that with a mean score below 0"),
		Value: part{Text: percentFigure(100 * now.Value())}, Range: m.in.say("95 %% sure: %.0f to %.0f %%", 100*lo, 100*hi),
		N: m.few(now.N, m.in.plural(now.N, "mention", "mentions"), m.in.say("%s, in 13 weeks", name), m.spoke(channel, "", m.from, end, false)),
		Lately: []part{m.few(last.K, strconv.Itoa(last.K), m.in.say("%s, in the last week, unhappy", name), m.spoke(channel, "", m.last, end, true)), {Text: m.in.say(" of ")},
			m.few(last.N, strconv.Itoa(last.N), m.in.say("%s, in the last week", name), m.spoke(channel, "", m.last, end, false))}}
	share := 100 * now.Value()
	v.number, v.interval, v.n = &share, &jsonEstimate{share, 100 * lo, 100 * hi}, now.N
	m.draw(&v, readings, 0, 100, percentFigure)
	return v, true
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

func percentFigure(f float64) string { return fmt.Sprintf("%.0f %%", f) }

func (m *material) vitalPeriod(t time.Time) (int, bool) {
	begin := m.midnight(m.vitalBegin())
	if t.Before(begin) || !t.Before(m.end()) {
		return 0, false
	}
	return min(int(t.Sub(begin)/(vitalWeeks*week)), vitalPeriods-1), true
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

// figure writes a metric's number: stars with two decimals, shares and net scores with none.
func (l *language) figure(tag analysis.Tag, v float64) string {
	switch tag {
	case analysis.NPS:
		return strings.TrimPrefix(l.signedFigure(tag, v), "+")
	case analysis.CSAT, analysis.CES, analysis.FFT, analysis.FFTRecommend:
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
