package transport

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"percept/collector"
)

// serve starts a server on loopback and returns its address and host:port.
func serve(t *testing.T, h http.HandlerFunc) (address, hostport string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

// A clock stands still but for the waits of a Transport, which it notes and does not wait.
type clock struct {
	now   time.Time
	waits []time.Duration
}

func (c *clock) use(tr *Transport) *Transport {
	tr.now = func() time.Time { return c.now }
	tr.sleep = func(ctx context.Context, d time.Duration) error {
		if d > 0 {
			c.waits = append(c.waits, d)
			c.now = c.now.Add(d)
		}
		return ctx.Err()
	}
	return tr
}

func newClock() *clock { return &clock{now: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)} }

func get(t *testing.T, tr *Transport, address string) (status int, body string, err error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := tr.Client().Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b), nil
}

func TestTransportStaysOutOfTheNetworkInside(t *testing.T) {
	var touched atomic.Int32
	canary, inside := serve(t, func(w http.ResponseWriter, _ *http.Request) { touched.Add(1) })
	_, port, _ := strings.Cut(inside, ":")
	site, allowed := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
		}
	})
	redirect := func(to string) string { return site + "/?to=" + url.QueryEscape(to) }
	tests := []struct{ name, address string }{
		{"loopback that nobody allowed", canary},
		{"loopback by name", "http://localhost:" + port},
		{"loopback as mapped address", "http://[::ffff:127.0.0.1]:" + port},
		{"IPv6 loopback", "http://[::1]:" + port},
		{"unspecified, which is this machine", "http://0.0.0.0:" + port},
		{"cloud metadata", "http://169.254.169.254/latest/meta-data/"},
		{"carrier-grade NAT", "http://100.64.0.1/"},
		{"NAT64", "http://[64:ff9b::7f00:1]/"},
		{"6to4", "http://[2002:7f00:1::1]/"},
		{"a redirect into loopback", redirect(canary + "/secret")},
		{"a redirect to a redirect into loopback", redirect(redirect(canary + "/secret"))},
		{"a redirect to a mapped address", redirect("http://[::ffff:127.0.0.1]:" + port)},
		{"a redirect to a mapped address in hexadecimal", redirect("http://[::ffff:7f00:1]:" + port)},
		{"a redirect to a compatible address", redirect("http://[::127.0.0.1]:" + port)},
		{"a redirect to IPv6 loopback", redirect("http://[0:0:0:0:0:0:0:1]:" + port)},
		{"a redirect to unspecified IPv6", redirect("http://[::]:" + port)},
		{"a redirect to a link-local address with a zone", redirect("http://[fe80::1%25lo]:" + port)},
		{"a redirect to a unique local address", redirect("http://[fd00::1]/")},
		{"a redirect to NAT64 of loopback", redirect("http://[64:ff9b::127.0.0.1]/")},
		{"a redirect without a scheme to cloud metadata", redirect("//169.254.169.254/latest")},
		{"a redirect to a file", redirect("file:///etc/passwd")},
		{"another scheme", "ftp://example.com/"},
		{"a file", "file:///etc/passwd"},
		{"a password in the address", strings.Replace(site, "http://", "http://me:pw@", 1)},
		{"a public address on another port", "http://93.184.215.14:6379/"},
		{"an operator that forbids collecting", "https://www.yelp.com/biz/some-practice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := newClock().use(New(Options{Allow: []string{allowed}}))
			if _, _, err := get(t, tr, tt.address); !errors.Is(err, ErrRefused) {
				t.Errorf("GET %s: %v, want refused", tt.address, err)
			}
		})
	}
	// Numbers that only some resolvers take for an address: refused as one, or no host at all.
	for _, host := range []string{"2130706433", "0x7f000001", "0177.0.0.1", "127.1"} {
		tr := newClock().use(New(Options{Allow: []string{allowed}}))
		if status, _, err := get(t, tr, redirect("http://"+host+":"+port)); err == nil {
			t.Errorf("a redirect to %s gave status %d, want an error", host, status)
		}
	}
	if n := touched.Load(); n != 0 {
		t.Errorf("the server inside was asked %d times", n)
	}
}

