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
	for _, j := range jobs {
		r, err := p.store.Reparse(ctx, j.Practice, j.Name, p.run, func(page collector.Page) ([]collector.Feedback, error) {
			return j.Reparse(page, p.identity)
		})
		if err != nil {
			return fmt.Errorf("collect %s: %w", j.Name, err)
		}
		if p.json {
			err = json.NewEncoder(p.out).Encode(reparsedLine{j.Practice, j.Name, r.Pages, r.New, r.Edited, r.Gone})
		} else {
			_, err = fmt.Fprintf(p.out, "%s  %s  %s parsed again: %s new, %s read otherwise, %s gone\n", line(cmp.Or(j.Practice, "(several)")), line(j.Name),
				count(r.Pages, "kept page"), thousands(r.New), thousands(r.Edited), thousands(r.Gone))
		}
		if err != nil {
			return err
		}
	}
	return p.store.EndRun(ctx, p.run)
}
