package alert

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Limits of what may interrupt.
const (
	maxAge   = 30 * 24 * time.Hour // what was given longer ago raises no alert when it comes in
	flood    = 10                  // more severe alerts at once than these come as one message
	listed   = 20                  // items that one message lists; the rest is counted
	sameSlip = 8 * 7 * 24 * time.Hour
	week     = 7 * 24 * time.Hour
)

// Settings are what the config says about alerts.
type Settings struct {
	Rules     []Rule
	Receivers []Receiver
	Practices []Practice
	// Owner suggests who should act on what concerns several practices; Zone is that of its times.
	Owner string
	Zone  *time.Location
	// SourceName is what people call a source. Nil: by its name.
	SourceName func(source string) string
}

// called is what people call a source.
func (s *Settings) called(source string) string {
	if s.SourceName == nil || source == "" {
		return source
	}
	return s.SourceName(source)
}

// An Alert is one thing that needs a person, whoever is told of it. It stands in the work list until
// it is closed.
type Alert struct {
	ID, Practice string // Practice is empty where it concerns several
	About        string // a feedback's id, or what names a slip or an outage
	Version      int    // of a feedback; of a slip, how often it was withdrawn before
	Kind         string // review, response, slip or source
	Severity     Severity
	Rules, Why   []string
	Touchpoint   string // slug, empty where it is about none
	Given        time.Time
	At           time.Time // see Raised.At
	First        bool
}

// An Outcome is what Due decided. The store keeps all of it in one transaction.
type Outcome struct {
	Looked   []Ref // of Fresh: not to be looked at again
	Raised   []Alert
	Held     []Held
	Messages []Message
	Told     []Ticket  // which alerts go out in which message
	Closings []Closing // alerts that are closed by themselves
	Dropped  []string  // keys of messages that leave the outbox, before Messages enter it
}

// A Ref names a version of a feedback.
type Ref struct {
	ID      string
	Version int
}

// A Ticket says in which message a receiver is told of an alert; without a key it is not.
type Ticket struct{ Alert, Receiver, Key string }

// A Closing is an alert that needs nobody any more, and why.
type Closing struct{ Alert, Why string }

// Due returns the alerts to raise and the messages to send, as of now.
func Due(s State, set Settings, now time.Time) Outcome {
	d := &decider{state: s, set: set, now: now, rules: compile(set.Rules), raised: map[[2]string][]Raised{}, practices: map[string]Practice{}}
	closed := make(map[string]bool, len(s.Raised))
	for _, r := range s.Raised {
		at := [2]string{r.Practice, r.About}
		d.raised[at] = append(d.raised[at], r)
		closed[r.ID] = r.Closed
	}
	d.release(func(h Held) bool { return closed[h.Alert] })
	for _, p := range set.Practices {
		d.practices[p.ID] = p
	}
	for i := range s.Fresh {
		f := &s.Fresh[i]
		d.out.Looked = append(d.out.Looked, Ref{f.ID, f.Version})
		if now.Sub(f.Given) <= maxAge {
			d.feedback(f, false)
		}
	}
	for i := range s.Waiting {
		d.feedback(&s.Waiting[i], true)
	}
	for _, w := range s.Withdrawals {
		d.withdraw(w)
	}
	for _, v := range s.Slips {
		d.slip(v)
	}
	for _, m := range s.Mended {
		d.mended(m)
	}
	for _, o := range s.Outages {
		d.outage(o)
	}
	slices.SortFunc(d.found, func(a, b *found) int { // ids tell all of them apart
		return cmp.Or(cmp.Compare(b.alert.Severity.rank(), a.alert.Severity.rank()), a.alert.Given.Compare(b.alert.Given), cmp.Compare(a.alert.ID, b.alert.ID))
	})
	for _, f := range d.found {
		d.out.Raised = append(d.out.Raised, f.alert)
	}
	for i := range set.Receivers {
		d.tell(&set.Receivers[i])
	}
	return d.out
}

// A decider gathers an Outcome.
type decider struct {
	state     State
	set       Settings
	now       time.Time
	rules     []rule
	raised    map[[2]string][]Raised
	practices map[string]Practice
	found     []*found
	out       Outcome
}

// A found alert with what a message says about it.
type found struct {
	alert Alert
	item  Item
	kind  Kind
}

// feedback asks every rule about a feedback; those that fire make one alert. With waiting it asks
// only the rules about what became of it.
func (d *decider) feedback(f *Feedback, waiting bool) {
	days := int(d.now.Sub(f.Given) / (24 * time.Hour))
	a := Alert{Practice: f.Practice, About: f.ID, Version: f.Version, Kind: f.Kind, Severity: Low, Given: f.Given, At: d.now, First: f.First && !waiting}
	var words []string
	for _, r := range d.rules {
		if r.waits() != waiting {
			continue
		}
		why, said, ok := r.match(f, days)
		if !ok || d.known(f, r) {
			continue
		}
		if r.Severity.rank() > a.Severity.rank() || len(a.Rules) == 0 {
			a.Severity = r.Severity
		}
		a.Rules, a.Why, words = append(a.Rules, r.Name), append(a.Why, why), append(words, said...)
	}
	if len(a.Rules) == 0 || d.practices[f.Practice].Zone == nil {
		return
	}
	if len(f.Mentions) > 0 {
		a.Touchpoint = f.Mentions[0].Touchpoint
	}
	a.ID = alertID(f.Practice, f.ID, a.Rules[0])
	d.found = append(d.found, &found{a, d.item(a, f, words), OneAlert})
}

// known reports whether the rule fired for the feedback before, in whatever version, or a person has
// closed what is to be waited for.
func (d *decider) known(f *Feedback, r rule) bool {
	for _, old := range d.raised[[2]string{f.Practice, f.ID}] {
		if slices.Contains(old.Rules, r.Name) || r.waits() && old.Closed {
			return true
		}
	}
	return false
}

// slip raises the alert of a slip, unless it was told before and not withdrawn.
func (d *decider) slip(v Slip) {
	p, known := d.practices[v.Practice]
	about, withdrawn := slipName(v.Channel, v.Touchpoint), 0
	for _, old := range d.raised[[2]string{v.Practice, about}] {
		switch gap := v.Flagged.Sub(old.At).Abs(); {
		case gap > sameSlip:
		case old.Withdrawn:
			withdrawn++
		default:
			return // the same slip, its alarm perhaps moved by a late file
		}
	}
	for _, r := range d.rules {
		if !r.Slip || !known {
			continue
		}
		a := Alert{Practice: v.Practice, About: about, Version: withdrawn, Kind: "slip", Severity: r.Severity, Rules: []string{r.Name}, Why: []string{sentence(v.Sentence)},
			Touchpoint: v.Touchpoint, Given: v.Flagged, At: v.Flagged, First: v.First}
		a.ID = alertID(v.Practice, about+v.Flagged.Format(time.DateOnly)+strings.Repeat(" again", withdrawn), r.Name)
		item := Item{ID: a.ID, Practice: p.ID, PracticeName: p.Name, Kind: a.Kind, Severity: a.Severity, Rules: a.Rules, Why: a.Why,
			Touchpoints: []string{v.Name}, Owner: p.Owner(v.Touchpoint)}
		d.found = append(d.found, &found{a, item, SlipAlert})
		return
	}
}

// slipName names what slipped, whenever it did.
func slipName(channel, touchpoint string) string { return "slip " + channel + " " + touchpoint }
