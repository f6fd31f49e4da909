package alert

import (
	"fmt"
	"slices"
)

// withdraw closes the alert of a slip that is none any more. Who was told of it is told so with the next
// digest; who was not never is.
func (d *decider) withdraw(w Withdrawal) {
	about := slipName(w.Channel, w.Touchpoint)
	old := d.toldSlip(w, about)
	if old == nil {
		return
	}
	p, known := d.practices[w.Practice]
	d.close(old, w.Why, known, Item{
		Practice: p.ID, PracticeName: p.Name, Kind: "slip", Touchpoints: []string{w.Name},
		Why: []string{fmt.Sprintf("%s is slipping (week of %s).", capital(w.Name), w.Flagged.Format("2 January 2006"))},
	})
}

// close closes an alert by itself. Who has it is told why, by an item that says what was told, where tell says so.
func (d *decider) close(old *Raised, why string, tell bool, item Item) {
	old.Withdrawn = true
	d.out.Closings = append(d.out.Closings, Closing{old.ID, why})
	d.release(func(h Held) bool { return h.Alert == old.ID })
	item.ID, item.Severity, item.Rules, item.Withdrawn = old.ID, Low, old.Rules, sentence(why)
	for _, t := range d.state.Tellings {
		if t.Alert == old.ID && d.takeBack(t, why) && tell {
			d.takenBack(t.Message.Receiver, old, item)
		}
	}
}

// release takes held items out of the digests: nobody is told of them.
func (d *decider) release(which func(Held) bool) {
	d.state.Held = slices.DeleteFunc(slices.Clone(d.state.Held), func(h Held) bool {
		gone := which(h)
		if gone {
			d.out.Told = append(d.out.Told, Ticket{h.Alert, h.Receiver, ""})
		}
		return gone
	})
}

// toldSlip is the alert of the slip, nil where none was raised.
func (d *decider) toldSlip(w Withdrawal, about string) *Raised {
	var nearest *Raised
	list := d.raised[[2]string{w.Practice, about}]
	for i := range list {
		old := &list[i]
		gap := w.Flagged.Sub(old.At).Abs()
		if gap <= sameSlip && !old.Withdrawn && (nearest == nil || gap < w.Flagged.Sub(nearest.At).Abs()) {
			nearest = old
		}
	}
	return nearest
}

// takeBack keeps a message about an alert from being sent where it can, and reports whether its receiver
// has it, or may have it, and is to be told.
func (d *decider) takeBack(t Telling, why string) (told bool) {
	m := t.Message
	switch {
	case t.Taken:
		return true
	case len(m.Content.Items) == 1 && m.Content.More == 0:
		d.out.Dropped = append(d.out.Dropped, m.Key)
		return t.Tried
	case t.Tried:
		return true // what may have arrived goes out as it is: the same key is the same bytes
	}
	i := slices.IndexFunc(d.out.Messages, func(other Message) bool { return other.Key == m.Key })
	if i < 0 {
		i = len(d.out.Messages)
		m.Content.Items = slices.Clone(m.Content.Items)
		d.out.Messages, d.out.Dropped = append(d.out.Messages, m), append(d.out.Dropped, m.Key)
	}
	for j := range d.out.Messages[i].Content.Items {
		if item := &d.out.Messages[i].Content.Items[j]; item.ID == t.Alert {
			item.Withdrawn = sentence(why)
		}
	}
	return false
}

// takenBack tells a receiver that there is nothing to do any more about what it was told of, in the same thread.
func (d *decider) takenBack(receiver string, old *Raised, item Item) {
	i := slices.IndexFunc(d.set.Receivers, func(r Receiver) bool { return r.Name == receiver })
	if i < 0 {
		return
	}
	r := &d.set.Receivers[i]
	d.out.Messages = append(d.out.Messages, Message{
		Key: Key(Withdrawn, old.Practice, old.ID, 0, "", r.Name), Receiver: r.Name, Practice: old.Practice, Kind: Withdrawn, Severity: Low,
		Created: d.now, NotBefore: r.Quiet.until(r.Digest.After(d.now, r.Zone), r.Zone),
		Content: Content{Subject: subject(Withdrawn, item), Language: r.Language, Thread: thread(old.Practice, old.About), Items: []Item{item}},
	})
}
