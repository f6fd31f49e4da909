package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/store"
)

// A status is the flat object of `status --json`.
type status struct {
	store.Counts
	Version   string    `json:"version"`
	Store     string    `json:"store"`
	Bytes     int64     `json:"bytes"`
	LastRun   string    `json:"last_run,omitempty"`
	LastRunAt time.Time `json:"last_run_at,omitzero"`
	LastEnded bool      `json:"last_run_ended"`

	ReceiversFailing int `json:"receivers_failing"`

	WatchRunning bool      `json:"watch_running"`
	WatchHealthy bool      `json:"watch_healthy"`
	WatchLastRun time.Time `json:"watch_last_run,omitzero"`
	WatchNext    time.Time `json:"watch_next,omitzero"`
	WatchError   string    `json:"watch_error,omitempty"`
}

func (a *app) statusCommand() *cobra.Command {
	var rejected bool
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "What is stored, and how the sources stand",
		Long:    "Status counts what the store holds and says of every source how its last run ended\nand when it was last read whole.\nWith --rejected it lists every row that the last run of each source refused, and why.",
		Example: "  percept status\n  percept status --json\n  percept status --rejected",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "status", false, func(p *pipeline) error {
				if rejected {
					return p.listRejected(cmd)
				}
				return p.status(cmd)
			})
		},
	}
	cmd.Flags().BoolVar(&rejected, "rejected", false, "list the rejected rows")
	return cmd
}

func (p *pipeline) status(cmd *cobra.Command) error {
	ctx := cmd.Context()
	s := status{Version: versionName(), Store: p.cfg.path(p.cfg.Store)}
	var err error
	if s.Counts, err = p.store.Counts(ctx); err != nil {
		return err
	}
	last, err := p.store.LastRun(ctx)
	if err != nil {
		return err
	}
	s.LastRun, s.LastRunAt, s.LastEnded = last.Command, last.Started, !last.Ended.IsZero()
	troubles, err := p.store.Troubles(ctx)
	if err != nil {
		return err
	}
	troubles = slices.DeleteFunc(troubles, func(t store.Trouble) bool { return !p.cfg.hasReceiver(t.Receiver) })
	s.ReceiversFailing = len(slices.CompactFunc(slices.Clone(troubles), func(a, b store.Trouble) bool { return a.Receiver == b.Receiver }))
	if info, err := os.Stat(s.Store); err == nil {
		s.Bytes = info.Size()
	}
	watch, watched := readWatch(p.cfg)
	if watched {
		s.WatchRunning, s.WatchHealthy = watchRuns(p.cfg), watch.well(time.Now()) && watchRuns(p.cfg)
		s.WatchLastRun, s.WatchNext, s.WatchError = watch.LastRun, watch.Next, watch.LastError
	}
	if p.json {
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		return enc.Encode(s)
	}
	fmt.Fprintf(p.out, "store      %s, %s, percept %s\n", s.Store, size(s.Bytes), s.Version)
	fmt.Fprintf(p.out, "feedback   %s: %s, %s with %s\n", collector.Thousands(s.Feedback), count(s.Reviews, "review"), count(s.Responses, "survey response"), count(s.Answers, "answer"))
	if s.Removed > 0 {
		fmt.Fprintf(p.out, "removed    %s of it at the source since; what was said then still counts\n", collector.Thousands(s.Removed))
	}
	fmt.Fprintf(p.out, "mentions   %s\n", collector.Thousands(s.Mentions))
	if s.NotScored > 0 {
		languages, err := p.store.NotScoredIn(ctx)
		if err != nil {
			return err
		}
		var in []string
		for _, l := range slices.Sorted(maps.Keys(languages)) {
			in = append(in, fmt.Sprintf("%s %s", cmp.Or(l, "unknown"), collector.Thousands(languages[l])))
		}
		fmt.Fprintf(p.out, "not scored %s in a language the scorer does not know: %s\n", collector.Thousands(s.NotScored), strings.Join(in, ", "))
	}
	if s.LastRun != "" {
		ended := "ended"
		if !s.LastEnded {
			ended = "was cut off; the next run goes on from what it stored"
		}
		fmt.Fprintf(p.out, "last run   %s, %s, %s\n", s.LastRun, p.day(s.LastRunAt), ended)
	}
	p.sayWatch(s, watched)
	if s.AlertsDue+s.AlertsOpen+s.AlertsRefused > 0 {
		fmt.Fprintf(p.out, "alerts     %s to send, %s refused, %s open\n", collector.Thousands(s.AlertsDue), collector.Thousands(s.AlertsRefused), collector.Thousands(s.AlertsOpen))
	}
	for _, t := range troubles {
		fmt.Fprintf(p.out, "           receiver %s\n", p.trouble(t))
	}
	sources, err := p.store.Sources(ctx)
	if err != nil || len(sources) == 0 {
		return err
	}
	fmt.Fprintln(p.out)
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "practice\tsource\tstate\tlast read\tlast complete\trejected\twhy")
	for _, e := range sources {
		whole := "never"
		if !e.LastComplete.IsZero() {
			whole = p.day(e.LastComplete)
		}
		state := string(e.State)
		if e.State == collector.Running { // whoever was reading it would hold the store
			state, e.Why = "cut off", "the run was stopped while it was read"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", line(cmp.Or(e.Practice, "(several)")), line(e.Source), state, p.day(e.Started), whole, collector.Thousands(e.Rejected), line(e.Why))
	}
	return w.Flush()
}

// sayWatch says in a line how the watch is doing, where there is one.
func (p *pipeline) sayWatch(s status, watched bool) {
	switch {
	case !watched:
	case !s.WatchRunning:
		fmt.Fprintln(p.out, "watch      not running")
	case s.WatchError != "":
		fmt.Fprintf(p.out, "watch      failing: %s; again %s\n", line(s.WatchError), p.day(s.WatchNext))
	default:
		fmt.Fprintf(p.out, "watch      running, next %s\n", p.day(s.WatchNext))
	}
}

// day is a time as people of the config's zone write it.
func (p *pipeline) day(t time.Time) string {
	return t.In(p.cfg.zone).Format("2 Jan 2006 15:04")
}

func (p *pipeline) listRejected(cmd *cobra.Command) error {
	sources, err := p.store.Sources(cmd.Context())
	if err != nil {
		return err
	}
	for _, e := range sources {
		rejected, err := p.store.Rejections(cmd.Context(), e.Entry, e.Rejected)
		if err != nil {
			return err
		}
		for _, r := range rejected {
			if err := p.sayRejection(e.Entry, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pipeline) sayRejection(e collector.Entry, r collector.Rejection) error {
	if !p.json {
		_, err := fmt.Fprintf(p.out, "%s: %s\n", line(r.Ref), line(r.Reason))
		return err
	}
	return json.NewEncoder(p.out).Encode(struct {
		Source string `json:"source"`
		Ref    string `json:"ref"`
		Reason string `json:"reason"`
	}{e.Source, r.Ref, r.Reason})
}

func size(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d kB", n>>10)
}
