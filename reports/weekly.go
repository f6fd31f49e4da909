package reports

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"percept/analysis"
	"percept/collector"
)

// pageLimit is the most bytes a weekly page takes with still charts: it travels by mail.
const pageLimit = 300_000

// voicesShown are how many feedbacks a touchpoint lists, from what is wished to what always fits.
var voicesShown = []int{8, 5, 3, 1}

// A weekly is the page of one practice.
type weekly struct {
	Practice  string
	Home      string // address of the index, empty on a page that stands alone
	Week      string
	From      string
	Zone      string
	Made      string
	Audience  Audience
	Version   string
	Taxonomy  string
	Headline  headline
	Holes     []sourceHealth
	Sources   []sourceHealth
	Remarks   []string
	Phases    []phase
	General   section
	Drivers   []driver
	ActNow    []urgent
	ActRest   part   // those that are not on the page
	Waiting   string // the unanswered reviews by age, empty without any
	Alerts    []part // how the alerts went, empty without any
	Trials    []trial
	Vitals    []vital
	Moments   [][]part
	Bridge    *bridge
	Praise    []voice
	Late      []string  // what came late
	Outages   []string  // when a source was not read whole
	Config    string    // names the config, empty where it is not known
	Accords   []string  // where reviews and survey say the same
	Reading   []part    // how the words were read
	Grid      *runChart // the axes of the run charts
	Sections  []section
	HeatMaps  []*heatMap
	Trends    []trend
	TrendPlot *chart
	Conducts  []conduct
	Broken    *conduct // continuity, nil when nobody spoke of it
	Silent    []silence
	Heard     []string
	Enough    int
	Solid     int
	Few       int
	SmallCell int
	Quarter   int
	Days      int
	VeryLow   float64
	Ranges    float64 // how many mean moving ranges lie between the mean and a usual limit
}

// actNowShown is how many reviews that wait the page holds.
const actNowShown = 40

func all(voice) bool { return true }

func urgentVoices(of []urgent) []voice {
	out := make([]voice, len(of))
	for i, u := range of {
		out[i] = u.voice
	}
	return out
}

// A phase is a stretch of the journey.
type phase struct {
	Name     string
	Sections []section
}

// Weekly writes the weekly page of a practice. It fails when a quote is not in the store letter by
// letter, and then names the feedback.
func Weekly(ctx context.Context, w io.Writer, s Store, p collector.Practice, o Options) error {
	m, err := load(ctx, s, p, o)
	if err != nil {
		return fmt.Errorf("weekly page of %s: %w", p.ID, err)
	}
	page, err := m.weekly(ctx, s, o.painter(), o, "")
	if err != nil {
		return fmt.Errorf("weekly page of %s: %w", p.ID, err)
	}
	_, err = w.Write(page)
	return err
}

