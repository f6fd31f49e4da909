package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector"
	"percept/collector/yamlfile"
	"percept/reports"
)

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Collect, analyze, report and alert: what cron calls",
		Long: `Run collects from every source, scores what is new, judges every touchpoint, writes the pages and
sends what is due to the receivers of the config, if it names any. Running it again changes nothing that is known. It exits 3 when a source was not read
whole or rows were rejected: the rest is done all the same.`,
		Example: "  percept run\n  percept run --config clients/elm.yaml --wait 1m",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "run", true, func(p *pipeline) error { return p.all(cmd.Context()) })
		},
	}
}

// all is collect, analyze, report and alert in one run.
func (p *pipeline) all(ctx context.Context) error {
	jobs, err := p.some("", "")
	if err != nil {
		return err
	}
	return p.allOf(ctx, jobs)
}

// allOf is all, with some of the sources.
func (p *pipeline) allOf(ctx context.Context, jobs []collector.Job) error {
	entries, err := p.collectJobs(ctx, jobs)
	if err != nil {
		return err
	}
	if err := p.sayCollected(ctx, entries); err != nil {
		return err
	}
	done, err := p.analyze(ctx)
	if err != nil {
		return err
	}
	p.sayAnalyzed(done, entries)
	if err := p.sayRescored(ctx, done.Rescored); err != nil {
		return err
	}
	index, err := p.report(ctx, "")
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "report: %s\n", index)
	sent := p.alert(ctx)
	if sent != nil && !errors.Is(sent, errIncomplete) {
		return sent
	}
	if err := p.store.EndRun(ctx, p.run); err != nil {
		return err
	}
	return cmp.Or(incomplete(entries), sent)
}

// alert sends what is due to the receivers of the config, where there are any.
func (p *pipeline) alert(ctx context.Context) error {
	if len(p.cfg.Alerts.Receivers) == 0 {
		return nil
	}
	return p.sendDue(ctx, p.command == "watch")
}

func (a *app) collectCommand() *cobra.Command {
	var practice, source string
	var reparse bool
	cmd := &cobra.Command{
		Use:   "collect",
		Short: "Bring new feedback in from every source",
		Long: `Collect reads every source into the store. Each row ends as stored, duplicate, empty or rejected,
and the four add up. A source that fails is named and the others go on (exit 3).
With --reparse it reads the kept pages again, after an update of percept or of a profile, and asks
no host: what is read otherwise is a new version, and what is found no more is left out.`,
		Example: "  percept collect\n  percept collect --reparse\n  percept collect --practice harbour-street --source survey",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "collect", true, func(p *pipeline) error {
				if err := p.knows(practice); err != nil {
					return err
				}
				if reparse {
					return p.reparse(cmd.Context(), practice, source)
				}
				entries, err := p.collect(cmd.Context(), practice, source)
				if err != nil {
					return err
				}
				if err := p.sayCollected(cmd.Context(), entries); err != nil {
					return err
				}
				if err := p.store.EndRun(cmd.Context(), p.run); err != nil {
					return err
				}
				return incomplete(entries)
			})
		},
	}
	cmd.Flags().StringVar(&practice, "practice", "", "only the sources of this practice (its `id`)")
	cmd.Flags().StringVar(&source, "source", "", "only this source (its `name` in percept status, or its type)")
	cmd.Flags().BoolVar(&reparse, "reparse", false, "parse the kept pages again, without the network")
	return cmd
}

func (a *app) analyzeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "analyze",
		Short: "Score what is new and judge every touchpoint",
		Long: `Analyze scores the feedback that has not been scored by this model and taxonomy, builds the weekly
series and draws a verdict for every touchpoint of every practice. After a change of model or taxonomy
it reads all feedback again and says what moved; stopped on the way, it goes on where it was.`,
		Example: "  percept analyze",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "analyze", false, func(p *pipeline) error {
				done, err := p.analyze(cmd.Context())
				if err != nil {
					return err
				}
				p.sayAnalyzed(done, nil)
				if err := p.sayRescored(cmd.Context(), done.Rescored); err != nil {
					return err
				}
				return p.store.EndRun(cmd.Context(), p.run)
			})
		},
	}
}

