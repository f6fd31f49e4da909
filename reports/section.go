package reports

import (
	"context"
	"maps"
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
	Total           int  // feedback of the quarter about it
	Rest            part // how many of them the list leaves out
	Table           []tableWeek
	TableChannels   []string
	Scarce          []scarceWeeks // not in Table
}

// Hidden is how many feedbacks the list leaves out.
func (s section) Hidden() int { return s.Total - len(s.Voices) }

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

// Drawn reports whether a chart of the section has numbers.
func (s section) Drawn() bool { return len(s.Table)+len(s.Scarce) > 0 }

// A tableWeek is a row of the table behind the charts of a section; cells are nil in a gap.
type tableWeek struct {
	Monday time.Time
	Cells  []*runWeek
}

// scarceWeeks are the weeks, newest first, of which a shared page says no more than that people spoke, and of any other
// channel not more either.
type scarceWeeks struct {
	Channel string
	Mondays []time.Time
}

// sections returns every touchpoint of the journey in order, each with at most most voices.
func (m *material) sections(ctx context.Context, q *quoter, most int) ([]section, error) {
	var out []section
	for _, t := range m.journey {
		voices := m.voices(about(m.evidence, t.ID))
		s := section{ID: t.ID, Name: t.Name, Phase: t.Phase, Total: len(voices)}
		for _, channel := range m.heard() {
			s.Channels = append(s.Channels, m.channel(channel, t, voices))
		}
		s.table()
		s.Voices = voices[:min(most, len(voices))]
		s.Rest = m.few(s.Hidden(), strconv.Itoa(s.Hidden()), m.in.say("%s: what the page leaves out", t.Name), ofVoices(voices[len(s.Voices):], all))
		s.Rest.Text = capital(s.Rest.Text)
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
	c.Count, c.People = m.counted(v, strconv.Itoa(v.People)).Text, m.counted(v, m.in.people(v.People))
	c.People.Text = capital(c.People.Text)
	c.Negative = m.few(v.Negative, strconv.Itoa(v.Negative), m.quarterOf(v)+m.in.say(", unhappy"), m.spoke(channel, t.ID, m.from, m.last.Add(week), true))
	if c.Chart = newRunChart(m.in, t.Name+", "+c.Name, m.points[at], v, m.begin); c.Chart != nil {
		for i := range c.Chart.Weeks {
			w := &c.Chart.Weeks[i]
			w.Hidden = m.small(w.People)
			w.N = m.counts(at, w.Monday, w.Monday.Add(week), w.People, strconv.Itoa(w.People), m.weeksOf(channel, t.ID, w.Monday, 1), m.spoke(channel, t.ID, w.Monday, w.Monday.Add(week), false))
		}
	}
	if n := c.Chart.people(); m.small(n) {
		c.Chart.Label = strings.Replace(c.Chart.Label, m.in.people(n), m.in.hiding(m.in.people(n), n, m.in.say("under %d", smallCell)), 1)
	}
	var scores []float64
	for _, voice := range voices {
		if voice.Channel == channel && !voice.Late {
			scores = append(scores, voice.Score)
		}
	}
	c.Mean = m.in.mean(scores)
	return c
}

// weeksOf names the people of a touchpoint in some weeks.
func (m *material) weeksOf(channel, touchpoint string, monday time.Time, weeks int) string {
	if weeks == 1 {
		return m.in.say("%s, %s: people in the week of %s", m.name(touchpoint), m.in.inChannel(channel), m.in.day(monday))
	}
	return m.in.say("%s, %s: people in %d weeks from %s", m.name(touchpoint), m.in.inChannel(channel), weeks, m.in.day(monday))
}

// table joins the weeks of the channels' charts into rows, newest first. Weeks that would be rows of small counts alone
// stand together.
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
	told := func(w *runWeek) bool { return w != nil && !w.Hidden }
	scarce := make([]scarceWeeks, len(s.Channels))
	for _, monday := range slices.SortedFunc(maps.Keys(rows), func(a, b time.Time) int { return b.Compare(a) }) {
		cells := rows[monday]
		if slices.ContainsFunc(cells, told) {
			s.Table = append(s.Table, tableWeek{monday, cells})
			continue
		}
		for i, w := range cells {
			if w != nil {
				scarce[i].Channel, scarce[i].Mondays = s.TableChannels[i], append(scarce[i].Mondays, monday)
			}
		}
	}
	s.Scarce = slices.DeleteFunc(scarce, func(w scarceWeeks) bool { return w.Mondays == nil })
}

// note is what else is to be known of a verdict, in words of the page.
func (m *material) note(v analysis.Verdict) string {
	said, _ := m.in.told(strings.TrimSuffix(v.Note, "."))
	return said
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
