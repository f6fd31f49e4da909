package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/collector/survey"
	"percept/collector/transport"
	"percept/reports/alert"
	"percept/store"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check the config and try its sources; say what to type next",
		Long: `Doctor reads the config, opens the store, shows what it makes of every survey file (columns, scales,
dates) and which of its rows a run will reject, fetches the first page of every web source, logs in to
every mail server, and stores and sends nothing.`,
		Example: "  percept doctor\n  percept doctor --config clients/elm.yaml",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := readConfig(a.config)
			if err != nil {
				return err
			}
			d := &examination{pipeline: &pipeline{app: a, cfg: cfg, practices: cfg.practices()}}
			return d.run(cmd.Context())
		},
	}
}

// An examination counts what is wrong while it goes on looking.
type examination struct {
	*pipeline
	faults int
}

func (d *examination) well(format string, args ...any) {
	fmt.Fprintf(d.out, "ok       %s\n", escape(fmt.Sprintf(format, args...)))
}

func (d *examination) ill(format string, args ...any) {
	d.faults++
	fmt.Fprintf(d.out, "problem  %s\n", escape(fmt.Sprintf(format, args...)))
}

func (d *examination) note(text string) { fmt.Fprintf(d.out, "           %s\n", line(text)) }

func (d *examination) run(ctx context.Context) error {
	d.well("config %s: %s", d.config, count(len(d.practices), "practice"))
	d.examineStore(ctx)
	t := d.cfg.transport(d.log, nil)
	sources := 0
	for i, pc := range d.cfg.Practices {
		for _, s := range pc.Sources {
			d.examineSource(ctx, d.practices[i], s, t)
			sources++
		}
	}
	for _, s := range d.cfg.Sources {
		d.examineSource(ctx, collector.Practice{Zone: d.cfg.zone}, s, t)
		sources++
	}
	d.examineReceivers(ctx)
	if sources == 0 {
		d.ill("no source: nothing to collect; add one under sources: of a practice")
	}
	if d.faults > 0 {
		them := "them"
		if d.faults == 1 {
			them = "it"
		}
		fmt.Fprintf(d.err, "percept: %s; mend %s, then: percept doctor\n", count(d.faults, "problem"), them)
		return errIncomplete
	}
	fmt.Fprintln(d.out, "next: percept run")
	return nil
}

func (d *examination) examineStore(ctx context.Context) {
	path := d.cfg.path(d.cfg.Store)
	s, err := store.Open(ctx, path, store.Options{Wait: d.wait, Now: d.now})
	switch {
	case errors.Is(err, store.ErrMissing):
		d.well("store %s: not there yet; the first run makes it", path)
		return
	case err != nil:
		d.ill("%v", err)
		if hint := hintFor(err); hint != "" {
			d.note(hint)
		}
		return
	}
	counts, err := s.Counts(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		d.ill("store %s: %v", path, err)
		return
	}
	d.well("store %s: %s of feedback", path, count(counts.Feedback, "piece"))
}

func (d *examination) examineSource(ctx context.Context, owner collector.Practice, s sourceConfig, t *transport.Transport) {
	switch {
	case s.Type == "survey":
		d.examineSurvey(ctx, owner, s)
		return
	case s.Type == typeformType:
		d.examineTypeform(ctx, owner, s)
		return
	case s.Type == "reviews" || s.platform():
		d.examineReviews(ctx, owner, s)
		return
	}
	src, err := d.source(owner, s, t)
	if err != nil {
		d.ill("%s: %v", s.URL, err)
		return
	}
	for page, err := range src.Pages(ctx, collector.Query{Now: d.now}) {
		if err != nil {
			d.ill("%v", err)
			return
		}
		parsed, err := src.Parse(page)
		if err != nil {
			d.ill("%v", err)
			return
		}
		d.examinePage(page, parsed)
		return
	}
	d.ill("%s: no page", s.URL)
}

