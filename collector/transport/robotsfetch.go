package transport

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	robotsLife = 24 * time.Hour   // RFC 9309 2.4
	robotsWait = 10 * time.Minute // before a robots.txt that failed is asked for again
)

// A robotsAnswer is what came of reading a robots.txt: rules, or why there are none.
type robotsAnswer struct {
	rules  *Robots
	err    error
	expiry time.Time
}

func robotsKey(u *url.URL) string { return u.Scheme + "://" + hostPort(u) }

// robots returns what the robots.txt beside page says, from memory or from the network. A file that
// is not there (4xx) forbids nothing; one that cannot be read (5xx, 429, no answer) forbids everything.
func (t *Transport) robots(ctx context.Context, h *host, page *url.URL) (*Robots, error) {
	a := h.robots[robotsKey(page)]
	if a == nil || !t.now().Before(a.expiry) {
		rules, err := t.fetchRobots(ctx, h, page)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a = &robotsAnswer{rules: rules, err: err, expiry: t.now().Add(robotsLife)}
		if err != nil {
			a.expiry = t.now().Add(robotsWait)
		}
		h.robots[robotsKey(page)] = a
	}
	if a.err != nil {
		return nil, fmt.Errorf("robots.txt of %s cannot be read, which forbids everything: %w", page.Host, a.err)
	}
	return a.rules, nil
}

func (t *Transport) fetchRobots(ctx context.Context, h *host, page *url.URL) (*Robots, error) {
	u := &url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/robots.txt"}
	for range MaxHops + 1 {
		if err := t.check(u); err != nil {
			return nil, err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, err
		}
		resp, err := t.robotsHop(ctx, h, req)
		if err != nil {
			return nil, err
		}
		switch code := resp.StatusCode; {
		case code >= 200 && code < 300:
			return ParseRobots(resp.Body.(*body).bytes, t.o.Agent), nil
		case code >= 300 && code < 400:
			if u, err = resp.Location(); err != nil {
				return new(Robots), nil //nolint:nilerr // leads nowhere: as good as none
			}
		case code >= 400 && code < 500 && code != http.StatusTooManyRequests:
			return new(Robots), nil
		default:
			return nil, fmt.Errorf("status %d", code)
		}
	}
	return new(Robots), nil // RFC 9309 2.3.1.2: more redirects than are followed count as not there
}

// robotsHop asks one host for its robots.txt. The pause before the page that follows is not counted
// from here: the file is read so that the page may be asked for.
func (t *Transport) robotsHop(ctx context.Context, h *host, req *http.Request) (*http.Response, error) {
	if t.host(req.URL) != h {
		// Its slot may be held by someone who waits for ours: it gets one request and no retry.
		return t.once(ctx, req, readHead)
	}
	last := h.last
	resp, err := t.try(ctx, h, req, readHead)
	h.last = last
	return resp, err
}

// readHead reads as much of a robots.txt as counts, however long the file is.
func readHead(resp *http.Response) error { return readBody(resp, maxRobots, true) }
