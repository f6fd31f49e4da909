package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector"
)

func (a *app) trackCommand() *cobra.Command {
	var practice string
	cmd := &cobra.Command{
		Use:   "track",
		Short: "Changes that were made, and whether they worked",
		Long: `Track lists the changes that a practice wrote down with percept track add, and how each stands: not yet
(so many of so many people, about when), worked, no change seen, or got worse. Metric, baseline, wanted
effect and the number of people are fixed when the change is written down; there is no result before
that number is reached, and what comes later does not change it. Nothing written down can be rewritten.`,
		Example: "  percept track\n  percept track --practice harbour-street --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "track", false, func(p *pipeline) error {
				if err := p.knows(practice); err != nil {
					return err
				}
				return p.trials(cmd.Context(), practice)
			})
		},
	}
	cmd.Flags().StringVar(&practice, "practice", "", "only this practice (its `id`)")
	cmd.AddCommand(a.trackAddCommand())
	return cmd
}

// A change is as typed.
type change struct {
	what, practice, touchpoint, date, channel string
	effect                                    float64
}

func (a *app) trackAddCommand() *cobra.Command {
	var c change
	cmd := &cobra.Command{
		Use:   "add WHAT",
		Short: "Write a change down, with the test of whether it worked",
		Long: `Add writes down what was changed at a touchpoint and since when, and fixes the test: the mean of what
people say of it (-1 to 1) since that day against the 26 weeks before. How many people that takes is
computed from the practice's own numbers, so that the wanted effect is seen four times in five where it
is there. Without --effect the wanted rise is 0.30, or half of what is missing to 1.`,
		Example: `  percept track add "changed the collection call" --practice harbour-street --touchpoint collection_call --date 2026-03-02
  percept track add "new receptionist" --practice harbour-street --touchpoint reception --date 2026-11-02 --effect 0.2 --channel survey`,
		Args: oneArg("description of the change"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.what = strings.TrimSpace(args[0])
			return a.with(cmd.Context(), "track", false, func(p *pipeline) error { return p.track(cmd.Context(), c) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.practice, "practice", "", "the practice that made it (its `id`)")
	f.StringVar(&c.touchpoint, "touchpoint", "", "the touchpoint it should be felt at (its `slug`)")
	f.StringVar(&c.date, "date", "", "the first `day` of the change, such as 2026-03-02")
	f.StringVar(&c.channel, "channel", "", "`survey` or reviews; without it, the one in which more people spoke of the touchpoint")
	f.Float64Var(&c.effect, "effect", 0, "the `rise` of the mean score, on -1 to 1, that is to be seen")
	return cmd
}

func (p *pipeline) track(ctx context.Context, c change) error {
	trial, err := p.planned(ctx, c)
	if err != nil {
		return err
	}
	if trial.ID, err = p.store.AddTrial(ctx, trial); err != nil {
		return err
	}
	if p.json {
		return p.encode(trial)
	}
	fmt.Fprintf(p.out, "#%d  %s since %s at %s\n", trial.ID, line(trial.What), date(trial.Date), p.nameOf(trial.Touchpoint))
	fmt.Fprintf(p.out, "baseline  %s in the %s from %s: mean %+.2f, standard deviation %.2f\n",
		people(trial.People), channelName(string(trial.Channel)), date(trial.From), trial.Mean, trial.SD)
	fmt.Fprintf(p.out, "test      a rise of %.2f is to be seen; the result comes with %s after the change\n", trial.Effect, people(trial.Need))
	if trial.Already > 0 {
		fmt.Fprintf(p.out, "note      %s had spoken before this was written down; the list says so\n", people(trial.Already))
	}
	return nil
}

// planned checks what was typed and fixes the test.
func (p *pipeline) planned(ctx context.Context, c change) (analysis.Trial, error) {
	none := analysis.Trial{}
	for _, needed := range []struct{ flag, value string }{{"practice", c.practice}, {"touchpoint", c.touchpoint}, {"date", c.date}} {
		if needed.value == "" {
			return none, usageError{hinted{fmt.Errorf("--%s is needed", needed.flag), "see: percept track add --help"}}
		}
	}
	if c.what == "" {
		return none, usageError{errors.New("say in words what was changed")}
	}
	if err := p.knows(c.practice); err != nil {
		return none, err
	}
	if err := p.knowsTouchpoint(c.touchpoint); err != nil {
		return none, err
	}
	day, err := time.Parse(time.DateOnly, c.date)
	if err != nil {
		return none, usageError{fmt.Errorf("--date %q: want a day such as 2026-03-02", c.date)}
	}
	if c.effect < 0 || c.effect > 2 {
		return none, usageError{fmt.Errorf("--effect %g: want a rise of the score, over 0 and at most 2", c.effect)}
	}
	if err := p.alreadyTracked(ctx, c, day); err != nil {
		return none, err
	}
	channels := []collector.Kind{collector.Response, collector.Review}
	switch c.channel {
	case "survey":
		channels = channels[:1]
	case "reviews":
		channels = channels[1:]
	case "":
	default:
		return none, usageError{fmt.Errorf("--channel %q: want survey or reviews", c.channel)}
	}
	// The channel in which more people spoke before the change, the survey where they are as many.
	var best analysis.Trial
	var why error
	for i, channel := range channels {
		said, err := p.store.Said(ctx, c.practice, c.touchpoint, channel, analysis.Baseline(day))
		if err != nil {
			return none, err
		}
		t, err := analysis.Trial{
			Practice: c.practice, Touchpoint: c.touchpoint, What: c.what, Date: day, Recorded: p.now, Channel: channel, Effect: c.effect,
		}.Plan(said)
		if i == 0 || t.People > best.People {
			best, why = t, err
		}
	}
	if why != nil {
		return none, usageError{fmt.Errorf("no test of this change can be fixed: %w", why)}
	}
	return best, nil
}

// alreadyTracked refuses to write the same change down twice: the test of the first stands.
func (p *pipeline) alreadyTracked(ctx context.Context, c change, day time.Time) error {
	trials, err := p.store.Trials(ctx, c.practice)
	if err != nil {
		return err
	}
	for _, t := range trials {
		if t.Touchpoint == c.touchpoint && t.Date.Equal(day) {
			return usageError{hinted{fmt.Errorf("a change at %s on %s is written down as #%d", c.touchpoint, date(day), t.ID), "its test stands; see: percept track"}}
		}
	}
	return nil
}

// A tracked is a trial and how it stands.
type tracked struct {
	analysis.Trial
	Outcome analysis.Outcome `json:"outcome"`
	Beside  []int            `json:"beside,omitempty"` // other changes at the touchpoint that may have done it
}

func (p *pipeline) trials(ctx context.Context, practice string) error {
	trials, err := p.store.Trials(ctx, practice)
	if err != nil {
		return err
	}
	all := make([]tracked, 0, len(trials))
	for _, t := range trials {
		said, err := p.store.Said(ctx, t.Practice, t.Touchpoint, t.Channel, t.From)
		if err != nil {
			return err
		}
		o := t.Judge(said, p.now)
		all = append(all, tracked{Trial: t, Outcome: o, Beside: neighbours(t, o, trials)})
	}
	if p.json {
		return p.encode(all)
	}
	if len(all) == 0 {
		fmt.Fprintln(p.out, "no change is written down; see: percept track add --help")
		return nil
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "#\tpractice\tat\twhat\tsince\twanted\tresult")
	for _, t := range all {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%+.2f\t%s\n", t.ID, t.Practice, p.nameOf(t.Touchpoint), short(t.What), date(t.Date), t.Trial.Effect, standing(t))
	}
	return w.Flush()
}

// neighbours are the other changes at the same touchpoint, from the baseline's first day to the last that
// the result rests on.
func neighbours(t analysis.Trial, o analysis.Outcome, trials []analysis.Trial) []int {
	var ids []int
	for _, n := range trials {
		within := !n.Date.Before(t.From) && (o.Until.IsZero() || !n.Date.After(o.Until))
		if n.ID != t.ID && n.Practice == t.Practice && n.Touchpoint == t.Touchpoint && within {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// standing says how a trial stands.
func standing(t tracked) string {
	o := t.Outcome
	s := string(o.State)
	switch {
	case o.Effect != nil:
		s += fmt.Sprintf(": %s in the mean score, %s", signedEstimate(t.Tag, o.Effect), people(o.N))
		if o.State == analysis.NoChange {
			s += fmt.Sprintf("; a rise of %.2f would have been seen four times in five", t.Trial.Effect)
		}
	case o.Why != "":
		s += ": " + o.Why
	default:
		s += fmt.Sprintf(": %d of %s", o.N, people(t.Need))
		if !o.When.IsZero() {
			s += ", enough about " + date(o.When)
		}
	}
	if t.Already > 0 {
		s += fmt.Sprintf(" (written down after %d of them had spoken)", min(t.Already, max(o.N, 1)))
	}
	for _, id := range t.Beside {
		s += fmt.Sprintf(" (beside #%d at the same touchpoint)", id)
	}
	return s
}
