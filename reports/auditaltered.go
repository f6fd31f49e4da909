package reports

import (
	"context"
	"fmt"
	"strconv"

	"percept/collector"
)

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
