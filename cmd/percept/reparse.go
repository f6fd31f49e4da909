package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"percept/collector"
	"percept/store"
)

// A retention is for how long kept pages are kept: "400 days".
type retention struct{ days int }

// UnmarshalText reads "400 days", or "forever".
func (r *retention) UnmarshalText(text []byte) error {
	if string(text) == "forever" {
		r.days = -1
		return nil
	}
	n, ok := strings.CutSuffix(string(text), " days")
	days, err := strconv.Atoi(n)
	if !ok || err != nil || days < 1 || days > 36500 {
		return fmt.Errorf("%q: want a number of days such as 400 days, or forever", text)
	}
	r.days = days
	return nil
}

// defaultKeep is a year and a month: what a parser of next year may read better.
const defaultKeep = 400

// prune forgets the pages that the config does not want kept any longer.
func (p *pipeline) prune(ctx context.Context) error {
	days := p.cfg.Keep.days
	if days == 0 {
		days = defaultKeep
	}
	if days < 0 {
		return nil
	}
	n, err := p.store.PrunePages(ctx, p.now.Add(-time.Duration(days)*24*time.Hour))
	if n > 0 {
		p.log.Info("kept pages forgotten", "pages", n, "days", days)
	}
	return err
}

type reparsedLine struct {
	Practice string `json:"practice,omitempty"`
	Source   string `json:"source"`
	Pages    int    `json:"pages"`
	New      int    `json:"new"`
	Edited   int    `json:"edited"`
	Gone     int    `json:"gone"`
	Unread   int    `json:"unread"` // pages
	Why      string `json:"why,omitempty"`
	// Otherwise counts the edited by what is read otherwise of them.
	Otherwise map[string]int `json:"otherwise,omitempty"`
}

// otherwise names what is read otherwise, in the order in which it is told.
func otherwise(o store.Otherwise) (names []string, counts map[string]int) {
	counts = make(map[string]int)
	for _, part := range []struct {
		name string
		n    int
	}{{"words", o.Words}, {"rating", o.Rating}, {"date", o.Date}, {"reply", o.Reply}, {"answers", o.Answers}, {"subject", o.Subject}, {"leave to quote", o.Leave}} {
		if part.n > 0 {
			names = append(names, part.name)
			counts[part.name] = part.n
		}
	}
	return names, counts
}

// inWords says what became of the kept pages of a source: "3 kept pages parsed again: 0 new, 2 read otherwise
// (rating of 2, words of 1), 1 gone".
func inWords(r store.Reparsed) string {
	var parts []string
	names, counts := otherwise(r.Otherwise)
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%s of %s", name, collector.Thousands(counts[name])))
	}
	of := ""
	if len(parts) > 0 {
		of = " (" + strings.Join(parts, ", ") + ")"
	}
	return fmt.Sprintf("%s parsed again: %s new, %s read otherwise%s, %s gone", count(r.Pages, "kept page"), collector.Thousands(r.New), collector.Thousands(r.Edited), of, collector.Thousands(r.Gone))
}

// reparse parses the kept pages of some sources again and says what changed, a line each.
func (p *pipeline) reparse(ctx context.Context, practice, source string) error {
	jobs, err := p.some(practice, source)
	if err != nil {
		return err
	}
	if err := p.begin(ctx); err != nil {
		return err
	}
	unread := false
	for _, j := range jobs {
		r, err := p.store.Reparse(ctx, j.Practice, j.Name, p.run, func(page collector.Page) ([]collector.Feedback, error) {
			return j.Reparse(page, p.identity)
		})
		if err != nil {
			return fmt.Errorf("collect %s: %w", j.Name, err)
		}
		if p.json {
			_, parts := otherwise(r.Otherwise)
			err = json.NewEncoder(p.out).Encode(reparsedLine{j.Practice, j.Name, r.Pages, r.New, r.Edited, r.Gone, r.Unread, r.Why, parts})
		} else {
			_, err = fmt.Fprintf(p.out, "%s  %s  %s\n", line(cmp.Or(j.Practice, "(several)")), line(j.Name), inWords(r))
		}
		if err != nil {
			return err
		}
		if r.Unread > 0 {
			unread = true
			fmt.Fprintf(p.err, "percept: %s: %s not read whole: %s; what was read of it before stays\n", line(j.Name), count(r.Unread, "kept page"), line(r.Why))
		}
	}
	if err := p.store.EndRun(ctx, p.run); err != nil || !unread {
		return err
	}
	return errIncomplete
}
