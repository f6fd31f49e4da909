package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
	"percept/collector/reviews"
	"percept/collector/survey"
	"percept/collector/transport"
	"percept/collector/web"
	"percept/reports"
	"percept/store"
)

// A pipeline is the stages over one config and one open store. Each stage may run alone.
type pipeline struct {
	*app
	cfg       *config
	store     *store.Store
	practices []collector.Practice
	jobs      []collector.Job
	command   string
	run       string // id in the ledger, once begun
	identity  collector.Identity
	drawings  *reports.Drawings // pages and mails of one run share them
	api       *http.Client      // of apiClient
}

// open reads the config and opens its store, for writing a new one if create is set.
func (a *app) open(ctx context.Context, command string, create bool) (*pipeline, error) {
	cfg, err := readConfig(a.config)
	if err != nil {
		return nil, err
	}
	return a.openConfig(ctx, cfg, command, store.Options{Create: create})
}

// openConfig is open for a config that was read; how long to wait and the time are those of a.
func (a *app) openConfig(ctx context.Context, cfg *config, command string, o store.Options) (*pipeline, error) {
	o.Wait, o.Now = a.wait, a.now
	p := &pipeline{app: a, cfg: cfg, practices: cfg.practices(), command: command, drawings: reports.NewDrawings()}
	path := cfg.path(cfg.Store)
	if !o.Create {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("open store %s: %w", path, store.ErrMissing)
		}
	}
	var err error
	if p.jobs, err = p.allJobs(); err != nil {
		return nil, err
	}
	if p.identity, err = identity(cfg.dir, path); err != nil {
		return nil, err
	}
	if p.store, err = store.Open(ctx, path, o); err != nil {
		return nil, err
	}
	// A killed process may have left a workbook or an export there; the lock of the store says that nobody else is at it.
	err = errors.Join(os.RemoveAll(p.unpacked()), os.RemoveAll(cfg.exported()), p.store.CheckKey(ctx, p.identity.Feedback))
	if err == nil {
		err = errors.Join(p.store.SetPractices(ctx, p.practices), p.store.SetSources(ctx, p.sources()))
	}
	if err != nil {
		return nil, errors.Join(err, p.store.Close())
	}
	return p, nil
}

// sources are those of the jobs, as the store counts them.
func (p *pipeline) sources() []store.Source {
	all := make([]store.Source, len(p.jobs))
	for i, j := range p.jobs {
		all[i] = store.Source{Practice: j.Practice, Name: j.Name, Kind: j.Kind}
	}
	return all
}

// with opens the store, runs fn and closes it whatever happened.
func (a *app) with(ctx context.Context, command string, create bool, fn func(*pipeline) error) error {
	p, err := a.open(ctx, command, create)
	if err != nil {
		return err
	}
	return errors.Join(fn(p), p.store.Close())
}

// begin opens this run in the ledger, once.
func (p *pipeline) begin(ctx context.Context) error {
	if p.run != "" {
		return nil
	}
	var err error
	p.run, err = p.store.BeginRun(ctx, p.command, versionName())
	return err
}

// absences is collector.Job.Absences. A file is often the export of a month: what it leaves out is not gone.
func (s *sourceConfig) absences() int {
	switch {
	case s.Type == "web" || s.Type == typeformType:
		return 1
	case s.Path != "" || !s.platform():
		return 0
	case s.format != nil:
		return max(s.format.API.Absences, 1)
	}
	return max(reviews.BuiltIn(s.Type).API.Absences, 1)
}

