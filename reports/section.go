package reports

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
)

// A section is one touchpoint on the weekly page: what each channel says, and the words behind it.
type section struct {
	ID, Name, Phase string
	Channels        []channelView
	Voices          []voice
	Total           string // how many feedbacks of the quarter are about it, where it is told
	Rest            part   // how many of them the list leaves out, empty for none
	Table           []tableWeek
	TableChannels   []string
}

// A channelView is a touchpoint as one channel tells it.
type channelView struct {
	Channel, Name string
	Verdict       analysis.Verdict
	Sentence      string
	Count         string // the people, as a chip says them
	People        part
	Negative      part
	Mean          string // mean score of the quarter with its interval, empty under ten people
	Chart         *runChart
}

// Class is the style of the channel's verdict.
func (c channelView) Class() string { return class(c.Verdict.Word) }

func class(w analysis.Word) string {
	switch w {
	case analysis.Worse, analysis.Better, analysis.Steady:
		return string(w)
	}
	return "notyet"
}

// A tableWeek is a row of the table behind the charts of a section; cells are nil in a gap.
type tableWeek struct {
	Monday time.Time
	Cells  []*runWeek
}

// sections returns every touchpoint of the journey in order, each with at most most voices.
func (m *material) sections(ctx context.Context, q *quoter, most int) ([]section, error) {
	var out []section
	for _, t := range m.journey {
		voices := m.voices(about(m.evidence, t.ID))
		s := section{ID: t.ID, Name: t.Name, Phase: t.Phase}
		for _, channel := range m.heard() {
			s.Channels = append(s.Channels, m.channel(channel, t, voices))
		}
		s.table()
		s.Voices = m.listed(voices)
		s.Voices = s.Voices[:min(most, len(s.Voices))]
		if !m.masks {
			s.Total = ": " + m.in.count(len(voices))
		}
		s.Rest = m.rest(len(voices)-len(s.Voices), m.in.say("%s: what the page leaves out", t.Name), func() [][]string { return ofVoices(voices[len(s.Voices):], all) })
		for i := range s.Voices {
			if err := s.Voices[i].speak(ctx, q, 280, 2); err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// heard are the channels that said anything at all, in order; never none.
func (m *material) heard() []string {
	var out []string
	for _, c := range channels {
		heard := slices.ContainsFunc(m.evidence, func(e analysis.Evidence) bool { return string(e.Channel) == c })
		heard = heard || len(m.totals[c]) > 0
		for at, v := range m.verdicts {
			heard = heard || at.channel == c && v.People > 0
		}
		if heard {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return channels[:1] // an empty practice has its journey too
	}
	return out
}

// verdict is the verdict of a place; of one that was not judged that there is not enough yet, with its people.
func (m *material) verdict(channel, touchpoint string) analysis.Verdict {
	at := place{channel, touchpoint}
	v, judged := m.verdicts[at]
	if !judged {
		v = analysis.Verdict{Channel: channel, Touchpoint: touchpoint, Word: analysis.NotEnough}
		for _, p := range m.points[at] {
			if !p.Week.Before(m.from) {
				v.People += p.People
				v.Negative += p.Negative
			}
		}
	}
	return v
}

func (m *material) channel(channel string, t analysis.Touchpoint, voices []voice) channelView {
	at, v := place{channel, t.ID}, m.verdict(channel, t.ID)
	c := channelView{Channel: channel, Name: m.in.channel(channel), Verdict: v, Sentence: m.sentence(v)}
	c.Count, c.People = m.counted(v, m.in.count(v.People)).Text, m.counted(v, m.in.people(v.People))
	c.People.Text = capital(c.People.Text)
	c.Negative = m.unhappy(at, m.from, m.last.Add(week), v.People, v.Negative, m.quarterOf(v)+m.in.say(", unhappy"), m.spoke(channel, t.ID, m.from, m.last.Add(week), true))
	c.Chart = m.run(at, t.Name+", "+c.Name, v)
	var scores []float64
	for _, voice := range voices {
		if voice.Channel == channel && !voice.Late {
			scores = append(scores, voice.Score)
		}
	}
	c.Mean = m.mean(channel, scores)
	return c
}

// run draws the year of a place, with what its numbers count; on a page for sharing weeks of few are one dot with others.
func (m *material) run(at place, name string, v analysis.Verdict) *runChart {
	c := newRunChart(m.in, name, m.points[at], v, m.begin)
	if c == nil {
		return nil
	}
	if m.masks {
		all := m.stretches(at)
		if len(all) == 0 {
			return nil
		}
		d := m.discloses[at]
		c.gather(all, timeline{m.begin, year})
		c.Label = m.in.say("%s, mean score over a year: %s in %s", name, m.in.people(d.before[year]), m.in.plural(len(all), "dot", "dots")) + m.in.judged(v)
		if c.Change != nil && !d.has(d.means, m.weekOf(v.Since), year) {
			c.Centres = nil
		}
	}
	for i := range c.Weeks {
		w := &c.Weeks[i]
		w.N = m.counts(at, w.Monday, w.end(), w.People, m.in.count(w.People), m.weeksOf(at.channel, at.touchpoint, w.Monday, int(w.end().Sub(w.Monday)/week)), m.spoke(at.channel, at.touchpoint, w.Monday, w.end(), false))
	}
	return c
}

// rest is how many a list leaves out, with who they are; a page for sharing says no more than that there are some, for the
// list can be counted and what both come to may be told by channel.
func (m *material) rest(n int, what string, of func() [][]string) part {
	switch {
	case n == 0:
		return part{}
	case m.masks:
		return part{Text: m.in.say("Some")}
	}
	return m.proof.number(n, m.in.count(n), what, of())
}

// weeksOf names the people of a touchpoint in some weeks.
func (m *material) weeksOf(channel, touchpoint string, monday time.Time, weeks int) string {
	if weeks == 1 {
		return m.in.say("%s, %s: people in the week of %s", m.name(touchpoint), m.in.inChannel(channel), m.in.day(monday))
	}
	return m.in.say("%s, %s: people in %d weeks from %s", m.name(touchpoint), m.in.inChannel(channel), weeks, m.in.day(monday))
}

// table joins the weeks of the channels' charts into rows, newest first.
func (s *section) table() {
	rows := map[time.Time][]*runWeek{}
	for i, c := range s.Channels {
		s.TableChannels = append(s.TableChannels, c.Name)
		if c.Chart == nil {
			continue
		}
		for _, w := range c.Chart.Weeks {
			if rows[w.Monday] == nil {
				rows[w.Monday] = make([]*runWeek, len(s.Channels))
			}
			rows[w.Monday][i] = &w
		}
	}
	for monday, cells := range rows {
		s.Table = append(s.Table, tableWeek{monday, cells})
	}
	slices.SortFunc(s.Table, func(a, b tableWeek) int { return b.Monday.Compare(a.Monday) })
}

// note is what else is to be known of a verdict, in words of the page.
func (m *material) note(v analysis.Verdict) string {
	notes := strings.Split(strings.TrimSuffix(v.Note, "."), "; ")
	for i, note := range notes {
		notes[i] = m.in.note(note)
		number, _, _ := strings.Cut(note, " ")
		if n, err := strconv.Atoi(number); err == nil && m.small(n) {
			notes[i] = strings.Replace(notes[i], number, m.in.say("under %d", smallCell), 1)
		}
	}
	return strings.Join(notes, "; ")
}

// sentence says a verdict in plain words, with all that it rests on.
func (m *material) sentence(v analysis.Verdict) string {
	var s string
	switch v.Word {
	case analysis.Worse, analysis.Better:
		s = m.in.say("%s %s. The score moved by %s (90 %% sure: %s to %s).",
			capital(m.in.word(v.Word)), m.in.since(v), m.in.signed(v.Effect), m.in.signed(v.EffectLo), m.in.signed(v.EffectHi))
		if v.Word == analysis.Worse && v.Visible > 0 {
			s += m.in.say(" A drop of %.2f is seen within 8 weeks four times in five, a smaller one less often.", v.Visible)
		}
	case analysis.Steady:
		s = m.in.say("No reliable change.")
		if v.Visible > 0 {
			s += m.in.say(" A drop of %.2f or more would have been seen within 8 weeks.", v.Visible)
		}
		if v.Watch {
			s += m.in.say(" It is near the line, and watched.")
		}
	default:
		s = m.in.say("Not enough yet to call a change.")
		if v.WeeksToEnough > 0 {
			s += m.in.say(" At this rate about %s needed.", m.in.plural(v.WeeksToEnough, "more week is", "more weeks are"))
		}
	}
	if v.Note != "" {
		s += " " + capital(m.note(v)) + "."
	}
	return s
}
