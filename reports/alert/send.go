package alert

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// ErrPermanent is wrapped by the error of a receiver that will not have a message however often it is
// tried. Any other error is temporary.
var ErrPermanent = errors.New("refused for good")

// A LaterError is temporary, and says when the receiver wants to be tried again.
type LaterError struct {
	Err   error
	After time.Duration
}

func (e *LaterError) Error() string { return e.Err.Error() }

func (e *LaterError) Unwrap() error { return e.Err }

// A Channel takes messages to one receiver.
type Channel interface {
	// Send returns nil once the receiver has taken the message, and not before. An error that wraps
	// ErrPermanent is for good; a LaterError names the time of the next try.
	Send(ctx context.Context, m Message) error
	// Close lets go of connections.
	Close() error
}

// An Outbox keeps how sending went, each mark durable before the next message goes out.
type Outbox interface {
	Mark(ctx context.Context, d Delivery) error
}

// A Delivery is what became of one try.
type Delivery struct {
	Key     string
	Outcome Delivered
	Why     string
	At      time.Time
	RetryAt time.Time
	Asked   bool
	Way     string // see Sender.Ways
}

// Delivered is the outcome of a try.
type Delivered string

// The outcomes of a try.
const (
	Accepted Delivered = "accepted"
	Refused  Delivered = "refused" // for good; kept, and named until a person has it tried again
	Failed   Delivered = "failed"
	Again    Delivered = "again" // a person put it back
)

// Pauses between tries.
const (
	tries     = 3               // in one go
	firstWait = time.Second     // after the first of them
	firstGap  = time.Minute     // after the first go
	maxGap    = time.Hour       // at most
	maxAsked  = 6 * time.Hour   // what Retry-After may ask for
	patience  = 5 * time.Second // a longer Retry-After is not waited for in one go
)

// A Sender takes messages to their receivers.
type Sender struct {
	Outbox   Outbox
	Channels map[string]Channel // by receiver
	// Ways tells two ways to the same receiver apart: what one refused for good may be tried by another.
	Ways map[string]string
	// Patient leaves out a receiver whose last failure is so recent that its pause is not over; a person
	// who sends by hand is the pause. What a receiver itself asked for is always honoured.
	Patient bool
	// Force sends now whatever a receiver asked for.
	Force bool
	// Now is the clock; Sleep waits, or until ctx ends.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

// A Tally is what came of a go.
type Tally struct {
	Accepted, Refused, Failed, Waiting int
	// Faults are what receivers said: one for each that is down, and one for each that refused messages
	// and each reason it gave.
	Faults []error
}

// Send tries the messages, which are in order, receiver by receiver. A receiver that fails keeps its
// place: what follows waits, so that order holds over any outage. The error is of the Outbox or of ctx.
func (s *Sender) Send(ctx context.Context, pending []Message) (Tally, error) {
	var t Tally
	stopped, told := map[string]bool{}, map[string]bool{}
	for _, m := range pending {
		ch := s.Channels[m.Receiver]
		if ch == nil || stopped[m.Receiver] || !s.due(m) {
			t.Waiting++
			if ch != nil && m.RetryAt.After(s.Now()) {
				stopped[m.Receiver] = true
			}
			continue
		}
		err := s.deliver(ctx, ch, m)
		if ctx.Err() != nil {
			return t, ctx.Err()
		}
		d := Delivery{Key: m.Key, Outcome: Accepted, At: s.Now(), Way: s.Ways[m.Receiver]}
		switch {
		case err == nil:
			t.Accepted++
		case errors.Is(err, ErrPermanent):
			d.Outcome, d.Why = Refused, err.Error()
			t.Refused++
			if says := m.Receiver + ": " + d.Why; !told[says] {
				told[says] = true
				t.Faults = append(t.Faults, fmt.Errorf("%s: message %s: %w", m.Receiver, m.Key, err))
			}
		default:
			d.Outcome, d.Why = Failed, err.Error()
			d.RetryAt, d.Asked = s.next(m, err)
			t.Failed++
			t.Faults = append(t.Faults, fmt.Errorf("%s: %w", m.Receiver, err))
			stopped[m.Receiver] = true
		}
		if err := s.Outbox.Mark(ctx, d); err != nil {
			return t, err
		}
	}
	return t, nil
}

func (s *Sender) due(m Message) bool {
	now := s.Now()
	if m.NotBefore.After(now) {
		return false
	}
	return s.Force || !m.RetryAt.After(now) || !m.Asked && !s.Patient
}

// deliver tries a message a few times in one go; a patient sender tries once, since it comes back by itself
// and holds the store meanwhile.
func (s *Sender) deliver(ctx context.Context, ch Channel, m Message) error {
	wait := firstWait
	for n := 1; ; n++ {
		err := ch.Send(ctx, m)
		if err == nil || errors.Is(err, ErrPermanent) || s.Patient || n == tries || ctx.Err() != nil {
			return err
		}
		var later *LaterError
		if errors.As(err, &later) {
			if later.After > patience {
				return err
			}
			wait = max(later.After, firstWait)
		}
		if serr := s.Sleep(ctx, jitter(wait)); serr != nil {
			return err
		}
		wait *= 2
	}
}

// next is when a failed message is tried again: as the receiver asked, else after a pause that doubles.
func (s *Sender) next(m Message, err error) (at time.Time, asked bool) {
	var later *LaterError
	if errors.As(err, &later) && later.After > 0 {
		return s.Now().Add(min(later.After, maxAsked)), true
	}
	return s.Now().Add(jitter(min(firstGap<<min(m.Tries, 10), maxGap))).Truncate(time.Second), false
}

// jitter adds up to half of a pause to it, so that many senders do not come back at once.
func jitter(d time.Duration) time.Duration {
	return d + rand.N(d/2+1) //nolint:gosec // spreads retries, guards nothing
}
