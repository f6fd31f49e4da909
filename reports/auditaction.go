package reports

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// actionsMost is how many actions an audit proposes.
const actionsMost = 10

// An action is what to do, what it rests on, and when it can be judged.
type action struct {
	Problem, Do, Owner, Href string
	Evidence                 []labelled
	Metric                   string
	Effort                   string  // in the advisor's words; empty: a line to fill in
	Gain, Overall            *Figure // of the touchpoint's mean, at most; of the overall rating without those who speak of it
	GainOf, OverallOf        string
	Unknown                  string // what the evidence does not say of the effect
	Decide                   string // for the letter
	Wanted, Need, When       *Figure
	Why                      string // why no test can be fixed
	Quick                    bool   // needs no change of how people work
	urgency                  float64
	channel                  collector.Kind // in which the problem was found
	side                     *cardSide
	card                     *scorecard
}

// actions proposes at most ten: what slipped first, then what stands out as bad or matters most, by how many
// were unhappy; and the quick ones.
func (a *auditor) actions(ctx context.Context) error {
	var all []action
	concentrate := map[string]bool{}
	for _, in := range a.o.Insights {
		for _, m := range in.Moments {
			concentrate[m.Touchpoint] = m.Quadrant == analysis.ConcentrateHere
		}
	}
	low := a.standing(-1)
	for _, c := range a.page.Cards {
		if slices.ContainsFunc(c.Sides, func(s *cardSide) bool { return s.Verdict.Word == analysis.Worse || slices.Contains(low, s) }) {
			c.Cause = a.cause(c)
		}
		for _, s := range c.Sides {
			x := action{channel: collector.Kind(s.Channel), Owner: c.Owner, Href: "#card-" + c.ID, urgency: float64(s.n) * (1 - s.mean) / 2}
			switch {
			case s.Verdict.Word == analysis.Worse:
				x.Problem = fmt.Sprintf("%s is worse in %s, %s", c.Name, inChannel(s.Channel), since(s.Verdict))
				x.urgency += 1e6
			case concentrate[c.ID] && s.Channel == string(collector.Response):
				x.Problem = c.Name + " matters more than others to the overall rating and is felt worse than usual"
				x.urgency += 1e5
			case slices.Contains(low, s):
				x.Problem = fmt.Sprintf("%s is felt worse than other touchpoints in %s", c.Name, inChannel(s.Channel))
			default:
				continue
			}
			if slices.ContainsFunc(all, func(o action) bool { return o.Href == x.Href && o.urgency >= x.urgency }) {
				continue
			}
			all = slices.DeleteFunc(all, func(o action) bool { return o.Href == x.Href })
			x.Do, x.Effort = a.advice(c, s), a.o.Effort(c.ID)
			x.side, x.card = s, c
			x.Evidence = []labelled{{s.N.Noun("person", "people"), s.N}, {"unhappy", s.Unhappy}}
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b action) int { return cmp.Compare(b.urgency, a.urgency) })
	quick := a.quick()
	all = append(all[:min(len(all), actionsMost-len(quick))], quick...)
	for i := range all {
		if all[i].Quick {
			continue
		}
		a.expect(&all[i], i+1)
		if err := a.judgeable(ctx, &all[i], i+1); err != nil {
			return err
		}
	}
	a.page.Actions = all
	return nil
}

// advice says what to look at: the cause is a guess until somebody looked.
func (a *auditor) advice(c *scorecard, s *cardSide) string {
	do := "Read the quotes, watch this step for a day, and change one thing."
	if s.Verdict.Word == analysis.Worse && !s.Verdict.Since.IsZero() {
		do = fmt.Sprintf("Find out what changed here about the week of %s: people, hours, suppliers, systems. Then change one thing.", day(s.Verdict.Since))
	}
	if words := unhappyWords(c); words != "" {
		do += " The unhappy speak of " + words + "."
	}
	if name := a.missed(c); name != "" {
		do += fmt.Sprintf(" What people miss most is %s: a hypothesis until it was watched.", strings.ToLower(name))
	}
	return do
}

// unhappyWords are the topics of a card that most speak of who are unhappy, empty where there are none.
func unhappyWords(c *scorecard) string {
	var words []string
	for _, t := range c.Topics {
		if t.badly {
			words = append(words, "“"+t.Words.Shown+"”")
		}
	}
	return list(words)
}

// expect says what an action can bring at most, and what the overall rating would be without those who speak of its
// touchpoint; and what there is to decide.
func (a *auditor) expect(x *action, number int) {
	at, s, c := "action"+strconv.Itoa(number), x.side, x.card
	gain := func(value, lo, hi float64, of string) {
		f := a.f.number(at+".gain", x.Problem+": rise of its mean score, at most", fmt.Sprintf("%s (90 %% sure: %s to %s)", signed(value), signed(lo), signed(hi)), value)
		x.Gain, x.GainOf = &f, of
	}
	usual := a.usual(s.Channel)
	switch {
	case s.Verdict.Word == analysis.Worse:
		x.Decide = fmt.Sprintf("Who finds out what changed at “%s” about the week of %s, and by when.", c.Name, day(s.Verdict.Since))
		gain(-s.Verdict.Effect, -s.Verdict.EffectHi, -s.Verdict.EffectLo, "of its mean score, were it as before the change")
	case s.Mean != nil && usual > s.mean:
		x.Decide = fmt.Sprintf("Whether “%s” is worth a change now, and who makes it.", c.Name)
		gain(usual-s.mean, usual-s.hi, usual-s.lo, "of its mean score, were it felt like the others in "+inChannel(s.Channel))
	}
	for _, in := range a.o.Insights {
		for _, i := range in.Impacts.List {
			if string(in.Channel) == s.Channel && i.Touchpoint == c.ID && in.Impacts.Tag != "" {
				f := a.estimate(at+".overall", x.Problem+": overall rating without those who speak of it", in.Impacts.Tag, &analysis.Estimate{Value: -i.Value.Value, Lo: -i.Value.Hi, Hi: -i.Value.Lo}, true)
				x.Overall, x.OverallOf = &f, fmt.Sprintf("%s without those who speak of it: what goes with it, not what it causes", in.Impacts.Tag)
			}
		}
	}
}

