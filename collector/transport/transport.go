// Package transport is the one way out of the machine, for pages, APIs and receivers alike: it refuses
// addresses inside a network, operators whose terms forbid reading them and what robots.txt forbids,
// asks one host for one thing at a time, waits where a host says "later", and limits size and time.
package transport

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"percept/collector"
)

// ErrRefused is wrapped by the error of a request that percept will not make: an address inside a
// network, a scheme or port it does not use, a path that robots.txt forbids, an operator that it
// does not collect from.
var ErrRefused = errors.New("refused")

// ErrTooLarge is wrapped by the error of an answer over the size limit. Nothing is ever cut.
var ErrTooLarge = errors.New("larger than the limit")

// Options are the manners and limits of a Transport. Zero values mean the defaults.
type Options struct {
	// Agent is the product token that robots.txt files know: "percept".
	Agent string
	// Contact is an address for the operators of the sites, put into the User-Agent.
	Contact string
	// Allow lists host:port pairs that may be private, on any port.
	Allow []string
	// Delay is the pause between two requests to one host: 5 s. A longer Crawl-delay is honoured up
	// to one minute. Loopback hosts that Allow names have none.
	Delay time.Duration
	// MaxBytes limits an answer after decompression: 8 MiB.
	MaxBytes int64
	// Timeout limits one request with its answer: 30 s.
	Timeout time.Duration
	// MaxWait limits what a host that says "later" (429, 502, 503, 504) is waited for, over all tries: one minute.
	MaxWait time.Duration
	// Direct is for the APIs and receivers of the user's own accounts: no robots.txt, no list of
	// denied operators, no pause between requests, and every 5xx but 501 says "later". Addresses and
	// sizes are guarded all the same.
	Direct bool
	// Log gets a line for every request and every wait; nil drops them.
	Log *slog.Logger
	// Waiting is told of every wait before it begins; it may be nil.
	Waiting func(host string, d time.Duration)
}

// MaxHops is how many redirects in a row are followed.
const MaxHops = 5

const (
	maxCrawlDelay = time.Minute
	maxTries      = 4
	firstBackoff  = time.Second
)

// A Transport is the one way out of the machine. Every hop of a redirect passes it, so every hop is
// checked: scheme, operator, robots.txt, the resolved address. Answers come decompressed and whole;
// their bodies are in memory. It is safe for concurrent use, and one request at a time goes to a host.
type Transport struct {
	o     Options
	allow map[string]bool
	under http.RoundTripper
	// sleep waits d or until ctx ends.
	sleep func(ctx context.Context, d time.Duration) error
	now   func() time.Time

	mu    sync.Mutex
	hosts map[string]*host // by name
}

// New returns a Transport. Proxy variables of the environment are not used: behind a proxy
// nobody could check the address.
func New(o Options) *Transport {
	o.Agent = cmp.Or(o.Agent, "percept")
	o.Delay = cmp.Or(o.Delay, 5*time.Second)
	o.MaxBytes = cmp.Or(o.MaxBytes, 8<<20)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.MaxWait = cmp.Or(o.MaxWait, time.Minute)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	t := &Transport{o: o, allow: make(map[string]bool), sleep: collector.Sleep, now: time.Now, hosts: make(map[string]*host)}
	for _, a := range o.Allow {
		t.allow[strings.ToLower(a)] = true
	}
	t.under = &http.Transport{
		Proxy:                  nil,
		DialContext:            dialer(t.allow),
		DisableCompression:     true, // readBody unpacks, and counts
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
	}
	return t
}

// Client returns a client that goes out through t and follows at most five redirects.
func (t *Transport) Client() *http.Client {
	return &http.Client{Transport: t, CheckRedirect: func(_ *http.Request, via []*http.Request) error {
		if len(via) > MaxHops {
			return fmt.Errorf("more than %d redirects", MaxHops)
		}
		return nil
	}}
}

// RoundTrip implements http.RoundTripper. All waiting ends with the request's context.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer req.Body.Close()
	}
	if err := t.check(req.URL); err != nil {
		return nil, err
	}
	ctx := req.Context()
	h := t.host(req.URL)
	if err := h.acquire(ctx); err != nil {
		return nil, err
	}
	defer h.release()
	if !t.o.Direct {
		rules, err := t.robots(ctx, h, req.URL)
		if err != nil {
			return nil, err
		}
		if !rules.Allowed(req.URL.RequestURI()) {
			return nil, fmt.Errorf("robots.txt of %s forbids %s to %s: %w", req.URL.Host, req.URL.EscapedPath(), productToken(t.o.Agent), ErrRefused)
		}
	}
	return t.try(ctx, h, req, t.readWhole)
}

