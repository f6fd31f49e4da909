package sourcetest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"percept/collector"
)

// A Platform is how a review platform's interface answers, as its documentation has it. RunPlatform
// serves it on loopback, with everything that goes wrong there.
type Platform struct {
	// Size is how many reviews it puts on a page.
	Size int
	// From is the number, from 0, of the first review that a request asks for.
	From func(r *http.Request) int
	// Item is the review with an id, in JSON. It should hold an e-mail address if the platform's do.
	Item func(id string) string
	// Page is the answer with some of the reviews; next is the number of the one behind them, 0 where
	// there is none.
	Page func(items []string, next, total int) string
	// States is true where answers state how many reviews there are.
	States bool
	// Other answers a request that is not for the list, and reports whether it did; nil where there is only the list.
	Other func(w http.ResponseWriter, r *http.Request) bool
	// Key is what a request carries of the key; nil where the platform wants none.
	Key func(r *http.Request) string
	// Open returns the Source that asks the platform at base. key is nil where Key is.
	Open func(t *testing.T, base string, key func(ctx context.Context, renew bool) (string, error)) collector.Source
}

// The keys of the platform: one that is accepted, and one that has expired.
const (
	goodKey = "good-key-0123456789"
	oldKey  = "old-key-9876543210"
)

// A server serves a Platform. Its list may change, and its answers be spoilt, while it is read.
type server struct {
	Platform
	t *testing.T

	mu    sync.Mutex
	ids   []string // newest first
	asked int
	// spoil may answer in the server's place: the nth request, from 1.
	spoil func(s *server, n int, w http.ResponseWriter, r *http.Request) bool
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if s.Other != nil && s.Key(r) == goodKey && s.Other(w, r) {
		return
	}
	s.asked++
	if s.spoil != nil && s.spoil(s, s.asked, w, r) {
		return
	}
	if s.Key != nil && s.Key(r) != goodKey {
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"error": {"message": "the key %s is not known"}}`, s.Key(r))
		return
	}
	s.list(w, r)
}

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	from := min(s.From(r), len(s.ids))
	to := min(from+s.Size, len(s.ids))
	var items []string
	for _, id := range s.ids[from:to] {
		items = append(items, s.Item(id))
	}
	next := to
	if to == len(s.ids) {
		next = 0
	}
	fmt.Fprint(w, s.Page(items, next, len(s.ids)))
}

// A walk is what came of reading a source once.
type walk struct {
	ids   []string // in order, with repetitions
	total int
	faults
}

type faults []error

func (f faults) has(words string) bool {
	return slices.ContainsFunc(f, func(err error) bool { return strings.Contains(err.Error(), words) })
}

var now = time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)

// read reads src whole, and insists that no page keeps an address and no error tells a key.
func read(ctx context.Context, t *testing.T, src collector.Source) (w walk) {
	t.Helper()
	for p, err := range src.Pages(ctx, collector.Query{Now: now}) {
		if err != nil {
			if strings.Contains(err.Error(), goodKey) || strings.Contains(err.Error(), oldKey) {
				t.Errorf("the error tells the key: %v", err)
			}
			w.faults = append(w.faults, err)
			continue
		}
		if strings.Contains(p.URL, goodKey) || strings.Contains(string(p.Body), "@") {
			t.Errorf("the page keeps a key or an e-mail address: %s %s", p.URL, p.Body)
		}
		parsed, err := src.Parse(p)
		if err != nil {
			t.Errorf("Parse: %v", err)
		}
		for _, f := range parsed.Feedback {
			w.ids = append(w.ids, f.SourceID)
		}
		w.total = max(w.total, parsed.Aggregate.Count)
	}
	return w
}

// ids are n ids of reviews, newest first.
func ids(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("r%d", n-i))
	}
	return all
}

// RunPlatform checks that the Source of a platform reads its list whole or says what kept it from that:
// pages, lists that move, keys that expire, and every way an answer goes wrong.
func RunPlatform(t *testing.T, p Platform) {
	for _, c := range platformCases {
		t.Run(c.name, func(t *testing.T) {
			if c.keyed && p.Key == nil {
				return // there is no key that could be wrong
			}
			n := c.pages*p.Size - 1
			if c.pages == 0 {
				n = 0
			}
			s := &server{Platform: p, t: t, ids: ids(n), spoil: c.spoil}
			web := httptest.NewServer(s)
			defer web.Close()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.cancel {
				s.spoil = func(s *server, n int, _ http.ResponseWriter, _ *http.Request) bool {
					if n == 2 {
						cancel()
					}
					return false
				}
			}
			w := read(ctx, t, s.Open(t, web.URL, p.keys(c.key)))
			c.check(t, s, w)
		})
	}
}

// keys hands out how's key: "" a good one, "expired" a good one once it is renewed, "lost" an old one.
func (p Platform) keys(how string) func(context.Context, bool) (string, error) {
	if p.Key == nil {
		return nil
	}
	return func(_ context.Context, renew bool) (string, error) {
		switch {
		case how == "" || how == "expired" && renew:
			return goodKey, nil
		case how == "revoked" && renew:
			return "", errors.New("sign in again")
		}
		return oldKey, nil
	}
}
