package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector"
	"percept/collector/yamlfile"
)

func (a *app) compareCommand() *cobra.Command {
	var practice, touchpoint string
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Practices side by side, without a league table",
		Long: `Compare sets the practices beside one another on each overall rating of 52 whole weeks, or with
--touchpoint on what people say of that touchpoint (-1 to 1), surveys and reviews apart. Practices that
cannot be told apart share a group and must not be ranked; a rank is given as the range it may have.
Sources differ in how they score the same practice: what that adds, measured where a practice has two of
them in the same weeks, is taken off, and its uncertainty is in the intervals.
From five practices on there is a funnel: who lies outside its limits differs by more than chance and
the usual spread; and estimates drawn towards the mean of all, the more the fewer people they rest on.
Under ten answers a practice is listed and not placed.`,
		Example: "  percept compare\n  percept compare --touchpoint collection_call\n  percept compare --practice harbour-street --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "compare", false, func(p *pipeline) error {
				if err := p.knows(practice); err != nil {
					return err
				}
				if err := p.knowsTouchpoint(touchpoint); err != nil {
					return err
				}
				return p.compare(cmd.Context(), practice, touchpoint)
			})
		},
	}
	cmd.Flags().StringVar(&practice, "practice", "", "show only this practice's place (its `id`)")
	cmd.Flags().StringVar(&touchpoint, "touchpoint", "", "what people say of this touchpoint (its `slug`)")
	return cmd
}

// knowsTouchpoint refuses a touchpoint that is in no taxonomy in use.
func (p *pipeline) knowsTouchpoint(id string) error {
	known := p.touchpoints()
	if id == "" || slices.Contains(known, id) {
		return nil
	}
	return usageError{fmt.Errorf("--touchpoint %q is in no taxonomy in use%s", id, yamlfile.DidYouMean(id, known))}
}

func (p *pipeline) compare(ctx context.Context, practice, touchpoint string) error {
	all, err := p.comparisons(ctx, touchpoint)
	if err != nil {
		return err
	}
	for i := range all {
		if practice != "" {
			all[i].Practices = slices.DeleteFunc(all[i].Practices, func(s analysis.Standing) bool { return s.Practice != practice })
		}
	}
	if p.json {
		return p.encode(all)
	}
	if len(all) == 0 {
		fmt.Fprintf(p.out, "nothing to compare in %d weeks\n", analysis.YearWeeks)
	}
	for i, c := range all {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		if err := p.sayComparison(c, touchpoint); err != nil {
			return err
		}
	}
	return nil
}

// comparisons are one for each axis that a practice of the config has answers on, reviews first.
func (p *pipeline) comparisons(ctx context.Context, touchpoint string) ([]analysis.Comparison, error) {
	to := collector.Monday(p.now, p.cfg.zone)
	from := to.AddDate(0, 0, -7*analysis.YearWeeks)
	var answers []analysis.Answers
	if touchpoint != "" {
		sums, err := p.store.ScoreCells(ctx, touchpoint, from, to)
		if err != nil {
			return nil, err
		}
		answers = analysis.Gather(sums)
	} else {
		counts, err := p.store.RatingCells(ctx, from, to)
		if err != nil {
			return nil, err
		}
		answers = analysis.Tally(counts)
	}
	by := map[analysis.Axis][]analysis.Answers{}
	var axes []analysis.Axis
	for _, a := range answers {
		if !slices.ContainsFunc(p.practices, func(pr collector.Practice) bool { return pr.ID == a.Practice() }) {
			continue // of an earlier config
		}
		if by[a.Axis()] == nil {
			axes = append(axes, a.Axis())
		}
		by[a.Axis()] = append(by[a.Axis()], a)
	}
	slices.SortFunc(axes, func(a, b analysis.Axis) int {
		if a.Channel != b.Channel { // reviews before responses
			return cmp.Compare(b.Channel, a.Channel)
		}
		return cmp.Compare(a.Tag, b.Tag)
	})
	all := make([]analysis.Comparison, 0, len(axes))
	for _, axis := range axes {
		c, err := analysis.ComparePractices(by[axis])
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

func (p *pipeline) sayComparison(c analysis.Comparison, touchpoint string) error {
	of := ""
	if touchpoint != "" {
		of = ", " + p.nameOf(touchpoint)
	}
	adjusted := slices.ContainsFunc(c.Practices, func(s analysis.Standing) bool { return s.Adjusted != nil })
	fmt.Fprintf(p.out, "%s, %s%s, 52 weeks", channelName(string(c.Channel)), c.Tag, of)
	if adjusted {
		fmt.Fprint(p.out, ", adjusted for the mix of sources")
	}
	if c.Why != "" {
		fmt.Fprintf(p.out, ": %s", c.Why)
	}
	fmt.Fprintln(p.out)
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	column := func(text string) string { // of the adjusted estimates, where there are any
		if !adjusted {
			return ""
		}
		return "\t" + text
	}
	fmt.Fprintln(w, "group\tpractice\testimate (95 %)"+column("adjusted (95 %)")+"\tshrunk\tn\trank\tfunnel")
	for _, s := range c.Practices {
		if s.Value == nil {
			fmt.Fprintf(w, "-\t%s\t-%s\t-\t%d\t-\ttoo few: %s\n", s.Practice, column("-"), s.N, s.Why)
			continue
		}
		rank := fmt.Sprint(s.Best)
		if s.Worst > s.Best {
			rank = fmt.Sprintf("%d to %d", s.Best, s.Worst)
		}
		funnel := "-"
		if s.Limits != nil {
			funnel = cmp.Or(string(s.Outside), "within")
		}
		fmt.Fprintf(w, "%d\t%s\t%s%s\t%s\t%d\t%s\t%s\n", s.Group, s.Practice, estimate(c.Tag, s.Value), column(estimate(c.Tag, s.Level())),
			estimate(c.Tag, s.Shrunk), s.N, rank, funnel)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return p.saySources(c)
}

// shownSources is how many sources without an effect are named.
const shownSources = 3

// saySources says what was taken off the estimates for each source, and what could not be.
func (p *pipeline) saySources(c analysis.Comparison) error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	left := map[string][]string{}
	head := "taken off: what a source adds against the usual mix, within one practice and the same weeks\n"
	for _, s := range c.Sources {
		if s.Effect == nil {
			left[s.Why] = append(left[s.Why], s.Source)
			continue
		}
		fmt.Fprintf(w, "%s  %s\t%s\t%s from %s\n", head, s.Source, signedEstimate(c.Tag, s.Effect), collector.Thousands(s.N), count(s.Practices, "practice"))
		head = ""
	}
	for _, why := range slices.Sorted(maps.Keys(left)) {
		names := strings.Join(left[why][:min(len(left[why]), shownSources)], ", ")
		if more := len(left[why]) - shownSources; more > 0 {
			names += fmt.Sprintf(" and %s more", collector.Thousands(more))
		}
		fmt.Fprintf(w, "not adjusted for %s: %s\n", names, why)
	}
	return w.Flush()
}

// nameOf is a touchpoint's name in whichever taxonomy has it.
func (p *pipeline) nameOf(touchpoint string) string {
	for _, pr := range p.practices {
		if t, ok := p.cfg.taxonomyOfPractice(pr.ID).Touchpoint(touchpoint); ok {
			return t.Name
		}
	}
	return touchpoint
}
