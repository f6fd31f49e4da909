package reports

import (
	"context"
	"strings"

	"percept/analysis"
)

// A driver is a touchpoint that slipped or improved, with what it rests on.
type driver struct {
	Name, Channel, Href string
	Verdict             analysis.Verdict
	Since               string
	Effect              string
	Visible             string
	Note                string
	Share               []part // unhappy persons before and since
	People              part
	Bar                 effectBar
	label               string // says the bar in words
	Bad, Good           []voice
}

// Class is the style of the verdict.
func (d driver) Class() string { return class(d.Verdict.Word) }

// driverQuotes is how many quotes stand each way.
const driverQuotes = 2

// drivers returns a card for every change, practice-wide first.
func (m *material) drivers(ctx context.Context, q *quoter) ([]driver, error) {
	var out []driver
	for _, v := range m.changes() {
		d := driver{
			Name: m.name(v.Touchpoint), Channel: m.in.channel(v.Channel), Href: "#words-" + v.Touchpoint,
			Verdict: v, Since: capital(m.in.since(v)), Bar: newEffectBar(v), Note: m.note(v),
			Effect: m.in.say("%s (90 %% sure: %s to %s)", m.in.signed(v.Effect), m.in.signed(v.EffectLo), m.in.signed(v.EffectHi)),
		}
		d.label = strings.ReplaceAll(m.in.say("Change in score on a scale from −1 to +1: %s", d.Effect), " %", m.in.say(" percent"))
		if v.Visible > 0 {
			d.Visible = m.in.number(v.Visible, 2)
		}
		evidence := about(m.evidence, v.Touchpoint)
		if v.Touchpoint == analysis.PracticeWide {
			d.Name, d.Href, evidence = m.in.say(everything(v.Word)), "", m.evidence
		}
		if before, after := m.split(place{v.Channel, v.Touchpoint}, v.Since); after.People > 0 {
			u, n, ub, nb := m.splitNumbers(place{v.Channel, v.Touchpoint}, v.Since, before, after)
			d.Share = []part{u, {Text: m.in.say(" of ")}, n, {Text: m.in.say(" since then")}}
			if before.People > 0 {
				d.Share = append(d.Share, part{Text: "; "}, ub, part{Text: m.in.say(" of ")}, nb, part{Text: m.in.say(" before")})
			}
		}
		if d.People = m.counted(v, m.in.people(v.People)); d.People.Href == "" {
			d.People.Href = d.Href
		}
		voices := m.lately(evidence, v.Channel, v.Since)
		d.Bad, d.Good = m.telling(voices, -1, driverQuotes), m.telling(voices, 1, driverQuotes)
		for _, side := range [][]voice{d.Bad, d.Good} {
			for i := range side {
				if err := side[i].speak(ctx, q, 220, 1); err != nil {
					return nil, err
				}
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// counted is a number with the people that a verdict counts.
func (m *material) counted(v analysis.Verdict, text string) part {
	return m.counts(place{v.Channel, v.Touchpoint}, m.from, m.last.Add(week), v.People, text, m.quarterOf(v), m.spoke(v.Channel, v.Touchpoint, m.from, m.last.Add(week), false))
}

// quarterOf names the people of a touchpoint in the quarter.
func (m *material) quarterOf(v analysis.Verdict) string {
	return m.in.say("%s, %s: people in %d weeks", m.name(v.Touchpoint), m.in.inChannel(v.Channel), quarter)
}

func everything(w analysis.Word) string {
	if w == analysis.Worse {
		return "Everything slipped"
	}
	return "Everything improved"
}

// The canvas of an effect's bar, in the units of its viewBox: -1 to 1 across.
const (
	effectWidth = 240
	effectEdge  = 8
)

// An effectBar draws a change in score with its interval on the scale from -1 to 1.
type effectBar struct{ At, Lo, Hi, Width string }

func newEffectBar(v analysis.Verdict) effectBar {
	x := func(e float64) float64 {
		return effectEdge + (effectWidth-2*effectEdge)*(max(-1, min(1, e))+1)/2
	}
	lo, hi := x(v.EffectLo), x(v.EffectHi)
	return effectBar{At: coordinate(x(v.Effect)), Lo: coordinate(lo), Hi: coordinate(hi), Width: coordinate(max(0, hi-lo))}
}

// Label says the bar in words.
func (d driver) Label() string { return d.label }
