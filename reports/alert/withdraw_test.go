package alert

import (
	"slices"
	"strings"
	"testing"
	"time"

	"percept/analysis"
)

// taken is what became of an outcome in a line: what is closed, dropped, and said.
func taken(o Outcome) string {
	var out []string
	for _, c := range o.Closings {
		out = append(out, "closed "+c.Alert+": "+c.Why)
	}
	for _, key := range o.Dropped {
		out = append(out, "dropped "+key)
	}
	for _, t := range o.Told {
		if t.Key == "" {
			out = append(out, "told nobody "+t.Alert)
		}
	}
	for _, m := range o.Messages {
		s := string(m.Kind)
		for _, i := range m.Content.Items {
			if s += " " + i.ID; i.Withdrawn != "" {
				s += " withdrawn"
			}
		}
		if wait := m.NotBefore.Sub(m.Created); wait > 0 {
			s += " in " + wait.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// A slip that is withdrawn is no alert any more: who has it is told with the next digest and in its thread,
// who has not never hears of it.
func TestWithdrawnSlip(t *testing.T) {
	flagged := created.AddDate(0, 0, -7)
	withdrawal := Withdrawal{Practice: "elm", Channel: "review", Touchpoint: "exam", Flagged: flagged, Name: "Eye exam", Why: "week 31 of 2026 gained 12 answers"}
	raised := Raised{ID: "x", Practice: "elm", About: "slip review exam", Rules: []string{"slip"}, At: flagged}
	acted := raised
	acted.Closed = true
	before := raised
	before.Withdrawn = true
	telling := func(kind Kind, taken, tried bool, items ...string) Telling {
		m := Message{Key: "k", Receiver: "desk", Kind: kind, Created: created, NotBefore: created}
		for _, id := range items {
			m.Content.Items = append(m.Content.Items, Item{ID: id})
		}
		return Telling{Alert: "x", Message: m, Taken: taken, Tried: tried}
	}
	held := Held{Alert: "x", Receiver: "desk", At: created.Add(-24 * time.Hour), Item: Item{ID: "x"}, Severity: Normal}
	other := held
	other.Alert, other.Item = "y", Item{ID: "y"}
	const closed, follows = "closed x: week 31 of 2026 gained 12 answers", "withdrawn x withdrawn in 23h30m0s"
	for _, c := range []struct {
		name  string
		state State
		want  string
	}{
		{"nobody was told", State{Raised: []Raised{raised}}, closed},
		{"the receiver has it", State{Raised: []Raised{raised}, Tellings: []Telling{telling(SlipAlert, true, false)}}, closed + "; " + follows},
		{"who has done it is told too", State{Raised: []Raised{acted}, Tellings: []Telling{telling(SlipAlert, true, false)}}, closed + "; " + follows},
		{"a message that was never tried is not sent", State{Raised: []Raised{raised}, Tellings: []Telling{telling(SlipAlert, false, false, "x")}}, closed + "; dropped k"},
		{"one that may have arrived is not sent again, and taken back", State{Raised: []Raised{raised}, Tellings: []Telling{telling(SlipAlert, false, true, "x")}}, closed + "; dropped k; " + follows},
		{"among others it says so", State{Raised: []Raised{raised}, Tellings: []Telling{telling(Digest, false, false, "y", "x")}}, closed + "; dropped k; digest y x withdrawn"},
		{"among others that may have arrived it stays, and is taken back", State{Raised: []Raised{raised}, Tellings: []Telling{telling(Digest, false, true, "y", "x")}}, closed + "; " + follows},
		{"what waits for the digest is left out of it", State{Raised: []Raised{raised}, Held: []Held{held, other}}, closed + "; told nobody x; digest y"},
		{"a slip that nobody raised is nobody's", State{}, ""},
		{"it is withdrawn once", State{Raised: []Raised{before}, Tellings: []Telling{telling(SlipAlert, true, false)}}, ""},
		{"another slip of the touchpoint stands", State{Raised: []Raised{{ID: "old", Practice: "elm", About: raised.About, At: flagged.AddDate(0, -6, 0)}, raised}}, closed},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.state.Withdrawals = []Withdrawal{withdrawal}
			if got := taken(Due(c.state, settings(nil), created)); got != c.want {
				t.Errorf("Due = %q, want %q", got, c.want)
			}
		})
	}
	t.Run("the message", func(t *testing.T) {
		slip := Slip{Verdict: analysis.Verdict{Practice: "elm", Channel: "review", Touchpoint: "exam", Flagged: flagged}, Name: "Eye exam"}
		told := Due(State{Slips: []Slip{slip}}, settings(nil), created).Messages[0]
		m := Due(State{Raised: []Raised{raised}, Tellings: []Telling{telling(SlipAlert, true, false)}, Withdrawals: []Withdrawal{withdrawal}}, settings(nil), created).Messages[0]
		if m.Content.Thread == "" || m.Content.Thread != told.Content.Thread || m.Kind.interrupts() {
			t.Errorf("the thread is %q, that of the slip %q", m.Content.Thread, told.Content.Thread)
		}
		r, err := Form{}.Render(m.Content)
		if err != nil {
			t.Fatal(err)
		}
		want := "Elm Street: slip withdrawn\nTold: Eye exam is slipping (week of 9 November 2026).\nWithdrawn: Week 31 of 2026 gained 12 answers.\n" +
			"The alert is closed; there is nothing to do about it.\nAbout: Eye exam"
		if strings.TrimSpace(r.Text) != want || strings.Contains(r.HTML, "percept alert") {
			t.Errorf("the message is\n%s\nwant\n%s\nand in HTML\n%s", r.Text, want, r.HTML)
		}
	})
	t.Run("found again it is told again", func(t *testing.T) {
		slip := Slip{Verdict: analysis.Verdict{Practice: "elm", Channel: "review", Touchpoint: "exam", Flagged: flagged}, Name: "Eye exam"}
		first := Due(State{Slips: []Slip{slip}}, settings(nil), created)
		again := Due(State{Slips: []Slip{slip}, Raised: []Raised{before}}, settings(nil), created)
		if len(again.Messages) != 1 || again.Messages[0].Key == first.Messages[0].Key || again.Raised[0].ID == first.Raised[0].ID {
			t.Errorf("%d messages after a withdrawal, want one with a key and an alert of its own", len(again.Messages))
		}
		if third := Due(State{Slips: []Slip{slip}, Raised: slices.Concat([]Raised{before}, keep(State{}, again, created).Raised)}, settings(nil), created); len(third.Messages) != 0 {
			t.Errorf("it is told %d times more", len(third.Messages))
		}
	})
}

// An outage ends when its source is read whole again: its alert closes itself, and who has it is told with the next
// digest and in its thread.
func TestMendedOutage(t *testing.T) {
	since := created.Add(-26 * time.Hour)
	raised := Raised{ID: "x", Practice: "elm", About: "source site", Rules: []string{"source"}, At: since}
	acted := raised
	acted.Closed = true
	telling := Telling{Alert: "x", Message: Message{Key: "k", Receiver: "desk", Kind: Failure, Content: Content{Items: []Item{{ID: "x"}}}}}
	has, may := telling, telling
	has.Taken, may.Tried = true, true
	mended := Mended{Practice: "elm", Source: "site", Whole: created.Add(-time.Hour)}
	gone := Mended{Practice: "elm", Source: "site"}
	const closed = "closed x: read whole again on 16 November 2026 07:00"
	for _, c := range []struct {
		name   string
		state  State
		mended Mended
		want   string
	}{
		{"nobody was told", State{Raised: []Raised{raised}}, mended, closed},
		{"the receiver has it", State{Raised: []Raised{raised}, Tellings: []Telling{has}}, mended, closed + "; withdrawn x withdrawn in 23h30m0s"},
		{"the receiver may have it", State{Raised: []Raised{raised}, Tellings: []Telling{may}}, mended, closed + "; dropped k; withdrawn x withdrawn in 23h30m0s"},
		{"a message that was never tried is not sent", State{Raised: []Raised{raised}, Tellings: []Telling{telling}}, mended, closed + "; dropped k"},
		{"who has closed it waits for nothing", State{Raised: []Raised{acted}, Tellings: []Telling{has}}, mended, ""},
		{"one that waits for the digest is left out of it", State{Raised: []Raised{raised}, Held: []Held{{Alert: "x", Receiver: "desk", At: created.Add(-24 * time.Hour), Item: Item{ID: "x"}, Severity: Low}}}, mended, closed + "; told nobody x"},
		{"the source left the config", State{Raised: []Raised{raised}}, gone, "closed x: nothing is collected from it any more"},
		{"an alert of another source stays", State{Raised: []Raised{raised}}, Mended{Practice: "elm", Source: "other", Whole: created}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.state.Mended = []Mended{c.mended}
			if got := taken(Due(c.state, settings(nil), created)); got != c.want {
				t.Errorf("Due = %q, want %q", got, c.want)
			}
		})
	}
	told := Due(State{Outages: []Outage{{Practice: "elm", Source: "site", State: "failed", Since: since}}}, settings(nil), since).Messages[0]
	m := Due(State{Raised: []Raised{raised}, Tellings: []Telling{has}, Mended: []Mended{mended}}, settings(nil), created).Messages[0]
	if m.Content.Thread == "" || m.Content.Thread != told.Content.Thread || m.Content.Subject != "percept: mended: site, Elm Street" || m.Kind.interrupts() {
		t.Errorf("%q in thread %q, want the news that it is mended in thread %q", m.Content.Subject, m.Content.Thread, told.Content.Thread)
	}
	r, err := Form{}.Render(m.Content)
	if err != nil {
		t.Fatal(err)
	}
	want := "Elm Street: collector mended\nTold: site could not be read since 15 November 2026 06:00.\nMended: Read whole again on 16 November 2026 07:00.\n" +
		"The alert is closed; there is nothing to do about it.\nSource: site"
	if strings.TrimSpace(r.Text) != want {
		t.Errorf("the message is\n%s\nwant\n%s", r.Text, want)
	}
}
