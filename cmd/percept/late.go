package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// shownLate is how many practices with late rows that change no verdict are named one by one.
const shownLate = 5

// sayLate says what came in late, or went, for weeks that were judged before, and what that changed.
func (p *pipeline) sayLate(done analyzed) {
	quiet, feedbacks := 0, 0
	for _, pr := range p.practices {
		for _, channel := range []collector.Kind{collector.Response, collector.Review} {
			late, changed := p.lateOf(pr, string(channel), done)
			if len(changed) == 0 && (late == nil || late.Gained+late.Lost == 0) {
				continue // read otherwise by another model, and nothing came of it
			}
			if len(changed) == 0 {
				if quiet++; quiet > shownLate {
					feedbacks += late.Gained + late.Lost
					continue
				}
				changed = []string{"no verdict of those weeks changes"}
			}
			fmt.Fprintf(p.out, "%s: %s; %s\n", line(pr.Name), changeWords(late), strings.Join(changed, "; "))
		}
	}
	if more := quiet - shownLate; more > 0 {
		fmt.Fprintf(p.out, "%s more gained or lost %s in weeks judged before; no verdict of those weeks changes\n",
			count(more, "practice"), count(feedbacks, "feedback"))
	}
}

func (p *pipeline) lateOf(pr collector.Practice, channel string, done analyzed) (late *analysis.Late, changed []string) {
	late = done.lateOf(pr.ID, channel)
	t := p.cfg.taxonomyOfPractice(pr.ID)
	for _, r := range done.Revisions {
		if r.Practice == pr.ID && r.Channel == channel {
			changed = append(changed, revisionWords(t, r))
		}
	}
	return late, changed
}

// lateOf is what came late for a practice and channel, nil where nothing did.
func (a analyzed) lateOf(practice, channel string) *analysis.Late {
	i := slices.IndexFunc(a.Late, func(l analysis.Late) bool { return l.Practice == practice && l.Channel == channel })
	if i < 0 {
		return nil
	}
	return &a.Late[i]
}

// changeWords say what has changed in weeks judged before; late is nil where no rows did.
func changeWords(late *analysis.Late) string {
	if late == nil {
		return "what is known of sources, events or peers has changed"
	}
	return lateWords(*late)
}

// lateWords is "week 31 of 2026 gained 12 answers".
func lateWords(l analysis.Late) string {
	weeks := weekName(l.First)
	if !l.First.Equal(l.Last) {
		weeks = fmt.Sprintf("%s from %s to %s", count(l.Weeks, "week"), weekName(l.First), weekName(l.Last))
	}
	unit := "answer"
	if l.Channel == string(collector.Review) {
		unit = "review"
	}
	switch {
	case l.Gained > 0 && l.Lost > 0:
		return fmt.Sprintf("%s gained %s and lost %s", weeks, count(l.Gained, unit), collector.Thousands(l.Lost))
	case l.Gained > 0:
		return fmt.Sprintf("%s gained %s", weeks, count(l.Gained, unit))
	case l.Lost > 0:
		return fmt.Sprintf("%s lost %s", weeks, count(l.Lost, unit))
	case l.First.Equal(l.Last):
		return fmt.Sprintf("%s reads otherwise now", weeks)
	}
	return fmt.Sprintf("%s read otherwise now", weeks)
}

// weekName is the ISO week of a Monday.
func weekName(monday time.Time) string {
	year, week := monday.ISOWeek()
	return fmt.Sprintf("week %d of %d", week, year)
}

// revisionWords is "the slip at Quote is withdrawn".
func revisionWords(t *analysis.Taxonomy, r analysis.Revision) string {
	noun := "slip"
	if r.Kind == analysis.Rise {
		noun = "rise"
	}
	at := "at " + streamName(t, r.Touchpoint)
	if r.Touchpoint == analysis.PracticeWide {
		at = "of " + streamName(t, r.Touchpoint)
	}
	week := func(t time.Time) string { return "the week of " + t.Format("2 January 2006") }
	switch r.What {
	case analysis.Withdrawn:
		return fmt.Sprintf("the %s %s, told in %s, is withdrawn", noun, at, week(r.Flagged))
	case analysis.FoundLate:
		return fmt.Sprintf("a %s %s is found late: since %s, to be told in %s", noun, at, week(r.Since), week(r.Flagged))
	case analysis.Moved:
		return fmt.Sprintf("the %s %s is now since %s, not %s", noun, at, week(r.Since), r.Was.Format("2 January 2006"))
	case analysis.Ended:
		return fmt.Sprintf("the %s %s was over by %s", noun, at, week(r.Cleared))
	}
	return fmt.Sprintf("the %s %s, since %s, is not over after all", noun, at, week(r.Since))
}
