package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector"
)

func (a *app) metricsCommand() *cobra.Command {
	var practice string
	cmd := &cobra.Command{
		Use:   "metrics",
		Short: "The numbers of a practice: metrics, drivers, turning points, rare events",
		Long: `Metrics prints every rating metric by channel, question and definition (NPS, CSAT, CES, FFT, stars),
each with n and its 95 % interval, for the last 13 whole weeks beside the 13 before; and for 52 weeks
which touchpoints the overall rating goes with, the moments of truth (importance against how it is felt),
where texts first went wrong and whether they recovered, and how far apart bad mentions of the quieter
touchpoints lie. Surveys and reviews are never added up, nor are two definitions.

Where there is too little, it says how much is needed. These are numbers to look at: what changed for
sure is in the verdicts of percept report.`,
		Example: "  percept metrics\n  percept metrics --practice harbour-street\n  percept metrics --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "metrics", false, func(p *pipeline) error {
				if err := p.knows(practice); err != nil {
					return err
				}
				return p.metrics(cmd.Context(), practice)
			})
		},
	}
	cmd.Flags().StringVar(&practice, "practice", "", "only this practice (its `id`)")
	return cmd
}

func (p *pipeline) metrics(ctx context.Context, only string) error {
	of, err := p.insights(ctx, only)
	if err != nil {
		return err
	}
	all := []analysis.Insight{}
	for _, pr := range p.practices {
		if only != "" && pr.ID != only {
			continue
		}
		all = append(all, of[pr.ID]...)
		if p.json {
			continue
		}
		if len(of[pr.ID]) == 0 {
			fmt.Fprintf(p.out, "%s: nothing was said in the %d weeks up to %s; what is newer counts when its week is over\n",
				line(pr.Name), analysis.YearWeeks, date(collector.Monday(p.now, p.cfg.zone).AddDate(0, 0, -1)))
		}
		for _, in := range of[pr.ID] {
			if err := p.sayInsight(pr, in); err != nil {
				return err
			}
		}
	}
	if p.json {
		return p.encode(all)
	}
	return nil
}

// encode writes an answer as indented JSON.
func (p *pipeline) encode(v any) error {
	enc := json.NewEncoder(p.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// insightBatch is how many practices are looked at before the next are read: few enough to hold.
const insightBatch = 64

// insights are those of a practice, of all where only is empty, by practice: reviews first, and every
// channel that said anything in the year.
func (p *pipeline) insights(ctx context.Context, only string) (map[string][]analysis.Insight, error) {
	to := collector.Monday(p.now, p.cfg.zone)
	materials, err := p.materials(ctx, only, to)
	if err != nil {
		return nil, err
	}
	of := map[string][]analysis.Insight{}
	for _, channel := range []collector.Kind{collector.Review, collector.Response} {
		var batch []analysis.Material
		look := func() error {
			found, err := analysis.Insights(ctx, channel, to, batch, p.workers)
			for _, in := range found {
				if in.Feedback > 0 {
					p.byJourney(in.Practice, in.Metrics)
					of[in.Practice] = append(of[in.Practice], in)
				}
			}
			batch = batch[:0]
			return err
		}
		for stories, err := range p.store.Stories(ctx, only, channel, to.AddDate(0, 0, -7*analysis.RareWeeks), to) {
			if err != nil {
				return nil, err
			}
			m, ok := materials[stories[0].Practice]
			if !ok {
				continue // of an earlier config
			}
			full := *m
			full.Stories = stories
			if batch = append(batch, full); len(batch) == insightBatch {
				if err := look(); err != nil {
					return nil, err
				}
			}
		}
		if err := look(); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// materials are what insights of practices are made of, but for their stories.
func (p *pipeline) materials(ctx context.Context, only string, to time.Time) (map[string]*analysis.Material, error) {
	materials := map[string]*analysis.Material{}
	for _, pr := range p.practices {
		materials[pr.ID] = &analysis.Material{Practice: pr.ID}
	}
	back := func(weeks int) time.Time { return to.AddDate(0, 0, -7*weeks) }
	for _, w := range []struct {
		from, to time.Time
		counts   func(*analysis.Material) *[]analysis.RatingCount
	}{
		{back(analysis.QuarterWeeks), to, func(m *analysis.Material) *[]analysis.RatingCount { return &m.Quarter }},
		{back(2 * analysis.QuarterWeeks), back(analysis.QuarterWeeks), func(m *analysis.Material) *[]analysis.RatingCount { return &m.Before }},
		{back(analysis.YearWeeks), to, func(m *analysis.Material) *[]analysis.RatingCount { return &m.Year }},
	} {
		counts, err := p.store.RatingCounts(ctx, only, w.from, w.to)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			if m, ok := materials[c.Practice]; ok {
				of := w.counts(m)
				*of = append(*of, c)
			}
		}
	}
	said, err := p.store.ScoreSums(ctx, only, back(analysis.YearWeeks), to)
	if err != nil {
		return nil, err
	}
	for _, s := range said {
		if m, ok := materials[s.Practice]; ok {
			m.Said = append(m.Said, s)
		}
	}
	return materials, nil
}

// byJourney puts the metrics in the order of the journey, those of the whole first.
func (p *pipeline) byJourney(practice string, metrics []analysis.Movement) {
	at := map[string]int{"": 0}
	for i, t := range p.cfg.taxonomyOfPractice(practice).Touchpoints {
		at[t.ID] = i + 1
	}
	slices.SortStableFunc(metrics, func(a, b analysis.Movement) int {
		asked := func(m analysis.Movement) int { return min(len(m.Year.Question), 1) }
		return cmp.Or(cmp.Compare(at[a.Year.About], at[b.Year.About]), cmp.Compare(asked(a), asked(b)))
	})
}
