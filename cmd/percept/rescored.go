package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

// sayRescored prints what another model or taxonomy made of feedback that was read before, and marks it as
// told: a run that is cut off before leaves it to the next one.
func (p *pipeline) sayRescored(ctx context.Context, all []store.Rescored) error {
	if len(all) == 0 {
		return nil
	}
	for _, r := range all {
		say := p.writeRescored
		if p.json {
			say = func(out io.Writer, r store.Rescored) error { return json.NewEncoder(out).Encode(rescoredLine{r}) }
		}
		if err := say(p.out, r); err != nil {
			return err
		}
	}
	return p.store.Told(ctx)
}

// A rescoredLine keeps the comparison under one key, apart from the lines of the sources.
type rescoredLine struct {
	Rescored store.Rescored `json:"rescored"`
}

func (p *pipeline) writeRescored(out io.Writer, r store.Rescored) error {
	fmt.Fprintf(out, "read again: %s of feedback of %s, by %s\n", count(r.Feedback, "piece"), count(r.Practices, "practice"), turnOf(r))
	moved := 0
	var moves []string
	for _, m := range r.Moved {
		moved += m.Feedback
		moves = append(moves, fmt.Sprintf("%s to %s %s", cmp.Or(m.From, "no label"), cmp.Or(m.To, "no label"), collector.Thousands(m.Feedback)))
	}
	if moved > 0 {
		fmt.Fprintf(out, "  sentiment of the whole: moved in %s: %s\n", collector.Thousands(moved), strings.Join(moves, ", "))
	} else {
		fmt.Fprintln(out, "  sentiment of the whole: the same in all")
	}
	t := p.taxonomyOfEdition(r.To.Taxonomy)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	shown := 0
	for _, s := range inJourneyOrder(t, r.Touchpoints) {
		way, differs := wayOf(s)
		if !differs {
			continue
		}
		if shown++; shown == 1 {
			fmt.Fprintln(w, "  touchpoint\tmentions\tmean score")
		}
		name := s.Touchpoint
		if t != nil {
			name = touchpointName(t, name)
		}
		fmt.Fprintf(w, "  %s\t%s to %s\t%s to %s%s\n", line(name), collector.Thousands(s.Before.Mentions), collector.Thousands(s.After.Mentions), mean(s.Before), mean(s.After), way)
	}
	if shown == 0 {
		fmt.Fprintln(w, "  touchpoints: the same mentions and means")
	}
	return w.Flush()
}

// turnOf names what is new and what it was: the model, the taxonomy, or both.
func turnOf(r store.Rescored) string {
	var turns []string
	if r.From.Model != r.To.Model {
		turns = append(turns, fmt.Sprintf("model %s (before: %s)", r.To.Model, r.From.Model))
	}
	if r.From.Taxonomy != r.To.Taxonomy {
		to, from := analysis.EditionName(r.To.Taxonomy), analysis.EditionName(r.From.Taxonomy)
		if to == from {
			turns = append(turns, fmt.Sprintf("taxonomy %s, edited since under the same version", to))
		} else {
			turns = append(turns, fmt.Sprintf("taxonomy %s (before: %s)", to, from))
		}
	}
	return line(strings.Join(turns, " and "))
}

// wayOf says where the mean went, as the end of a line, and whether anything of a touchpoint differs as it is printed.
func wayOf(s store.Shift) (way string, differs bool) {
	if s.Before.Mentions == 0 || s.After.Mentions == 0 || mean(s.Before) == mean(s.After) {
		return "", s.Before.Mentions != s.After.Mentions
	}
	if s.After.Mean > s.Before.Mean {
		return ", up", true
	}
	return ", down", true
}

func mean(l store.Level) string {
	if l.Mentions == 0 {
		return "none"
	}
	return fmt.Sprintf("%+.2f", math.Round(100*l.Mean)/100+0) // + 0: no mean is -0.00
}

// taxonomyOfEdition is the one in use of that edition; nil where no practice uses it.
func (p *pipeline) taxonomyOfEdition(edition string) *analysis.Taxonomy {
	for _, pc := range p.cfg.Practices {
		if t := p.cfg.taxonomyOf(pc); t.Edition() == edition {
			return t
		}
	}
	return nil
}

// inJourneyOrder puts the touchpoints of t first, in their order, general after them and others last.
func inJourneyOrder(t *analysis.Taxonomy, shifts []store.Shift) []store.Shift {
	if t == nil {
		return shifts
	}
	place := func(s store.Shift) int {
		if s.Touchpoint == analysis.General {
			return len(t.Touchpoints)
		}
		if i := slices.IndexFunc(t.Touchpoints, func(tp analysis.Touchpoint) bool { return tp.ID == s.Touchpoint }); i >= 0 {
			return i
		}
		return len(t.Touchpoints) + 1
	}
	shifts = slices.Clone(shifts)
	slices.SortStableFunc(shifts, func(a, b store.Shift) int { return place(a) - place(b) })
	return shifts
}