// allJobs are the sources of the config.
func (p *pipeline) allJobs() ([]collector.Job, error) {
	transport := p.cfg.transport(p.log, func(host string, d time.Duration) {
		p.progress().say(0, "waiting %s before %s is asked again", d.Round(time.Second), host)
	})
	var all []collector.Job
	add := func(owner collector.Practice, s sourceConfig) error {
		src, err := p.source(owner, s, transport)
		if err != nil {
			return usageError{err}
		}
		all = append(all, collector.Job{Practice: owner.ID, Name: cmp.Or(s.Name, src.Name()), Kind: s.kind(), Source: src, Limit: s.Limit, Absences: s.absences()})
		return nil
	}
	for i, pc := range p.cfg.Practices {
		for _, s := range pc.Sources {
			if err := add(p.practices[i], s); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range p.cfg.Sources {
		if err := add(collector.Practice{Zone: p.cfg.zone}, s); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// some are the jobs of a practice and of a source, by name or type; empty takes all.
func (p *pipeline) some(practice, source string) ([]collector.Job, error) {
	var some []collector.Job
	for _, j := range p.jobs {
		if (practice == "" || j.Practice == "" || j.Practice == practice) && (source == "" || j.Name == source || j.Kind == source || strings.HasPrefix(j.Source.Name(), source+":")) {
			some = append(some, j)
		}
	}
	if len(some) == 0 && len(p.jobs) > 0 {
		names := make([]string, len(p.jobs))
		for i, j := range p.jobs {
			names[i] = j.Name
		}
		return nil, usageError{hinted{fmt.Errorf("no source %q of practice %q", source, practice), "the sources are " + strings.Join(names, ", ")}}
	}
	if len(some) == 0 {
		return nil, usageError{hinted{errors.New("no source to collect from"), "add one under sources: in " + p.config + ", or see: percept doctor"}}
	}
	return some, nil
}

func (p *pipeline) source(owner collector.Practice, s sourceConfig, t *transport.Transport) (collector.Source, error) {
	if s.Type == "reviews" || s.platform() {
		return p.reviewSource(owner, s)
	}
	switch s.Type {
	case typeformType:
		return p.typeformSource(s, p.surveyOptions(owner, s))
	case "web":
		return web.New(web.Options{URL: s.URL, Profile: s.profile, Subject: s.Subject, Transport: t, Zone: owner.Zone, MaxPages: s.Pages})
	}
	return survey.New(p.surveyOptions(owner, s))
}

func (p *pipeline) surveyOptions(owner collector.Practice, s sourceConfig) survey.Options {
	o := survey.Options{Path: p.cfg.path(s.Path), Name: s.Path, Zone: owner.Zone, Mapping: s.Columns, Practice: owner.ID, Parquet: openParquet, Version: versionName(), TempDir: p.unpacked()}
	o.LanguageOf = func(words string) string { return analysis.Language("", words) }
	if column := s.Practice.Column; column != "" {
		o.Mapping.Practice.Column = column
		o.Practices = p.practiceNamed
		o.ZoneOf = p.zoneOf
		var version strings.Builder
		version.WriteString(o.Version)
		for _, pr := range p.practices {
			fmt.Fprintf(&version, " %q %q %s", pr.ID, pr.Name, pr.Zone)
		}
		o.Version = version.String()
	}
	return o
}

// unpacked is the folder of what large workbooks unpack to, beside the store: it may hold what people said.
func (p *pipeline) unpacked() string { return p.cfg.path(p.cfg.Store) + ".unpacked" }

// openParquet opens a Parquet file for a survey source, which reads no such file by itself.
func openParquet(ctx context.Context, path string) (survey.Columnar, error) {
	p, err := store.OpenParquet(ctx, path)
	if err != nil {
		return nil, err // and no interface around a nil pointer
	}
	return p, nil
}

// zoneOf is the zone of a practice; nil where there is no such practice.
func (p *pipeline) zoneOf(id string) *time.Location {
	for _, pr := range p.practices {
		if pr.ID == id {
			return pr.Zone
		}
	}
	return nil
}

// practiceNamed finds the practice that a cell of a file means: its id or its name.
func (p *pipeline) practiceNamed(cell string) (id string, ok bool) {
	cell = strings.TrimSpace(cell)
	for _, pr := range p.practices {
		if strings.EqualFold(pr.ID, cell) || strings.EqualFold(pr.Name, cell) {
			return pr.ID, true
		}
	}
	return "", false
}

// collect runs the sources and says what each gave.
func (p *pipeline) collect(ctx context.Context, practice, source string) ([]collector.Entry, error) {
	jobs, err := p.some(practice, source)
	if err != nil {
		return nil, err
	}
	return p.collectJobs(ctx, jobs)
}

func (p *pipeline) collectJobs(ctx context.Context, jobs []collector.Job) ([]collector.Entry, error) {
	if err := p.begin(ctx); err != nil {
		return nil, err
	}
	bar := p.progress()
	defer bar.done()
	entries, err := collector.Collect(ctx, jobs, collector.Options{
		Keeper: p.store, Identity: p.identity, Run: p.run, Now: p.now, Log: p.log,
		Progress: func(e collector.Entry) {
			bar.say(e.Rows, "collecting %s: %s, %s", e.Source, count(e.Pages, "page"), count(e.Rows, "row"))
		},
	})
	if err != nil {
		return entries, err
	}
	return entries, p.prune(ctx)
}

// analyzed is what analyze did.
type analyzed struct {
	Scored    int
	Rescored  []store.Rescored // what a new model or taxonomy changed, until it was told
	Verdicts  []analysis.Verdict
	Late      []analysis.Late
	Revisions []analysis.Revision
}

// analyze scores what is new, builds the series and judges every touchpoint.
func (p *pipeline) analyze(ctx context.Context) (analyzed, error) {
	var done analyzed
	if err := p.begin(ctx); err != nil {
		return done, err
	}
	scorers := p.cfg.scorers()
	defer scorers.close()
	for _, g := range p.readers() {
		s, err := scorers.of(g.taxonomy)
		if err != nil {
			return done, fmt.Errorf("analyze: %w", err)
		}
		n, err := p.score(ctx, g, s)
		if err != nil {
			return done, fmt.Errorf("analyze: %w", err)
		}
		done.Scored += n
	}
	if done.Scored > 20_000 {
		debug.FreeOSMemory() // which scoring took: the joins that follow take as much again
	}
	if err := p.store.BuildSeries(ctx); err != nil {
		return done, fmt.Errorf("analyze: %w", err)
	}
	var err error
	if done.Rescored, err = p.store.Rescored(ctx); err != nil {
		return done, fmt.Errorf("analyze: %w", err)
	}
	detected, err := p.judge(ctx)
	if err != nil {
		return done, fmt.Errorf("analyze: %w", err)
	}
	for _, d := range detected {
		done.Verdicts = append(done.Verdicts, d.Verdicts...)
		done.Late = append(done.Late, d.Late...)
		done.Revisions = append(done.Revisions, d.Revisions...)
	}
	due, err := p.due(ctx, done)
	if err != nil {
		return done, fmt.Errorf("analyze: %w", err)
	}
	return done, p.store.Conclude(ctx, p.run, detected, due)
}

// A group is the practices that are read with one taxonomy: scored together, since finding out what is
// new costs the same for one as for all.
type group struct {
	taxonomy  *analysis.Taxonomy
	practices []string
}

func (p *pipeline) readers() []group {
	var groups []group
	for _, pc := range p.cfg.Practices {
		t := p.cfg.taxonomyOf(pc)
		i := slices.IndexFunc(groups, func(g group) bool { return g.taxonomy == t })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{taxonomy: t})
		}
		groups[i].practices = append(groups[i].practices, pc.ID)
	}
	return groups
}

func (p *pipeline) score(ctx context.Context, g group, s analysis.Scorer) (int, error) {
	model, taxonomy := s.Version()
	n, batches, err := p.store.Unscored(ctx, g.practices, model, taxonomy)
	if err != nil {
		return 0, err
	}
	bar := p.progress()
	defer bar.done()
	reader := analysis.Reader{Scorer: s, Asks: g.taxonomy.Asks, Workers: p.workers}
	done := 0
	for heard, err := range batches {
		if err != nil {
			return done, err
		}
		understood, err := reader.Understand(ctx, heard)
		if err != nil {
			return done, err
		}
		if err := p.store.AddScores(ctx, model, taxonomy, understood); err != nil {
			return done, err
		}
		done += len(heard)
		bar.say(done, "scoring: %s of %s", collector.Thousands(done), collector.Thousands(n))
	}
	return done, p.store.Activate(ctx, g.practices, model, taxonomy)
}

// touchpoints are those of all taxonomies in use, each once, in their order, and the practice as a whole.
func (p *pipeline) touchpoints() []string {
	all := []string{analysis.General}
	seen := map[string]bool{analysis.General: true}
	for _, pc := range p.cfg.Practices {
		for _, t := range p.cfg.taxonomyOf(pc).Touchpoints {
			if !seen[t.ID] {
				seen[t.ID] = true
				all = append(all, t.ID)
			}
		}
	}
	return all
}

// pageOptions are what the pages of all practices need, or that of one.
func (p *pipeline) pageOptions(ctx context.Context, practice string) (reports.Options, error) {
	records, err := p.alertRecords(ctx)
	if err != nil {
		return reports.Options{}, fmt.Errorf("report: %w", err)
	}
	insights, err := p.insights(ctx, practice)
	if err != nil {
		return reports.Options{}, fmt.Errorf("report: %w", err)
	}
	return reports.Options{
		Now: p.now, Taxonomy: p.cfg.taxonomyOfPractice, Version: versionName(), Audience: reports.Audience(p.cfg.Audience),
		Only: practice, Owners: p.cfg.ownerOf, Language: p.cfg.languageOf, Workers: p.workers, Alerts: records, Insights: func(id string) []analysis.Insight { return insights[id] },
		Drawings: p.drawings, Config: p.configName,
	}, nil
}

// report writes the pages and returns the path of the index.
func (p *pipeline) report(ctx context.Context, practice string) (string, error) {
	dir := p.cfg.path(p.cfg.Reports)
	o, err := p.pageOptions(ctx, practice)
	if err != nil {
		return "", err
	}
	o.Explorable = true
	_, err = reports.Build(ctx, dir, p.store, p.practices, o)
	if err != nil {
		return "", fmt.Errorf("report: %w", err)
	}
	return filepath.Join(dir, "index.html"), nil
}
