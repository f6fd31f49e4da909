package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
	"percept/store"
	"percept/store/storetest"
)

// alertStore holds one practice read by a model, so far without feedback.
func alertStore(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.New(t)
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetSources(t.Context(), []store.Source{{Practice: "elm", Name: "web:elm", Kind: "web"}, {Name: "group", Kind: "survey"}}); err != nil {
		t.Fatal(err)
	}
	return s
}

// understand has a model read what is stored: everything is about the exam, and bad.
func understand(t *testing.T, s *store.Store) {
	t.Helper()
	_, batches, err := s.Unscored(t.Context(), []string{"elm"}, "m1", "t1")
	if err != nil {
		t.Fatal(err)
	}
	for heard, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		var all []analysis.Understood
		for _, h := range heard {
			all = append(all, analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice, Whole: analysis.Scored{Label: "negative"},
				Mentions: []analysis.Mention{{Feedback: h.ID, Version: h.Version, Touchpoint: "exam", End: 1, Score: -.5, Confidence: 1, Origin: analysis.FromText}}})
		}
		if err := s.AddScores(t.Context(), "m1", "t1", all); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Activate(t.Context(), []string{"elm"}, "m1", "t1"); err != nil {
		t.Fatal(err)
	}
}

// stands is the state in a line: what is fresh (with ! for a first import), what waits.
func stands(t *testing.T, s *store.Store) string {
	t.Helper()
	st, err := s.AlertState(t.Context(), storetest.Now.AddDate(0, 0, -31))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range st.Fresh {
		first := ""
		if f.First {
			first = "!"
		}
		if len(f.Mentions) != 1 || f.Mentions[0].Touchpoint != "exam" || f.Label != "negative" || f.RatingText == "" {
			t.Errorf("fresh feedback %+v", f)
		}
		out = append(out, fmt.Sprintf("%s%d%s", f.Text, f.Version, first))
	}
	for _, f := range st.Waiting {
		out = append(out, strings.TrimSpace("waits "+f.Text+" "+f.ReplyState))
	}
	return strings.Join(out, ", ")
}

func looked(t *testing.T, s *store.Store) {
	t.Helper()
	st, err := s.AlertState(t.Context(), storetest.Now.AddDate(0, 0, -31))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutDue(t.Context(), alert.Due(st, alert.Settings{}, storetest.Now)); err != nil {
		t.Fatal(err)
	}
}

// Each version of a feedback is looked at once, when a model has read it; the first import of a source
// is told from what comes later, and a run that was cut off does not end it.
func TestAlertStateLooksOnce(t *testing.T) {
	s := alertStore(t)
	a, b, c := review("a", "A", 1), review("b", "B", 2), review("c", "C", 1)
	old := review("o", "Old", 1)
	old.Date = collector.At(storetest.Now.AddDate(0, -3, 0))
	cut := collector.Entry{Run: "00000001", Practice: "elm", Source: "web:elm", Kind: "web", State: collector.Running, Started: storetest.Now}
	if err := s.Begin(t.Context(), cut); err != nil {
		t.Fatal(err)
	}
	cut.Rows = 1
	if err := s.Keep(t.Context(), &cut, collector.Page{URL: "u", Body: []byte("1"), FetchedAt: storetest.Now}, []collector.Feedback{a}, nil); err != nil {
		t.Fatal(err)
	}
	if got := stands(t, s); got != "" {
		t.Errorf("before a model read it: %q", got)
	}
	keep(t, s, "00000002", []collector.Feedback{a, b, old})
	understand(t, s)
	if got, want := stands(t, s), "A1!, B1!"; got != want {
		t.Errorf("after the first import %q, want %q", got, want)
	}
	looked(t, s)
	if got, want := stands(t, s), "waits A, waits B"; got != want {
		t.Errorf("looked at %q, want %q", got, want)
	}
	edited, answered, rejected := review("a", "A", 2), review("b", "B", 2), c
	answered.Reply = &collector.Reply{Text: "Sorry"}
	rejected.Reply = &collector.Reply{Text: "No", State: "rejected"}
	keep(t, s, "00000003", []collector.Feedback{edited, answered, rejected})
	understand(t, s)
	if got, want := stands(t, s), "A2, B2, C1"; got != want {
		t.Errorf("after edits %q, want %q", got, want)
	}
	looked(t, s)
	if got, want := stands(t, s), "waits A, waits C rejected"; got != want {
		t.Errorf("after replies %q, want %q", got, want)
	}
	late := review("d", "D", 1)
	keep(t, s, "00000004", []collector.Feedback{late})
	understand(t, s)
	if got, want := stands(t, s), "D1, waits A, waits C rejected"; got != want {
		t.Errorf("after the first import %q, want %q", got, want)
	}
}

