package reports

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"percept/analysis"
	"percept/collector"
)

// A voice is one feedback as a list shows it: who said it where and when, and what it said about
// one touchpoint.
type voice struct {
	Feedback string
	Channel  string
	Source   string
	When     string
	Rated    string
	Link     string // where a person can read it, empty when that is no web address
	Score    float64
	Quotes   []said
	About    string // the touchpoints it is about, where the list says so
	Late     bool   // given after the last whole week: not counted yet
	More     int    // what else it says about the touchpoint
	date     collector.Date
	evidence []analysis.Evidence
}

// What was said: words, or the answer to a rating question.
type said struct {
	Quote    *quote
	Question string
	Rated    string
}

// ID is the beginning of the feedback's id, enough for percept explain.
func (v voice) ID() string { return v.Feedback[:min(8, len(v.Feedback))] }

// Tone is the class of the voice's mean score.
func (v voice) Tone() string {
	switch {
	case v.Score < 0:
		return "unhappy"
	case v.Score > 0:
		return "happy"
	}
	return "neutral"
}

// voices groups evidence by feedback, in its order, and averages the scores of each.
func (m *material) voices(evidence []analysis.Evidence) []voice {
	var out []voice
	at := map[string]int{}
	for _, e := range evidence {
		i, ok := at[e.Feedback]
		if !ok {
			i = len(out)
			at[e.Feedback] = i
			out = append(out, voice{
				Feedback: e.Feedback, Channel: string(e.Channel), Source: e.Source,
				When: m.in.when(e.Date, m.practice.Zone), Rated: m.ratedBy(string(e.Channel), e.Rating), Link: link(e.URL),
				Late: m.late(e.Date), date: e.Date,
			})
		}
		out[i].evidence = append(out[i].evidence, e)
	}
	for i := range out {
		var sum float64
		for _, e := range out[i].evidence {
			sum += e.Score
		}
		out[i].Score = sum / float64(len(out[i].evidence))
	}
	return out
}

// ratedBy says how one person rated the visit. A page for sharing does not say it of a survey: no figure there is of one.
func (m *material) ratedBy(channel string, r collector.Rating) string {
	if m.masks && answers(channel) {
		return ""
	}
	return m.in.rated(r)
}

// about is the evidence of one touchpoint.
func about(evidence []analysis.Evidence, touchpoint string) []analysis.Evidence {
	var out []analysis.Evidence
	for _, e := range evidence {
		if e.Touchpoint == touchpoint {
			out = append(out, e)
		}
	}
	return out
}

// speak fills in what a voice said: at most most quotes of about limit bytes each, the strongest first.
func (v *voice) speak(ctx context.Context, q *quoter, limit, most int) error {
	v.Quotes, v.More = nil, 0
	evidence := slices.Clone(v.evidence)
	slices.SortStableFunc(evidence, func(a, b analysis.Evidence) int {
		return cmp.Compare(strength(b), strength(a))
	})
	var shown []analysis.Evidence
	for _, e := range evidence {
		if slices.ContainsFunc(shown, func(s analysis.Evidence) bool { return s.Part == e.Part && s.Origin == e.Origin }) && len(e.Words) <= limit {
			continue // the part is shown whole already
		}
		if len(shown) == most {
			v.More++
			continue
		}
		shown = append(shown, e)
		s, err := q.said(ctx, e, limit)
		if err != nil {
			return err
		}
		v.Quotes = append(v.Quotes, s)
	}
	return nil
}

// strength orders what was said by how much it tells: words before ratings, then how sure and how strong.
func strength(e analysis.Evidence) float64 {
	s := e.Confidence * max(e.Score, -e.Score)
	if e.Origin == analysis.FromText {
		s += 2
	}
	return s
}

// said reads one piece of evidence as a list shows it.
func (q *quoter) said(ctx context.Context, e analysis.Evidence, limit int) (said, error) {
	s := said{Question: e.Question}
	if q.mask {
		s.Question = q.in.masked(s.Question)
	}
	if e.Origin == analysis.FromRating {
		s.Rated = q.in.rated(e.Answer)
		return s, nil
	}
	if e.Private {
		s.Quote = &quote{Pieces: []piece{{Text: q.in.say("[asked not to be quoted]"), Mask: true}}}
		return s, nil
	}
	words, err := q.quote(ctx, passage{e.Feedback, e.Version, e.Part, e.Start, e.End, e.Words}, limit)
	if err != nil {
		return said{}, err
	}
	s.Quote = &words
	return s, nil
}

// telling returns the voices whose words say most plainly that things are bad (sign -1) or good (1).
func telling(voices []voice, sign float64, most int) []voice {
	var found []voice
	for _, v := range voices {
		if v.Score*sign <= 0 {
			continue
		}
		v.evidence = slices.DeleteFunc(slices.Clone(v.evidence), func(e analysis.Evidence) bool {
			return e.Private || e.Origin != analysis.FromText || e.Score*sign <= 0 || e.End-e.Start < 12
		})
		if len(v.evidence) > 0 {
			found = append(found, v)
		}
	}
	best := func(v voice) float64 {
		var s float64
		for _, e := range v.evidence {
			s = max(s, strength(e))
		}
		return s
	}
	slices.SortStableFunc(found, func(a, b voice) int { return cmp.Compare(best(b), best(a)) })
	return found[:min(most, len(found))]
}

// link returns an address a page may link to: http or https with a host, else nothing.
func link(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.String()
}
