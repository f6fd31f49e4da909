package reports

import (
	"context"
	"fmt"
	"strconv"

	"percept/analysis"
)

// accuracy is how often the scorer reads this practice's own words as a person does.
type accuracy struct {
	Rows []accuracyRow
	Need int // labels that are needed for a figure to act on, where there are none
}

type accuracyRow struct {
	Name                         string
	Labels                       Figure
	Precision, Recall, Sentiment Figure
}

// accurateHalf is how far to either side the interval of an accuracy should reach.
const accurateHalf = .1

func (a *auditor) accuracy(context.Context) error {
	if a.o.Agreed.Labels() == 0 {
		a.page.Accuracy.Need = analysis.Share{}.More(accurateHalf)
		return nil
	}
	for _, g := range append(append([]analysis.Agreement{}, a.o.Agreements...), a.o.Agreed) {
		if g.Labels() == 0 {
			continue
		}
		name, key := "All together", "all"
		if g.Touchpoint != "" {
			name, key = a.name(g.Touchpoint), g.Touchpoint
		}
		share := func(part, what string, s analysis.Share) Figure {
			at := id("accuracy", key, part)
			if s.N == 0 {
				return a.f.add(at, name+": "+what, "–", "")
			}
			lo, hi := s.Interval()
			return a.f.number(at, name+": "+what, percent(s.Value(), lo, hi)+" of "+english.count(s.N), s.Value())
		}
		a.page.Accuracy.Rows = append(a.page.Accuracy.Rows, accuracyRow{
			Name:      name,
			Labels:    a.f.add(id("accuracy", key, "n"), name+": labels", english.count(g.Labels()), strconv.Itoa(g.Labels())),
			Precision: share("precision", "of what the scorer found, what a person found too", g.Precision()),
			Recall:    share("recall", "of what a person found, what the scorer found too", g.Recall()),
			Sentiment: share("sentiment", "of what both found, felt alike", g.Sentiment()),
		})
	}
	return nil
}

// follow is when to look again, and by what rule.
type follow struct {
	Baseline, Next Figure
	Judged         []labelled // the day at which each action can be judged
}

// follow freezes the baseline: the next audit is a quarter later, when the weeks that verdicts look at are new.
func (a *auditor) follow(context.Context) error {
	next := a.last.Add((quarter + 1) * week)
	a.page.Follow = follow{
		Baseline: a.f.add("follow.baseline", "Baseline: the year", a.page.From+" to "+a.page.To, a.begin.Format("2006-01-02")),
		Next:     a.f.add("follow.next", "Next audit", day(next), next.Format("2006-01-02")),
	}
	for i, x := range a.page.Actions {
		if x.When != nil {
			a.page.Follow.Judged = append(a.page.Follow.Judged, labelled{fmt.Sprintf("Action %d", i+1), *x.When})
		}
	}
	return nil
}
