package reports

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// An AuditStore gives what an audit shows besides a weekly page.
type AuditStore interface {
	Store
	// Replied are the public reviews of a practice given from one day and before another that were answered, in no order of time.
	Replied(ctx context.Context, practice string, from, to time.Time) ([]analysis.Replied, error)
	// Altered is what became of public reviews after they were first read, the newest first.
	Altered(ctx context.Context, practice string) ([]analysis.Altered, error)
	// Volumes count feedback by channel, source and month.
	Volumes(ctx context.Context, practice string, from, to time.Time) ([]analysis.Volume, error)
}

// AuditOptions are what an audit needs besides the store.
type AuditOptions struct {
	Options
	Brand     Brand
	Standards Standards
	// Insights are those of the practice, Comparisons those of all practices on their overall ratings.
	Insights    []analysis.Insight
	Comparisons []analysis.Comparison
	// Owner names who acts on a touchpoint, empty where nobody does; nil knows nobody.
	Owner func(touchpoint string) string
	// Effort is what changing a touchpoint takes, in the advisor's words, empty where nobody said; nil knows nothing.
	Effort func(touchpoint string) string
	// LintReply names, once each, the kinds of things in a public reply that must not be said there; nil finds none.
	LintReply func(reply string) []string
	// Agreements are how the scorer reads what persons labelled on this practice's own words, by touchpoint; Agreed of
	// all together.
	Agreements []analysis.Agreement
	Agreed     analysis.Agreement
	// Model is the version of the scorer.
	Model string
	// Config is what the figures depend on, without secrets; it goes into the pack as JSON.
	Config any
}

// Standards are what was agreed with the client about answering reviews.
type Standards struct {
	Negative float64 `json:"negative"` // share of unhappy reviews to be answered, 0 to 1
	Positive float64 `json:"positive"` // share of happy ones
	Days     int     `json:"days"`     // within how many half of the unhappy ones are to be answered
	Rating   float64 `json:"rating"`   // mean of the year's stars at least
	Reviews  int     `json:"reviews"`  // new ones a month at least
}

// DefaultStandards are what review platforms audit by where nobody agreed on others.
var DefaultStandards = Standards{Negative: .8, Positive: .25, Days: 7, Rating: 4, Reviews: 5}

// An Audit is the advisor's report of one practice with the numbers behind it.
type Audit struct {
	Page    []byte
	Figures []Figure // each once, in the order they were made
	Week    time.Time
	files   []packed // of the pack, the page among them
	made    time.Time
}

// auditPage is what the template shows.
type auditPage struct {
	Practice, From, To, Zone, Made, Week   string
	History                                string // first day of charts and ratings
	HistoryWeeks                           int
	Brand                                  Brand
	Audience                               Audience
	Version, Model, Taxonomy               string
	Letter                                 letter
	Scope                                  scope
	Journey                                journeyMap
	Cards                                  []*scorecard
	Moments                                moments
	Ratings                                ratings
	Response                               response
	Bridge                                 *auditBridge
	Altered                                altered
	Replies                                *replies
	Accuracy                               accuracy
	Follow                                 follow
	Peers                                  []peers
	PeerNote                               string
	Coverage                               []coverage
	CoverageNeed                           *Figure // people for a mean that is sure to ±0.1
	CoverageInvited                        string
	Behaviours                             []conductRow
	Actions                                []action
	Remarks                                []string
	Holes                                  []sourceHealth
	Sources                                []sourceHealth
	Tags                                   []tagged
	Phrases                                []phrased
	Enough, Solid, Few, SmallCell, Quarter int
	Figures                                int
}

// auditor makes one audit.
type auditor struct {
	*material
	store         AuditStore
	o             AuditOptions
	paint         *painter
	quote         *quoter
	f             *figures
	page          *auditPage
	heardChannels []string
	history       timeline                   // what charts show: up to two years, as far as there is anything
	long          map[place][]analysis.Point // of the history
	treated       []treatment
}

// historyWeeks is how far back the charts and ratings of an audit go.
const historyWeeks = 2 * year

// NewAudit makes the audit of a practice. It fails when a quote is not in the store letter by letter.
func NewAudit(ctx context.Context, s AuditStore, p collector.Practice, o AuditOptions) (*Audit, error) {
	if !practiceID.MatchString(p.ID) {
		return nil, fmt.Errorf("practice %q: not an id that a folder can have", p.ID)
	}
	a, err := newAudit(ctx, s, p, o, newPainter())
	if err != nil {
		return nil, fmt.Errorf("audit of %s: %w", p.ID, err)
	}
	return a, nil
}

