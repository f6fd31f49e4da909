package alert

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// An outboxInMemory is what the store keeps.
type outboxInMemory struct {
	messages []Message
	marks    []Delivery
}

func (o *outboxInMemory) Mark(_ context.Context, d Delivery) error {
	o.marks = append(o.marks, d)
	i := slices.IndexFunc(o.messages, func(m Message) bool { return m.Key == d.Key })
	switch d.Outcome {
	case Accepted, Refused:
		o.messages = slices.Delete(o.messages, i, i+1)
	case Failed:
		m := &o.messages[i]
		m.Tries++
		m.RetryAt, m.Asked = d.RetryAt, d.Asked
	}
	return nil
}

func (o *outboxInMemory) String() string {
	var out []string
	for _, d := range o.marks {
		out = append(out, fmt.Sprintf("%s %s", d.Key, d.Outcome))
	}
	return strings.Join(out, ", ")
}

func keys(prefix string, n int) []Message {
	var out []Message
	for i := range n {
		out = append(out, message(fmt.Sprintf("%s%d", prefix, i)))
	}
	return out
}

func sender(o *outboxInMemory, ch Channel, now *time.Time) *Sender {
	return &Sender{Outbox: o, Channels: map[string]Channel{"desk": ch}, Now: func() time.Time { return *now },
		Sleep: func(context.Context, time.Duration) error { return nil }}
}

// Two days of a mail server that is down, a try an hour: nothing is lost, and all comes in order on
// the first try after it is back.
func TestTwoDaysOfOutage(t *testing.T) {
	office := newPostOffice(t)
	addr := office.addr.String()
	office.close()
	o := &outboxInMemory{}
	now := created
	s := sender(o, office.mail(nil), &now)
	for hour := range 48 {
		now = created.Add(time.Duration(hour) * time.Hour)
		o.messages = append(o.messages, message(fmt.Sprintf("h%02d", hour)))
		if _, err := s.Send(t.Context(), slices.Clone(o.messages)); err != nil {
			t.Fatal(err)
		}
	}
	if len(o.messages) != 48 {
		t.Fatalf("%d of 48 messages are left", len(o.messages))
	}
	again := smtp.NewServer(office.server.Backend)
	again.Domain, again.TLSConfig = office.server.Domain, office.serverTLS
	office.server = again
	office.open(addr)
	now = created.Add(48 * time.Hour)
	tally, err := s.Send(t.Context(), slices.Clone(o.messages))
	if err != nil || tally.Accepted != 48 {
		t.Fatalf("Send = %+v, %v", tally, err)
	}
	for i, l := range office.got() {
		if want := fmt.Sprintf("Message-ID: <h%02d@", i); !strings.Contains(l.raw, want) {
			t.Errorf("letter %d is not %s", i, want)
		}
	}
}

// An answer that is lost after the data makes a repeat under the same key, and nothing else does.
func TestLostAnswer(t *testing.T) {
	office := newPostOffice(t)
	office.lose = 1
	o := &outboxInMemory{messages: keys("k", 3)}
	now := created
	tally, err := sender(o, office.mail(nil), &now).Send(t.Context(), slices.Clone(o.messages))
	if err != nil || tally.Accepted != 3 {
		t.Fatalf("Send = %+v, %v", tally, err)
	}
	var ids []string
	for _, l := range office.got() {
		_, rest, _ := strings.Cut(l.raw, "Message-ID: <")
		id, _, _ := strings.Cut(rest, "@")
		ids = append(ids, id)
	}
	if got := strings.Join(ids, " "); got != "k0 k0 k1 k2" {
		t.Errorf("letters %s, want k0 k0 k1 k2", got)
	}
	if got := office.got(); got[0].raw != got[1].raw {
		t.Error("the repeat reads otherwise")
	}
}

