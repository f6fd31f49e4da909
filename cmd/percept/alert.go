package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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

// due decides what is due, as of now; verdicts are those just drawn, nil where none were.
func (p *pipeline) due(ctx context.Context, verdicts []analysis.Verdict) (alert.Outcome, error) {
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
	if len(verdicts) > 0 {
		judged, err := p.store.JudgedPractices(ctx)
		if err != nil {
			return alert.Outcome{}, err
		}
		for _, v := range verdicts {
			t := p.cfg.taxonomyOfPractice(v.Practice)
			if v.Word != analysis.Worse || v.Flagged.IsZero() || t == nil {
				continue
			}
			state.Slips = append(state.Slips, alert.Slip{Verdict: v, Sentence: changeSentence(t, v), Name: slipName(t, v), First: !judged[v.Practice]})
		}
	}
	return alert.Due(state, p.cfg.alertSettings(), p.now), nil
}

func slipName(t *analysis.Taxonomy, v analysis.Verdict) string {
	if v.Touchpoint == analysis.PracticeWide {
		return "everything together"
	}
	return touchpointName(t, v.Touchpoint)
}

// printAlerts shows what is due and what waits; it stores nothing.
func (p *pipeline) printAlerts(ctx context.Context) error {
	out, err := p.due(ctx, nil)
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
		tasks = append(tasks, raisedTasks(out.Raised, p.now)...)
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
		when += fmt.Sprintf(", tried %d times, last: %s", m.Tries, line(m.LastError))
	}
	fmt.Fprintf(p.out, "to %s, %s: %s\n", m.Receiver, when, line(r.Subject))
	for l := range strings.Lines(strings.TrimSpace(r.Text)) {
		fmt.Fprintf(p.out, "  %s\n", escape(strings.TrimRight(l, "\n")))
	}
	fmt.Fprintln(p.out)
	return nil
}

// sendAlerts keeps what is due and takes the outbox to the receivers; it says what came of it.
func (p *pipeline) sendAlerts(ctx context.Context, again bool) error {
	if len(p.cfg.Alerts.Receivers) == 0 {
		return usageError{hinted{fmt.Errorf("no receiver in %s", p.config), "add one under receivers: of alerts:, then: percept alert test NAME"}}
	}
	if again {
		refused, err := p.store.Pending(ctx, true)
		if err != nil {
			return err
		}
		for _, m := range refused {
			if err := p.store.Mark(ctx, alert.Delivery{Key: m.Key, Outcome: alert.Again, At: p.now}); err != nil {
				return err
			}
		}
	}
	if err := p.queueDue(ctx); err != nil {
		return err
	}
	return p.deliver(ctx, false, again)
}

// queueDue puts what is due by now into the outbox.
func (p *pipeline) queueDue(ctx context.Context) error {
	out, err := p.due(ctx, nil)
	if err != nil {
		return err
	}
	if err := p.store.PutDue(ctx, out); err != nil {
		return err
	}
	return p.queueWeeklies(ctx)
}

// sendDue keeps what is due and sends it; patient keeps the pauses after failures.
func (p *pipeline) sendDue(ctx context.Context, patient bool) error {
	if err := p.queueDue(ctx); err != nil {
		return err
	}
	return p.deliver(ctx, patient, false)
}

// deliver sends what is in the outbox and says what came of it.
func (p *pipeline) deliver(ctx context.Context, patient, force bool) (err error) {
	pending, err := p.store.Pending(ctx, false)
	if err != nil {
		return err
	}
	sender := alert.Sender{Outbox: p.store, Channels: map[string]alert.Channel{}, Patient: patient, Force: force, Now: func() time.Time { return p.now }, Sleep: pause}
	var faults []error
	client := p.cfg.alertClient()
	for _, r := range p.cfg.Alerts.Receivers {
		ch, err := p.cfg.channel(r, client)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", r.Name, err))
			continue
		}
		sender.Channels[r.Name] = ch
	}
	pending, gone, err := p.withoutGone(ctx, pending)
	if err != nil {
		return err
	}
	tally, err := sender.Send(ctx, pending)
	tally.Refused += gone
	for _, ch := range sender.Channels {
		if cerr := ch.Close(); cerr != nil {
			p.log.Info("close receiver", "err", cerr)
		}
	}
	if err != nil {
		return err
	}
	faults = append(faults, tally.Faults...)
	for _, f := range faults {
		fmt.Fprintf(p.err, "percept: alert: %s\n", line(f.Error()))
	}
	if tally.Refused > 0 {
		fmt.Fprintln(p.err, "percept: hint: what was refused is kept; mend the receiver, then: percept alert --again")
	}
	if p.json {
		if err := json.NewEncoder(p.out).Encode(map[string]int{"sent": tally.Accepted, "refused": tally.Refused, "failed": tally.Failed, "waiting": tally.Waiting}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(p.out, "alerts: %s sent, %s waiting, %s refused\n", thousands(tally.Accepted), thousands(tally.Failed+tally.Waiting), thousands(tally.Refused))
	}
	if len(faults) > 0 {
		return errIncomplete
	}
	return nil
}

// withoutGone sets aside what is for receivers that are no more in the config.
func (p *pipeline) withoutGone(ctx context.Context, pending []alert.Message) (left []alert.Message, gone int, err error) {
	for _, m := range pending {
		if slices.ContainsFunc(p.cfg.Alerts.Receivers, func(r receiverConfig) bool { return r.Name == m.Receiver }) {
			left = append(left, m)
			continue
		}
		gone++
		d := alert.Delivery{Key: m.Key, Outcome: alert.Refused, Why: "the receiver " + m.Receiver + " is no more in the config", At: p.now}
		if err := p.store.Mark(ctx, d); err != nil {
			return nil, gone, err
		}
	}
	return left, gone, nil
}

// pause waits d or until ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (a *app) alertTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "test RECEIVER",
		Short:   "Send one trial message to a receiver",
		Long:    "Test sends a message that says it is a trial, with no customer's words, and says what the receiver answered.",
		Example: "  percept alert test desk",
		Args:    oneArg("RECEIVER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := readConfig(a.config)
			if err != nil {
				return err
			}
			var names []string
			for _, r := range cfg.Alerts.Receivers {
				if names = append(names, r.Name); r.Name == args[0] {
					return a.tryReceiver(cmd.Context(), cfg, r)
				}
			}
			return usageError{hinted{fmt.Errorf("receiver %q is not in %s", args[0], a.config), "its receivers are " + strings.Join(names, ", ")}}
		},
	}
}

func (a *app) tryReceiver(ctx context.Context, cfg *config, r receiverConfig) error {
	ch, err := cfg.channel(r, cfg.alertClient())
	if err != nil {
		return fmt.Errorf("%s: %w", r.Name, err)
	}
	stamp := a.now.Format(time.RFC3339)
	err = ch.Send(ctx, alert.Message{
		Key: alert.Key(alert.Trial, "", stamp, 0, "", r.Name), Receiver: r.Name, Kind: alert.Trial, Severity: alert.Low, Created: a.now, NotBefore: a.now,
		Content: alert.Content{Subject: "percept: a trial message", Page: &alert.Page{Title: "A trial message", Lines: []string{"If you read this, percept reaches you. Nothing happened."}}},
	})
	if err = errors.Join(err, ch.Close()); err != nil {
		return fmt.Errorf("%s: %w", r.Name, err)
	}
	fmt.Fprintf(a.out, "%s took the message\n", r.Name)
	return nil
}
