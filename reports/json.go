package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"percept/analysis"
	"percept/collector"
)

// jsonFormat names what docs/report.schema.json describes; it changes when a reader must.
const jsonFormat = "percept.report/1"

// The JSON of weekly pages: what the pages say, with numbers as numbers. Days are 2006-01-02 in the practice's zone.
type (
	jsonReport struct {
		Format    string         `json:"format"`
		Version   string         `json:"version"`
		Made      time.Time      `json:"made"`
		Audience  Audience       `json:"audience"`
		Practices []jsonPractice `json:"practices"`
	}
	jsonPractice struct {
		ID         string           `json:"id"`
		Name       string           `json:"name"`
		Zone       string           `json:"zone"`
		Week       string           `json:"week"`
		From       string           `json:"from"`
		Headline   jsonHeadline     `json:"headline"`
		ActNow     []jsonUrgent     `json:"act_now"`
		Actions    []jsonAction     `json:"actions"`
		Vitals     []jsonVital      `json:"vital_signs"`
		Journey    []jsonTouchpoint `json:"journey"`
		Bridge     *jsonBridge      `json:"rating_bridge,omitempty"`
		Praise     []jsonVoice      `json:"praise"`
		Behaviours []jsonBehaviour  `json:"behaviours"`
		Silent     []string         `json:"silent"`
		Sources    []jsonSource     `json:"sources"`
		Reading    jsonReading      `json:"reading"`
		Late       []string         `json:"late"`
	}
	jsonHeadline struct {
		Changed string   `json:"changed"`
		Why     string   `json:"why,omitempty"`
		Quote   string   `json:"quote,omitempty"`
		By      string   `json:"by,omitempty"`
		Next    []string `json:"next"`
		Quiet   bool     `json:"quiet"`
	}
	jsonVoice struct {
		Feedback string   `json:"feedback"`
		Source   string   `json:"source"`
		When     string   `json:"when"`
		Rated    string   `json:"rated,omitempty"`
		About    string   `json:"about,omitempty"`
		Link     string   `json:"link,omitempty"`
		Quotes   []string `json:"quotes"`
	}
	jsonUrgent struct {
		jsonVoice
		Days  int    `json:"days"`
		Reply string `json:"reply,omitempty"`
	}
	jsonAction struct {
		ID         int    `json:"id"`
		What       string `json:"what"`
		Touchpoint string `json:"touchpoint"`
		Since      string `json:"since"`
		State      string `json:"state"`
		Outcome    string `json:"outcome"`
	}
	jsonEstimate struct {
		Value float64 `json:"value"`
		Lo    float64 `json:"lo"`
		Hi    float64 `json:"hi"`
	}
	jsonVital struct {
		Name    string        `json:"name"`
		Tag     string        `json:"tag"`
		Value   *float64      `json:"value"`
		Range   *jsonEstimate `json:"interval,omitempty"`
		N       *int          `json:"n"`
		Usual   *jsonEstimate `json:"usual_limits,omitempty"`
		Says    string        `json:"says"`
		Periods []jsonPeriod  `json:"periods"`
	}
	jsonPeriod struct {
		From  string   `json:"from"`
		Weeks int      `json:"weeks"`
		N     *int     `json:"n"`
		Value *float64 `json:"value"`
	}
	jsonTouchpoint struct {
		ID       string        `json:"id"`
		Name     string        `json:"name"`
		Phase    string        `json:"phase,omitempty"`
		Channels []jsonVerdict `json:"channels"`
	}
	jsonVerdict struct {
		Channel   string        `json:"channel"`
		Verdict   analysis.Word `json:"verdict"`
		People    *int          `json:"people"`
		Unhappy   *int          `json:"unhappy"`
		Effect    *jsonEstimate `json:"effect,omitempty"`
		Since     string        `json:"since,omitempty"`
		SinceLo   string        `json:"since_lo,omitempty"`
		SinceHi   string        `json:"since_hi,omitempty"`
		Visible   float64       `json:"smallest_visible_drop,omitempty"`
		More      int           `json:"weeks_to_enough,omitempty"`
		Watch     bool          `json:"watched,omitempty"`
		Note      string        `json:"note,omitempty"`
		Statistic float64       `json:"statistic"`
		Threshold float64       `json:"threshold"`
	}
	jsonBridge struct {
		From  float64          `json:"from"`
		NFrom int              `json:"n_from"`
		To    float64          `json:"to"`
		NTo   int              `json:"n_to"`
		Parts []jsonBridgePart `json:"parts"`
	}
	jsonBridgePart struct {
		Name  string  `json:"name"`
		N     int     `json:"n"`
		Value float64 `json:"value"`
	}
	jsonBehaviour struct {
		ID    string           `json:"id"`
		Name  string           `json:"name"`
		Told  []jsonBehaviours `json:"channels"`
		Where string           `json:"breaks_at,omitempty"`
	}
	jsonBehaviours struct {
		Channel string `json:"channel"`
		Well    *int   `json:"well"`
		Badly   *int   `json:"badly"`
	}
	jsonSource struct {
		Source       string  `json:"source"`
		Kind         string  `json:"kind"`
		State        string  `json:"state"`
		Why          string  `json:"why,omitempty"`
		LastComplete string  `json:"last_complete,omitempty"`
		Expected     int     `json:"expected,omitempty"`
		Published    float64 `json:"published,omitempty"`
		Stored       *int    `json:"stored"`
		NewLately    *int    `json:"new_in_7_days"`
		Rejected     int     `json:"rejected"`
	}
	jsonReading struct {
		Model    string `json:"model"`
		Taxonomy string `json:"taxonomy"`
		Texts    *int   `json:"texts"`
		Unplaced *int   `json:"without_touchpoint"`
		Unread   *int   `json:"not_scored"`
		Labels   int    `json:"corrections"`
	}
)