// A message that is refused for good is set aside, and the next goes on; one that is down keeps its
// place in front of the others.
func TestRefusedGoesAsideDownStays(t *testing.T) {
	office := newPostOffice(t)
	office.answers = []error{nil, &smtp.SMTPError{Code: 550, Message: "no"}, nil, &smtp.SMTPError{Code: 451, Message: "later"},
		&smtp.SMTPError{Code: 451, Message: "later"}, &smtp.SMTPError{Code: 451, Message: "later"}}
	o := &outboxInMemory{messages: keys("k", 5)}
	now := created
	tally, err := sender(o, office.mail(nil), &now).Send(t.Context(), slices.Clone(o.messages))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := o.String(), "k0 accepted, k1 refused, k2 accepted, k3 failed"; got != want {
		t.Errorf("marks %s, want %s", got, want)
	}
	if tally.Accepted != 2 || tally.Refused != 1 || tally.Failed != 1 || tally.Waiting != 1 || len(tally.Faults) != 2 {
		t.Errorf("tally %+v", tally)
	}
}

// What a receiver asks for is honoured, up to six hours, and a receiver in its pause is left alone.
func TestRetryAfterIsHonoured(t *testing.T) {
	calls, after := 0, "600"
	h := hook(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Retry-After", after)
		w.WriteHeader(http.StatusServiceUnavailable)
	}, "")
	now := created
	o := &outboxInMemory{messages: keys("k", 2)}
	s := sender(o, h, &now)
	for _, step := range []struct {
		wait  time.Duration
		calls int
		after string
	}{{0, 1, "600"}, {9 * time.Minute, 1, "600"}, {time.Minute, 2, "31536000"}, {6*time.Hour - time.Second, 2, "0"}, {time.Second, 5, "0"}} {
		now, after = now.Add(step.wait), step.after
		if _, err := s.Send(t.Context(), slices.Clone(o.messages)); err != nil {
			t.Fatal(err)
		}
		if calls != step.calls {
			t.Errorf("after %s: %d calls, want %d", now.Sub(created), calls, step.calls)
		}
	}
}

// The pauses between goes double up to an hour; only a patient sender keeps them.
func TestBackOff(t *testing.T) {
	calls := 0
	h := hook(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.WriteHeader(http.StatusBadGateway)
	}, "")
	now := created
	o := &outboxInMemory{messages: keys("k", 1)}
	s := sender(o, h, &now)
	s.Patient = true
	for try := range 12 {
		if _, err := s.Send(t.Context(), slices.Clone(o.messages)); err != nil {
			t.Fatal(err)
		}
		m := o.messages[0]
		gap, least := m.RetryAt.Sub(now), min(time.Minute<<try, time.Hour)
		if m.Tries != try+1 || gap < least-time.Second || gap > least+least/2 {
			t.Fatalf("try %d: tries %d, gap %s, want %s and up to half more", try, m.Tries, gap, least)
		}
		now = now.Add(gap - time.Second)
		if tally, _ := s.Send(t.Context(), slices.Clone(o.messages)); tally.Waiting != 1 {
			t.Errorf("try %d: a patient sender did not wait", try)
		}
		now = now.Add(time.Second)
	}
	if calls != 12 {
		t.Errorf("%d calls in 12 goes of a patient sender", calls)
	}
	now = now.Add(-time.Hour)
	s.Patient = false
	if tally, _ := s.Send(t.Context(), slices.Clone(o.messages)); tally.Failed != 1 {
		t.Error("a person who sends by hand was made to wait")
	}
}

// When the mark cannot be kept, nothing more goes out.
func TestNoMarkNoNext(t *testing.T) {
	office := newPostOffice(t)
	now := created
	s := sender(nil, office.mail(nil), &now)
	s.Outbox = brokenOutbox{}
	if _, err := s.Send(t.Context(), keys("k", 3)); err == nil || len(office.got()) != 1 {
		t.Errorf("Send = %v after %d letters, want an error after 1", err, len(office.got()))
	}
}

type brokenOutbox struct{}

func (brokenOutbox) Mark(context.Context, Delivery) error { return errors.New("disk full") }
