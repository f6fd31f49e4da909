package collector_test

import (
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/store/storetest"
)

// A site is pages by query, which change between runs; every page has its ETag. It notes what was asked.
type site struct {
	mu     sync.Mutex
	pages  map[string]string
	asked  []string
	strict bool // answers without a length, as if it broke off
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path == "/robots.txt" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	body, ok := s.pages[r.URL.RawQuery]
	if !ok {
		s.asked = append(s.asked, r.URL.RawQuery+" 500")
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	tag := fmt.Sprintf(`"%x"`, crc32.ChecksumIEEE([]byte(body)))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		s.asked = append(s.asked, r.URL.RawQuery+" 304")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.asked = append(s.asked, r.URL.RawQuery+" 200")
	if !s.strict {
		fmt.Fprint(w, body)
		return
	}
	conn, out, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	fmt.Fprintf(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: %s\r\nConnection: close\r\n\r\n%s", tag, body)
	out.Flush() //nolint:errcheck // the reader sees what came
}

// log is what was asked since the last call.
func (s *site) log() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

func (s *site) set(query, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[query] = body
}

func (s *site) remove(query string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pages, query)
}

const toSecond = `<link rel=next href="?page=2">`

// runs collects a job again and again, each time as a run of its own.
func runs(t *testing.T, j collector.Job, k collector.Keeper) func() collector.Entry {
	t.Helper()
	n := 0
	return func() collector.Entry {
		t.Helper()
		n++
		entries, err := collector.Collect(t.Context(), []collector.Job{j}, options(t, k, fmt.Sprintf("%08d", n)))
		if err != nil {
			t.Fatal(err)
		}
		return entries[0]
	}
}

// told is what of a ledger's line these tests are about.
type told struct {
	State                                      collector.State
	Pages, Unchanged, Seen, New, Removed, Back int
}

func check(t *testing.T, when string, e collector.Entry, want told) {
	t.Helper()
	got := told{e.State, e.Pages, e.Unchanged, e.Seen, e.New, e.Removed, e.Back}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (why %q, notes %q) (-want +got):\n%s", when, e.Why, e.Notes, diff)
	}
}

func asked(t *testing.T, when string, s *site, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.log()); diff != "" {
		t.Errorf("%s: asked for (-want +got):\n%s", when, diff)
	}
}

func TestAPageThatStandsIsNotSentAgain(t *testing.T) {
	s := &site{pages: map[string]string{
		"":       toSecond + reviewed("Ann", "The exam was thorough."),
		"page=2": reviewed("Ben", "I waited an hour."),
	}}
	run := runs(t, webJob(t, s.ServeHTTP), storetest.New(t))
	check(t, "first run", run(), told{collector.Complete, 2, 0, 2, 2, 0, 0})
	asked(t, "first run", s, " 200", "page=2 200", " 304") // page one once more: it has not moved

	check(t, "nothing changed", run(), told{collector.Complete, 2, 2, 2, 0, 0, 0})
	asked(t, "nothing changed", s, " 304", "page=2 304", " 304")

	s.set("page=2", reviewed("Ben", "I waited an hour.")+reviewed("Cat", "Lovely frames."))
	check(t, "page two changed, which page one does not say", run(), told{collector.Complete, 2, 1, 3, 1, 0, 0})
	asked(t, "page two changed", s, " 304", "page=2 200", " 304")

	s.remove("page=2")
	check(t, "page one stands, page two fails", run(), told{collector.Incomplete, 1, 1, 1, 0, 0, 0})
	asked(t, "page two fails", s, " 304", "page=2 500")
}

func TestAPageThatMayHaveBrokenOffIsAskedForInFull(t *testing.T) {
	s := &site{strict: true, pages: map[string]string{"": reviewed("Ann", "The exam was thorough.")}}
	run := runs(t, webJob(t, s.ServeHTTP), storetest.New(t))
	check(t, "first run", run(), told{collector.Complete, 1, 0, 1, 1, 0, 0})
	check(t, "second run", run(), told{collector.Complete, 1, 0, 1, 0, 0, 0})
	asked(t, "both", s, " 200", " 200")
}

func TestAListThatMovesIsReadAgainFromTheTop(t *testing.T) {
	ann, ben, cat, dot := reviewed("Ann", "The exam was thorough."), reviewed("Ben", "I waited an hour."), reviewed("Cat", "Lovely frames."), reviewed("Dot", "Nobody rang.")
	s := &site{pages: map[string]string{"": toSecond + ann + ben, "page=2": cat + dot}}
	moves := 0
	job := webJob(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "page=2" && moves == 0 {
			moves++ // Ann's review goes, and Cat's moves to the page that was read before
			s.set("", toSecond+ben+cat)
			s.set("page=2", dot)
		}
		s.ServeHTTP(w, r)
	})
	e := runs(t, job, storetest.New(t))()
	check(t, "a list that moved once", e, told{collector.Complete, 4, 1, 4, 4, 0, 0})
	if e.Rows != e.Stored()+e.Duplicate+e.Empty+e.Rejected {
		t.Errorf("rows do not add up: %s", e.Sum())
	}

	n := 0
	restless := webJob(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "page=2" {
			n++
			s.set("", toSecond+reviewed("Eve", fmt.Sprintf("Visit %d.", n)))
		}
		s.ServeHTTP(w, r)
	})
	e = runs(t, restless, storetest.New(t))()
	if e.State != collector.Incomplete || !strings.HasSuffix(e.Why, "the list moved each of the 3 times that it was read") {
		t.Errorf("a list that never stands still: %s, %q", e.State, e.Why)
	}
}