// JSON writes what the weekly pages of practices say, as docs/report.schema.json describes it; of one alone
// where o.Only names it. Like the pages it fails when a quote is not in the store.
func JSON(ctx context.Context, w io.Writer, s Store, practices []collector.Practice, o Options) error {
	out := jsonReport{Format: jsonFormat, Version: o.Version, Made: o.Now.UTC(), Audience: o.Audience, Practices: []jsonPractice{}}
	if out.Audience == "" {
		out.Audience = Shared
	}
	all, err := loadBriefs(ctx, s, practices, o)
	if err != nil {
		return err
	}
	made := make([]jsonPractice, len(all))
	err = parallel(len(all), o.Workers, func(i int) error {
		if o.Only != "" && o.Only != practices[i].ID {
			return nil
		}
		m := *all[i] // what a page needs is let go with it
		if err := m.loadPage(ctx, s); err != nil {
			return fmt.Errorf("report of %s: %w", practices[i].ID, err)
		}
		if made[i], err = m.json(ctx, s, o); err != nil {
			return fmt.Errorf("report of %s: %w", practices[i].ID, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, p := range made {
		if o.Only == "" || o.Only == practices[i].ID {
			out.Practices = append(out.Practices, p)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func (m *material) json(ctx context.Context, s Store, o Options) (jsonPractice, error) {
	read := m.readingCounts()
	out := jsonPractice{
		ID: m.practice.ID, Name: m.practice.Name, Zone: m.practice.Zone.String(), Week: isoDay(m.last), From: isoDay(m.from),
		ActNow: []jsonUrgent{}, Actions: []jsonAction{}, Vitals: []jsonVital{}, Praise: []jsonVoice{}, Behaviours: []jsonBehaviour{},
		Silent: []string{}, Sources: []jsonSource{}, Late: append([]string{}, m.lateSentences()...),
		Reading: jsonReading{m.reading.Model, m.reading.Taxonomy, read.texts, read.unplaced, read.unread, m.reading.Labels},
	}
	q := m.newQuoter(s, o.masks())
	open, err := m.urgent(ctx, q)
	if err != nil {
		return out, err
	}
	for _, u := range open {
		out.ActNow = append(out.ActNow, jsonUrgent{asJSONVoice(u.voice), u.Days, u.Reply})
	}
	h, err := m.headline(ctx, q, open)
	if err != nil {
		return out, err
	}
	out.Headline = jsonHeadline{Changed: sentenceOf(h.Changed), Why: sentenceOf(h.Why), By: h.Speaker, Next: []string{}, Quiet: h.Quiet}
	if h.Quote != nil {
		out.Headline.Quote = h.Quote.text()
	}
	for _, n := range h.Next {
		out.Headline.Next = append(out.Headline.Next, n.Text)
	}
	trials, err := m.trials(ctx, s, o.masks())
	if err != nil {
		return out, err
	}
	for _, t := range trials {
		out.Actions = append(out.Actions, jsonAction{t.ID, t.What, t.Touchpoint, t.Since, t.state, sentenceOf(t.Outcome)})
	}
	var insights []analysis.Insight
	if o.Insights != nil {
		insights = o.Insights(m.practice.ID)
	}
	for _, v := range m.toldVitals(insights) {
		out.Vitals = append(out.Vitals, v.json())
	}
	for _, t := range m.journey {
		out.Journey = append(out.Journey, m.jsonTouchpoint(t))
	}
	out.Bridge = m.jsonBridge()
	praise, err := m.praise(ctx, q)
	if err != nil {
		return out, err
	}
	for _, v := range praise {
		out.Praise = append(out.Praise, asJSONVoice(v))
	}
	conducts, err := m.conducts(ctx, q)
	if err != nil {
		return out, err
	}
	for _, c := range conducts {
		b := jsonBehaviour{ID: c.ID, Name: c.Name, Told: []jsonBehaviours{}, Where: sentenceOf(c.Breaks)}
		for i, n := range c.Counts {
			b.Told = append(b.Told, jsonBehaviours{m.heard()[i], ifTold(!m.small(n.well), n.well), ifTold(!m.small(n.badly), n.badly)})
		}
		out.Behaviours = append(out.Behaviours, b)
	}
	for _, t := range m.silent() {
		out.Silent = append(out.Silent, t.Name)
	}
	for _, h := range m.health {
		s := jsonSource{
			Source: h.Source, Kind: h.Kind, State: stateWord(h.State), Why: h.Why, Expected: h.Expected, Published: h.Published,
			Stored: ifTold(m.tellsHeld(h, h.Stored), h.Stored), NewLately: ifTold(m.tellsHeld(h, h.NewLately), h.NewLately), Rejected: h.Rejected,
		}
		if !h.LastComplete.IsZero() {
			s.LastComplete = isoDay(h.LastComplete.In(m.practice.Zone))
		}
		out.Sources = append(out.Sources, s)
	}
	return out, nil
}

func (m *material) jsonTouchpoint(t analysis.Touchpoint) jsonTouchpoint {
	out := jsonTouchpoint{ID: t.ID, Name: t.Name, Phase: t.Phase, Channels: []jsonVerdict{}}
	for _, channel := range m.heard() {
		at, v := place{channel, t.ID}, m.verdict(channel, t.ID)
		j := jsonVerdict{
			Channel: channel, Verdict: v.Word, Visible: v.Visible, More: v.WeeksToEnough,
			People:  ifTold(m.tells(at, m.from, m.last.Add(week), v.People), v.People),
			Unhappy: ifTold(m.tellsUnhappy(at, m.from, m.last.Add(week), v.People, v.Negative), v.Negative),
			Watch:   v.Watch, Note: v.Note, Statistic: v.Statistic, Threshold: v.Threshold,
		}
		if v.Word == analysis.Worse || v.Word == analysis.Better {
			j.Effect = &jsonEstimate{v.Effect, v.EffectLo, v.EffectHi}
			j.Since, j.SinceLo, j.SinceHi = isoDay(v.Since), isoDay(v.SinceLo), isoDay(v.SinceHi)
		}
		out.Channels = append(out.Channels, j)
	}
	return out
}

// jsonBridge is what moved the mean of the public stars, also where it moved by less than a page shows; nil without ratings.
func (m *material) jsonBridge() *jsonBridge {
	b, ok := analysis.BridgeRatings(m.pairs)
	if !ok {
		return nil
	}
	return &jsonBridge{From: b.From, NFrom: b.NFrom, To: b.To, NTo: b.NTo, Parts: []jsonBridgePart{
		{"new", b.New.N, b.New.Value}, {"removed", b.Removed.N, b.Removed.Value}, {"edited", b.Edited.N, b.Edited.Value}, {"source mix", 0, b.Mix},
	}}
}

func (v vital) json() jsonVital {
	out := jsonVital{Name: v.Name, Tag: v.Tag, N: ifTold(!v.unsaid, v.n), Says: v.says(), Periods: []jsonPeriod{}, Range: v.interval, Usual: v.limits, Value: v.number}
	for _, r := range slices.Backward(v.Rows) {
		out.Periods = append(out.Periods, jsonPeriod{isoDay(r.From), r.weeks, r.n, r.value})
	}
	return out
}

// ifTold is a number, nil where it is not told.
func ifTold(told bool, n int) *int {
	if !told {
		return nil
	}
	return &n
}

func asJSONVoice(v voice) jsonVoice {
	out := jsonVoice{Feedback: v.Feedback, Source: v.Source, When: v.When, Rated: v.Rated, About: v.About, Link: v.Link, Quotes: []string{}}
	for _, s := range v.Quotes {
		if s.Quote != nil {
			out.Quotes = append(out.Quotes, s.Quote.text())
		}
	}
	return out
}

// isoDay writes a day, empty for none.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
