package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/collector/yamlfile"
	"percept/store"
)

// Pauses of a watch.
const (
	glance   = 30 * time.Second // how often it looks at the clock: after a sleep of the machine it is late by no more
	retry    = time.Minute      // after a failure, doubled up to maxRetry
	maxRetry = time.Hour
)

func (a *app) watchCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "watch",
		Short: "The same on a schedule, until stopped",
		Long: `Watch reads every source at the times of its schedule, by the clock of its practice, and then analyzes,
reports and sends what is due. What was missed while the machine slept or percept was stopped is done
once. The store is held only while there is work, so that other commands run beside it. SIGHUP reads
the config anew, SIGTERM stops cleanly. Health: percept status --json, and /healthz and /metrics where
the config says watch: {listen: ...}.`,
		Example: "  percept watch\n  percept watch --config clients/elm.yaml -v",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.watch(cmd.Context()) },
	}
}

// A watcher does the work of percept watch.
type watcher struct {
	*app
	cfg    *config
	clock  func() time.Time
	sleep  func(ctx context.Context, d time.Duration) error
	reload <-chan os.Signal

	health health
	failed int // runs in a row that failed
}

func (a *app) watch(ctx context.Context) (err error) {
	cfg, err := readConfig(a.config)
	if err != nil {
		return err
	}
	lock, err := lockWatch(cfg.path(cfg.Store) + ".watch.lock")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	reload := make(chan os.Signal, 1)
	defer notifyReload(reload)()
	w := &watcher{app: a, cfg: cfg, clock: func() time.Time { return time.Now().Round(0).UTC() }, reload: reload}
	w.sleep = w.nap
	w.health.begin(w.clock())
	stop, err := w.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	fmt.Fprintf(a.err, "percept: watching %s of %s\n", count(len(cfg.timetables()), "source"), a.config)
	w.loop(ctx)
	w.health.stop()
	return w.health.write(w.healthFile())
}

// loop works until ctx ends.
func (w *watcher) loop(ctx context.Context) {
	for ctx.Err() == nil {
		now := w.clock()
		if !now.Before(w.health.next()) {
			w.tick(ctx, now)
		}
		w.health.looked(w.clock())
		if err := w.health.write(w.healthFile()); err != nil {
			w.log.Error("write health", "err", err)
		}
		if w.sleep(ctx, min(glance, max(w.health.next().Sub(w.clock()), time.Millisecond))) != nil {
			return
		}
	}
}

// nap waits d, or until ctx ends; a signal to reload is obeyed on the way.
func (w *watcher) nap(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-w.reload:
		w.readAgain()
	case <-timer.C:
	}
	return nil
}

// readAgain takes the config as it is now. One with mistakes changes nothing.
func (w *watcher) readAgain() {
	cfg, err := readConfig(w.config)
	var mistakes yamlfile.Mistakes
	switch {
	case errors.As(err, &mistakes):
		for _, m := range mistakes {
			fmt.Fprintf(w.err, "percept: reload: error: %s\n", m)
		}
		fmt.Fprintln(w.err, "percept: reload: the config as it was stays in force")
	case err != nil:
		fmt.Fprintf(w.err, "percept: reload: %s; the config as it was stays in force\n", err)
	case cfg.path(cfg.Store) != w.cfg.path(w.cfg.Store):
		fmt.Fprintln(w.err, "percept: reload: another store wants another start; the config as it was stays in force")
	default:
		w.cfg = cfg
		w.health.due(w.clock())
		fmt.Fprintln(w.err, "percept: reload: done")
	}
}

