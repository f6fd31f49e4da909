package transport

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A host is what a Transport remembers of one machine by name. Whoever holds slot may use the rest.
type host struct {
	slot   chan struct{}
	last   time.Time                // end of the last request
	closed time.Time                // not before this: the host said "later"
	shut   time.Time                // as closed, of one path alone: the wait is longer than a run waits
	path   string                   // which is that path
	robots map[string]*robotsAnswer // by scheme, name and port
}

func (t *Transport) host(u *url.URL) *host {
	name := strings.ToLower(u.Hostname())
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.hosts[name]
	if h == nil {
		h = &host{slot: make(chan struct{}, 1), robots: make(map[string]*robotsAnswer)}
		t.hosts[name] = h
	}
	return h
}

func hostPort(u *url.URL) string {
	return net.JoinHostPort(strings.ToLower(u.Hostname()), portOf(u))
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

func (h *host) acquire(ctx context.Context) error {
	select {
	case h.slot <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *host) release() { <-h.slot }

// pause waits until h may be asked for u.
func (t *Transport) pause(ctx context.Context, h *host, u *url.URL) error {
	next := h.closed
	if !h.last.IsZero() {
		if polite := h.last.Add(t.delay(h, u)); polite.After(next) {
			next = polite
		}
	}
	wait := next.Sub(t.now())
	if wait >= time.Second {
		t.o.Log.Info("wait", "host", u.Host, "for", wait.Round(time.Second/10))
		if t.o.Waiting != nil {
			t.o.Waiting(u.Host, wait)
		}
	}
	return t.sleep(ctx, wait)
}

// leave notes that u is not to be asked for before until. A wait that a run makes holds for the whole
// host. A longer one holds for the path that asked for it, and once a second path does, for the host:
// one page with an absurd wait must not take the others away.
func (h *host) leave(u *url.URL, until time.Time, short bool) {
	switch {
	case short || h.path != "" && h.path != u.Path && h.shut.After(h.last):
		h.closed = until
	default:
		h.shut, h.path = until, u.Path
	}
}

// leftAlone is when u may be asked for.
func (h *host) leftAlone(u *url.URL) time.Time {
	if h.path == u.Path && h.shut.After(h.closed) {
		return h.shut
	}
	return h.closed
}

func (t *Transport) delay(h *host, u *url.URL) time.Duration {
	if t.o.Direct || t.allow[hostPort(u)] && loopback(u.Hostname()) {
		return 0
	}
	d := t.o.Delay
	if a := h.robots[robotsKey(u)]; a != nil && a.rules != nil {
		d = max(d, min(a.rules.CrawlDelay, maxCrawlDelay))
	}
	return d
}

func loopback(name string) bool {
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}

// retryAfter reads seconds or a date; without either it takes backoff and up to half of it more, so
// that many machines told "later" at once do not come back at once, and asked is false.
func retryAfter(header string, now time.Time, backoff time.Duration) (wait time.Duration, asked bool) {
	header = strings.TrimSpace(header)
	if s, err := strconv.ParseUint(header, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(s, maxAsked)) * time.Second, true
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(at.Sub(now), 0), maxAsked*time.Second), true
	}
	return backoff + rand.N(backoff/2), false //nolint:gosec // spreads retries, guards nothing
}

// maxAsked bounds, in seconds, what a host can ask for: ten years.
const maxAsked = 10 * 365 * 24 * 3600
