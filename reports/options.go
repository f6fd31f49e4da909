package reports

import (
	"time"

	"percept/analysis"
)

// An Audience says who may read a page.
type Audience string

// The audiences. Shared is the default: persons named in quotes are masked.
const (
	Shared   Audience = "shared"
	Internal Audience = "internal"
)

// An AlertRecord is how the alerts of a practice went in the weeks that n counts.
type AlertRecord struct {
	Raised, Open int
	// Mended are those of a source that was read again, Withdrawn those of what later data shows to be no slip: both were
	// closed by themselves.
	Mended, Withdrawn int
	// Acked are those that a person acknowledged or closed, Closed those closed, Useless those of them that
	// were not worth an interruption.
	Acked, Closed, Useless int
	// Ack and Close are the times within which half of the Acked were acknowledged and half of the Closed closed.
	Ack, Close time.Duration
	// Of are the alerts that are counted: each is the id of its feedback, or empty for a slip or a source.
	Of AlertLists
}

// AlertLists are alerts by how they went.
type AlertLists struct{ Raised, Open, Mended, Withdrawn, Acked, Closed, Useful []string }

// Sentence says the record in a line, empty where nothing was raised.
func (r AlertRecord) Sentence() string { return sentenceOf(r.parts(english, nil)) }

// parts are the sentence with the alerts behind its numbers.
func (r AlertRecord) parts(l *language, p *proof) []part {
	if r.Raised == 0 {
		return nil
	}
	number := func(n int, what string, of []string) part {
		return p.number(n, l.count(n), what, alerted(of))
	}
	s := l.parts("Alerts: %d raised, %d open", number(r.Raised, l.say("Alerts raised"), r.Of.Raised), number(r.Open, l.say("Alerts open"), r.Of.Open))
	if r.Mended > 0 {
		n := number(r.Mended, l.say("Alerts of sources that were mended"), r.Of.Mended)
		if r.Mended == 1 {
			s = append(s, l.parts(", %d mended and closed by itself", n)...)
		} else {
			s = append(s, l.parts(", %d mended and closed by themselves", n)...)
		}
	}
	if r.Withdrawn > 0 {
		s = append(s, l.parts(", %d withdrawn since later data shows no slip", number(r.Withdrawn, l.say("Alerts withdrawn"), r.Of.Withdrawn))...)
	}
	acked, closed := number(r.Acked, l.say("Alerts acknowledged"), r.Of.Acked), number(r.Closed, l.say("Alerts closed"), r.Of.Closed)
	s = append(s, part{Text: "; "})
	s = append(s, l.done(r.Acked, acked, r.Ack, "none acknowledged", "%d acknowledged, within %s", "%d acknowledged, half of them within %s")...)
	s = append(s, part{Text: "; "})
	s = append(s, l.done(r.Closed, closed, r.Close, "none closed", "%d closed, within %s", "%d closed, half of them within %s")...)
	s = append(s, part{Text: "."})
	if r.Closed > 0 {
		useful := number(r.Closed-r.Useless, l.say("Alerts worth the interruption"), r.Of.Useful)
		s = append(s, l.parts(" Worth the interruption: %d of the %d closed.", useful, closed)...)
	}
	return s
}

// alerted are alerts as a list shows them; one without feedback is an item of none.
func alerted(feedbacks []string) [][]string {
	out := make([][]string, len(feedbacks))
	for i, id := range feedbacks {
		if id != "" {
			out[i] = []string{id}
		}
	}
	return out
}

// done says how many were done, and how fast, in the text for none, for one or for many.
func (l *language) done(n int, number part, half time.Duration, none, one, many string) []part {
	switch n {
	case 0:
		return []part{{Text: l.say(none)}}
	case 1:
		return l.parts(one, number, l.lasting(half))
	}
	return l.parts(many, number, l.lasting(half))
}

// lasting writes a duration in the unit a person would take.
func (l *language) lasting(d time.Duration) string {
	switch {
	case d < time.Hour:
		return l.plural(int(d/time.Minute), "minute", "minutes")
	case d < 48*time.Hour:
		return l.plural(int(d/time.Hour), "hour", "hours")
	}
	return l.plural(int(d/(24*time.Hour)), "day", "days")
}

// Options are what a page needs besides the store.
type Options struct {
	// Now is the moment the page is of; the same store and the same now give the same bytes.
	Now time.Time
	// Taxonomy names the touchpoints of a practice, their order and the behaviours; never nil.
	Taxonomy func(practice string) *analysis.Taxonomy
	// Version is percept's own.
	Version string
	// Audience is Shared when empty.
	Audience Audience
	// Only is the id of the one practice whose page is written, empty for all; the index is of all.
	Only string
	// Alerts says how the alerts of a practice went; nil says nothing of them.
	Alerts func(practice string) AlertRecord
	// Insights are the numbers of a practice by channel, reviews first; nil shows none.
	Insights func(practice string) []analysis.Insight
	// Owners name who acts on a touchpoint of a practice, empty where nobody does; nil knows nobody.
	Owners func(practice string) func(touchpoint string) string
	// Language is the language of a practice's weekly page, one of Languages, and with "" that of the index; nil and
	// empty are English.
	Language func(practice string) string
	// Config names what the figures of a practice depend on in the config, such as by its hash; nil and empty name nothing.
	Config func(practice string) string
	// Explorable asks for charts that can be explored, on pages that are files, where this percept was built with the
	// script for it; that makes a page bigger by half a megabyte.
	Explorable bool
	// Drawings may be nil.
	Drawings *Drawings
	// Workers is how many pages Build makes at a time; under 1 is one for each processor.
	Workers int
}

// language is the one of a practice's page, of the index with "".
func (o Options) language(practice string) *language {
	if o.Language == nil {
		return english
	}
	return languageOf(o.Language(practice))
}

func (o Options) explorable() bool { return o.Explorable && Explorable() }

func (o Options) masks() bool { return o.Audience != Internal }
