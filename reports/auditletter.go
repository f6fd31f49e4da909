package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"percept/analysis"
)

// A letter is the first page: what was found, in words.
type letter struct {
	Opinion               string
	Strengths, Weaknesses []finding
	Decisions             []finding
	Counted               Figure   // how many places were judged, and how
	Sure                  []string // how far to trust it
}

// A finding is a sentence with the place that it rests on.
type finding struct{ Text, Href string }

// findingsMost is how many strengths, weaknesses and decisions a letter has.
const findingsMost = 3

func (a *auditor) letter(context.Context) error {
	l := &a.page.Letter
	words := map[analysis.Word]int{}
	names := map[analysis.Word][]string{} // of touchpoints, once each
	owner := map[*cardSide]*scorecard{}
	for _, c := range a.page.Cards {
		for _, s := range c.Sides {
			words[s.Verdict.Word]++
			owner[s] = c
			if of := names[s.Verdict.Word]; len(of) == 0 || of[len(of)-1] != c.Name {
				names[s.Verdict.Word] = append(of, c.Name)
			}
			if s.Verdict.Word == analysis.Worse && len(l.Weaknesses) < findingsMost {
				l.Weaknesses = append(l.Weaknesses, finding{fmt.Sprintf("%s is worse in %s, %s.", c.Name, inChannel(s.Channel), since(s.Verdict)), "#card-" + c.ID})
			}
			if s.Verdict.Word == analysis.Better && len(l.Strengths) < findingsMost {
				l.Strengths = append(l.Strengths, finding{fmt.Sprintf("%s is better in %s, %s.", c.Name, inChannel(s.Channel), since(s.Verdict)), "#card-" + c.ID})
			}
		}
	}
	for _, side := range []struct {
		sign float64
		word string
		to   *[]finding
	}{{1, "better", &l.Strengths}, {-1, "worse", &l.Weaknesses}} {
		for _, s := range a.standing(side.sign) {
			if len(*side.to) == findingsMost {
				break
			}
			c := owner[s]
			if slices.ContainsFunc(*side.to, func(f finding) bool { return f.Href == "#card-"+c.ID }) {
				continue // said already: three findings are of three touchpoints
			}
			*side.to = append(*side.to, finding{fmt.Sprintf("%s is felt %s than other touchpoints in %s: mean score %s.", c.Name, side.word, inChannel(s.Channel), s.Mean.Shown), "#card-" + c.ID})
		}
	}
	a.manners(l)
	for _, x := range a.page.Actions[:min(findingsMost, len(a.page.Actions))] {
		l.Decisions = append(l.Decisions, finding{x.Decide, "#actions"})
	}
	judged := words[analysis.Worse] + words[analysis.Better] + words[analysis.Steady]
	switch {
	case judged == 0:
		l.Opinion = "There is not enough evidence yet for an opinion: too few people spoke of any touchpoint to call a change."
	case words[analysis.Worse] > 0:
		l.Opinion = "Perception is slipping at " + few(names[analysis.Worse], "touchpoint", "touchpoints") + "."
	case words[analysis.Better] > 0:
		l.Opinion = "Nothing slipped, and " + few(names[analysis.Better], "touchpoint", "touchpoints") + " got better."
	default:
		l.Opinion = "Nothing changed that can be told from chance."
	}
	l.Counted = a.f.number("letter.judged", "Touchpoints judged, each channel for itself", fmt.Sprintf("Of %d judged, each touchpoint and channel for itself: %d worse, %d better, %d without a reliable change; for %d more, too few people spoke.",
		judged, words[analysis.Worse], words[analysis.Better], words[analysis.Steady], len(owner)-judged), float64(judged))
	if n := len(a.page.Holes); n > 0 {
		l.Sure = append(l.Sure, plural(n, "source was", "sources were")+" not read whole; no verdict is drawn from the hole.")
	} else if len(a.page.Sources) > 0 {
		l.Sure = append(l.Sure, "Every source was read to its end.")
	}
	if a.o.Agreed.Labels() == 0 {
		l.Sure = append(l.Sure, "The labels are a scorer’s; how right they are on this practice’s own words nobody has measured yet.")
	} else {
		l.Sure = append(l.Sure, fmt.Sprintf("The scorer’s labels were held against %s of persons: see the last pages.", plural(a.o.Agreed.Labels(), "label", "labels")))
	}
	l.Sure = append(l.Sure, "Those who write are not all customers, and what goes with a rating need not cause it.", "Every figure and quote can be computed again from the store; the last page says how.")
	return nil
}

// manners are behaviours that most who tell of them were shown, or missed: the interval of their share lies on one side of
// half.
func (a *auditor) manners(l *letter) {
	for _, t := range a.treated {
		well, badly := t.sides[1], t.sides[0]
		share := analysis.Share{K: well.people, N: well.people + badly.people}
		lo, hi := share.Interval()
		say := fmt.Sprintf("%s: shown to %s, missed by %s of those who tell of it.", t.Name, a.f.told(id("behaviour", t.ID, well.key)), a.f.told(id("behaviour", t.ID, badly.key)))
		switch {
		case share.N < enough:
		case lo > .5 && len(l.Strengths) < findingsMost:
			l.Strengths = append(l.Strengths, finding{say, "#treated"})
		case hi < .5 && len(l.Weaknesses) < findingsMost:
			l.Weaknesses = append(l.Weaknesses, finding{say, "#treated"})
		}
	}
}

// few names up to three things, and counts more.
func few(names []string, one, many string) string {
	if len(names) > 3 {
		return plural(len(names), one, many)
	}
	return "“" + strings.Join(names, "”, “") + "”"
}
