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

	"percept/collector"
	"percept/reports"
	"percept/reports/alert"
	"percept/store"
)

// sendAlerts keeps what is due and takes the outbox to the receivers; it says what came of it.
func (p *pipeline) sendAlerts(ctx context.Context, again bool) error {
	if len(p.cfg.Alerts.Receivers) == 0 {
		return usageError{hinted{fmt.Errorf("no receiver in %s", p.config), "add one under receivers: of alerts:, then: percept alert test NAME"}}
	}
	if again {
		if err := p.putBack(ctx, func(alert.Message) bool { return true }); err != nil {
			return err
		}
	}
	if err := p.queueDue(ctx); err != nil {
		return err
	}
	return p.deliver(ctx, false, again)
}

// putBack has messages tried anew that a receiver refused for good.
func (p *pipeline) putBack(ctx context.Context, which func(alert.Message) bool) error {
	refused, err := p.store.Pending(ctx, true)
	if err != nil {
		return err
	}
	for _, m := range refused {
		if !which(m) {
			continue
		}
		if err := p.store.Mark(ctx, alert.Delivery{Key: m.Key, Outcome: alert.Again, At: p.now}); err != nil {
			return err
		}
	}
	return nil
}

// queueDue puts what is due by now into the outbox.
func (p *pipeline) queueDue(ctx context.Context) error {
	out, err := p.due(ctx, analyzed{})
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
	sender := alert.Sender{Outbox: p.store, Channels: map[string]alert.Channel{}, Ways: map[string]string{}, Patient: patient, Force: force,
		Now: func() time.Time { return p.now }, Sleep: p.pause}
	var faults []error
	client := p.cfg.alertClient()
	for _, r := range p.cfg.Alerts.Receivers {
		ch, err := p.cfg.channel(r, client)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", r.Name, err))
			continue
		}
		sender.Channels[r.Name], sender.Ways[r.Name] = ch, p.cfg.way(r)
	}
	// What a receiver refused may go another way now.
	if err := p.putBack(ctx, func(m alert.Message) bool {
		return sender.Channels[m.Receiver] != nil && m.Way != sender.Ways[m.Receiver]
	}); err != nil {
		return err
	}
	pending, err := p.store.Pending(ctx, false)
	if err != nil {
		return err
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
	refusing, err := p.sayRefusing(ctx)
	if err != nil {
		return err
	}
	if p.json {
		if err := json.NewEncoder(p.out).Encode(map[string]int{"sent": tally.Accepted, "refused": tally.Refused, "failed": tally.Failed, "waiting": tally.Waiting}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(p.out, "alerts: %s sent, %s waiting, %s refused\n", collector.Thousands(tally.Accepted), collector.Thousands(tally.Failed+tally.Waiting), collector.Thousands(tally.Refused))
	}
	if len(faults) > 0 || refusing {
		return errIncomplete
	}
	return nil
}

// sayRefusing names every receiver that refuses messages for good and has taken none since: each run
// does, until it is mended.
func (p *pipeline) sayRefusing(ctx context.Context) (refusing bool, err error) {
	troubles, err := p.store.Troubles(ctx)
	for _, t := range troubles {
		if t.Refused && p.cfg.hasReceiver(t.Receiver) {
			refusing = true
			fmt.Fprintf(p.err, "percept: alert: %s\n", p.trouble(t))
		}
	}
	if refusing {
		fmt.Fprintf(p.err, "percept: hint: mend the receiver in %s: what it refused goes out again by itself when its lines there have changed, else by: percept alert --again\n", p.config)
	}
	return refusing, err
}

// trouble says how a receiver stands.
func (p *pipeline) trouble(t store.Trouble) string {
	if t.Refused {
		return fmt.Sprintf("%s refuses since %s: %s set aside; last: %s", t.Receiver, p.day(t.Since), count(t.Messages, "message"), line(t.Why))
	}
	return fmt.Sprintf("%s takes nothing since %s: %s", t.Receiver, p.day(t.Since), line(t.Why))
}

func (c *config) hasReceiver(name string) bool {
	return slices.ContainsFunc(c.Alerts.Receivers, func(r receiverConfig) bool { return r.Name == name })
}

// withoutGone sets aside what is for receivers that are no more in the config.
func (p *pipeline) withoutGone(ctx context.Context, pending []alert.Message) (left []alert.Message, gone int, err error) {
	for _, m := range pending {
		if p.cfg.hasReceiver(m.Receiver) {
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
	stamp, in := a.now.Format(time.RFC3339), reports.PhrasesOf(cfg.Language)
	err = ch.Send(ctx, alert.Message{
		Key: alert.Key(alert.Trial, "", stamp, 0, "", r.Name), Receiver: r.Name, Kind: alert.Trial, Severity: alert.Low, Created: a.now, NotBefore: a.now,
		Content: alert.Content{Subject: "percept: a trial message", Language: foreign(cfg.Language),
			Page: &alert.Page{Title: in.Say("A trial message"), Lines: []string{in.Say("If you read this, percept reaches you. Nothing happened.")}}},
	})
	if err = errors.Join(err, ch.Close()); err != nil {
		return fmt.Errorf("%s: %w", r.Name, err)
	}
	fmt.Fprintf(a.out, "%s took the message\n", r.Name)
	return nil
}
