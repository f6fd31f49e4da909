package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"percept/analysis"
	"percept/collector"
)

// sayInsight prints what the numbers say of a practice through one channel.
func (p *pipeline) sayInsight(pr collector.Practice, in analysis.Insight) error {
	name := func(id string) string { return touchpointName(p.cfg.taxonomyOfPractice(pr.ID), id) }
	fmt.Fprintf(p.out, "%s, %s: %s in 52 weeks up to %s\n\n", line(pr.Name), channelName(string(in.Channel)), count(in.Feedback, "piece")+" of feedback", date(in.To.AddDate(0, 0, -1)))
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "metric\tof\t13 weeks (95 %)\tn\tchange (95 %)\tn before\t52 weeks (95 %)\tn")
	for _, m := range in.Metrics {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%d\t%s\t%d\n", m.Year.Tag, line(subject(m.Year, in.Metrics, name)), metric(m.Now), m.Now.N,
			signedEstimate(m.Change.Tag, m.Change.Value), m.Change.From, metric(m.Year), m.Year.N)
	}
	sayDrivers(w, in, name)
	sayStories(w, in, name)
	fmt.Fprintln(w)
	return w.Flush()
}

// subject is what a metric is of; of two questions about one touchpoint, the question too.
func subject(m analysis.Metric, all []analysis.Movement, name func(string) string) string {
	alike := 0
	for _, other := range all {
		if other.Year.Axis == m.Axis && other.Year.About == m.About {
			alike++
		}
	}
	switch {
	case m.About == "" && m.Question == "":
		return "the whole"
	case m.About == "":
		return short(m.Question)
	case alike > 1:
		return name(m.About) + ": " + short(m.Question)
	}
	return name(m.About)
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
			fmt.Fprintf(w, "  %s\t%.0f %%\t%s\t%s\n", name(m.Touchpoint), 100*m.Importance.Value, estimate(analysis.MeanScore, &m.Performance), cmp.Or(string(m.Quadrant), "not placed: "+m.Why))
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
	write := func(v float64) string {
		s := fmt.Sprintf(verb, digits, v)
		if strings.Trim(s, "-0.") == "" { // a little under zero
			s = fmt.Sprintf(verb, digits, 0.0)
		}
		return s
	}
	return write(e.Value) + " (" + write(e.Lo) + " to " + write(e.Hi) + ")"
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