func newAudit(ctx context.Context, s AuditStore, p collector.Practice, o AuditOptions, paint *painter) (*Audit, error) {
	if o.Audience == "" {
		o.Audience = Shared
	}
	if o.Owner == nil {
		o.Owner = func(string) string { return "" }
	}
	if o.Effort == nil {
		o.Effort = func(string) string { return "" }
	}
	m, err := loadBrief(ctx, s, p, o.Options)
	if err != nil {
		return nil, err
	}
	if err := m.loadSaid(ctx, s, m.midnight(m.begin)); err != nil {
		return nil, err
	}
	if m.masks {
		m.hideSmall() // what the weekly page tells and the audit does not
	}
	t := o.Taxonomy(p.ID)
	a := &auditor{material: m, store: s, o: o, paint: paint, quote: newQuoter(s, o.masks()), f: &figures{small: !o.masks()}, heardChannels: m.heard()}
	a.page = &auditPage{
		Practice: p.Name, From: day(m.begin), To: day(m.last.Add(week - 24*time.Hour)), Zone: p.Zone.String(),
		Made: day(m.now.In(p.Zone)), Week: span(m.last), Brand: o.Brand, Audience: o.Audience,
		Version: o.Version, Model: o.Model, Taxonomy: t.Name + " " + t.Version,
		Remarks: m.remarks, Sources: m.sources(m.in), Enough: enough, Solid: solid, Few: fewPeople, SmallCell: smallCell, Quarter: quarter,
	}
	a.page.Holes = holes(a.page.Sources)
	if err := a.lookBack(ctx); err != nil {
		return nil, err
	}
	for _, fill := range []func(context.Context) error{
		a.scope, a.scorecards, a.journeyMap, a.moments, a.ratingHistory, a.bridged, a.altered, a.response, a.replies, a.peers, a.coverage, a.conductRows, a.actions, a.letter, a.tags, a.accuracy, a.phrases, a.follow,
	} {
		if err := fill(ctx); err != nil {
			return nil, err
		}
	}
	a.page.Figures = len(a.f.list)
	page, err := a.render()
	if err != nil {
		return nil, err
	}
	out := &Audit{Page: page, Figures: a.f.list, Week: m.last}
	return out, out.pack(p, o, t)
}

// lookBack reads the series and ratings of two years, and begins the charts where they begin: never later than the year.
func (a *auditor) lookBack(ctx context.Context) error {
	far := a.last.Add(-(historyWeeks - 1) * week)
	points, err := a.store.Points(ctx, a.practice.ID, far)
	if err != nil {
		return fmt.Errorf("points: %w", err)
	}
	first := a.begin
	a.long = map[place][]analysis.Point{}
	for _, p := range points {
		if p.Week.Before(far) || p.Week.After(a.last) || a.names[p.Touchpoint] == "" {
			continue
		}
		if p.Week.Before(first) {
			first = p.Week
		}
		at := place{p.Channel, p.Touchpoint}
		a.long[at] = append(a.long[at], p)
	}
	if a.ratings, err = a.store.Ratings(ctx, a.practice.ID, a.midnight(far)); err != nil {
		return fmt.Errorf("ratings: %w", err)
	}
	for _, r := range a.ratings {
		if monday := collector.Monday(r.Month, time.UTC); monday.Before(first) && !monday.Before(far) {
			first = monday
		}
	}
	a.history = timeline{first, int(a.last.Sub(first)/week) + 1}
	a.page.History, a.page.HistoryWeeks = day(first), a.history.weeks
	return nil
}

// render writes the page with the brand's colours in its style sheet.
func (a *auditor) render() ([]byte, error) {
	t, err := dressed(auditTemplate, style+auditStyle+a.o.Brand.style(), a.o.explorable())
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, a.page); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// told is the voices of a year about one touchpoint through one channel, as far as they count yet.
func (a *auditor) told(channel, touchpoint string) []voice {
	var of []analysis.Evidence
	for _, e := range a.evidence {
		if string(e.Channel) == channel && e.Touchpoint == touchpoint && !a.late(e.Date) {
			of = append(of, e)
		}
	}
	return a.voices(of)
}

// id joins the parts of a figure's id.
func id(parts ...string) string { return strings.Join(parts, ".") }

// asJSON writes v as a file of the pack.
func asJSON(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", "  ")
	return append(data, '\n'), err
}
