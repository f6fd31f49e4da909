package alert

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// outage raises the alert of a source that failed, once for each time it does. One that was mended and fails again
// within a week comes and goes: it waits for the digest.
func (d *decider) outage(o Outage) {
	p, known := d.practices[o.Practice]
	if o.Practice == "" {
		p, known = d.several(), true
	}
	about, again := aboutSource(o.Source), false
	for _, old := range d.raised[[2]string{o.Practice, about}] {
		switch gap := o.Since.Sub(old.At).Abs(); {
		case gap >= week:
		case old.Withdrawn && !o.Since.Equal(old.At):
			again = true
		default:
			return // the same outage
		}
	}
	for _, r := range d.rules {
		if !r.Source || !known {
			continue
		}
		a := Alert{Practice: o.Practice, About: about, Kind: "source", Severity: r.Severity, Rules: []string{r.Name}, Why: []string{o.sentence(d.set, p.Zone)},
			Given: o.Since, At: o.Since}
		if again {
			a.Severity = Low
		}
		a.ID = alertID(o.Practice, about+o.Since.UTC().Format(time.RFC3339), r.Name)
		item := Item{ID: a.ID, Practice: p.ID, PracticeName: p.Name, Kind: a.Kind, Severity: a.Severity, Rules: a.Rules, Why: a.Why,
			Notes: o.notes(d.set, p.Zone), Source: o.Source, SourceName: d.set.called(o.Source), Owner: p.Owner("")}
		d.found = append(d.found, &found{a, item, Failure})
		return
	}
}

// aboutSource names a source that failed, whenever it did.
func aboutSource(source string) string { return "source " + source }

// mended closes the alert of a source that is read whole again, or is collected from no longer. Who was told that
// it failed is told so with the next digest; who was not never is.
func (d *decider) mended(m Mended) {
	p, known := d.practices[m.Practice]
	if m.Practice == "" {
		p, known = d.several(), true
	}
	why := "nothing is collected from it any more"
	if !m.Whole.IsZero() {
		why = "read whole again on " + m.Whole.In(cmp.Or(p.Zone, time.UTC)).Format("2 January 2006 15:04")
	}
	list := d.raised[[2]string{m.Practice, aboutSource(m.Source)}]
	for i := range list {
		old := &list[i]
		if old.Closed {
			continue
		}
		d.close(old, why, known, Item{
			Practice: p.ID, PracticeName: p.Name, Kind: "source", Source: m.Source, SourceName: d.set.called(m.Source),
			Why: []string{fmt.Sprintf("%s could not be read since %s.", d.set.called(m.Source), old.At.In(cmp.Or(p.Zone, time.UTC)).Format("2 January 2006 15:04"))},
		})
	}
}

// several stands for all practices at once; with one practice it is that one.
func (d *decider) several() Practice {
	if len(d.set.Practices) == 1 {
		return d.set.Practices[0]
	}
	return Practice{Name: "several practices", Zone: d.set.Zone, Owner: func(string) string { return d.set.Owner }}
}

// sentence says what is missing, and why.
func (o Outage) sentence(set Settings, zone *time.Location) string {
	says := fmt.Sprintf("%s could not be read", set.called(o.Source))
	if o.State == "incomplete" {
		says = fmt.Sprintf("%s could not be read whole", set.called(o.Source))
	}
	says += " since " + o.Since.In(zone).Format("2 January 2006 15:04")
	if o.Why != "" {
		says += ": " + o.Why
	}
	return says
}

// notes say what still works, and what is safe.
func (o Outage) notes(set Settings, zone *time.Location) []string {
	last := "It was never read whole."
	if !o.LastComplete.IsZero() {
		last = "It was last read whole on " + o.LastComplete.In(zone).Format("2 January 2006") + "."
	}
	works := "No other source of this practice is read whole."
	switch {
	case o.Practice == "" && len(o.Working) == 0:
		works = "No other source that brings in several practices is read whole."
	case len(o.Working) > 0:
		var working []string
		for _, source := range o.Working {
			working = append(working, set.called(source))
		}
		works = "Still read whole: " + strings.Join(working, ", ") + "."
	}
	if o.Practice == "" {
		works += " The sources that practices have of their own are read apart from it."
	}
	return []string{last, works, "Nothing that is stored is lost, nothing is marked as removed, and no verdict is drawn from the hole."}
}