// later reports whether a status may be another one soon: too often asked, a server behind the host that
// is away, and for an interface any failure but that it cannot do what is asked.
func (t *Transport) later(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusNotImplemented:
		return false
	}
	return t.o.Direct && status >= http.StatusInternalServerError
}

// try sends the request, again after a pause where the host says "later" and the request can be
// repeated. An answer that is handed on says Retry-After in seconds, however the host wrote it.
func (t *Transport) try(ctx context.Context, h *host, req *http.Request, read reader) (*http.Response, error) {
	left, backoff := t.o.MaxWait, firstBackoff
	if until := h.leftAlone(req.URL); until.Sub(t.now()) > left {
		return nil, fmt.Errorf("%s asked to be left alone until %s", req.URL.Host, until.UTC().Format("2 January 2006 15:04 MST"))
	}
	for n := 1; ; n++ {
		if err := t.pause(ctx, h, req.URL); err != nil {
			return nil, err
		}
		resp, err := t.once(ctx, req, read)
		h.last = t.now()
		if err != nil {
			return nil, err
		}
		if !t.later(resp.StatusCode) {
			return resp, nil
		}
		wait, asked := retryAfter(resp.Header.Get("Retry-After"), t.now(), backoff)
		if asked {
			resp.Header.Set("Retry-After", strconv.FormatInt(int64(wait/time.Second), 10))
		}
		repeatable := req.Body == nil && (req.Method == "" || req.Method == http.MethodGet || req.Method == http.MethodHead)
		if !repeatable {
			return resp, nil
		}
		h.leave(req.URL, t.now().Add(wait), wait <= left)
		if n == maxTries || wait > left {
			return resp, nil // as it is: the caller sees the status
		}
		left -= wait
		backoff *= 2
	}
}

// once sends the request without any waiting and reads the whole answer.
func (t *Transport) once(ctx context.Context, req *http.Request, read reader) (*http.Response, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, t.o.Timeout, fmt.Errorf("no whole answer within %s", t.o.Timeout))
	defer cancel()
	out := req.Clone(ctx)
	out.Header.Set("User-Agent", t.userAgent())
	out.Header.Set("Accept-Encoding", "gzip")
	began := t.now()
	resp, err := t.under.RoundTrip(out)
	if err == nil {
		err = read(resp)
	}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		err = plainly(err)
		t.o.Log.Info("request", "method", out.Method, "url", t.shown(out.URL), "took_ms", t.now().Sub(began).Milliseconds(), "err", err)
		return nil, err
	}
	t.o.Log.Info("request", "method", out.Method, "url", t.shown(out.URL), "status", resp.StatusCode, "bytes", resp.ContentLength, "took_ms", t.now().Sub(began).Milliseconds())
	resp.Request = req
	return resp, nil
}

// plainly says that an answer broke off, without the ports of this machine.
func plainly(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the answer broke off: %w", io.ErrUnexpectedEOF)
	}
	var op *net.OpError
	var cause syscall.Errno
	if errors.As(err, &op) && op.Op == "read" && errors.As(op.Err, &cause) {
		return fmt.Errorf("the answer broke off: %w", cause)
	}
	return err
}

// shown is an address as the log may have it: the query of an interface may hold a key, its path may
// be one.
func (t *Transport) shown(u *url.URL) string {
	if t.o.Direct {
		return u.Scheme + "://" + u.Host
	}
	return u.Redacted()
}

// A reader takes an answer's body into memory.
type reader func(*http.Response) error

func (t *Transport) readWhole(resp *http.Response) error { return readBody(resp, t.o.MaxBytes, false) }

func (t *Transport) userAgent() string {
	ua := t.o.Agent
	if !strings.Contains(ua, "/") {
		ua += "/1.0"
	}
	if t.o.Contact != "" {
		ua += " (+" + t.o.Contact + ")"
	}
	return ua
}

// check refuses what needs no look at the network.
func (t *Transport) check(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("scheme %q is neither http nor https: %w", u.Scheme, ErrRefused)
	case u.User != nil:
		return fmt.Errorf("address of %s carries a name or password: %w", u.Host, ErrRefused)
	case u.Hostname() == "":
		return fmt.Errorf("address without host: %w", ErrRefused)
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !t.allow[hostPort(u)] {
		port, _ := strconv.ParseUint(portOf(u), 10, 16)
		return reachable(netip.AddrPortFrom(ip, uint16(port)))
	}
	if t.o.Direct {
		return nil
	}
	return Denied(u.Hostname())
}
