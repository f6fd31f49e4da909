package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/reports"
	"percept/reports/alert"
	"percept/store"
)

func (a *app) alertListCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "The work list: what needs a person and is not closed, and how long things take",
		Long: `List shows every open alert, the oldest first, how many were acknowledged and closed and how fast, how
many of those that a person closed were worth the interruption, and how long unhappy reviews have waited
for a reply. --all shows the closed ones too. percept explain ID shows what an alert is about.`,
		Example: "  percept alert list\n  percept alert list --all --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "alert list", false, func(p *pipeline) error {
				tasks, err := p.store.Tasks(cmd.Context())
				if err != nil {
					return err
				}
				shown := tasks
				if !all {
					shown = slices.DeleteFunc(slices.Clone(tasks), func(t store.Task) bool { return !t.Closed.IsZero() })
				}
				if err := p.sayTasks(shown); err != nil || p.json {
					return err
				}
				p.sayTimes(tasks)
				return p.sayUnanswered(cmd.Context())
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "those that are closed too")
	return cmd
}

func (a *app) alertMarkCommand(mark, short string) *cobra.Command {
	return &cobra.Command{
		Use:     mark + " ID",
		Short:   short,
		Long:    short + ".\nID is the alert's, as messages and percept alert list show it; its beginning is enough.",
		Example: "  percept alert " + mark + " 3f9a2c41d0",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), "alert "+mark, false, func(p *pipeline) error { return p.markAlert(cmd.Context(), args[0], mark) })
		},
	}
}

func (p *pipeline) markAlert(ctx context.Context, id, mark string) error {
	tasks, err := p.store.Tasks(ctx)
	if err != nil {
		return err
	}
	tasks = slices.DeleteFunc(tasks, func(t store.Task) bool { return !strings.HasPrefix(t.ID, id) })
	switch {
	case len(tasks) == 0:
		return hinted{fmt.Errorf("%q: no such alert", id), "see: percept alert list; what percept alert calls new is kept by percept run"}
	case len(tasks) > 1:
		return hinted{fmt.Errorf("%q: %d alerts begin so", id, len(tasks)), "give more of the id: " + tasks[0].ID}
	}
	t := tasks[0]
	switch {
	case mark == "ack" && !t.Acked.IsZero():
		fmt.Fprintf(p.out, "%s was acknowledged on %s\n", t.ID, p.day(t.Acked))
		return nil
	case mark == "close" && !t.Closed.IsZero():
		fmt.Fprintf(p.out, "%s was closed on %s\n", t.ID, p.day(t.Closed))
		return nil
	}
	if err := p.store.MarkAlert(ctx, t.ID, mark); err != nil {
		return err
	}
	done := map[string]string{"ack": "acknowledged", "close": "closed", "useless": "closed, and not worth an interruption"}
	fmt.Fprintf(p.out, "%s: %s\n", t.ID, done[mark])
	return nil
}

func (p *pipeline) openTasks(ctx context.Context) ([]store.Task, error) {
	tasks, err := p.store.Tasks(ctx)
	return slices.DeleteFunc(tasks, func(t store.Task) bool { return !t.Closed.IsZero() }), err
}

// raisedTasks are alerts that are due and not kept yet: they were raised at no time.
func raisedTasks(raised []alert.Alert) []store.Task {
	tasks := make([]store.Task, len(raised))
	for i, a := range raised {
		tasks[i] = store.Task{Alert: a}
	}
	return tasks
}

type taskJSON struct {
	ID         string         `json:"id"`
	Practice   string         `json:"practice"`
	About      string         `json:"about"`
	Kind       string         `json:"kind"`
	Severity   alert.Severity `json:"severity"`
	Rules      []string       `json:"rules"`
	Why        []string       `json:"why"`
	Touchpoint string         `json:"touchpoint,omitempty"`
	Given      time.Time      `json:"given,omitzero"`
	Raised     time.Time      `json:"raised"`
	Acked      time.Time      `json:"acknowledged,omitzero"`
	Closed     time.Time      `json:"closed,omitzero"`
	Useless    bool           `json:"useless"`
	Withdrawn  string         `json:"withdrawn,omitempty"`
}

