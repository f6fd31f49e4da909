package reports

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"percept/analysis"
)

// continuity is the behaviour of not having to tell one's story again; where in the journey it
// breaks is a finding of its own in every report, said even when nobody spoke of it.
const continuity = "continuity"

// A conduct is how people were treated in one respect, over the quarter.
type conduct struct {
	ID, Name string
	Counts   []conductCount // by channel heard
	Breaks   []part         // touchpoints where it is missing, most persons first
	Against  []voice
	For      []voice
	Rest     part // how many persons the quotes leave out, empty for none
	total    int
	against  int
}

// A conductCount is how many persons of a channel told of it well and badly.
type conductCount struct {
	Channel      string
	For, Against part
	well, badly  int
}

// conductQuotes is how many quotes stand each way.
const conductQuotes = 3

// conducts returns every behaviour somebody spoke of, what is missing most first.
func (m *material) conducts(ctx context.Context, q *quoter) ([]conduct, error) {
	names := map[string]string{}
	for _, b := range m.traits {
		names[b.ID] = b.Name
	}
	byID := map[string][]analysis.BehaviourEvidence{}
	for _, b := range m.behaviours {
		byID[b.Behaviour.Behaviour] = append(byID[b.Behaviour.Behaviour], b)
	}
	var out []conduct
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		c := conduct{ID: id, Name: m.in.say(cmp.Or(names[id], plain(id)))}
		if err := m.fill(ctx, q, &c, byID[id]); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b conduct) int {
		return cmp.Or(cmp.Compare(b.against, a.against), cmp.Compare(b.total, a.total), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

func (m *material) fill(ctx context.Context, q *quoter, c *conduct, evidence []analysis.BehaviourEvidence) error {
	voices := m.voices(asEvidence(evidence))
	for _, channel := range m.heard() {
		well := ofVoices(voices, func(v voice) bool { return v.Channel == channel && v.Score > 0 })
		badly := ofVoices(voices, func(v voice) bool { return v.Channel == channel && v.Score < 0 })
		what := c.Name + ", " + m.in.inChannel(channel)
		c.Counts = append(c.Counts, conductCount{
			Channel: m.in.channel(channel),
			For:     m.few(len(well), m.in.count(len(well)), m.in.say("%s: told well of", what), well),
			Against: m.few(len(badly), m.in.count(len(badly)), m.in.say("%s: told badly of", what), badly),
			well:    len(well), badly: len(badly),
		})
		c.against += len(badly)
		c.total += len(badly) + len(well)
	}
	c.Breaks = m.breaks(c.Name, evidence)
	c.Against, c.For = m.telling(voices, -1, conductQuotes), m.telling(voices, 1, conductQuotes)
	shown := map[string]bool{}
	for _, v := range slices.Concat(c.Against, c.For) {
		shown[v.Feedback] = true
	}
	c.Rest = m.rest(c.total-len(shown), m.in.say("%s: what the page leaves out", c.Name), func() [][]string {
		return ofVoices(voices, func(v voice) bool { return v.Score != 0 && !shown[v.Feedback] })
	})
	for _, side := range [][]voice{c.Against, c.For} {
		for i := range side {
			if err := side[i].speak(ctx, q, 220, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// asEvidence lets what is said about behaviours be listed as what is said about touchpoints is.
func asEvidence(of []analysis.BehaviourEvidence) []analysis.Evidence {
	out := make([]analysis.Evidence, len(of))
	for i, b := range of {
		out[i] = analysis.Evidence{
			Mention: analysis.Mention{
				Feedback: b.Feedback, Version: b.Version, Part: b.Part, Start: b.Start, End: b.End,
				Score: b.Score, Confidence: b.Confidence, Origin: analysis.FromText,
			},
			Channel: b.Channel, Source: b.Source, Date: b.Date, Words: b.Words, Private: b.Private, URL: b.URL,
		}
	}
	return out
}

// breaks names the touchpoints at which a behaviour was missing, with how many persons said so.
func (m *material) breaks(name string, evidence []analysis.BehaviourEvidence) []part {
	persons := map[string][]string{}
	for _, b := range evidence {
		if b.Score >= 0 {
			continue
		}
		for _, t := range b.Touchpoints {
			if t != analysis.General && !slices.Contains(persons[t], b.Feedback) {
				persons[t] = append(persons[t], b.Feedback)
			}
		}
	}
	var steps []analysis.Touchpoint
	for _, t := range m.journey {
		if len(persons[t.ID]) > 0 {
			steps = append(steps, t)
		}
	}
	slices.SortStableFunc(steps, func(a, b analysis.Touchpoint) int { return cmp.Compare(len(persons[b.ID]), len(persons[a.ID])) })
	var out []part
	for i, t := range steps {
		switch {
		case i > 0 && i == len(steps)-1:
			out = append(out, part{Text: m.in.say(" and ")})
		case i > 0:
			out = append(out, part{Text: ", "})
		}
		n := len(persons[t.ID])
		out = append(out, part{Text: t.Name + " ("}, m.few(n, m.in.count(n), m.in.say("%s breaks at %s", name, t.Name), each(persons[t.ID])), part{Text: ")"})
	}
	return out
}
