package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"percept/analysis"
	"percept/collector"
	"percept/reports"
	"percept/reports/alert"
)

// queueWeeklies puts the weekly and portfolio mails of the last whole week into the outbox, once.
func (p *pipeline) queueWeeklies(ctx context.Context) error {
	messages, err := p.weeklies(ctx)
	if err != nil || len(messages) == 0 {
		return err
	}
	return p.store.PutDue(ctx, alert.Outcome{Messages: messages})
}

// weeklies are the mails about the last whole week that are not in the outbox yet: to each receiver the
// practices it hears of.
func (p *pipeline) weeklies(ctx context.Context) ([]alert.Message, error) {
	owners, advisors := p.cfg.receivers("weekly"), p.cfg.receivers("portfolio")
	if len(owners)+len(advisors) == 0 {
		return nil, nil
	}
	records, err := p.alertRecords(ctx)
	if err != nil {
		return nil, err
	}
	known, err := p.store.Keys(ctx)
	if err != nil {
		return nil, err
	}
	var out []alert.Message
	for _, r := range owners {
		for _, pr := range p.heard(r) {
			m := weeklyMessage(alert.Weekly, r, pr.ID, collector.Monday(p.now, pr.Zone).AddDate(0, 0, -7), p.now)
			if known[m.Key] || m.NotBefore.After(p.now) {
				continue
			}
			if m.Content, err = p.weeklyContent(ctx, r, pr, m.Content, records); err != nil {
				return nil, err
			}
			if m.Content.Page != nil {
				out = append(out, m)
			}
		}
	}
	for _, r := range advisors {
		m := weeklyMessage(alert.Portfolio, r, "", collector.Monday(p.now, r.Zone).AddDate(0, 0, -7), p.now)
		if known[m.Key] || m.NotBefore.After(p.now) {
			continue
		}
		if m.Content, err = p.portfolioContent(ctx, r, m.Content); err != nil {
			return nil, err
		}
		if m.Content.Page != nil {
			out = append(out, m)
		}
	}
	return out, nil
}

// heard are the practices that a receiver hears of.
func (p *pipeline) heard(r alert.Receiver) []collector.Practice {
	if len(r.Practices) == 0 {
		return p.practices
	}
	return slices.DeleteFunc(slices.Clone(p.practices), func(pr collector.Practice) bool { return !slices.Contains(r.Practices, pr.ID) })
}

// weeklyMessage is the mail about the week that begins on monday: not before the time of the digest on
// the Monday after it.
func weeklyMessage(kind alert.Kind, r alert.Receiver, practice string, monday, now time.Time) alert.Message {
	next := monday.AddDate(0, 0, 7)
	begins := time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, r.Zone)
	from := begins.Add(time.Duration(r.Digest) * time.Minute)
	return alert.Message{
		Key: alert.Key(kind, practice, monday.Format(time.DateOnly), 0, "", r.Name), Receiver: r.Name, Practice: practice, Kind: kind,
		Severity: alert.Low, Created: now, NotBefore: latest(from.UTC(), now),
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (p *pipeline) reportOptions(r alert.Receiver) reports.Options {
	o := reports.Options{Now: p.now, Taxonomy: p.cfg.taxonomyOfPractice, Version: versionName(), Audience: reports.Internal, Owners: p.cfg.ownerOf, Language: p.cfg.languageOf, Workers: p.workers}
	if r.Mask != nil {
		o.Audience = reports.Shared
	}
	return o
}

// weeklyContent fills in a practice's week; without a verdict of that very week there is none.
func (p *pipeline) weeklyContent(ctx context.Context, r alert.Receiver, pr collector.Practice, c alert.Content, records func(string) reports.AlertRecord) (alert.Content, error) {
	o := p.reportOptions(r)
	insights, err := p.insights(ctx, pr.ID)
	if err != nil {
		return c, err
	}
	o.Alerts, o.Insights = records, func(id string) []analysis.Insight { return insights[id] }
	b, err := reports.NewBrief(ctx, p.store, pr, o)
	if err != nil || !b.Week.Equal(collector.Monday(p.now, pr.Zone).AddDate(0, 0, -7)) {
		return c, err
	}
	c.Subject = "percept: " + b.Title
	c.Page = &alert.Page{Title: b.Title, Lines: b.Lines, Quote: b.Quote, By: b.By, Next: b.Next, Holes: b.Holes, Name: pr.ID + "-" + b.Week.Format(time.DateOnly) + ".html"}
	return c, c.Page.Attach(b.Page)
}

// portfolioContent fills in the practices of an advisor in one table.
func (p *pipeline) portfolioContent(ctx context.Context, r alert.Receiver, c alert.Content) (alert.Content, error) {
	standings, err := reports.Standings(ctx, p.store, p.heard(r), p.reportOptions(r))
	if err != nil {
		return c, err
	}
	page := &alert.Page{}
	slipping, judged := 0, false
	monday := collector.Monday(p.now, r.Zone).AddDate(0, 0, -7)
	for _, s := range standings {
		page.Rows = append(page.Rows, alert.Row{Practice: s.Practice.Name, Word: s.Word, Holes: s.Holes})
		judged = judged || s.Week.Equal(monday)
		if len(s.Word) > 6 && s.Word[:6] == string(analysis.Worse)+":" {
			slipping++
		}
	}
	if !judged {
		return c, nil
	}
	page.Title = fmt.Sprintf("%s, week of %s", count(len(standings), "practice"), monday.Format("2 January 2006"))
	page.Lines = []string{fmt.Sprintf("Slipping: %d of %s.", slipping, count(len(standings), "practice"))}
	c.Subject, c.Page = fmt.Sprintf("percept: %d of %s slipping, week of %s", slipping, count(len(standings), "practice"), monday.Format("2 January 2006")), page
	return c, nil
}