// weekly makes the page, with fewer voices where it would be too big with more.
func (m *material) weekly(ctx context.Context, s Store, paint *painter, o Options, home string) ([]byte, error) {
	q := m.newQuoter(s, o.masks())
	page, err := m.page(ctx, q, paint, o)
	if err != nil {
		return nil, err
	}
	if page.Trials, err = m.trials(ctx, s, o.masks()); err != nil {
		return nil, err
	}
	page.Home = home
	if n := len(page.ActNow) - actNowShown; n > 0 {
		page.ActRest = m.proof.number(n, m.in.count(n), m.in.say("Act now: what the page leaves out"), ofVoices(urgentVoices(page.ActNow[actNowShown:]), all))
	}
	fixed := m.proof.size()
	var b bytes.Buffer
	for _, most := range voicesShown {
		m.proof.trim(fixed)
		if page.Sections, err = m.sections(ctx, q, most); err != nil {
			return nil, err
		}
		page.Phases, page.General = phases(page.Sections)
		b.Reset()
		if err := weeklyPages()[m.in.tag].Execute(&b, page); err != nil {
			return nil, err
		}
		if b.Len() <= pageLimit {
			break
		}
	}
	if o.explorable() {
		b.Reset()
		if err := explorableWeekly()[m.in.tag].Execute(&b, page); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// page fills in everything but the sections.
func (m *material) page(ctx context.Context, q *quoter, paint *painter, o Options) (*weekly, error) {
	page := &weekly{
		Practice: m.practice.Name, Week: m.in.span(m.last), From: m.in.day(m.from),
		Zone: m.practice.Zone.String(), Made: m.in.day(m.now.In(m.practice.Zone)),
		Audience: o.Audience, Version: o.Version, Taxonomy: o.Taxonomy(m.practice.ID).Name + " " + o.Taxonomy(m.practice.ID).Version,
		Sources: m.sources(m.in), Reading: m.readingSentence(), Silent: m.silent(), Remarks: m.remarks,
		Enough: enough, Solid: solid, Few: fewPeople, SmallCell: smallCell, Quarter: quarter, Days: urgentDays, VeryLow: veryLow, Ranges: analysis.UsualRanges,
	}
	if page.Audience == "" {
		page.Audience = Shared
	}
	page.Holes = holes(page.Sources)
	m.ledger(page.Sources)
	page.Grid = &runChart{Months: timeline{m.begin, year}.months(m.in)}
	page.Outages, page.Accords = m.outageSentences(), m.accords()
	if o.Config != nil {
		page.Config = o.Config(m.practice.ID)
	}
	var err error
	if page.ActNow, err = m.urgent(ctx, q); err != nil {
		return nil, err
	}
	page.Waiting = agesOf(page.ActNow).sentence(m.in)
	if o.Alerts != nil {
		page.Alerts = o.Alerts(m.practice.ID).parts(m.in, m.proof)
	}
	if page.Headline, err = m.headline(ctx, q, page.ActNow); err != nil {
		return nil, err
	}
	var insights []analysis.Insight
	if o.Insights != nil {
		insights = o.Insights(m.practice.ID)
	}
	page.Vitals, page.Moments, page.Bridge, page.Late = m.toldVitals(insights), m.moments(insights), m.bridge(), m.lateSentences()
	if page.Praise, err = m.praise(ctx, q); err != nil {
		return nil, err
	}
	if page.Drivers, err = m.drivers(ctx, q); err != nil {
		return nil, err
	}
	if page.Conducts, err = m.conducts(ctx, q); err != nil {
		return nil, err
	}
	for i, c := range page.Conducts {
		if c.ID == continuity {
			page.Broken = &page.Conducts[i]
		}
	}
	return page, m.plot(ctx, page, paint)
}

// plot draws the charts, at the same time: each takes about 80 ms of a processor.
func (m *material) plot(ctx context.Context, page *weekly, paint *painter) error {
	heard := m.heard()
	for _, c := range heard {
		page.Heard = append(page.Heard, m.in.channel(c))
	}
	maps := make([]*heatMap, len(heard))
	page.Trends = m.trends()
	err := parallel(len(heard)+1, len(heard)+1, func(i int) (err error) {
		if i == len(heard) {
			page.TrendPlot, err = m.paintTrends(ctx, paint, page.Trends)
			return err
		}
		maps[i], err = m.heatMap(ctx, paint, heard[i])
		return err
	})
	for _, h := range maps {
		if h != nil {
			m.count(h)
			page.HeatMaps = append(page.HeatMaps, h)
		}
	}
	return err
}

// phases groups the sections as the journey does; the general one stands apart.
func phases(sections []section) (out []phase, general section) {
	for _, s := range sections {
		if s.ID == analysis.General {
			general = s
			continue
		}
		if n := len(out); n == 0 || out[n-1].Name != s.Phase {
			out = append(out, phase{Name: s.Phase})
		}
		last := &out[len(out)-1]
		last.Sections = append(last.Sections, s)
	}
	return out, general
}

// A silence is a touchpoint nobody spoke of in the quarter, with the survey question that would hear of it.
type silence struct{ Name, Question string }

// silent are the touchpoints nobody spoke of in the quarter.
func (m *material) silent() []silence {
	spoken := map[string]bool{analysis.General: true}
	for _, e := range m.evidence {
		spoken[e.Touchpoint] = true
	}
	for at, v := range m.verdicts {
		spoken[at.touchpoint] = spoken[at.touchpoint] || v.People > 0
	}
	var out []silence
	for _, t := range m.journey { // a survey is understood by the names that the taxonomy has
		if !spoken[t.ID] {
			out = append(out, silence{t.Name, m.known[t.ID] + ": how was it? (1-5)"})
		}
	}
	return out
}