func TestTransportObeysRobots(t *testing.T) {
	var private atomic.Int32
	tests := []struct {
		name     string
		robots   func(http.ResponseWriter, *http.Request)
		path     string
		want     int    // status, 0 for an error
		contains string // in the error
	}{
		{"no file allows", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, "/reviews", 200, ""},
		{"forbidden to read the file allows", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, "/reviews", 200, ""},
		{"a broken server forbids all", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "/reviews", 0, "cannot be read"},
		{"a busy server forbids all", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "/reviews", 0, "cannot be read"},
		{"a connection cut off forbids all", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "/reviews", 0, "cannot be read"},
		{"the rules forbid", robotsFile("User-agent: *\nDisallow: /private"), "/private/x", 0, "forbids"},
		{"the rules allow", robotsFile("User-agent: *\nDisallow: /private"), "/reviews", 200, ""},
		{"the rules hold on a redirect's target", robotsFile("User-agent: *\nDisallow: /private"), "/to-private", 0, "forbids"},
		{"the order of a query is not changed", robotsFile("User-agent: *\nDisallow: /reviews?b=2&a=1"), "/reviews?b=2&a=1", 0, "forbids"},
		{"a file that moved is found", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/private-robots", http.StatusMovedPermanently)
		}, "/private/x", 0, "forbids"},
		{"a file that leads in circles counts as none", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/robots.txt", http.StatusFound)
		}, "/reviews", 200, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/robots.txt":
					tt.robots(w, r)
				case "/private-robots":
					robotsFile("User-agent: *\nDisallow: /private/")(w, r)
				case "/to-private":
					http.Redirect(w, r, "/private/x", http.StatusFound)
				case "/private/x":
					private.Add(1)
				}
			})
			tr := newClock().use(New(Options{Allow: []string{hostport}}))
			status, _, err := get(t, tr, site+tt.path)
			if status != tt.want || (err != nil) != (tt.want == 0) || err != nil && !strings.Contains(err.Error(), tt.contains) {
				t.Errorf("GET %s = %d, %v, want %d, error with %q", tt.path, status, err, tt.want, tt.contains)
			}
		})
	}
	if n := private.Load(); n != 0 {
		t.Errorf("what robots.txt forbids was fetched %d times", n)
	}
}

func robotsFile(s string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, s) }
}

func TestTransportAsksForRobotsOnceADay(t *testing.T) {
	var asked atomic.Int32
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
		}
	})
	c := newClock()
	tr := c.use(New(Options{Allow: []string{hostport}}))
	for _, later := range []time.Duration{0, time.Hour, 25 * time.Hour} {
		c.now = c.now.Add(later)
		if _, _, err := get(t, tr, site+"/reviews"); err != nil {
			t.Fatal(err)
		}
	}
	if n := asked.Load(); n != 2 {
		t.Errorf("robots.txt was asked for %d times in 26 hours, want 2", n)
	}
}

