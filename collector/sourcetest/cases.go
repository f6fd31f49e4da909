package sourcetest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// platformCases are what every Source of a platform must bear.
var platformCases = []struct {
	name   string
	pages  int
	keyed  bool // only where the platform wants a key
	key    string
	cancel bool
	spoil  func(s *server, n int, w http.ResponseWriter, r *http.Request) bool
	check  func(t *testing.T, s *server, w walk)
}{
	{name: "no reviews yet", pages: 0, check: whole},
	{name: "one page", pages: 1, check: whole},
	{name: "three pages", pages: 3, check: whole},
	{name: "a review comes in while the list is read", pages: 3, spoil: func(s *server, n int, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 2 {
			s.ids = append([]string{"new"}, s.ids...)
		}
		return false
	}, check: whole},
	{name: "a review goes while the list is read", pages: 3, spoil: func(s *server, n int, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 2 {
			s.ids = s.ids[1:]
		}
		return false
	}, check: whole},
	{name: "the list never rests", pages: 2, spoil: func(s *server, n int, _ http.ResponseWriter, _ *http.Request) bool {
		s.ids = append([]string{fmt.Sprintf("new%d", n)}, s.ids...)
		return false
	}, check: fails("moved")},
	{name: "the key has expired and is renewed", pages: 2, keyed: true, key: "expired", check: whole},
	{name: "the key is not accepted", pages: 2, keyed: true, key: "lost", check: fails("status 401")},
	{name: "the key cannot be renewed", pages: 2, keyed: true, key: "revoked", check: fails("sign in again")},
	{name: "the account may not", pages: 2, spoil: status(1, 0, http.StatusForbidden, ""), check: fails("status 403")},
	{name: "not there", pages: 2, spoil: status(1, 0, http.StatusNotFound, ""), check: fails("status 404")},
	{name: "asked too often, once", pages: 2, spoil: status(2, 1, http.StatusTooManyRequests, "0"), check: whole},
	{name: "asked too often, for an hour", pages: 2, spoil: status(2, 1, http.StatusTooManyRequests, "3600"), check: fails("status 429")},
	{name: "the server fails, once", pages: 2, spoil: status(2, 1, http.StatusBadGateway, "0"), check: whole},
	{name: "the server fails on the second page", pages: 3, spoil: status(2, 0, http.StatusInternalServerError, "0"), check: both(fails("status 500"), keepsFirst)},
	{name: "an answer breaks off", pages: 3, spoil: func(s *server, n int, w http.ResponseWriter, r *http.Request) bool {
		if n != 2 {
			return false
		}
		rec := httptest.NewRecorder()
		s.list(rec, r)
		fmt.Fprint(w, rec.Body.String()[:rec.Body.Len()/2])
		return true
	}, check: both(fails("JSON"), keepsFirst)},
	{name: "a page for people in place of an answer", pages: 2, spoil: func(_ *server, n int, w http.ResponseWriter, _ *http.Request) bool {
		if n != 1 {
			return false
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html>Please sign in</html>")
		return true
	}, check: fails("text/html")},
	{name: "an answer in a new form", pages: 2, spoil: func(_ *server, _ int, w http.ResponseWriter, _ *http.Request) bool {
		fmt.Fprint(w, `{"version": 9, "entries": {"first": {}}}`)
		return true
	}, check: fails("no list where")},
	{name: "an answer that leads elsewhere", pages: 2, spoil: func(s *server, _ int, w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/elsewhere" {
			s.t.Error("the redirect was followed, with the key")
		}
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
		return true
	}, check: fails("leads elsewhere")},
	{name: "a page that repeats the first", pages: 3, spoil: func(s *server, n int, w http.ResponseWriter, _ *http.Request) bool {
		if n == 1 {
			return false
		}
		var items []string
		for _, id := range s.ids[:s.Size] {
			items = append(items, s.Item(id))
		}
		fmt.Fprint(w, s.Page(items, s.Size*min(n, 2), len(s.ids)))
		return true
	}, check: both(fails("nothing that earlier pages did not have"), keepsFirst)},
	{name: "the run is stopped", pages: 3, cancel: true, check: func(t *testing.T, s *server, w walk) {
		if len(w.ids) > s.Size || s.asked > 2 || len(w.faults) > 0 {
			t.Errorf("%d reviews in %d requests after the end, %v", len(w.ids), s.asked, w.faults)
		}
	}},
}

// whole insists that every review which the platform has at the end was read, and no error given.
func whole(t *testing.T, s *server, w walk) {
	t.Helper()
	if len(w.faults) > 0 {
		t.Errorf("errors: %v", w.faults)
	}
	for _, id := range s.ids {
		if !slices.ContainsFunc(w.ids, func(got string) bool { return strings.HasSuffix(got, id) }) {
			t.Errorf("review %s was not read", id)
		}
	}
	if s.States && w.total < len(s.ids) {
		t.Errorf("the platform states %d reviews, the source %d", len(s.ids), w.total)
	}
}

// fails insists on an error with these words.
func fails(words string) func(*testing.T, *server, walk) {
	return func(t *testing.T, _ *server, w walk) {
		t.Helper()
		if !w.has(words) {
			t.Errorf("errors %v, want one with %q", w.faults, words)
		}
	}
}

// keepsFirst insists that what came before the error was kept.
func keepsFirst(t *testing.T, s *server, w walk) {
	t.Helper()
	if len(w.ids) != s.Size {
		t.Errorf("%d reviews before the error, want the %d of the first page", len(w.ids), s.Size)
	}
}

func both(a, b func(*testing.T, *server, walk)) func(*testing.T, *server, walk) {
	return func(t *testing.T, s *server, w walk) {
		t.Helper()
		a(t, s, w)
		b(t, s, w)
	}
}

// status answers from the nth request on with a status, times times or, for 0, always.
func status(from, times, code int, retryAfter string) func(*server, int, http.ResponseWriter, *http.Request) bool {
	return func(_ *server, n int, w http.ResponseWriter, _ *http.Request) bool {
		if n < from || times > 0 && n >= from+times {
			return false
		}
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(code)
		fmt.Fprint(w, `{"error": {"message": "not now"}}`)
		return true
	}
}