func (a *app) reportCommand() *cobra.Command {
	var practice, format string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write the pages",
		Long: `Report writes the weekly page of every practice, the feedback behind its numbers beside it, and the
index, from what analyze left in the store. With --format json it writes what the weekly pages say to
standard output instead, as docs/report.schema.json describes it.`,
		Example: "  percept report\n  percept report --practice harbour-street\n  percept report --format json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "report", false, func(p *pipeline) error {
				if err := p.knows(practice); err != nil {
					return err
				}
				if format != "html" && format != "json" {
					return usageError{fmt.Errorf("format %q: want html or json", format)}
				}
				if format == "json" {
					o, err := p.pageOptions(cmd.Context(), practice)
					if err != nil {
						return err
					}
					return reports.JSON(cmd.Context(), p.out, p.store, p.practices, o)
				}
				index, err := p.report(cmd.Context(), practice)
				if err != nil {
					return err
				}
				fmt.Fprintf(p.out, "report: %s\n", index)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&practice, "practice", "", "only the page of this practice (its `id`)")
	cmd.Flags().StringVar(&format, "format", "html", "html writes pages, json writes to standard output")
	return cmd
}

// knows refuses a practice that is not in the config.
func (p *pipeline) knows(practice string) error {
	if practice == "" {
		return nil
	}
	var ids []string
	for _, pr := range p.practices {
		if pr.ID == practice {
			return nil
		}
		ids = append(ids, pr.ID)
	}
	err := fmt.Errorf("practice %q is not in %s", practice, p.config)
	hint := "its practices are " + strings.Join(ids, ", ")
	if near := yamlfile.Nearest(practice, ids); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return usageError{hinted{err, hint}}
}

// incomplete is errIncomplete when any source was not read whole.
func incomplete(entries []collector.Entry) error {
	for _, e := range entries {
		if !e.Whole() {
			return errIncomplete
		}
	}
	return nil
}

// shownRejections is how many rejected rows of a source are named without -v.
const shownRejections = 5