func TestTransportPausesBetweenRequests(t *testing.T) {
	tests := []struct {
		name, page string
		o          Options
		robots     Robots
		want       time.Duration
	}{
		{"five seconds by default", "https://elm.example/", Options{}, Robots{}, 5 * time.Second},
		{"what the config says", "https://elm.example/", Options{Delay: time.Second}, Robots{}, time.Second},
		{"a longer Crawl-delay", "https://elm.example/", Options{}, Robots{CrawlDelay: 20 * time.Second}, 20 * time.Second},
		{"not a shorter Crawl-delay", "https://elm.example/", Options{}, Robots{CrawlDelay: time.Second}, 5 * time.Second},
		{"at most a minute", "https://elm.example/", Options{}, Robots{CrawlDelay: time.Hour}, time.Minute},
		{"none on loopback that is allowed", "http://127.0.0.1:8000/", Options{Allow: []string{"127.0.0.1:8000"}}, Robots{}, 0},
		{"a private host that is allowed has its pause", "http://10.0.0.1:8000/", Options{Allow: []string{"10.0.0.1:8000"}}, Robots{}, 5 * time.Second},
		{"none for APIs", "https://elm.example/", Options{Direct: true}, Robots{}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newClock()
			tr := c.use(New(tt.o))
			u, err := url.Parse(tt.page)
			if err != nil {
				t.Fatal(err)
			}
			h := tr.host(u)
			h.robots[robotsKey(u)] = &robotsAnswer{rules: &tt.robots}
			if err := tr.pause(t.Context(), h, u); err != nil || len(c.waits) != 0 {
				t.Errorf("before the first request: waited %v, %v", c.waits, err)
			}
			h.last = c.now
			if err := tr.pause(t.Context(), h, u); err != nil {
				t.Fatal(err)
			}
			if got := c.now.Sub(h.last); got != tt.want {
				t.Errorf("waited %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTransportWaitsWhenToldTo(t *testing.T) {
	tests := []struct {
		name   string
		status int
		header string
		busy   int // answers before a good one
		want   int
		check  func(waits []time.Duration) bool
	}{
		{"as many seconds as it says", 429, "7", 1, 200, func(w []time.Duration) bool { return len(w) == 1 && w[0] == 7*time.Second }},
		{"until the date it says", 503, "Sun, 01 Jun 2025 00:00:30 GMT", 1, 200, func(w []time.Duration) bool { return len(w) == 1 && w[0] == 30*time.Second }},
		{"longer each time without a header", 503, "", 3, 200, func(w []time.Duration) bool {
			return len(w) == 3 && w[0] >= time.Second && w[1] >= 2*time.Second && w[2] >= 4*time.Second && w[2] <= 6*time.Second
		}},
		{"for a gateway too", 502, "3", 1, 200, func(w []time.Duration) bool { return len(w) == 1 && w[0] == 3*time.Second }},
		{"not for a page that fails", 500, "3", 1, 500, func(w []time.Duration) bool { return len(w) == 0 }},
		{"a few tries and no more", 503, "", 100, 503, func(w []time.Duration) bool { return len(w) == maxTries-1 }},
		{"not for a year", 429, "31536000", 1, 429, func(w []time.Duration) bool { return len(w) == 0 }},
		{"not for longer than all waits may take", 429, "40", 100, 429, func(w []time.Duration) bool { return len(w) == 1 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			busy := tt.busy
			site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" || busy == 0 {
					return
				}
				busy--
				w.Header().Set("Retry-After", tt.header)
				w.WriteHeader(tt.status)
			})
			c := newClock()
			tr := c.use(New(Options{Allow: []string{hostport}}))
			status, _, err := get(t, tr, site)
			if err != nil || status != tt.want || !tt.check(c.waits) {
				t.Errorf("GET = %d, %v after waits %v, want %d", status, err, c.waits, tt.want)
			}
		})
	}
}

// One page that asks for hours is left alone; once a second one does, so is the host.
func TestTransportLeavesAHostThatAsksForHours(t *testing.T) {
	asked := make(map[string]int)
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		if r.URL.Path == "/busy" || r.URL.Path == "/too" {
			w.Header().Set("Retry-After", "Mon, 02 Jun 2025 00:00:00 GMT")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	c := newClock()
	tr := c.use(New(Options{Allow: []string{hostport}}))
	for _, step := range []struct {
		path   string
		status int
		err    string
	}{
		{"/busy", 429, ""},
		{"/busy", 0, hostport + " asked to be left alone until 2 June 2025 00:00 UTC"},
		{"/well", 200, ""},
		{"/busy", 0, "left alone"},
		{"/too", 429, ""},
		{"/well", 0, "left alone"},
	} {
		status, _, err := get(t, tr, site+step.path)
		if status != step.status || (err == nil) != (step.err == "") || err != nil && !strings.Contains(err.Error(), step.err) {
			t.Errorf("GET %s = %d, %v, want %d and %q", step.path, status, err, step.status, step.err)
		}
	}
	if asked["/busy"] != 1 || asked["/well"] != 1 {
		t.Errorf("the host was asked %v, want each path once", asked)
	}
	c.now = c.now.Add(25 * time.Hour)
	if status, _, err := get(t, tr, site+"/well"); status != 200 || err != nil {
		t.Errorf("GET a day later = %d, %v, want 200", status, err)
	}
}

func TestTransportHandsOnRetryAfterInSeconds(t *testing.T) {
	for header, want := range map[string]string{
		"Sun, 01 Jun 2025 02:00:00 GMT": "7200",
		"99999999999999999999":          strconv.Itoa(maxAsked),
		"Fri, 31 Dec 9999 23:59:59 GMT": strconv.Itoa(maxAsked),
		"3600":                          "3600",
		"Sun, 01 Jan 2023 00:00:00 GMT": "0",
		"soon":                          "soon",
	} {
		site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/robots.txt" {
				w.Header().Set("Retry-After", header)
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		})
		tr := newClock().use(New(Options{Allow: []string{hostport}}))
		resp, err := tr.Client().Get(site)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if got := resp.Header.Get("Retry-After"); got != want || resp.StatusCode != 503 {
			t.Errorf("Retry-After %q is handed on as %q with status %d, want %q and 503", header, got, resp.StatusCode, want)
		}
	}
}