// cause is what may lie behind a touchpoint that is felt badly, as a hypothesis, and how to find out.
func (a *auditor) cause(c *scorecard) string {
	what := "The quotes name no common cause."
	if name := a.missed(c); name != "" {
		what = "What people miss most is " + strings.ToLower(name) + "."
	}
	return what + " To check: watch this step for a day, read its log of calls and orders, or send a mystery visitor."
}

// quick are the actions that need no change of how people work.
func (a *auditor) quick() []action {
	var all []action
	for _, r := range a.page.Response.Rows {
		if r.Word == "not met" && strings.HasPrefix(r.Name, "Replies") {
			all = append(all, action{Problem: r.Name + ": the standard is not met", Do: "Answer them within the agreed days; percept alert lists what waits.", Decide: "Who answers reviews, and within how many days.", Unknown: "the standard met; what it does to perception this evidence cannot say",
				Owner: a.o.Owner(analysis.General), Effort: a.o.Effort(analysis.General), Href: "#response", Evidence: []labelled{{r.N.Noun("review", "reviews"), r.N}, {"answered", r.Got}}, Metric: "reply rate", Quick: true})
		}
	}
	var silent []string
	for _, c := range a.page.Coverage {
		if strings.HasPrefix(c.Says, "nothing") {
			silent = append(silent, c.Name)
		}
	}
	if len(silent) > 0 {
		of := list(silent)
		if len(silent) > 4 {
			of = plural(len(silent), "touchpoint", "touchpoints")
		}
		all = append(all, action{Problem: "Nobody spoke of " + of, Do: "Ask in the survey how that part of the visit went.", Decide: "Whether the survey asks about " + of + ".", Unknown: "a mean that can be judged; nothing else",
			Owner: a.o.Owner(analysis.General), Href: "#coverage", Metric: "people who speak of it", Quick: true})
	}
	if len(a.page.Holes) > 0 {
		all = append(all, action{Problem: plural(len(a.page.Holes), "source is", "sources are") + " not read whole", Do: "Repair it before anything is concluded from it; percept doctor says what is wrong.", Decide: "Who repairs the source that is not read whole.", Unknown: "verdicts without a hole; nothing else",
			Owner: a.o.Owner(analysis.General), Href: "#ledger", Metric: "sources complete", Quick: true})
	}
	return all
}

// judgeable fixes the test of an action that would begin today, as percept track add would.
func (a *auditor) judgeable(ctx context.Context, x *action, number int) error {
	today := a.now.In(a.practice.Zone)
	date := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	touchpoint := strings.TrimPrefix(x.Href, "#card-")
	said, err := a.store.Said(ctx, a.practice.ID, touchpoint, x.channel, analysis.Baseline(date))
	if err != nil {
		return err
	}
	trial, why := analysis.Trial{Practice: a.practice.ID, Touchpoint: touchpoint, Date: date, Recorded: a.now, Channel: x.channel}.Plan(said)
	x.Metric = "mean score in " + inChannel(string(x.channel))
	var plan analysis.PlanError
	switch {
	case errors.As(why, &plan):
		x.Why = plan.Why + "."
		if a.o.masks() && trial.People < analysis.FewAnswers { // with the number of the year it would tell how few spoke before
			x.Why = fmt.Sprintf("fewer than %d spoke of it in the half year before.", analysis.FewAnswers)
		}
		return nil
	case why != nil:
		return why
	}
	at := "action" + strconv.Itoa(number)
	wanted := a.f.number(at+".wanted", x.Problem+": rise that is to be seen", fmt.Sprintf("%s, from a mean of %s", signed(trial.Effect), signed(trial.Mean)), trial.Effect)
	need := a.f.number(at+".need", x.Problem+": people needed after the change", people(trial.Need), float64(trial.Need))
	x.Wanted, x.Need = &wanted, &need
	shown, value := "not at this rate", ""
	if when := trial.Judge(said, a.now).When; !when.IsZero() {
		shown, value = "about "+day(when.In(a.practice.Zone)), when.In(a.practice.Zone).Format(time.DateOnly)
	}
	w := a.f.add(at+".when", x.Problem+": when there are enough", shown, value)
	x.When = &w
	return nil
}

// standing are the sides whose interval lies above (sign 1) or below (-1) the mean of all touchpoints of their
// channel, the furthest first.
func (a *auditor) standing(sign float64) []*cardSide {
	var out []*cardSide
	apart := func(s *cardSide) float64 {
		usual := a.usual(s.Channel)
		if sign > 0 {
			return s.lo - usual
		}
		return usual - s.hi
	}
	for _, c := range a.page.Cards {
		if c.ID == analysis.General {
			continue
		}
		for _, s := range c.Sides {
			if s.Mean != nil && apart(s) > 0 {
				out = append(out, s)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y *cardSide) int { return cmp.Compare(apart(y), apart(x)) })
	return out
}

// usual is the mean score of all touchpoints of a channel, by how many spoke of each.
func (a *auditor) usual(channel string) float64 {
	sum, n := 0.0, 0.0
	for _, c := range a.page.Cards {
		for _, s := range c.Sides {
			if s.Mean != nil && s.Channel == channel {
				sum += s.mean * float64(s.n)
				n += float64(s.n)
			}
		}
	}
	return sum / max(n, 1)
}