// tick does what is due now and finds out when there is more to do.
func (w *watcher) tick(ctx context.Context, now time.Time) {
	once := *w.app
	once.now = now.Truncate(time.Second)
	once.wait = max(once.wait, 10*time.Second)
	p, err := once.openConfig(ctx, w.cfg, "watch", store.Options{Create: true})
	var next time.Time
	if err == nil {
		next, err = p.tick(ctx, &w.health)
		err = errors.Join(err, p.store.Close())
	}
	if ctx.Err() != nil {
		return
	}
	if err == nil || errors.Is(err, errIncomplete) {
		w.failed = 0
		w.health.worked(now, next, errors.Is(err, errIncomplete))
		return
	}
	pause := min(retry<<min(w.failed, 10), maxRetry)
	w.failed++
	w.health.broke(now, now.Add(pause), err)
	fmt.Fprintf(w.err, "percept: watch: %s; again in %s\n", line(err.Error()), pause)
}

// tick reads the sources that are due, and then does what run does. It returns when the next is due.
func (p *pipeline) tick(ctx context.Context, h *health) (next time.Time, err error) {
	last, err := p.lastRead(ctx)
	if err != nil {
		return next, err
	}
	tables := p.cfg.timetables()
	var jobs []collector.Job
	for i, j := range p.jobs {
		read := last[[2]string{j.Practice, j.Name}]
		if read.IsZero() || !tables[i].schedule.Next(read, tables[i].zone).After(p.now) {
			jobs = append(jobs, j)
			read = p.now
		}
		next = earliest(next, tables[i].schedule.Next(read, tables[i].zone))
	}
	if len(jobs) > 0 {
		err = p.allOf(ctx, jobs)
	} else if len(p.cfg.Alerts.Receivers) > 0 {
		err = p.sendDue(ctx, true)
	}
	if err != nil && !errors.Is(err, errIncomplete) {
		return next, err
	}
	more, werr := p.nextAlert(ctx)
	if werr != nil {
		return next, werr
	}
	if next = earliest(next, more); next.IsZero() {
		next = p.now.Add(maxRetry) // no source: a reload may bring one
	}
	return next, errors.Join(err, h.measure(ctx, p.store))
}

// lastRead is when each source was begun to be read last, by practice and name.
func (p *pipeline) lastRead(ctx context.Context) (map[[2]string]time.Time, error) {
	entries, err := p.store.Sources(ctx)
	last := make(map[[2]string]time.Time, len(entries))
	for _, e := range entries {
		if e.State != collector.Running { // one that was cut off is due again
			last[[2]string{e.Practice, e.Source}] = e.Started
		}
	}
	return last, err
}

// nextAlert is when a message, a digest or a weekly mail may be due; zero when nothing waits.
func (p *pipeline) nextAlert(ctx context.Context) (next time.Time, err error) {
	if len(p.cfg.Alerts.Receivers) == 0 {
		return next, nil
	}
	pending, err := p.store.Pending(ctx, false)
	if err != nil {
		return next, err
	}
	for _, m := range pending {
		at := latest(m.NotBefore, m.RetryAt)
		if !at.After(p.now) { // behind one that failed, or without a way to its receiver
			at = p.now.Add(10 * time.Minute)
		}
		next = earliest(next, at)
	}
	for _, what := range []string{"alerts", "weekly", "portfolio"} {
		for _, r := range p.cfg.receivers(what) {
			next = earliest(next, r.Digest.After(p.now, r.Zone))
		}
	}
	return next, nil
}

// earliest is the earlier of two times that are not zero.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// serve answers /healthz and /metrics where the config asks for it.
func (w *watcher) serve(ctx context.Context) (stop func(), err error) {
	if w.cfg.Watch.Listen == "" {
		return func() {}, nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", w.cfg.Watch.Listen)
	if err != nil {
		return nil, fmt.Errorf("watch: listen: %w", err)
	}
	server := &http.Server{Handler: w.health.handler(w.clock), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	return func() {
		if err := server.Close(); err != nil {
			w.log.Error("stop serving health", "err", err)
		}
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			w.log.Error("serve health", "err", err)
		}
	}, nil
}

// watchRuns reports whether a watch has the store of the config now.
func watchRuns(cfg *config) bool { return watchHolds(cfg.path(cfg.Store) + ".watch.lock") }

func (w *watcher) healthFile() string { return healthFile(w.cfg) }

func healthFile(cfg *config) string { return cfg.path(cfg.Store) + ".watch.json" }
