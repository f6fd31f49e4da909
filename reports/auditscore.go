package reports

import (
	"context"
	"fmt"
	"slices"
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
	Topics                 []topicRow // what people talk about here more than elsewhere
	Cause                  string     // a guess, where it slipped or stands out as bad; and how to check it
	First, Recovered       *Figure    // texts that went wrong first here, and those of them that end well
}

// A cardSide is a touchpoint as one channel tells it, over a year.
type cardSide struct {
	Channel, Name string
	N, Unhappy    Figure
	Mean, Happy   *Figure // nil under enough people
	Verdict       analysis.Verdict
	Said          Figure // the verdict in words
	Chart         *limitChart
	Table         []stretchRow // the numbers of the chart, the newest first
	n             int
	mean, lo, hi  float64
}

// Charted reports whether there is a chart to show the numbers of.
func (c *scorecard) Charted() bool {
	return slices.ContainsFunc(c.Sides, func(s *cardSide) bool { return len(s.Table) > 0 })
}

// Class is the style of the verdict.
func (s *cardSide) Class() string { return class(s.Verdict.Word) }

// A spoken is a quote in a scorecard.
type spoken struct {
	Voice  voice
	Figure Figure
	Words  *quote
}

// A stretchRow is a row of the table behind a chart.
type stretchRow struct {
	Name          string
	People, Score Figure
}

// cardQuotes is how many quotes stand each way.
const cardQuotes = 2

func (a *auditor) scorecards(ctx context.Context) error {
	a.treated = a.treatments()
	topics, err := analysis.Topics(a.remarks(), smallCell)
	if err != nil {
		return fmt.Errorf("topics: %w", err)
	}
	for _, t := range a.journey {
		c := &scorecard{ID: t.ID, Name: t.Name, Phase: t.Phase, Owner: a.o.Owner(t.ID)}
		var all []voice
		for _, channel := range a.heardChannels {
			told := a.told(channel, t.ID)
			all = append(all, told...)
			c.Sides = append(c.Sides, a.side(channel, t, told))
		}
		if c.Bad, err = a.spoken(ctx, c, "bad", a.telling(all, -1, cardQuotes)); err != nil {
			return err
		}
		if c.Good, err = a.spoken(ctx, c, "good", a.telling(all, 1, cardQuotes)); err != nil {
			return err
		}
		a.treatedHere(c)
		a.talkedOf(c, topics[t.ID])
		a.turned(c)
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
	withheld := a.splits(place{channel, t.ID})
	bad, good := a.f.tones([2]string{at("unhappy"), at("happy")}, [2]string{what + "unhappy people of the year", what + "share of happy people"}, s.n, unhappy, happy, s.n >= enough, withheld)
	s.Unhappy = bad
	if s.n >= enough {
		s.mean, s.lo, s.hi = meanOf(scores)
		s.lo, s.hi = max(-1, s.lo), min(1, s.hi)
		m := a.f.mean(at("mean"), what+"mean score of the year", scores, s.mean, answers(channel))
		s.Mean = &m
		if !withheld {
			s.Happy = &good
		}
	}
	s.Said = a.f.add(at("verdict"), what+"verdict", a.sentence(v), string(v.Word))
	if s.Chart = newLimitChart(t.Name+", "+s.Name, a.long[place{channel, t.ID}], v, a.history, a.begin, !a.f.small && answers(channel)); s.Chart != nil {
		if s.Chart.Says != "" {
			s.Chart.Limits = a.f.add(at("limits"), what+"natural limits of the points", s.Chart.Says, precise(s.Chart.lo)+" to "+precise(s.Chart.hi))
		}
		a.stretched(s, at, what)
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
	if texts == 0 {
		return
	}
	with, all := make([]bool, 2), false
	if !a.f.small && !small(texts) {
		with, all = withhold([]int{recovered, texts - recovered})
	}
	first := a.f.countOr(id(c.ID, "first"), c.Name+": texts that went wrong first here", texts, all)
	well := a.f.countOr(id(c.ID, "recovered"), c.Name+": of those, texts that end well", recovered, all || with[0])
	c.First, c.Recovered = &first, &well
}

// stretched is the table behind a chart, newest first.
func (a *auditor) stretched(s *cardSide, at func(string) string, what string) {
	for _, x := range slices.Backward(s.Chart.Stretches) {
		name, key := "Week of "+day(x.from), x.from.Format(time.DateOnly)
		if x.to.After(x.from) {
			name = day(x.from) + " to " + day(x.to.AddDate(0, 0, 6))
		}
		s.Table = append(s.Table, stretchRow{name, a.f.count(at(key+".n"), what+name+": people", x.people),
			a.f.number(at(key+".mean"), what+name+": mean score", signed(x.mean), x.mean)})
	}
}
