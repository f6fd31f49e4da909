package main

import (
	"context"
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
	for _, pr := range p.practices {
		monday := collector.Monday(p.now, pr.Zone).AddDate(0, 0, -7)
		briefs := map[reports.Audience]*reports.Brief{} // one for all its receivers
		for _, r := range owners {
			m := weeklyMessage(alert.Weekly, r, pr.ID, monday, p.now)
			if !r.Hears(pr.ID) || known[m.Key] || m.NotBefore.After(p.now) {
				continue
			}
			o := p.reportOptions(r)
			if _, made := briefs[o.Audience]; !made {
				insights, err := p.insights(ctx, pr.ID)
				if err != nil {
					return nil, err
				}
				o.Alerts, o.Insights = records, func(id string) []analysis.Insight { return insights[id] }
				if briefs[o.Audience], err = reports.NewBrief(ctx, p.store, pr, monday, o); err != nil {
					return nil, err
				}
			}
			b := briefs[o.Audience]
			if b == nil {
				continue
			}
			if m.Content, err = weeklyContent(pr, b); err != nil {
				return nil, err
			}
			out = append(out, m)
		}
	}
	for _, r := range advisors {
		m := weeklyMessage(alert.Portfolio, r, "", collector.Monday(p.now, r.Zone).AddDate(0, 0, -7), p.now)
		if known[m.Key] || m.NotBefore.After(p.now) {
			continue
		}
		if m.Content, err = p.portfolioContent(ctx, r); err != nil {
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
	return slices.DeleteFunc(slices.Clone(p.practices), func(pr collector.Practice) bool { return !r.Hears(pr.ID) })
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
	o := reports.Options{Now: p.now, Taxonomy: p.cfg.taxonomyOfPractice, Version: versionName(), Audience: reports.Internal, Owners: p.cfg.ownerOf, Language: p.cfg.languageOf, Workers: p.workers, Drawings: p.drawings}
	if r.Mask != nil {
		o.Audience = reports.Shared
	}
	return o
}

// weeklyContent is a practice's week, with its page.
func weeklyContent(pr collector.Practice, b *reports.Brief) (alert.Content, error) {
	page := &alert.Page{Title: b.Title, Lines: b.Lines, Quote: b.Quote, By: b.By, Next: b.Next, Holes: b.Holes, Name: pr.ID + "-" + b.Week.Format(time.DateOnly) + ".html"}
	return alert.Content{Subject: "percept: " + b.Title, Language: foreign(b.Language), Page: page}, page.Attach(b.Page)
}

// portfolioContent are the practices of an advisor in one table; it is empty where none of them was judged.
func (p *pipeline) portfolioContent(ctx context.Context, r alert.Receiver) (c alert.Content, err error) {
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
		if s.Slips {
			slipping++
		}
	}
	if !judged {
		return c, nil
	}
	var line, subject string
	page.Title, line, subject = reports.PhrasesOf(p.cfg.Language).Portfolio(len(standings), slipping, monday)
	page.Lines = []string{line}
	return alert.Content{Subject: subject, Language: foreign(p.cfg.Language), Page: page}, nil
}
