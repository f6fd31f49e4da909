package reports

import (
	"fmt"
	"math"
	"slices"
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
	hole      bool // a source of what n counts was not read whole: there are no usual limits
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

// arrivals is how many public reviews came. Where a source of them was not read whole, a period without any is a gap.
func (m *material) arrivals() vital {
	between := func(from, to time.Time) [][]string {
		return reviewed(m.reviews, func(r analysis.Reviewed) bool {
			return !r.Given.Start.Before(m.midnight(from)) && r.Given.Start.Before(m.midnight(to))
		})
	}
	end, most := m.last.Add(week), 0.0
	hole := slices.ContainsFunc(m.health, func(h collector.Health) bool { return !surveys(h.Kind) && !sound(h) })
	readings := make([]reading, vitalPeriods)
	for i := range readings {
		from := m.vitalBegin().AddDate(0, 0, 7*vitalWeeks*i)
		of := between(from, from.AddDate(0, 0, 7*vitalWeeks))
		readings[i] = reading{float64(len(of)), 1 + enough, of} // a period without a review is no gap
		if hole && of == nil {
			readings[i].n = 0
		}
		if of == nil {
			readings[i].of = [][]string{}
		}
		most = max(most, readings[i].value)
	}
	number := func(of [][]string, text, what string) part { return m.proof.number(len(of), text, what, of) }
	now, lately, before := between(m.from, end), between(m.last, end), between(m.from.AddDate(0, 0, -7*quarter), m.from)
	v := vital{
		Name: m.in.say("New public reviews"), Tag: "reviews-13w", public: true, hole: hole, Means: m.in.say("reviews by the day they were given"), Range: m.in.say("in %d weeks", quarter),
		Value:  number(now, m.in.count(len(now)), m.in.say("%s, in 13 weeks", m.in.say("New public reviews"))),
		Lately: []part{number(lately, m.in.plural(len(lately), "review", "reviews"), m.in.say("%s, in the last week", m.in.say("New public reviews")))},
		Change: []part{number(before, m.in.count(len(before)), m.in.say("%s, in the 13 weeks before", m.in.say("New public reviews"))), {Text: m.in.say(" in the %d weeks before", quarter)}},
	}
	came := float64(len(now))
	v.number, v.n = &came, int(came)
	m.draw(&v, readings, 0, math.Ceil(max(most, 4)*1.25), func(f float64) string { return strconv.FormatFloat(f, 'f', 0, 64) })
	return v
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
		Lately: []part{m.few(last.K, m.in.count(last.K), m.in.say("%s, in the last week, unhappy", name), m.spoke(channel, "", m.last, end, true)), {Text: m.in.say(" of ")},
			m.few(last.N, m.in.count(last.N), m.in.say("%s, in the last week", name), m.spoke(channel, "", m.last, end, false))}}
	share := 100 * now.Value()
	v.number, v.interval, v.n = &share, &jsonEstimate{share, 100 * lo, 100 * hi}, now.N
	m.draw(&v, readings, 0, 100, percentFigure)
	return v, true
}

func percentFigure(f float64) string { return fmt.Sprintf("%.0f %%", f) }

func (m *material) vitalPeriod(t time.Time) (int, bool) {
	begin := m.midnight(m.vitalBegin())
	if t.Before(begin) || !t.Before(m.end()) {
		return 0, false
	}
	return min(int(t.Sub(begin)/(vitalWeeks*week)), vitalPeriods-1), true
}
