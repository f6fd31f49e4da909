package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
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
			fmt.Fprintf(p.out, "%s: nothing was said in %d weeks\n", line(pr.Name), analysis.YearWeeks)
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

func (p *pipeline) sayInsight(pr collector.Practice, in analysis.Insight) error {
	name := func(id string) string { return touchpointName(p.cfg.taxonomyOfPractice(pr.ID), id) }
	fmt.Fprintf(p.out, "%s, %s: %s in 52 weeks up to %s\n\n", line(pr.Name), channelName(string(in.Channel)), count(in.Feedback, "piece")+" of feedback", date(in.To.AddDate(0, 0, -1)))
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "metric\tof\t13 weeks\tn\tchange\tn before\t52 weeks\tn")
	for _, m := range in.Metrics {
		of := "the whole"
		switch {
		case m.Year.About != "":
			of = name(m.Year.About)
		case m.Year.Question != "":
			of = short(m.Year.Question)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%d\t%s\t%d\n", m.Year.Tag, line(of), metric(m.Now), m.Now.N,
			signedEstimate(m.Change.Tag, m.Change.Value), m.Change.From, metric(m.Year), m.Year.N)
	}
	sayDrivers(w, in, name)
	sayStories(w, in, name)
	fmt.Fprintln(w)
	return w.Flush()
}

func sayDrivers(w io.Writer, in analysis.Insight, name func(string) string) {
	if in.Channel == collector.Review {
		fmt.Fprintf(w, "\nimpact: the mean of all minus the mean without those who speak of it (90 %%): %s\n", said(in.Impacts.Tag, in.Impacts.N, in.Impacts.Why))
		for _, x := range in.Impacts.List {
			fmt.Fprintf(w, "  %s\t%s\tn %d\n", name(x.Touchpoint), signedEstimate(in.Impacts.Tag, &x.Value), x.N)
		}
		sayLeft(w, in.Impacts.Left, name)
		return
	}
	d := in.Drivers
	fmt.Fprintf(w, "\ndrivers: what the overall rating goes with (90 %%; association, not cause): %s", said(d.Tag, d.N, d.Why))
	if len(d.List) > 0 {
		fmt.Fprintf(w, ", R squared %.2f", d.R2)
	}
	fmt.Fprintln(w)
	for _, x := range d.List {
		notes := []string{}
		if x.Group > 0 {
			notes = append(notes, fmt.Sprintf("group %d", x.Group))
		}
		if !x.Clear {
			notes = append(notes, "not surely more than chance")
		}
		fmt.Fprintf(w, "  %s\t%.0f %% (%.0f to %.0f)\tn %d\t%s\n", name(x.Touchpoint), 100*x.Share.Value, 100*x.Share.Lo, 100*x.Share.Hi, x.N, strings.Join(notes, ", "))
	}
	sayLeft(w, d.Left, name)
	if len(in.Moments) > 0 {
		fmt.Fprintln(w, "\nmoments of truth: importance beside how it is felt (-1 to 1), the largest gap first")
		for _, m := range in.Moments {
			fmt.Fprintf(w, "  %s\t%.0f %%\t%s\t%s\n", name(m.Touchpoint), 100*m.Importance.Value, estimate(analysis.MeanScore, &m.Performance), or(string(m.Quadrant), "not placed: "+m.Why))
		}
	}
}

// said is what a finding rests on.
func said(tag analysis.Tag, n int, why string) string {
	s := fmt.Sprintf("n %d", n)
	if tag != "" {
		s = string(tag) + ", " + s
	}
	if why != "" {
		s += "; " + why
	}
	return s
}

// sayLeft names what was left out: those of which too little was said in one line.
func sayLeft(w io.Writer, left []analysis.Left, name func(string) string) {
	var few []string
	for _, l := range left {
		if l.N < analysis.FewAnswers {
			few = append(few, fmt.Sprintf("%s %d", name(l.Touchpoint), l.N))
			continue
		}
		fmt.Fprintf(w, "  %s\tleft out: %s\n", name(l.Touchpoint), l.Why)
	}
	sayFew(w, fmt.Sprintf("under %d: ", analysis.FewAnswers), few)
}

// sayFew writes a line of what there is too little of, if anything.
func sayFew(w io.Writer, what string, few []string) {
	if len(few) > 0 {
		fmt.Fprintf(w, "  %s%s\n", what, strings.Join(few, ", "))
	}
}

// fewTexts are those of which no number is given in the list of turning points.
const fewTexts = 5

func sayStories(w io.Writer, in analysis.Insight, name func(string) string) {
	if len(in.Turns) > 0 {
		fmt.Fprintln(w, "\nturning points: where texts first went wrong, and whether they end well")
		var few []string
		for _, t := range in.Turns {
			if t.Texts < fewTexts {
				few = append(few, fmt.Sprintf("%s %d", name(t.Touchpoint), t.Texts))
				continue
			}
			rate := ""
			if t.Rate != nil {
				rate = fmt.Sprintf("%.0f %% (%.0f to %.0f)", 100*t.Rate.Value, 100*t.Rate.Lo, 100*t.Rate.Hi)
			}
			fmt.Fprintf(w, "  %s\t%s\t%d recovered\t%s\n", name(t.Touchpoint), count(t.Texts, "text"), t.Recovered, rate)
		}
		sayFew(w, fmt.Sprintf("under %d texts: ", fewTexts), few)
	}
	if len(in.Rare) > 0 {
		fmt.Fprintln(w, "\nrare events: days from one bad mention to the next, in 104 weeks (a chart to look at, no verdict)")
		var few []string
		for _, r := range in.Rare {
			if r.Days == nil {
				few = append(few, fmt.Sprintf("%s %d", name(r.Touchpoint), r.Events))
				continue
			}
			outside := ""
			if r.Signal == "" && (r.Days.Outside || r.Between.Outside) {
				outside = "the last interval is outside the limits of one chart"
			}
			notes := []string{}
			for _, note := range []string{string(r.Signal), outside, r.Why} {
				if note != "" {
					notes = append(notes, note)
				}
			}
			fmt.Fprintf(w, "  %s\t%d of %d\tlast %.0f, then %.0f until now\tlimits %.0f to %.0f\t%s\n", name(r.Touchpoint), r.Events, r.Feedback,
				r.Days.Intervals[len(r.Days.Intervals)-1], r.Days.Open, r.Days.Lower, r.Days.Upper, strings.Join(notes, "; "))
		}
		sayFew(w, "too few for limits: ", few)
	}
}

// metric is a number as people read it; what there is too little of is a dash.
func metric(m analysis.Metric) string { return estimate(m.Tag, m.Value) }

func estimate(tag analysis.Tag, e *analysis.Estimate) string { return written(tag, e, "%.*f") }

func signedEstimate(tag analysis.Tag, e *analysis.Estimate) string { return written(tag, e, "%+.*f") }

func written(tag analysis.Tag, e *analysis.Estimate, verb string) string {
	if e == nil {
		return "-"
	}
	digits := 0
	if strings.HasSuffix(string(tag), "-mean") {
		digits = 2
	}
	return fmt.Sprintf(verb+" ("+verb+" to "+verb+")", digits, e.Value, digits, e.Lo, digits, e.Hi)
}

// date is a day as people write it.
func date(t time.Time) string { return t.Format("2 January 2006") }

// shortest is how much of a question stands in a table.
const shortest = 48

// short cuts a question to what a table holds.
func short(s string) string {
	r := []rune(line(s))
	if len(r) <= shortest {
		return string(r)
	}
	return string(r[:shortest-1]) + "…"
}
