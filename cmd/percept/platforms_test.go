package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A profile is Google's side of a Business Profile: the sign-in, the lists of accounts and locations, and
// the reviews of one location, two on a page.
type profile struct {
	*httptest.Server

	mu      sync.Mutex
	reviews []string // id|star|comment, newest change first
	token   string   // the access token that is accepted
	broken  int      // status of the second page, 0 for none
}

func newProfile(t *testing.T) *profile {
	p := &profile{token: "access-1"}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

func (p *profile) set(reviews ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reviews = reviews
}

func (p *profile) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/token" {
		refresh := ""
		if r.FormValue("grant_type") == "authorization_code" {
			refresh = `"refresh_token": "refresh-1", `
		} else if r.FormValue("refresh_token") != "refresh-1" {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error": "invalid_grant"}`)
			return
		}
		fmt.Fprintf(w, `{%s"access_token": %q, "expires_in": 3600}`, refresh, p.token)
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+p.token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	switch r.URL.Path {
	case "/v1/accounts":
		fmt.Fprint(w, `{"accounts": [{"name": "accounts/1"}]}`)
	case "/v1/accounts/1/locations":
		if r.FormValue("readMask") == "" {
			w.WriteHeader(http.StatusBadRequest)
		}
		fmt.Fprint(w, `{"locations": [{"name": "locations/2", "title": "Elm Street"}, {"name": "locations/3", "title": "Oak Lane"}]}`)
	case "/v4/accounts/1/locations/2/reviews":
		p.list(w, r)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (p *profile) list(w http.ResponseWriter, r *http.Request) {
	from := 0
	if at := r.FormValue("pageToken"); at != "" {
		fmt.Sscan(at, &from)
		if p.broken != 0 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(p.broken)
			return
		}
	}
	to := min(from+2, len(p.reviews))
	var items []string
	for _, s := range p.reviews[from:to] {
		f := strings.Split(s, "|")
		items = append(items, fmt.Sprintf(`{"reviewId": %q, "reviewer": {"displayName": "Ann"}, "starRating": %q, "comment": %q, "createTime": "2026-03-01T10:00:00Z", "updateTime": "2026-03-01T10:00:00Z", "name": "accounts/1/locations/2/reviews/%[1]s"}`, f[0], f[1], f[2]))
	}
	next := ""
	if to < len(p.reviews) {
		next = fmt.Sprintf(`, "nextPageToken": "%d"`, to)
	}
	fmt.Fprintf(w, `{"reviews": [%s], "totalReviewCount": %d%s}`, strings.Join(items, ","), len(p.reviews), next)
}

// config writes a config and an OAuth client for p, and returns the config's path.
func (p *profile) config(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"percept.yaml": fmt.Sprintf(`web: {allow: [%q]}
google: {url: %q}
practices:
  - id: elm
    sources: [{type: google, id: accounts/1/locations/2}]
`, p.Listener.Addr(), p.URL),
		"google-client.json": fmt.Sprintf(`{"installed": {"client_id": "me", "client_secret": "x", "auth_uri": "https://accounts.example/auth", "token_uri": "%s/token"}}`, p.URL),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "percept.yaml")
}

// A browser signs in at the address that percept prints.
type browser struct {
	said bytes.Buffer
	once sync.Once
	done chan error
}

var signInAddress = regexp.MustCompile(`https://accounts\.example/auth\?\S+\n`)

func (b *browser) Write(text []byte) (int, error) {
	n, err := b.said.Write(text)
	if at := signInAddress.FindString(b.said.String()); at != "" {
		b.once.Do(func() { go func() { b.done <- signIn(strings.TrimSpace(at)) }() })
	}
	return n, err
}

func signIn(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	resp, err := http.Get(u.Query().Get("redirect_uri") + "/?code=c&state=" + url.QueryEscape(u.Query().Get("state")))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	return err
}

