package reports

import (
	"context"
	"fmt"
	"strconv"

	"percept/analysis"
	"percept/collector"
)

// An auditBridge is what moved the mean of the public stars over the year.
type auditBridge struct {
	*bridge
	From, To, NFrom, NTo, Change Figure
	Parts                        []auditBridgePart
}

type auditBridgePart struct {
	Name     string
	N, Value Figure
}

// bridged splits the change of the public stars over the year into parts that add up to it; nothing where there were too
// few at one end.
func (a *auditor) bridged(ctx context.Context) error {
	pairs, err := a.store.RatingPairs(ctx, a.practice.ID, a.midnight(a.begin), a.end())
	if err != nil {
		return fmt.Errorf("ratings then and now: %w", err)
	}
	b, ok := analysis.BridgeRatings(pairs)
	if !ok || b.NFrom < enough || b.NTo < enough {
		return nil
	}
	mean := func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
	out := &auditBridge{
		bridge: &bridge{From: mean(b.From), To: mean(b.To)},
		From:   a.f.number("bridge.from", "Mean of the public stars at the start of the year", mean(b.From), b.From),
		To:     a.f.number("bridge.to", "Mean of the public stars at its end", mean(b.To), b.To),
		NFrom:  a.f.plain("bridge.from.n", "Public stars at the start of the year", b.NFrom),
		NTo:    a.f.plain("bridge.to.n", "Public stars at its end", b.NTo),
		Change: a.f.number("bridge.change", "Change of the mean of the public stars", english.thirds(b.Change()), b.Change()),
	}
	for i, s := range english.bridgeSteps(b) {
		at := "bridge.part" + strconv.Itoa(i+1)
		p := auditBridgePart{Name: s.name, Value: a.f.number(at, s.name+": part of the change", english.thirds(s.value), s.value)}
		if i < 3 {
			p.N = a.f.plain(at+".n", s.name, s.n)
		}
		out.Parts = append(out.Parts, p)
	}
	out.draw(english, b, "A year ago")
	a.page.Bridge = out
	return nil
}

// alteredMost is how many altered reviews are listed; all are counted.
const alteredMost = 40

// altered is what became of public reviews while percept looked.
type altered struct {
	Counts []labelled // removed, edited, back
	Rows   []alteredRow
	Left   int // not listed
}

// An alteredRow is one change of one review.
type alteredRow struct {
	Noticed, Given, Source, What string
	Rating                       Figure
}

func (a *auditor) altered(ctx context.Context) error {
	all, err := a.store.Altered(ctx, a.practice.ID)
	if err != nil {
		return fmt.Errorf("altered reviews: %w", err)
	}
	from := a.midnight(a.history.begin)
	n := map[string]int{}
	out := &a.page.Altered
	for _, x := range all {
		if x.Noticed.Before(from) || x.Noticed.After(a.now) {
			continue
		}
		n[x.What]++
		if len(out.Rows) == alteredMost {
			out.Left++
			continue
		}
		row := alteredRow{Noticed: day(x.Noticed.In(a.practice.Zone)), Given: english.when(x.Given, a.practice.Zone), Source: x.Source, What: x.What}
		switch {
		case x.What == "back":
			row.What = "there again"
		case x.Reworded && x.Before.Value != x.After.Value:
			row.What = "edited: words and rating"
		case x.Reworded:
			row.What = "edited: words"
		case x.What == "edited":
			row.What = "edited: rating"
		}
		shown := stars(x.Before)
		if x.What == "edited" {
			shown += " to " + stars(x.After)
		}
		row.Rating = a.f.add("altered."+strconv.Itoa(len(out.Rows)+1), "Review of "+row.Given+", "+row.What, shown, x.Feedback)
		out.Rows = append(out.Rows, row)
	}
	for _, of := range []struct{ what, name string }{{"removed", "taken down"}, {"edited", "edited"}, {"back", "there again"}} {
		out.Counts = append(out.Counts, labelled{of.name, a.f.plain("altered."+of.what, "Public reviews "+of.name, n[of.what])})
	}
	return nil
}

// stars writes a rating on the common scale, as the log of reviews has it.
func stars(r collector.Rating) string {
	if !r.Valid {
		return "no rating"
	}
	return strconv.FormatFloat(r.Value, 'f', -1, 64)
}
