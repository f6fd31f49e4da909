package reports

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"percept/analysis"
)

// A scorecard is half a page about one touchpoint.
type scorecard struct {
	ID, Name, Phase, Owner string
	Sides                  []*cardSide
	Bad, Good              []spoken
	Conducts               []labelled // how people were treated here
	Cause                  string     // a guess, where it slipped or stands out as bad; and how to check it
	First, Recovered       *Figure    // texts that went wrong first here, and those of them that end well
	Table                  []limitWeek
}

// A cardSide is a touchpoint as one channel tells it, over a year.
type cardSide struct {
	Channel, Name string
	N, Unhappy    Figure
	Mean, Happy   *Figure // nil under enough people
	Verdict       analysis.Verdict
	Said          Figure // the verdict in words
	Chart         *limitChart
	n             int
	mean, lo, hi  float64
	spread        float64 // standard deviation of the persons' scores
}

// Class is the style of the verdict.
func (s *cardSide) Class() string { return class(s.Verdict.Word) }

// A spoken is a quote in a scorecard.
type spoken struct {
	Voice  voice
	Figure Figure
	Words  *quote
}

// A limitWeek is a row of the table behind a card's charts.
type limitWeek struct {
	Monday time.Time
	Cells  []weekCell // by channel heard
}

type weekCell struct{ People, Score Figure }

// cardQuotes is how many quotes stand each way.
const cardQuotes = 2

func (a *auditor) scorecards(ctx context.Context) error {
	for _, t := range a.journey {
		c := &scorecard{ID: t.ID, Name: t.Name, Phase: t.Phase, Owner: a.o.Owner(t.ID)}
		var all []voice
		for _, channel := range a.heardChannels {
			told := a.told(channel, t.ID)
			all = append(all, told...)
			c.Sides = append(c.Sides, a.side(channel, t, told))
		}
		var err error
		if c.Bad, err = a.spoken(ctx, c, "bad", telling(all, -1, cardQuotes)); err != nil {
			return err
		}
		if c.Good, err = a.spoken(ctx, c, "good", telling(all, 1, cardQuotes)); err != nil {
			return err
		}
		a.treated(c)
		a.turned(c)
		a.weeks(c)
		a.page.Cards = append(a.page.Cards, c)
	}
	return nil
}

func (a *auditor) side(channel string, t analysis.Touchpoint, told []voice) *cardSide {
	v, judged := a.verdicts[place{channel, t.ID}]
	if !judged {
		v = analysis.Verdict{Word: analysis.NotEnough}
	}
	s := &cardSide{Channel: channel, Name: channelName(channel), Verdict: v, n: len(told)}
	what := t.Name + ", " + s.Name + ": "
	at := func(name string) string { return id(t.ID, channel, name) }
	unhappy, happy := 0, 0
	scores := make([]float64, len(told))
	for i, v := range told {
		scores[i] = v.Score
		switch v.Tone() {
		case "unhappy":
			unhappy++
		case "happy":
			happy++
		}
	}
	s.N = a.f.count(at("n"), what+"people of the year", s.n)
	s.Unhappy = a.f.count(at("unhappy"), what+"unhappy people of the year", unhappy)
	if s.n >= enough {
		var sum, squares float64
		for _, x := range scores {
			sum += x
		}
		s.mean = sum / float64(s.n)
		for _, x := range scores {
			squares += (x - s.mean) * (x - s.mean)
		}
		s.spread = math.Sqrt(squares / float64(s.n-1))
		half := t95(float64(s.n-1)) * s.spread / math.Sqrt(float64(s.n))
		s.lo, s.hi = max(-1, s.mean-half), min(1, s.mean+half)
		m := a.f.number(at("mean"), what+"mean score of the year", mean(scores), s.mean)
		s.Mean = &m
		share := analysis.Share{K: happy, N: s.n}
		lo, hi := share.Interval()
		h := a.f.number(at("happy"), what+"share of happy people", percent(share.Value(), lo, hi), share.Value())
		s.Happy = &h
	}
	s.Said = a.f.add(at("verdict"), what+"verdict", a.sentence(v), string(v.Word))
	if s.Chart = newLimitChart(t.Name+", "+s.Name, a.long[place{channel, t.ID}], v, a.history); s.Chart != nil && s.Chart.Says != "" {
		s.Chart.Limits = a.f.add(at("limits"), what+"natural limits of the weekly means", s.Chart.Says, precise(s.Chart.lo)+" to "+precise(s.Chart.hi))
	}
	return s
}