func TestGoogleFromSignInToRemoval(t *testing.T) {
	p := newProfile(t)
	config := p.config(t)
	var told bytes.Buffer
	if code := run(t.Context(), []string{"doctor", "--config", config}, nil, &told, io.Discard); code != exitIncomplete || !strings.Contains(told.String(), "nobody has signed in yet: sign in with: percept auth google") {
		t.Errorf("doctor before the sign-in = %d\n%s", code, told.String())
	}
	b := &browser{done: make(chan error, 1)}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"auth", "google", "--config", config}, nil, &out, b); code != exitDone {
		t.Fatalf("auth google = %d\n%s", code, b.said.String())
	}
	if err := <-b.done; err != nil {
		t.Fatal(err)
	}
	want := "- {type: google, id: accounts/1/locations/2}   # Elm Street\n- {type: google, id: accounts/1/locations/3}   # Oak Lane\n"
	if out.String() != want {
		t.Errorf("auth google prints\n%s", out.String())
	}
	collect := func(day string, code int, say string) []string {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(t.Context(), []string{"collect", "-v", "--config", config, "--now", day}, nil, &out, &errs); got != code {
			t.Errorf("%s: collect = %d, want %d", day, got, code)
		}
		text := out.String() + errs.String()
		if !strings.Contains(text, say) {
			t.Errorf("%s: collect says\n%s\nwant %q", day, text, say)
		}
		if code == exitDone && strings.Contains(text, "the source says that it has") {
			t.Errorf("%s: what was not asked for again is told as a hole:\n%s", day, text)
		}
		for _, secret := range []string{"access-1", "access-2", "refresh-1"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: collect tells %s", day, secret)
			}
		}
		all := stored(t, filepath.Join(filepath.Dir(config), "percept.duckdb"))
		slices.Sort(all)
		return all
	}
	p.set("r5|ONE|Nobody rang.", "r4|FIVE|Kind.", "r3|FOUR|Good.", "r2|TWO|Late.", "r1|FIVE|Thorough.")
	first := []string{"elm|FIVE|Kind.", "elm|FIVE|Thorough.", "elm|FOUR|Good.", "elm|ONE|Nobody rang.", "elm|TWO|Late."}
	edited := []string{"elm|FIVE|Kind.", "elm|FIVE|Thorough.", "elm|FOUR|Good.", "elm|TWO|Late.", "elm|TWO|They rang late."} // what was removed still stands
	steps := []struct {
		name, day string
		change    func()
		code      int
		say       string
		want      []string
	}{
		{"all of three pages", "2026-06-01", nil, exitDone, "complete: 5 read = 5 stored", first},
		{"an expired sign-in is renewed, and a list without change not read to its end", "2026-06-02", func() { p.token = "access-2" }, exitDone, "complete: 2 read = 0 stored + 2 duplicate", first},
		{"a page that fails removes nothing", "2026-06-03", func() { p.set("r4|FIVE|Kind.", "r3|FOUR|Good.", "r1|FIVE|Thorough."); p.broken = 500 },
			exitIncomplete, "incomplete: google: page 2: status 500", first},
		{"one whole run without two reviews marks neither", "2026-06-04", func() { p.broken = 0 }, exitDone, "3 read = 0 stored + 3 duplicate + 0 empty + 0 rejected\n", first},
		{"what came back was never gone, what two runs miss is", "2026-06-05", func() { p.set("r5|ONE|Nobody rang.", "r4|FIVE|Kind.", "r3|FOUR|Good.", "r1|FIVE|Thorough.") },
			exitDone, "4 read = 0 stored + 4 duplicate + 0 empty + 0 rejected; 1 removed at the source\n", first},
		{"an edit is a version", "2026-06-07", func() { p.set("r5|TWO|They rang late.", "r4|FIVE|Kind.", "r3|FOUR|Good.", "r1|FIVE|Thorough.") }, exitDone, "4 read = 1 stored", edited},
		{"a sign-in that was taken away says what to type", "2026-06-08", func() {
			p.token = "access-3"
			if err := os.WriteFile(filepath.Join(filepath.Dir(config), "google-token.json"), []byte(`{"refresh_token": "other"}`), 0o600); err != nil {
				t.Fatal(err)
			}
		}, exitIncomplete, "sign in with: percept auth google", edited},
	}
	for _, s := range steps {
		if s.change != nil {
			s.change()
		}
		if d := cmp.Diff(s.want, collect(s.day, s.code, s.say)); d != "" {
			t.Errorf("%s (-want +stored):\n%s", s.name, d)
		}
	}
}

// What a Takeout brought is known to the interface: a practice that changes over has no review twice.
func TestTakeoutThenInterface(t *testing.T) {
	p := newProfile(t)
	config := p.config(t)
	dir := filepath.Dir(config)
	if err := os.MkdirAll(filepath.Join(dir, "Takeout", "x-1", "y-2"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"Takeout/x-1/y-2/reviews.json": `{"reviews": [{"reviewer": {"displayName": "Ann"}, "starRating": "FIVE", "comment": "Kind.", "createTime": "2026-03-01T10:00:00Z", "updateTime": "2026-03-01T10:00:00Z", "name": "accounts/9/locations/2/reviews/r4"}]}`,
		"takeout.yaml":                 "practices:\n  - id: elm\n    sources: [{type: google, path: Takeout}]\n",
		"google-token.json":            `{"refresh_token": "refresh-1"}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.set("r5|ONE|Nobody rang.", "r4|FIVE|Kind.")
	collectSays(t, filepath.Join(dir, "takeout.yaml"), "1 read = 1 stored")
	collectSays(t, config, "2 read = 1 stored + 1 duplicate")
}

func collectSays(t *testing.T, config, say string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"collect", "--config", config, "--now", "2026-06-01"}, nil, &out, &errs); code != exitDone || !strings.Contains(out.String(), say) {
		t.Errorf("collect = %d\n%s%s\nwant %q", code, out.String(), errs.String(), say)
	}
}