// An outage begins with the first run that was not whole after one that was, and says what still works.
func TestAlertStateOutages(t *testing.T) {
	s := alertStore(t)
	at := func(hours int) time.Time { return storetest.Now.Add(time.Duration(hours) * time.Hour) }
	for i, e := range []collector.Entry{
		{State: collector.Complete, Practice: "elm", Source: "web:elm"},
		{State: collector.Complete, Source: "group"},
		{State: collector.Failed, Practice: "elm", Source: "web:elm", Why: "status 500"},
		{State: collector.Incomplete, Practice: "elm", Source: "web:elm", Why: "page 2: status 500"},
		{State: collector.Running, Practice: "elm", Source: "web:elm"},
	} {
		e.Run, e.Started = fmt.Sprintf("%08d", i+1), at(i)
		if err := s.Begin(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if err := s.End(t.Context(), &e); err != nil {
			t.Fatal(err)
		}
	}
	st, err := s.AlertState(t.Context(), storetest.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := []alert.Outage{{Practice: "elm", Source: "web:elm", State: "incomplete", Why: "page 2: status 500", Since: at(2), LastComplete: at(0), Working: []string{"group"}}}
	if diff := cmp.Diff(want, st.Outages); diff != "" {
		t.Errorf("outages (-want +got):\n%s", diff)
	}
	if len(st.Mended) > 0 {
		t.Errorf("%+v is mended, want nothing while there is no alert", st.Mended)
	}
	var due alert.Outcome
	for _, about := range []string{"source web:elm", "source left"} {
		due.Raised = append(due.Raised, alert.Alert{ID: about, Practice: "elm", About: about, Kind: "source", At: at(2)})
	}
	if err := s.PutDue(t.Context(), due); err != nil {
		t.Fatal(err)
	}
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}, {ID: "oak", Name: "Oak", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	for i, e := range []collector.Entry{{State: collector.Complete, Practice: "elm", Source: "web:elm"}, {State: collector.Failed, Source: "group", Why: "no such file"}} {
		e.Run, e.Started = fmt.Sprintf("%08d", i+6), at(i+6)
		if err := s.End(t.Context(), &e); err != nil {
			t.Fatal(err)
		}
	}
	if st, err = s.AlertState(t.Context(), storetest.Now); err != nil {
		t.Fatal(err)
	}
	want = []alert.Outage{{Source: "group", State: "failed", Why: "no such file", Since: at(7), LastComplete: at(1)}}
	if diff := cmp.Diff(want, st.Outages); diff != "" {
		t.Errorf("outages of a source of two practices (-want +got):\n%s", diff)
	}
	mended := []alert.Mended{{Practice: "elm", Source: "left"}, {Practice: "elm", Source: "web:elm", Whole: at(6)}}
	if diff := cmp.Diff(mended, st.Mended); diff != "" {
		t.Errorf("mended (-want +got):\n%s", diff)
	}
	if err := s.PutDue(t.Context(), alert.Outcome{Closings: []alert.Closing{{Alert: "source left"}, {Alert: "source web:elm"}}}); err != nil {
		t.Fatal(err)
	}
	if st, err = s.AlertState(t.Context(), storetest.Now); err != nil || len(st.Mended) > 0 {
		t.Errorf("%+v, %v is mended once more", st.Mended, err)
	}
}

// The outbox keeps order and marks, writes no key twice, and forgets the words of what was taken.
func TestOutbox(t *testing.T) {
	s := alertStore(t)
	message := func(key string) alert.Message {
		return alert.Message{Key: key, Receiver: "desk", Kind: alert.OneAlert, Severity: alert.Severe, Created: storetest.Now, NotBefore: storetest.Now,
			Content: alert.Content{Subject: key, Items: []alert.Item{{ID: "x", Text: "words"}}}}
	}
	put := func(keys ...string) {
		t.Helper()
		var o alert.Outcome
		for _, k := range keys {
			o.Messages = append(o.Messages, message(k))
		}
		if err := s.PutDue(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	mark := func(key string, d alert.Delivered) {
		t.Helper()
		retry := time.Time{}
		if d == alert.Failed {
			retry = storetest.Now.Add(time.Hour)
		}
		if err := s.Mark(t.Context(), alert.Delivery{Key: key, Outcome: d, Why: "why", At: storetest.Now, RetryAt: retry}); err != nil {
			t.Fatal(err)
		}
	}
	pending := func(refused bool) string {
		t.Helper()
		list, err := s.Pending(t.Context(), refused)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, m := range list {
			out = append(out, fmt.Sprintf("%s/%d", m.Content.Subject, m.Tries))
		}
		return strings.Join(out, " ")
	}
	put("c", "a", "b")
	put("b", "d")
	if got := pending(false); got != "c/0 a/0 b/0 d/0" {
		t.Errorf("pending %q", got)
	}
	mark("c", alert.Accepted)
	mark("a", alert.Failed)
	mark("a", alert.Failed)
	mark("b", alert.Refused)
	if got, refused := pending(false), pending(true); got != "a/2 d/0" || refused != "b/0" {
		t.Errorf("pending %q, refused %q", got, refused)
	}
	counts, err := s.Counts(t.Context())
	if err != nil || counts.AlertsDue != 2 || counts.AlertsRefused != 1 {
		t.Errorf("counts %+v, %v", counts, err)
	}
	mark("b", alert.Again)
	if got, refused := pending(false), pending(true); got != "a/2 b/0 d/0" || refused != "" {
		t.Errorf("put back: pending %q, refused %q", got, refused)
	}
	put("c", "e")
	if got := pending(false); got != "a/2 b/0 d/0 e/0" {
		t.Errorf("a key that was taken came back: %q", got)
	}
}

// What a withdrawn slip leaves is kept with the verdicts that withdraw it: its alert is closed, its message
// is out of the outbox, what was held of it is held no more, and the follow-up waits.
func TestConcludeWithdrawsASlip(t *testing.T) {
	s := alertStore(t)
	flagged := storetest.Now.AddDate(0, 0, -14)
	message := func(key, receiver string) alert.Message {
		return alert.Message{Key: key, Receiver: receiver, Kind: alert.SlipAlert, Severity: alert.Normal, Created: storetest.Now, NotBefore: storetest.Now,
			Content: alert.Content{Subject: key, Items: []alert.Item{{ID: "x"}}}}
	}
	raised := alert.Outcome{
		Raised:   []alert.Alert{{ID: "x", Practice: "elm", About: "slip review exam", Kind: "slip", Severity: alert.Normal, Rules: []string{"slip"}, Why: []string{"worse"}, Given: flagged, At: flagged}},
		Messages: []alert.Message{message("has", "a"), message("may have", "b"), message("has not", "c")},
		Held:     []alert.Held{{Alert: "x", Receiver: "d", At: storetest.Now, Severity: alert.Normal}},
	}
	for _, m := range raised.Messages {
		raised.Told = append(raised.Told, alert.Ticket{Alert: "x", Receiver: m.Receiver, Key: m.Key})
	}
	if err := s.PutDue(t.Context(), raised); err != nil {
		t.Fatal(err)
	}
	for key, outcome := range map[string]alert.Delivered{"has": alert.Accepted, "may have": alert.Failed} {
		if err := s.Mark(t.Context(), alert.Delivery{Key: key, Outcome: outcome, At: storetest.Now}); err != nil {
			t.Fatal(err)
		}
	}
	stands := func() (out []string) {
		t.Helper()
		st, err := s.AlertState(t.Context(), storetest.Now)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range st.Raised {
			out = append(out, fmt.Sprintf("%s closed %v withdrawn %v", r.ID, r.Closed, r.Withdrawn))
		}
		for _, x := range st.Tellings {
			out = append(out, fmt.Sprintf("%s taken %v tried %v", x.Message.Key, x.Taken, x.Tried))
		}
		for _, h := range st.Held {
			out = append(out, "held for "+h.Receiver)
		}
		pending, err := s.Pending(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pending {
			out = append(out, "waits "+m.Key)
		}
		return out
	}
	want := []string{"x closed false withdrawn false", "has taken true tried false", "may have taken false tried true", "has not taken false tried false",
		"held for d", "waits may have", "waits has not"}
	if diff := cmp.Diff(want, stands()); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	due := alert.Outcome{
		Closings: []alert.Closing{{Alert: "x", Why: "week 31 gained 12 answers"}}, Dropped: []string{"may have", "has not"},
		Told: []alert.Ticket{{Alert: "x", Receiver: "d"}}, Messages: []alert.Message{message("follows", "a"), message("follows too", "b")},
	}
	if err := s.BuildSeries(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := s.Conclude(ended, "1", nil, due); err == nil {
		t.Fatal("Conclude = nil though its context has ended")
	}
	if diff := cmp.Diff(want, stands()); diff != "" {
		t.Errorf("after a conclusion that failed (-want +got):\n%s", diff)
	}
	if err := s.Conclude(t.Context(), "1", nil, due); err != nil {
		t.Fatal(err)
	}
	want = []string{"x closed true withdrawn true", "has taken true tried false", "waits follows", "waits follows too"}
	if diff := cmp.Diff(want, stands()); diff != "" {
		t.Errorf("after (-want +got):\n%s", diff)
	}
	tasks, err := s.Tasks(t.Context())
	if err != nil || len(tasks) != 1 || tasks[0].Withdrawn != "week 31 gained 12 answers" || tasks[0].Closed.IsZero() || tasks[0].Useless {
		t.Errorf("tasks %+v, %v", tasks, err)
	}
	if counts, err := s.Counts(t.Context()); err != nil || counts.AlertsOpen != 0 {
		t.Errorf("%d alerts are open, %v", counts.AlertsOpen, err)
	}
}

// Unanswered are the reviews that no reply stands under: one line each, those without a word too.
func TestUnanswered(t *testing.T) {
	s := alertStore(t)
	a, b, c, d := review("a", "A", 1), review("b", "B", 2), review("c", "", 1), review("d", "D", 1)
	b.Reply = &collector.Reply{Text: "Sorry"}
	d.Date = collector.At(storetest.Now.AddDate(0, -3, 0))
	keep(t, s, "00000001", []collector.Feedback{a, b, c, d})
	understand(t, s)
	since := storetest.Now.AddDate(0, 0, -30)
	got := func() (all []string) {
		t.Helper()
		list, err := s.Unanswered(t.Context(), since)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if !e.Rating.Valid || e.Channel != collector.Review || !e.Date.Known() {
				t.Errorf("unanswered %+v", e)
			}
			all = append(all, e.Feedback)
		}
		slices.Sort(all)
		return all
	}
	want := []string{a.ID, c.ID}
	slices.Sort(want)
	if all := got(); !slices.Equal(all, want) {
		t.Errorf("unanswered are %v, want %v", all, want)
	}
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "oak", Name: "Oak", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	if all := got(); len(all) != 0 {
		t.Errorf("of a practice that is no more: %v", all)
	}
}