// spoken reads the words of voices, one quote each.
func (a *auditor) spoken(ctx context.Context, c *scorecard, side string, voices []voice) ([]spoken, error) {
	var out []spoken
	for i := range voices {
		v := voices[i]
		if err := v.speak(ctx, a.quote, 220, 1); err != nil {
			return nil, err
		}
		q := v.Quotes[0].Quote // telling takes words alone
		what := fmt.Sprintf("%s: quote, %s", c.Name, map[string]string{"bad": "unhappy", "good": "happy"}[side])
		out = append(out, spoken{v, a.f.quote(id(c.ID, side, strconv.Itoa(i+1)), what, q, v.Feedback), q})
	}
	return out, nil
}

// treated counts how people were treated at the touchpoint.
func (a *auditor) treated(c *scorecard) {
	for _, t := range a.traits {
		well, badly := a.persons(t.ID, c.ID)
		for _, side := range []struct {
			name, word string
			n          int
		}{{"badly", "missing", badly}, {"well", "shown", well}} {
			if side.n > 0 {
				c.Conducts = append(c.Conducts, labelled{t.Name + ", " + side.word,
					a.f.count(id(c.ID, "behaviour", t.ID, side.name), c.Name+": "+t.Name+", "+side.word, side.n)})
			}
		}
	}
}

// persons counts who told of a behaviour at a touchpoint, of any where that is empty.
func (a *auditor) persons(behaviour, touchpoint string) (well, badly int) {
	sum := map[string]float64{}
	for _, b := range a.behaviours {
		here := touchpoint == ""
		for _, t := range b.Touchpoints {
			here = here || t == touchpoint
		}
		if b.Behaviour.Behaviour == behaviour && here && !a.late(b.Date) {
			sum[b.Feedback] += b.Score
		}
	}
	for _, s := range sum {
		switch {
		case s > 0:
			well++
		case s < 0:
			badly++
		}
	}
	return well, badly
}

// turned counts the texts that went wrong first at the touchpoint.
func (a *auditor) turned(c *scorecard) {
	texts, recovered := 0, 0
	for _, in := range a.o.Insights {
		for _, t := range in.Turns {
			if t.Touchpoint == c.ID {
				texts += t.Texts
				recovered += t.Recovered
			}
		}
	}
	if texts > 0 {
		first := a.f.count(id(c.ID, "first"), c.Name+": texts that went wrong first here", texts)
		well := a.f.count(id(c.ID, "recovered"), c.Name+": of those, texts that end well", recovered)
		c.First, c.Recovered = &first, &well
	}
}

// weeks is the table behind the charts, newest first.
func (a *auditor) weeks(c *scorecard) {
	for monday := a.last; !monday.Before(a.history.begin); monday = monday.Add(-week) {
		row, any := limitWeek{Monday: monday, Cells: make([]weekCell, len(c.Sides))}, false
		for i, s := range c.Sides {
			if s.Chart == nil {
				continue
			}
			for _, w := range s.Chart.Weeks {
				if w.Monday.Equal(monday) {
					at, what := id(c.ID, s.Channel, monday.Format(time.DateOnly)), c.Name+", "+s.Name+", week of "+day(monday)
					row.Cells[i] = weekCell{a.f.count(at+".n", what+": people", w.People), a.f.mean(at+".mean", what+": mean score", signed(w.Mean), w.Mean, w.People)}
					any = true
				}
			}
		}
		if any {
			c.Table = append(c.Table, row)
		}
	}
}

// A mapPhase is a stretch of the journey map.
type mapPhase struct {
	Name  string
	Cards []*scorecard
}

func (a *auditor) journeyMap(context.Context) error {
	for _, c := range a.page.Cards {
		name := c.Phase
		if c.ID == analysis.General {
			name = "As a whole"
		}
		if n := len(a.page.Journey); n == 0 || a.page.Journey[n-1].Name != name {
			a.page.Journey = append(a.page.Journey, mapPhase{Name: name})
		}
		last := &a.page.Journey[len(a.page.Journey)-1]
		last.Cards = append(last.Cards, c)
	}
	return nil
}

// A conductRow is a behaviour over the whole journey.
type conductRow struct {
	Name, Breaks string
	Well, Badly  Figure
}

func (a *auditor) conductRows(context.Context) error {
	for _, t := range a.traits {
		well, badly := a.persons(t.ID, "")
		if well+badly == 0 && t.ID != continuity {
			continue
		}
		var where []string
		for _, c := range a.page.Cards {
			if _, n := a.persons(t.ID, c.ID); n > 0 && c.ID != analysis.General {
				where = append(where, c.Name)
			}
		}
		a.page.Behaviours = append(a.page.Behaviours, conductRow{
			Name: t.Name, Breaks: list(where),
			Well:  a.f.count(id("behaviour", t.ID, "well"), t.Name+", shown", well),
			Badly: a.f.count(id("behaviour", t.ID, "badly"), t.Name+", missing", badly),
		})
	}
	return nil
}