// sayTasks prints a line an alert.
func (p *pipeline) sayTasks(tasks []store.Task) error {
	if p.json {
		enc := json.NewEncoder(p.out)
		for _, t := range tasks {
			err := enc.Encode(taskJSON{t.ID, t.Practice, t.About, t.Kind, t.Severity, t.Rules, t.Why, t.Touchpoint, t.Given, t.Raised, t.Acked, t.Closed, t.Useless, t.Withdrawn})
			if err != nil {
				return err
			}
		}
		return nil
	}
	if len(tasks) == 0 {
		fmt.Fprintln(p.out, "no open alert")
		return nil
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "id\tpractice\tseverity\tage\tstate\twhy")
	for _, t := range tasks {
		state, age := "open", p.now.Sub(t.Raised)
		switch {
		case t.Raised.IsZero():
			state, age = "new", 0
		case t.Useless:
			state = "useless"
		case t.Withdrawn != "":
			if state = "withdrawn"; t.Kind == "source" {
				state = "mended"
			}
			t.Why = append(t.Why, state+": "+t.Withdrawn)
		case !t.Closed.IsZero():
			state = "closed"
		case !t.Acked.IsZero():
			state = "acknowledged"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, line(cmp.Or(t.Practice, "(several)")), t.Severity, days(age), state, line(strings.Join(slices.Compact(slices.Clone(t.Why)), "; ")))
	}
	return w.Flush()
}

// aboutFeedback reports whether an alert is about a feedback, and not about a slip or a source.
func aboutFeedback(a alert.Alert) bool {
	return a.Kind == string(collector.Review) || a.Kind == string(collector.Response)
}

// record is how alerts went.
func record(tasks []store.Task) reports.AlertRecord {
	r := reports.AlertRecord{Raised: len(tasks)}
	var acked, closed []time.Duration
	for _, t := range tasks {
		seen, about := t.Acked, ""
		if aboutFeedback(t.Alert) {
			about = t.About
		}
		r.Of.Raised = append(r.Of.Raised, about)
		switch {
		case t.Closed.IsZero():
			r.Open++
			r.Of.Open = append(r.Of.Open, about)
		case t.Withdrawn != "" && t.Kind == "source":
			r.Mended++
			r.Of.Mended = append(r.Of.Mended, about)
		case t.Withdrawn != "":
			r.Withdrawn++
			r.Of.Withdrawn = append(r.Of.Withdrawn, about)
		default:
			closed = append(closed, max(t.Closed.Sub(t.Raised), 0))
			r.Of.Closed = append(r.Of.Closed, about)
			if t.Useless {
				r.Useless++
			} else {
				r.Of.Useful = append(r.Of.Useful, about)
			}
			if seen.IsZero() {
				seen = t.Closed
			}
		}
		if !seen.IsZero() {
			acked = append(acked, max(seen.Sub(t.Raised), 0))
			r.Of.Acked = append(r.Of.Acked, about)
		}
	}
	r.Acked, r.Closed = len(acked), len(closed)
	r.Ack, r.Close = median(acked), median(closed)
	return r
}

// sayTimes prints the medians.
func (p *pipeline) sayTimes(tasks []store.Task) {
	if r := record(tasks); r.Raised > 0 {
		fmt.Fprintf(p.out, "\n%s\n", r.Sentence())
	}
}

// sayUnanswered prints how many reviews wait for a reply, by age.
func (p *pipeline) sayUnanswered(ctx context.Context) error {
	reviews, err := p.store.Unanswered(ctx, reports.UnansweredSince(p.now))
	if err != nil {
		return err
	}
	ages := reports.Unanswered(reviews, p.now)
	if n := ages.UnderTwoDays + ages.UnderAWeek + ages.Older; n > 0 {
		fmt.Fprintf(p.out, "Unhappy reviews of the last 30 days without a reply: %s. %s\n", collector.Thousands(n), ages.Sentence())
	}
	return nil
}

// alertRecords are how the alerts of the last quarter went, by practice.
func (p *pipeline) alertRecords(ctx context.Context) (func(practice string) reports.AlertRecord, error) {
	tasks, err := p.store.Tasks(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string][]store.Task{}
	for _, t := range tasks {
		if p.now.Sub(t.Raised) <= 13*7*24*time.Hour {
			by[t.Practice] = append(by[t.Practice], t)
		}
	}
	return func(practice string) reports.AlertRecord { return record(by[practice]) }, nil
}

// median is the time within which half of the things were done, 0 where none was.
func median(done []time.Duration) time.Duration {
	if len(done) == 0 {
		return 0
	}
	slices.Sort(done)
	return done[(len(done)-1)/2]
}

// days writes a duration as a person says it.
func days(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d/time.Hour))
	}
	return fmt.Sprintf("%d d", int(d/(24*time.Hour)))
}
