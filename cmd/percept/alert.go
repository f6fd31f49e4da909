package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/reports/alert"
)

func (a *app) alertCommand() *cobra.Command {
	var send, again bool
	cmd := &cobra.Command{
		Use:   "alert",
		Short: "What needs a person now: print it, or send it to the receivers of the config",
		Long: `Alert prints the messages that are due and those that wait, by receiver. Nothing leaves the machine
unless --send is given. A message is marked only after its receiver took it; one that was in flight
when percept was killed goes out again under the same key. A receiver that is down keeps its messages
in order. One that refuses a message for good has it set aside and named; --again tries those anew.`,
		Example: "  percept alert\n  percept alert --send\n  percept alert list\n  percept alert ack 3f9a2c41d0",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), "alert", false, func(p *pipeline) error {
				if send || again {
					return p.sendAlerts(cmd.Context(), again)
				}
				return p.printAlerts(cmd.Context())
			})
		},
	}
	cmd.Flags().BoolVar(&send, "send", false, "send what is due")
	cmd.Flags().BoolVar(&again, "again", false, "send what is due, what was refused, and what a receiver wanted later")
	cmd.AddCommand(a.alertListCommand(), a.alertMarkCommand("ack", "You have it: the time to acknowledge ends"),
		a.alertMarkCommand("close", "It is done: it leaves the work list"),
		a.alertMarkCommand("useless", "It was not worth an interruption: closes it, and counts against its rule"),
		a.alertTestCommand())
	return cmd
}

// alertWindow is how far back feedback may need a person: the age limit of Due and the longest wait for
// a reply that a rule knows.
func (p *pipeline) alertWindow() time.Time {
	days := 31
	for _, r := range p.cfg.Alerts.Rules {
		days = max(days, 31+r.Unanswered)
	}
	return p.now.AddDate(0, 0, -days)
}

// due decides what is due, as of now; done is what analyze just found, zero where it did not run.
func (p *pipeline) due(ctx context.Context, done analyzed) (alert.Outcome, error) {
	state, err := p.store.AlertState(ctx, p.alertWindow())
	if err != nil {
		return alert.Outcome{}, err
	}
	for _, list := range [][]alert.Feedback{state.Fresh, state.Waiting} {
		for i := range list {
			t := p.cfg.taxonomyOfPractice(list[i].Practice)
			for j := range list[i].Mentions {
				m := &list[i].Mentions[j]
				if m.Name = m.Touchpoint; t != nil {
					m.Name = touchpointName(t, m.Touchpoint)
				}
			}
		}
	}
	state.Withdrawals = p.withdrawals(done)
	if len(done.Verdicts) > 0 {
		judged, err := p.store.JudgedPractices(ctx)
		if err != nil {
			return alert.Outcome{}, err
		}
		for _, v := range done.Verdicts {
			t := p.cfg.taxonomyOfPractice(v.Practice)
			first := !judged[v.Practice]
			if v.Word != analysis.Worse || v.Flagged.IsZero() || t == nil || v.Late() && !first {
				continue // what rows that came late show of the past is told by the run and the report
			}
			state.Slips = append(state.Slips, alert.Slip{Verdict: v, Sentence: changeSentence(t, v), Name: streamName(t, v.Touchpoint), First: first})
		}
	}
	return alert.Due(state, p.cfg.alertSettings(), p.now), nil
}

// withdrawals are the slips that are none any more, and why.
func (p *pipeline) withdrawals(done analyzed) []alert.Withdrawal {
	var all []alert.Withdrawal
	for _, r := range done.Revisions {
		t := p.cfg.taxonomyOfPractice(r.Practice)
		if r.What != analysis.Withdrawn || r.Kind != analysis.Drop || t == nil {
			continue
		}
		all = append(all, alert.Withdrawal{Practice: r.Practice, Channel: r.Channel, Touchpoint: r.Touchpoint, Flagged: r.Flagged,
			Name: streamName(t, r.Touchpoint), Why: changeWords(done.lateOf(r.Practice, r.Channel))})
	}
	return all
}

// printAlerts shows what is due and what waits; it stores nothing.
func (p *pipeline) printAlerts(ctx context.Context) error {
	out, err := p.due(ctx, analyzed{})
	if err != nil {
		return err
	}
	pending, err := p.store.Pending(ctx, false)
	if err != nil {
		return err
	}
	weeklies, err := p.weeklies(ctx)
	if err != nil {
		return err
	}
	refused, err := p.store.Pending(ctx, true)
	if err != nil {
		return err
	}
	pending = append(append(pending, out.Messages...), weeklies...)
	if p.json {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		for _, m := range append(pending, refused...) {
			if err := enc.Encode(messageLine(m)); err != nil {
				return err
			}
		}
		return nil
	}
	for _, m := range pending {
		if err := p.printMessage(m); err != nil {
			return err
		}
	}
	for _, m := range refused {
		fmt.Fprintf(p.out, "refused by %s: %s\n  %s\n  try it anew with: percept alert --again\n\n", m.Receiver, line(m.Content.Subject), line(m.LastError))
	}
	tasks, err := p.openTasks(ctx)
	if err != nil {
		return err
	}
	if len(p.cfg.Alerts.Receivers) == 0 {
		fmt.Fprintf(p.err, "percept: no receiver in %s: alerts go to the work list alone\n", p.config)
		tasks = append(tasks, raisedTasks(out.Raised)...)
		return p.sayTasks(tasks)
	}
	if len(pending)+len(refused) == 0 {
		fmt.Fprintf(p.out, "nothing is due; %s in the work list: percept alert list\n", count(len(tasks), "open alert"))
	}
	return nil
}

// A messageJSON is a line of `alert --json`.
type messageJSON struct {
	Key       string         `json:"key"`
	Receiver  string         `json:"receiver"`
	Kind      alert.Kind     `json:"kind"`
	Severity  alert.Severity `json:"severity"`
	Created   time.Time      `json:"created"`
	NotBefore time.Time      `json:"not_before"`
	RetryAt   time.Time      `json:"retry_at,omitzero"`
	Tries     int            `json:"tries"`
	LastError string         `json:"last_error,omitempty"`
	alert.Content
}

func messageLine(m alert.Message) messageJSON {
	c := m.Content
	if c.Page != nil {
		slim := *c.Page
		slim.Body = nil
		c.Page = &slim
	}
	return messageJSON{m.Key, m.Receiver, m.Kind, m.Severity, m.Created, m.NotBefore, m.RetryAt, m.Tries, m.LastError, c}
}

func (p *pipeline) printMessage(m alert.Message) error {
	r, err := p.cfg.Alerts.form.Render(m.Content)
	if err != nil {
		return err
	}
	when := "now"
	if m.NotBefore.After(p.now) {
		when = "from " + p.day(m.NotBefore)
	}
	if m.Tries > 0 {
		when += fmt.Sprintf(", after %s, last: %s", count(m.Tries, "try"), line(m.LastError))
	}
	fmt.Fprintf(p.out, "to %s, %s: %s\n", m.Receiver, when, line(r.Subject))
	for l := range strings.Lines(strings.TrimSpace(r.Text)) {
		fmt.Fprintf(p.out, "  %s\n", escape(strings.TrimRight(l, "\n")))
	}
	fmt.Fprintln(p.out)
	return nil
}
