package analysis

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRevise(t *testing.T) {
	w := func(n int) time.Time { return monday(2900 + n) }
	drop := func(flagged, since int) Alarm {
		return Alarm{Practice: "elm", Touchpoint: "quote", Kind: Drop, Flagged: w(flagged), Since: w(since)}
	}
	cleared := func(a Alarm, week int) Alarm { a.Cleared = w(week); return a }
	said := func(what string, flagged, was, since int) Revision {
		r := Revision{Practice: "elm", Channel: "review", Touchpoint: "quote", Kind: Drop, What: what, Flagged: w(flagged)}
		if was > 0 {
			r.Was = w(was)
		}
		if since > 0 {
			r.Since = w(since)
		}
		return r
	}
	ended := said(Ended, 30, 28, 28)
	ended.Cleared = w(38)
	for _, c := range []struct {
		name          string
		before, after []Alarm
		judged        int
		want          []Revision
		found         int // of the first alarm
	}{
		{"a first time revises nothing", nil, []Alarm{drop(30, 28)}, 0, nil, 41},
		{"the same is nothing new", []Alarm{drop(30, 28)}, []Alarm{drop(30, 28)}, 40, nil, 30},
		{"what comes this week is news", nil, []Alarm{drop(41, 38)}, 40, nil, 41},
		{"flagged before and not told is late", nil, []Alarm{drop(30, 28)}, 40, []Revision{said(FoundLate, 30, 0, 28)}, 41},
		{"told and gone is withdrawn", []Alarm{drop(30, 28)}, nil, 40, []Revision{said(Withdrawn, 30, 28, 0)}, 0},
		{"another start", []Alarm{drop(30, 28)}, []Alarm{drop(29, 26)}, 40, []Revision{said(Moved, 29, 28, 26)}, 30},
		{"over by now", []Alarm{drop(30, 28)}, []Alarm{cleared(drop(30, 28), 38)}, 40, []Revision{ended}, 30},
		{"over this week is no revision", []Alarm{drop(30, 28)}, []Alarm{cleared(drop(30, 28), 41)}, 40, nil, 30},
		{"not over after all", []Alarm{cleared(drop(30, 28), 38)}, []Alarm{drop(30, 28)}, 40, []Revision{said(Reopened, 30, 28, 28)}, 30},
		{"two of a stream are told apart", []Alarm{drop(10, 8), drop(30, 28)}, []Alarm{drop(30, 28)}, 40, []Revision{said(Withdrawn, 10, 8, 0)}, 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.before {
				c.before[i].Found = c.before[i].Flagged
			}
			d := Detection{Week: w(41), Alarms: c.after}
			for _, a := range c.after {
				d.Verdicts = append(d.Verdicts, Verdict{Practice: "elm", Touchpoint: "quote", Flagged: a.Flagged})
			}
			var judged time.Time
			if c.judged > 0 {
				judged = w(c.judged)
			}
			if diff := cmp.Diff(c.want, Revise(c.before, &d, "review", judged)); diff != "" {
				t.Errorf("revisions (-want +got):\n%s", diff)
			}
			if len(c.after) == 0 {
				return
			}
			a, v := d.Alarms[0], d.Verdicts[0]
			if !a.Found.Equal(w(c.found)) || !v.Found.Equal(a.Found) || v.Late() != a.Flagged.Before(a.Found) {
				t.Errorf("alarm found %s, verdict %s, late %v; want %s", a.Found, v.Found, v.Late(), w(c.found))
			}
		})
	}
}
