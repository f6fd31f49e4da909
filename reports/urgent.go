package reports

import (
	"context"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// What makes a review one that needs a person now.
const (
	urgentDays  = 30   // how far back it may lie
	lowRating   = 2.0  // at most, of 5
	veryLow     = -0.6 // mean score at most, where the rating does not say
	goodRating  = 4.0  // a review rated so well is not urgent, whatever one sentence says
	urgentShown = 4    // how many stand in the open
)

// An urgent review is a public one, unhappy and without an answer.
type urgent struct {
	voice
	Days     int    // since it was given
	Wordless bool   // a rating and nothing said
	Reply    string // what became of the reply, empty where none was tried
}

// urgent returns the unanswered unhappy reviews of the last thirty days, oldest first.
func (m *material) urgent(ctx context.Context, q *quoter) ([]urgent, error) {
	out := m.unanswered()
	for i := range out {
		u := &out[i]
		if u.Wordless {
			continue
		}
		if err := u.speak(ctx, q, 240, 1); err != nil {
			return nil, err
		}
		u.More = 0 // an answer is about the whole review; the link opens it
	}
	return out, nil
}

// unanswered are those of urgent without their words.
func (m *material) unanswered() []urgent {
	since := UnansweredSince(m.now)
	var open []analysis.Evidence
	for _, e := range m.evidence {
		if e.Channel == collector.Review && !e.Replied && !e.Gone && e.Date.Known() && !e.Date.Start.Before(since) && !e.Date.Start.After(m.now) {
			open = append(open, e)
		}
	}
	var out []urgent
	for _, v := range m.voices(open) {
		if !unhappy(v) {
			continue
		}
		u := urgent{voice: v, Days: int(m.now.Sub(v.date.Start) / (24 * time.Hour))}
		u.About = m.about(v)
		u.evidence = slices.DeleteFunc(slices.Clone(v.evidence), func(e analysis.Evidence) bool { return e.Score > 0 })
		if len(u.evidence) == 0 {
			u.evidence = v.evidence
		}
		out = append(out, u)
	}
	out = append(out, m.wordless(since)...)
	for _, r := range m.reviews {
		if i := slices.IndexFunc(out, func(u urgent) bool { return u.Feedback == r.Feedback }); i >= 0 {
			if words := replyWords[r.ReplyState]; words != "" {
				out[i].Reply = m.in.say(words)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b urgent) int { return a.date.Start.Compare(b.date.Start) })
	return out
}

// replyWords say what became of a reply that does not stand at the source.
var replyWords = map[string]string{"rejected": "the reply was refused there", "pending": "the reply is not shown there yet"}

// wordless are the unanswered reviews with a low rating and not a word: nothing is read out of them, so
// that they stand under no touchpoint.
func (m *material) wordless(since time.Time) []urgent {
	var out []urgent
	for _, f := range m.reviews {
		if !f.Wordless || f.Replied || f.Gone || !f.Rating.Valid || f.Rating.Value > lowRating || f.Given.Start.Before(since) || f.Given.Start.After(m.now) {
			continue
		}
		out = append(out, urgent{Days: int(m.now.Sub(f.Given.Start) / (24 * time.Hour)), Wordless: true, voice: voice{
			Feedback: f.Feedback, Channel: string(collector.Review), Source: f.Source, When: m.in.when(f.Given, m.practice.Zone), Rated: m.in.rated(f.Rating),
			Link: link(f.URL), Late: m.late(f.Given), date: f.Given,
		}})
	}
	return out
}

// Ages count the unhappy public reviews of the last thirty days that have no reply. The outer limits that
// customers expect are two days and a week.
type Ages struct{ UnderTwoDays, UnderAWeek, Older int }

// UnansweredSince is the time from which an unanswered review counts.
func UnansweredSince(now time.Time) time.Time { return now.AddDate(0, 0, -urgentDays) }

// Unanswered counts, of public reviews since then without a reply, those that pages list under "act now".
func Unanswered(reviews []analysis.Evidence, now time.Time) Ages {
	m := &material{in: english, now: now, evidence: reviews, practice: collector.Practice{Zone: time.UTC}}
	return agesOf(m.unanswered())
}

func agesOf(open []urgent) Ages {
	var a Ages
	for _, u := range open {
		switch {
		case u.Days < 2:
			a.UnderTwoDays++
		case u.Days < 7:
			a.UnderAWeek++
		default:
			a.Older++
		}
	}
	return a
}

// Sentence says the ages, empty without any.
func (a Ages) Sentence() string { return a.sentence(english) }

func (a Ages) sentence(l *language) string {
	if a == (Ages{}) {
		return ""
	}
	return l.say("By age: %d under two days, %d under a week, %d a week or more.", a.UnderTwoDays, a.UnderAWeek, a.Older)
}

func unhappy(v voice) bool {
	r := v.evidence[0].Rating
	if r.Valid && r.Value <= lowRating {
		return true
	}
	return v.Score <= veryLow && !(r.Valid && r.Value >= goodRating)
}

// about names the touchpoints a voice is unhappy about, in the order of the journey.
func (m *material) about(v voice) string {
	var names []string
	for _, t := range m.journey {
		if t.ID != analysis.General && slices.ContainsFunc(v.evidence, func(e analysis.Evidence) bool {
			return e.Touchpoint == t.ID && e.Score < 0
		}) {
			names = append(names, t.Name)
		}
	}
	return strings.Join(names, "; ")
}
