package reports

import (
	"context"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// A headline is the page in three lines: what changed, why, what to do.
type headline struct {
	Changed []part // sentence in parts, some of them links
	Why     []part
	Quote   *quote
	Speaker string // who said Quote: source and day
	Next    []todo
	Quiet   bool
}

// A part is a run of a sentence; with Href it is a link.
type part struct{ Text, Href string }

// A todo is one thing to do next.
type todo struct{ Text, Href, Owner string }

// namedSlips is how many touchpoints the first line names before it counts the rest.
const namedSlips = 3

// headline says what the verdicts come to.
func (m *material) headline(ctx context.Context, q *quoter, open []urgent) (headline, error) {
	var h headline
	changes := m.changes()
	h.Changed = m.changed(changes)
	h.Quiet = len(changes) == 0
	if !h.Quiet {
		var err error
		if h.Why, h.Quote, h.Speaker, err = m.why(ctx, q, changes[0]); err != nil {
			return headline{}, err
		}
	}
	h.Next = m.next(changes, open)
	return h, nil
}

// changed is the first line.
func (m *material) changed(changes []analysis.Verdict) []part {
	if len(changes) == 0 {
		text := m.in.say("Not enough feedback yet to tell a change.")
		switch {
		case m.judged():
			text = m.in.say("No reliable change this week.")
		case slices.ContainsFunc(m.health, func(h collector.Health) bool { return !sound(h) }):
			text = m.in.say("No verdict this week: data is missing.")
		}
		return []part{{Text: text}}
	}
	var line []part
	for _, word := range []analysis.Word{analysis.Worse, analysis.Better} {
		var steps []analysis.Verdict
		for _, v := range changes {
			if v.Word != word {
				continue
			}
			if v.Touchpoint == analysis.PracticeWide {
				text := "Everything slipped, in %s%s. "
				if word == analysis.Better {
					text = "Everything improved, in %s%s. "
				}
				line = append(line, part{Text: m.in.say(text, m.in.inChannel(v.Channel), m.began(v))})
				continue
			}
			steps = append(steps, v)
		}
		line = append(line, m.named(steps)...)
	}
	return line
}

// named says which touchpoints went one way.
func (m *material) named(steps []analysis.Verdict) []part {
	var line []part
	for i, v := range steps {
		switch {
		case i == namedSlips:
			rest := part{Text: m.in.say("%d more", len(steps)-i), Href: "#drivers"}
			return append(line, rest, part{Text: m.in.say(" are %s too. ", m.in.word(v.Word))})
		case i > 0:
			line = append(line, part{Text: " "})
		}
		line = append(line,
			part{Text: m.name(v.Touchpoint), Href: "#tp-" + v.Touchpoint},
			part{Text: m.in.say(" is %s than usual in %s%s. ", m.in.word(v.Word), m.in.inChannel(v.Channel), m.began(v))})
	}
	return line
}

// word is a verdict on a page.
func (l *language) word(w analysis.Word) string { return l.say(string(w)) }

func (l *language) inChannel(channel string) string {
	switch collector.Kind(channel) {
	case collector.Review:
		return l.say("reviews")
	case collector.Response:
		return l.say("the survey")
	}
	return channel
}

// began says since when, without the year where that goes without saying; nothing where it is not known.
func (m *material) began(v analysis.Verdict) string {
	switch {
	case v.Since.IsZero():
		return ""
	case v.Since.Year() == m.last.Year():
		return m.in.say(", since about %s", m.in.date(v.Since, "2 January"))
	}
	return m.in.say(", since about %s", m.in.day(v.Since))
}

// why is the second line: the share of people behind the first change, and one of them in their words.
func (m *material) why(ctx context.Context, q *quoter, v analysis.Verdict) ([]part, *quote, string, error) {
	before, after := m.split(place{v.Channel, v.Touchpoint}, v.Since)
	evidence := about(m.evidence, v.Touchpoint)
	if v.Touchpoint == analysis.PracticeWide {
		evidence = m.evidence
	}
	var line []part
	if after.People > 0 {
		u, n, ub, nb := m.splitNumbers(place{v.Channel, v.Touchpoint}, v.Since, before, after)
		if n.Href == "" {
			n.Href = "#words-" + v.Touchpoint
			if v.Touchpoint == analysis.PracticeWide {
				n.Href = "#drivers"
			}
		}
		n.Text = strings.Replace(m.in.people(after.People), m.in.count(after.People), n.Text, 1)
		line = append(line, u, part{Text: m.in.say(" of the ")}, n, part{Text: m.in.say(wereUnhappy(u.Text))})
		if before.People > 0 {
			line = append(line, part{Text: m.in.say("; before that, over the year, ")}, ub, part{Text: m.in.say(" of ")}, nb)
		}
		line = append(line, part{Text: "."})
	}
	sign := 1.0
	if v.Word == analysis.Worse {
		sign = -1
	}
	if told := telling(m.lately(evidence, v.Channel, v.Since), sign, 1); len(told) > 0 {
		voice := told[0]
		s, err := q.said(ctx, voice.evidence[0], 150)
		if err != nil {
			return nil, nil, "", err
		}
		return line, s.Quote, m.in.source(voice.Source) + ", " + voice.When, nil
	}
	return line, nil, "", nil
}

// splitNumbers are the numbers of a split with what they count: unhappy and all since a Monday, unhappy and all before.
func (m *material) splitNumbers(at place, since time.Time, before, after tally) (unhappySince, allSince, unhappyBefore, allBefore part) {
	end := m.last.Add(week)
	number := func(n, of int, from, to time.Time, unhappy bool) part {
		what := m.in.say("%s, %s: people from %s to %s", m.name(at.touchpoint), m.in.inChannel(at.channel), m.in.day(from), m.in.day(to.Add(-24*time.Hour)))
		if unhappy {
			what += m.in.say(", unhappy")
		}
		items := m.spoke(at.channel, at.touchpoint, from, to, unhappy)
		if at.touchpoint == analysis.PracticeWide {
			items = ofVoices(m.lately(m.evidence, at.channel, since), func(v voice) bool { return !unhappy || v.Score < 0 })
		}
		if unhappy {
			return m.unhappy(at, from, to, of, n, what, items)
		}
		return m.counts(at, from, to, n, m.in.count(n), what, items)
	}
	return number(after.Negative, after.People, since, end, true), number(after.People, after.People, since, end, false),
		number(before.Negative, before.People, m.begin, since, true), number(before.People, before.People, m.begin, since, false)
}

func wereUnhappy(n string) string {
	if n == "1" {
		return " who spoke about it since then was unhappy"
	}
	return " who spoke about it since then were unhappy"
}

// lately are the voices of a channel since a Monday, as far as the quarter goes back, up to the week that was
// judged: what came after it has no part in a verdict.
func (m *material) lately(evidence []analysis.Evidence, channel string, monday time.Time) []voice {
	var of []analysis.Evidence
	since := m.midnight(monday)
	for _, e := range evidence {
		if string(e.Channel) == channel && e.Date.Known() && !e.Date.Start.Before(since) && !m.late(e.Date) {
			of = append(of, e)
		}
	}
	return m.voices(of)
}

// next is the third line: what to do, from the most urgent.
func (m *material) next(changes []analysis.Verdict, open []urgent) []todo {
	var out []todo
	if n := len(open); n > 0 {
		out = append(out, todo{m.in.say("Answer %s for a reply.", m.in.plural(n, "unhappy review that waits", "unhappy reviews that wait")), "#act-now", m.owner(analysis.General)})
	}
	for _, v := range changes {
		if v.Word == analysis.Worse && v.Touchpoint != analysis.PracticeWide {
			out = append(out, todo{m.in.say("Read what people said about “%s” and agree on one thing to change there.", m.name(v.Touchpoint)), "#words-" + v.Touchpoint, m.owner(v.Touchpoint)})
			break
		}
	}
	for _, v := range changes {
		if v.Word == analysis.Better && v.Touchpoint != analysis.PracticeWide {
			out = append(out, todo{m.in.say("Tell the team what people praise about “%s”.", m.name(v.Touchpoint)), "#words-" + v.Touchpoint, ""})
			break
		}
	}
	stored := 0
	for _, h := range m.health {
		stored += h.Stored
	}
	switch {
	case slices.ContainsFunc(m.health, func(h collector.Health) bool { return !sound(h) }):
		out = append(out, todo{m.in.say("Find out why a source did not come in whole."), "#health", ""})
	case stored == 0:
		out = append(out, todo{m.in.say("Bring in the first feedback: nothing has come from any source yet."), "#health", ""})
	}
	return out
}