// Every request is a line of the log and every wait is announced; what an interface is asked is not
// written down, for it may hold a key.
func TestTransportTellsWhatItDoes(t *testing.T) {
	busy := true
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" && busy {
			busy = false
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	for _, direct := range []bool{false, true} {
		busy = true
		var log strings.Builder
		var waits []string
		tr := newClock().use(New(Options{
			Allow: []string{hostport}, Direct: direct, Log: slog.New(slog.NewTextHandler(&log, nil)),
			Waiting: func(host string, d time.Duration) { waits = append(waits, host+" "+d.String()) },
		}))
		if status, _, err := get(t, tr, site+"/r?key=K123"); status != 200 || err != nil {
			t.Fatalf("GET = %d, %v", status, err)
		}
		if len(waits) != 1 || waits[0] != hostport+" 7s" {
			t.Errorf("waits announced: %q, want 7s of %s", waits, hostport)
		}
		lines := log.String()
		for _, want := range []string{"status=429", "status=200", "msg=wait host=" + hostport + " for=7s"} {
			if strings.Count(lines, want) < 1 {
				t.Errorf("the log has no %q:\n%s", want, lines)
			}
		}
		if requests := strings.Count(lines, "msg=request"); requests != 3 && !direct || requests != 2 && direct {
			t.Errorf("%d requests in the log:\n%s", requests, lines)
		}
		if strings.Contains(lines, "K123") == direct {
			t.Errorf("direct %v: the query is wrong in the log:\n%s", direct, lines)
		}
	}
}

func TestTransportWaitsEndWithTheContext(t *testing.T) {
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.Header().Set("Retry-After", "50")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	tr := New(Options{Allow: []string{hostport}})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	tr.sleep = func(ctx context.Context, d time.Duration) error {
		if d > 0 {
			cancel()
		}
		return collector.Sleep(ctx, d) // the real one
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, site, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.RoundTrip(req); !errors.Is(err, context.Canceled) {
		t.Errorf("RoundTrip = %v, want that it was cancelled", err)
	}
}

func TestTransportLimitsAnswers(t *testing.T) {
	const limit = 1 << 20
	zeros := make([]byte, 64<<10)
	tests := []struct {
		name   string
		answer func(w http.ResponseWriter)
		large  bool
		fails  bool
		size   int
	}{
		{"a plain answer", func(w http.ResponseWriter) { w.Write(zeros) }, false, false, len(zeros)},
		{"a packed answer", func(w http.ResponseWriter) { pack(w, zeros, 1) }, false, false, len(zeros)},
		{"exactly the limit", func(w http.ResponseWriter) { pack(w, zeros, limit/len(zeros)) }, false, false, limit},
		{"a bomb", func(w http.ResponseWriter) { pack(w, zeros, 2000) }, true, true, 0},
		{"a long answer", func(w http.ResponseWriter) {
			for range 2000 {
				if _, err := w.Write(zeros); err != nil {
					return
				}
			}
		}, true, true, 0},
		{"a length over the limit", func(w http.ResponseWriter) { w.Header().Set("Content-Length", "99999999"); w.Write(zeros) }, true, true, 0},
		{"an answer cut off", func(w http.ResponseWriter) { w.Header().Set("Content-Length", "100000"); w.Write(zeros) }, false, true, 0},
		{"a packed answer that is none", func(w http.ResponseWriter) { w.Header().Set("Content-Encoding", "gzip"); w.Write(zeros) }, false, true, 0},
		{"packed twice", func(w http.ResponseWriter) { w.Header().Set("Content-Encoding", "gzip, gzip"); w.Write(zeros) }, false, true, 0},
		{"another packing", func(w http.ResponseWriter) { w.Header().Set("Content-Encoding", "br"); w.Write(zeros) }, false, true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/robots.txt" {
					tt.answer(w)
				}
			})
			tr := newClock().use(New(Options{Allow: []string{hostport}, MaxBytes: limit}))
			_, body, err := get(t, tr, site)
			if (err != nil) != tt.fails || errors.Is(err, ErrTooLarge) != tt.large || len(body) != tt.size {
				t.Errorf("GET = %d bytes, %v, want %d, too large %v", len(body), err, tt.size, tt.large)
			}
		})
	}
}

