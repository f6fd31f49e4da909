package alert

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tell makes the messages for one receiver: what cannot wait now, the rest in its digest.
func (d *decider) tell(r *Receiver) {
	var first, severe, normal, low []*found
	for _, f := range d.found {
		switch {
		case !r.Hears(f.alert.Practice):
		case f.alert.First:
			first = append(first, f)
		case f.alert.Severity == Severe:
			severe = append(severe, f)
		case f.alert.Severity == Normal:
			normal = append(normal, f)
		default:
			low = append(low, f)
		}
	}
	if len(first) > 0 {
		d.together(r, First, first)
	}
	spent := 0
	for _, at := range d.state.Interrupted[r.Name] {
		if d.now.Sub(at) < week {
			spent++
		}
	}
	if len(severe) > flood {
		d.together(r, Many, severe)
		spent++
	} else {
		for _, f := range severe {
			d.single(r, f)
			spent++
		}
	}
	for _, f := range normal {
		if spent < r.Budget {
			d.single(r, f)
			spent++
		} else {
			low = append(low, f)
		}
	}
	held := slices.Clone(d.state.Held)
	for _, f := range low {
		h := Held{Alert: f.alert.ID, Receiver: r.Name, At: d.now, Given: f.alert.Given, Item: masked(f.item, r.Mask), Severity: f.alert.Severity}
		d.out.Held = append(d.out.Held, h)
		held = append(held, h)
	}
	d.digest(r, held)
}

// single sends one alert by itself.
func (d *decider) single(r *Receiver, f *found) {
	item := masked(f.item, r.Mask)
	m := Message{
		Key:      Key(f.kind, f.alert.Practice, f.alert.About+slipWeek(f.alert), f.alert.Version, f.alert.Rules[0], r.Name),
		Practice: f.alert.Practice, Kind: f.kind, Severity: f.alert.Severity,
		Content: Content{Subject: subject(f.kind, item), Thread: thread(f.alert.Practice, f.alert.About), Items: []Item{item}},
	}
	d.send(r, m, f.alert.ID)
}

// slipWeek tells two slips, or two outages, of the same place apart.
func slipWeek(a Alert) string {
	if a.Kind == "slip" || a.Kind == "source" {
		return a.At.UTC().Format(" 2006-01-02T15:04:05Z")
	}
	return ""
}

func thread(practice, about string) string { return hash("thread", practice, about)[:32] }

// together sends many alerts of this moment as one message.
func (d *decider) together(r *Receiver, kind Kind, all []*found) {
	m := Message{Kind: kind, Severity: all[0].alert.Severity}
	ids := make([]string, len(all))
	for i, f := range all {
		ids[i] = f.alert.ID
		if i < listed {
			m.Content.Items = append(m.Content.Items, masked(f.item, r.Mask))
		}
	}
	m.Key = Key(kind, "", strings.Join(ids, " "), 0, "", r.Name)
	m.Content.More = len(all) - len(m.Content.Items)
	m.Content.Subject = fmt.Sprintf("percept: %s need a person at once", things(len(all), "severe alert"))
	if kind == First {
		m.Content.Subject = fmt.Sprintf("percept: the first import found %s", things(len(all), "thing to look at"))
	}
	d.send(r, m, ids...)
}

// digest sends what was held before the receiver's last time for it.
func (d *decider) digest(r *Receiver, held []Held) {
	var due []Held
	var day time.Time
	for _, h := range held {
		if at := r.Digest.After(h.At, r.Zone); h.Receiver == r.Name && !at.After(d.now) {
			due = append(due, h)
			if at.After(day) {
				day = at
			}
		}
	}
	if len(due) == 0 {
		return
	}
	slices.SortStableFunc(due, func(a, b Held) int {
		return cmp.Or(cmp.Compare(b.Severity.rank(), a.Severity.rank()), a.At.Compare(b.At), cmp.Compare(a.Alert, b.Alert))
	})
	m := Message{Key: Key(Digest, "", day.UTC().Format(time.RFC3339), 0, "", r.Name), Kind: Digest, Severity: Low}
	ids := make([]string, len(due))
	for i, h := range due {
		ids[i] = h.Alert
		if h.Item.Age != "" {
			h.Item.Age = age(d.now.Sub(h.Given))
		}
		if i < listed {
			m.Content.Items = append(m.Content.Items, h.Item)
		}
	}
	m.Content.More = len(due) - len(m.Content.Items)
	m.Content.Subject = fmt.Sprintf("percept: digest of %s, %s", day.In(r.Zone).Format("2 January 2006"), things(len(due), "thing that could wait"))
	d.send(r, m, ids...)
}

// send puts a message about alerts into the outcome, after the quiet hours.
func (d *decider) send(r *Receiver, m Message, alerts ...string) {
	m.Receiver, m.Created, m.NotBefore, m.Content.Language = r.Name, d.now, d.now, r.Language
	for _, id := range alerts {
		d.out.Told = append(d.out.Told, Ticket{id, r.Name, m.Key})
	}
	if m.Severity != Severe || r.Quiet.Severe {
		m.NotBefore = r.Quiet.until(d.now, r.Zone)
	}
	d.out.Messages = append(d.out.Messages, m)
}

// things is a count with its noun; the plural of "thing that could wait" is of its first word.
func things(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if rest, ok := strings.CutPrefix(noun, "thing "); ok {
		return grouped(n) + " things " + rest
	}
	return grouped(n) + " " + noun + "s"
}

// grouped writes 6507 as 6,507.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return grouped(n/1000) + fmt.Sprintf(",%03d", n%1000)
}
