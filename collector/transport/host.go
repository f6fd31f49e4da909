package transport

import (
	"context"
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
	return t.sleep(ctx, next.Sub(t.now()))
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
// that many machines told "later" at once do not come back at once.
func retryAfter(header string, now time.Time, backoff time.Duration) time.Duration {
	header = strings.TrimSpace(header)
	if s, err := strconv.ParseUint(header, 10, 64); err == nil {
		return time.Duration(min(s, 1<<32)) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(at.Sub(now), 0)
	}
	return backoff + rand.N(backoff/2) //nolint:gosec // spreads retries, guards nothing
}