func pack(w http.ResponseWriter, b []byte, times int) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	defer z.Close()
	for range times {
		if _, err := z.Write(b); err != nil {
			return
		}
	}
}

func TestTransportEndsASlowAnswer(t *testing.T) {
	ended := make(chan struct{})
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			io.WriteString(w, "a first byte")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			close(ended)
		}
	})
	tr := New(Options{Allow: []string{hostport}, Timeout: 200 * time.Millisecond})
	if _, _, err := get(t, tr, site); err == nil || !strings.Contains(err.Error(), "no whole answer within 200ms") {
		t.Errorf("GET = %v, want the deadline", err)
	}
	<-ended
}

func TestTransportAsksAHostOneByOne(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		fmt.Fprintln(w, "User-agent: *")
		mu.Lock()
		now--
		mu.Unlock()
	})
	tr := New(Options{Allow: []string{hostport}})
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if _, _, err := get(t, tr, fmt.Sprint(site, "/", i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most != 1 {
		t.Errorf("%d requests at a time, want 1", most)
	}
}

func TestTransportSaysWhoItIs(t *testing.T) {
	var agent string
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) { agent = r.UserAgent() })
	tr := New(Options{Allow: []string{hostport}, Contact: "https://advisor.example/bot"})
	if _, _, err := get(t, tr, site); err != nil {
		t.Fatal(err)
	}
	if want := "percept/1.0 (+https://advisor.example/bot)"; agent != want {
		t.Errorf("User-Agent = %q, want %q", agent, want)
	}
}

func TestTransportFollowsFiveRedirects(t *testing.T) {
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n, err := strconv.Atoi(r.URL.Path[1:]); err == nil && n > 0 {
			http.Redirect(w, r, fmt.Sprint("/", n-1), http.StatusFound)
		}
	})
	tr := newClock().use(New(Options{Allow: []string{hostport}}))
	if status, _, err := get(t, tr, site+"/5"); status != 200 || err != nil {
		t.Errorf("five redirects: %d, %v, want 200", status, err)
	}
	if _, _, err := get(t, tr, site+"/6"); err == nil || !strings.Contains(err.Error(), "more than 5 redirects") {
		t.Errorf("six redirects: %v, want an error", err)
	}
}

func TestTransportDirectAsksNoRobots(t *testing.T) {
	site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			t.Error("robots.txt was asked for")
		}
		b, _ := io.ReadAll(r.Body)
		w.Write(b)
	})
	tr := New(Options{Allow: []string{hostport}, Direct: true})
	resp, err := tr.Client().Post(site, "text/plain", strings.NewReader("due"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); string(b) != "due" {
		t.Errorf("the receiver got %q, want %q", b, "due")
	}
}

func TestCheckAddressKnowsWhatTheTransportRefuses(t *testing.T) {
	allow := []string{"127.0.0.1:8080"}
	for _, c := range []struct {
		address string
		refused bool
	}{
		{"https://elm.example/reviews", false},
		{"http://elm.example:8080/reviews", true},
		{"http://127.0.0.1:8080/reviews", false},
		{"http://127.0.0.1/reviews", true},
		{"http://169.254.169.254/latest/meta-data", true},
		{"http://[::1]/", true},
		{"http://[::ffff:10.0.0.1]/", true},
		{"http://localhost/", true},
		{"http://93.184.215.14/", false},
	} {
		u, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckAddress(u, allow); errors.Is(err, ErrRefused) != c.refused {
			t.Errorf("CheckAddress(%s) = %v, want refused %v", c.address, err, c.refused)
		}
	}
}