// examinePage says what the first page of a list gives, and what a run will not take of it.
func (d *examination) examinePage(page collector.Page, parsed collector.Parsed) {
	found := fmt.Sprintf("%s: %s on the first page", page.URL, count(len(parsed.Feedback), "review"))
	switch {
	case parsed.Partial != "":
		d.ill("%s, and not all was read: %s", found, parsed.Partial)
	case len(parsed.Rejected) > 0:
		d.ill("%s, and a run will reject %d more: %s", found, len(parsed.Rejected), parsed.Rejected[0].Reason)
	default:
		d.well("%s", found)
	}
	if n := parsed.Aggregate.Count; n > 0 {
		d.note("the page says that it has " + count(n, "review") + " in all")
	}
	if parsed.Next != "" {
		d.note("the list goes on at " + parsed.Next)
	}
	for _, n := range parsed.Notes {
		d.note(n)
	}
}

func (d *examination) examineSurvey(ctx context.Context, owner collector.Practice, s sourceConfig) {
	files, err := survey.Files(d.cfg.path(s.Path))
	if err != nil {
		d.ill("%s: %v", s.Path, err)
		d.note("put the export of your survey there; percept init wrote a template into surveys/")
		return
	}
	o := d.surveyOptions(owner, s)
	o.Asks = d.asks(owner)
	readable := true
	for _, file := range files {
		layout, err := survey.Inspect(ctx, file, o)
		if err != nil {
			d.ill("%s: %v", file, err)
			readable = false
		} else {
			d.well("%s", file)
		}
		if err != nil {
			for _, text := range layout.Describe() {
				d.note(text)
			}
			continue
		}
		d.examineLayout(layout)
	}
	if readable {
		d.examineRows(ctx, s.Path, o)
	}
}

// examineLayout shows what was decided about a file that can be read.
func (d *examination) examineLayout(l survey.Layout) {
	if l.Rows == 0 {
		d.note("no answers in it yet; what its columns mean is decided once there are")
		return
	}
	for _, text := range l.Describe() {
		d.note(text)
	}
}

// examineRows reads the files as a run would, and names the rows that it will reject.
func (d *examination) examineRows(ctx context.Context, path string, o survey.Options) {
	src, err := survey.New(o)
	if err != nil {
		d.ill("%v", err)
		return
	}
	var found rejections
	d.readPages(ctx, src, func(_ collector.Page, parsed collector.Parsed) { found.add(parsed.Rejected, d.verbose) })
	d.sayRejections(path, "row", found)
}

// readPages passes on what the pages of a source hold, read as a run would, and tells the faults of the others.
func (d *examination) readPages(ctx context.Context, src collector.Source, yield func(collector.Page, collector.Parsed)) {
	for page, err := range src.Pages(ctx, collector.Query{Now: d.now}) {
		var parsed collector.Parsed
		if err == nil {
			parsed, err = src.Parse(page)
		}
		if err != nil {
			d.ill("%v", err)
			continue
		}
		yield(page, parsed)
	}
}

// rejections are rows that a run will reject, of which the first few are shown.
type rejections struct {
	n     int
	shown []collector.Rejection
}

func (r *rejections) add(more []collector.Rejection, all bool) {
	r.n += len(more)
	if room := max(0, shownRejections-len(r.shown)); !all {
		more = more[:min(room, len(more))]
	}
	r.shown = append(r.shown, more...)
}

func (d *examination) sayRejections(source, noun string, found rejections) {
	if found.n == 0 {
		return
	}
	d.ill("%s: a run will reject %s", source, count(found.n, noun))
	for _, r := range found.shown {
		d.note(r.Ref + ": " + r.Reason)
	}
	if more := found.n - len(found.shown); more > 0 {
		d.note(fmt.Sprintf("and %s more; all of them: percept doctor -v", collector.Thousands(more)))
	}
}

// asks guesses the touchpoint of a question as analyze does.
func (d *examination) asks(owner collector.Practice) func(string) string {
	if t := d.cfg.taxonomyOfPractice(owner.ID); t != nil {
		return t.Asks
	}
	return d.cfg.taxonomies[d.cfg.Taxonomy].Asks
}

// examineReceivers makes the way to every receiver and logs in to mail servers; nothing is sent.
func (d *examination) examineReceivers(ctx context.Context) {
	client := d.cfg.alertClient()
	for _, r := range d.cfg.Alerts.Receivers {
		ch, err := d.cfg.channel(r, client)
		if m, ok := ch.(*alert.Mail); ok && err == nil {
			err = m.Probe(ctx)
		}
		if err != nil {
			d.ill("receiver %s: %v", r.Name, err)
			continue
		}
		d.well("receiver %s: %s; try it with: percept alert test %s", r.Name, r.Type, r.Name)
	}
}