// sayCollected prints a line a source, and on standard error what needs a person's eye.
func (p *pipeline) sayCollected(ctx context.Context, entries []collector.Entry) error {
	if p.json {
		enc := json.NewEncoder(p.out)
		for _, e := range entries {
			if err := enc.Encode(entryJSON(e)); err != nil {
				return err
			}
		}
	}
	for _, e := range entries {
		who := cmp.Or(e.Practice, "(several)")
		if !p.json {
			fmt.Fprintf(p.out, "%s  %s  %s: %s%s\n", line(who), line(e.Source), e.State, outcome(e), changes(e))
		}
		if e.Why != "" {
			fmt.Fprintf(p.err, "percept: %s: %s: %s\n", line(e.Source), e.State, line(e.Why))
		}
		for _, n := range e.Notes {
			fmt.Fprintf(p.err, "percept: %s: note: %s\n", line(e.Source), line(n))
		}
		if err := p.sayRejected(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// outcome says what became of every row, or that no file of a survey was read, as none has changed.
func outcome(e collector.Entry) string {
	switch {
	case e.Kind != "survey" || e.Unchanged == 0:
		return e.Sum()
	case e.Unchanged == e.Pages:
		return fmt.Sprintf("unchanged, %s known", count(e.Rest, "row"))
	}
	return fmt.Sprintf("%s; %s unchanged", e.Sum(), count(e.Unchanged, "file"))
}

// changes says what of the stored are new versions of what was known, what the source no longer has, and what
// it has again; empty where there is none of them.
func changes(e collector.Entry) string {
	said := ""
	if e.Edited > 0 {
		said += fmt.Sprintf("; %s edited", collector.Thousands(e.Edited))
	}
	if e.Removed > 0 {
		said += fmt.Sprintf("; %s removed at the source", collector.Thousands(e.Removed))
	}
	if e.Back > 0 {
		said += fmt.Sprintf("; %s back", collector.Thousands(e.Back))
	}
	return said
}

func (p *pipeline) sayRejected(ctx context.Context, e collector.Entry) error {
	limit := shownRejections
	if p.verbose {
		limit = e.Rejected
	}
	rejected, err := p.store.Rejections(ctx, e, limit)
	if err != nil {
		return err
	}
	for _, r := range rejected {
		fmt.Fprintf(p.err, "percept: rejected: %s: %s\n", line(r.Ref), line(r.Reason))
	}
	if more := e.Rejected - len(rejected); more > 0 {
		fmt.Fprintf(p.err, "percept: rejected: %s more of %s; see all with: percept status --rejected\n", collector.Thousands(more), line(e.Source))
	}
	return nil
}

type entryLine struct {
	Practice  string   `json:"practice,omitempty"`
	Source    string   `json:"source"`
	State     string   `json:"state"`
	Why       string   `json:"why,omitempty"`
	Expected  int      `json:"expected"`
	Read      int      `json:"read"`
	Stored    int      `json:"stored"`
	New       int      `json:"new"`
	Edited    int      `json:"edited"`
	Duplicate int      `json:"duplicate"`
	Unchanged int      `json:"unchanged"` // pages and files
	Empty     int      `json:"empty"`
	Rejected  int      `json:"rejected"`
	Removed   int      `json:"removed"`
	Back      int      `json:"back"`
	Notes     []string `json:"notes,omitempty"`
}

func entryJSON(e collector.Entry) entryLine {
	return entryLine{
		Practice: e.Practice, Source: e.Source, State: string(e.State), Why: e.Why, Expected: e.Expected, Read: e.Rows,
		Stored: e.Stored(), New: e.New, Edited: e.Edited, Duplicate: e.Duplicate, Unchanged: e.Unchanged, Empty: e.Empty, Rejected: e.Rejected, Removed: e.Removed, Back: e.Back, Notes: e.Notes,
	}
}

// sayAnalyzed prints what was scored and what changed; a quiet week is one line, which says what it
// does not rest on.
func (p *pipeline) sayAnalyzed(done analyzed, entries []collector.Entry) {
	if p.json {
		return
	}
	fmt.Fprintf(p.out, "scored %s\n", count(done.Scored, "piece")+" of feedback")
	p.sayLate(done)
	quiet := true
	of := make(map[string][]analysis.Verdict)
	for _, v := range done.Verdicts {
		of[v.Practice] = append(of[v.Practice], v)
	}
	for _, pr := range p.practices {
		for _, c := range p.changesOf(pr, of[pr.ID]) {
			fmt.Fprintf(p.out, "%s: %s\n", line(pr.Name), c)
			quiet = false
		}
	}
	if !quiet {
		return
	}
	holes := 0
	for _, e := range entries {
		if e.State != collector.Complete {
			holes++
		}
	}
	if holes > 0 {
		fmt.Fprintf(p.out, "no reliable change this week, as far as can be seen: %s not read whole, and no verdict is drawn from the hole\n", count(holes, "source"))
		return
	}
	said := "not enough feedback yet to tell a change"
	if slices.ContainsFunc(done.Verdicts, func(v analysis.Verdict) bool { return v.Word == analysis.Steady }) {
		said = "no reliable change this week"
	}
	fmt.Fprintln(p.out, said)
}

// changesOf says every verdict about a practice that is not quiet, a phrase each, and where reviews and
// survey agree.
func (p *pipeline) changesOf(pr collector.Practice, verdicts []analysis.Verdict) []string {
	t := p.cfg.taxonomyOfPractice(pr.ID)
	var all []string
	for _, v := range verdicts {
		if v.Practice != pr.ID || v.Word != analysis.Worse && v.Word != analysis.Better {
			continue
		}
		all = append(all, changeSentence(t, v))
	}
	for _, a := range analysis.Accords(verdicts) {
		if a.Practice == pr.ID {
			all = append(all, a.Sentence(streamName(t, a.Touchpoint)))
		}
	}
	return all
}

// changeSentence says a verdict with all it rests on.
func changeSentence(t *analysis.Taxonomy, v analysis.Verdict) string {
	return fmt.Sprintf("%s is %s in the %s since the week of %s: %+.2f (likely %+.2f to %+.2f) on a scale of -1 to 1, %s in 13 weeks",
		streamName(t, v.Touchpoint), v.Word, channelName(v.Channel), v.Since.Format("2 January 2006"), v.Effect, v.EffectLo, v.EffectHi, people(v.People))
}

// streamName is the name of what a verdict is about.
func streamName(t *analysis.Taxonomy, touchpoint string) string {
	if touchpoint == analysis.PracticeWide {
		return "everything together"
	}
	return touchpointName(t, touchpoint)
}

func channelName(channel string) string {
	if channel == string(collector.Response) {
		return "survey"
	}
	return "reviews"
}
