package google_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"percept/collector/google"
	"percept/collector/transport"
)

// An authority is Google's side of a sign-in, as RFC 6749, 7636 and 8628 have it.
type authority struct {
	*httptest.Server
	t         *testing.T
	challenge string // of the browser's request
	redirect  string
	pending   int    // questions of a device before the person is done
	refuse    string // error of every grant
	rotate    bool   // a renewal brings a new refresh token
	renewals  int
	polls     int
}

func newAuthority(t *testing.T) *authority {
	a := &authority{t: t}
	a.Server = httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(a.Close)
	return a
}

func (a *authority) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	deny := func(code string) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error": %q, "error_description": "no"}`, code)
	}
	switch r.URL.Path {
	case "/device":
		if r.FormValue("scope") != google.Scope {
			deny("invalid_scope")
			return
		}
		fmt.Fprint(w, `{"device_code": "dev", "user_code": "ABCD-EFGH", "verification_url": "https://google.example/device", "interval": 5, "expires_in": 1800}`)
		return
	case "/token":
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if r.FormValue("client_id") != "me" || r.FormValue("client_secret") != "s3cret" || a.refuse != "" {
		deny(a.refuse)
		return
	}
	switch r.FormValue("grant_type") {
	case "authorization_code":
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if base64.RawURLEncoding.EncodeToString(sum[:]) != a.challenge || r.FormValue("code") != "the-code" || r.FormValue("redirect_uri") != a.redirect {
			deny("invalid_grant")
			return
		}
	case "urn:ietf:params:oauth:grant-type:device_code":
		if a.polls++; a.polls <= a.pending {
			deny("authorization_pending")
			return
		}
	case "refresh_token":
		a.renewals++
		if !strings.HasPrefix(r.FormValue("refresh_token"), "refresh-") {
			deny("invalid_grant")
			return
		}
		refresh := ""
		if a.rotate {
			refresh = `, "refresh_token": "refresh-2"`
		}
		fmt.Fprintf(w, `{"access_token": "access-renewed-%d", "expires_in": 3600%s}`, a.renewals, refresh)
		return
	}
	fmt.Fprintf(w, `{"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 3600, "scope": %q}`, google.Scope)
}

// tokens returns the Tokens of a client at a, and the file they are kept in.
func (a *authority) tokens(now func() time.Time) (*google.Tokens, string) {
	a.t.Helper()
	c, err := google.ParseClient([]byte(fmt.Sprintf(`{"installed": {"client_id": "me", "client_secret": "s3cret", "auth_uri": "%s/auth", "token_uri": "%[1]s/token", "device_authorization_endpoint": "%[1]s/device"}}`, a.URL)))
	if err != nil {
		a.t.Fatal(err)
	}
	file := filepath.Join(a.t.TempDir(), "google-token.json")
	client := transport.New(transport.Options{Direct: true, Allow: []string{strings.TrimPrefix(a.URL, "http://")}}).Client()
	return google.NewTokens(c, file, client, now), file
}

// browse is a person's browser: it is sent to address and comes back with what of it is changed.
func (a *authority) browse(address string, change func(url.Values)) {
	u, err := url.Parse(address)
	if err != nil {
		a.t.Error(err)
		return
	}
	q := u.Query()
	if q.Get("scope") != google.Scope || q.Get("code_challenge_method") != "S256" || q.Get("access_type") != "offline" || q.Get("client_id") != "me" {
		a.t.Errorf("the address asks for %v", q)
	}
	a.challenge, a.redirect = q.Get("code_challenge"), q.Get("redirect_uri")
	back := url.Values{"code": {"the-code"}, "state": {q.Get("state")}}
	for _, v := range []url.Values{{"code": {"stolen"}, "state": {"guessed"}}, change0(back, change)} {
		resp, err := http.Get(a.redirect + "/?" + v.Encode())
		if err != nil {
			a.t.Error(err)
			return
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}

func change0(v url.Values, change func(url.Values)) url.Values {
	if change != nil {
		change(v)
	}
	return v
}

func TestLoopback(t *testing.T) {
	a := newAuthority(t)
	tokens, file := a.tokens(time.Now)
	done := make(chan struct{})
	err := tokens.Loopback(t.Context(), 0, func(address string) {
		go func() { a.browse(address, nil); close(done) }()
	})
	if err != nil {
		t.Fatal(err)
	}
	<-done
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v: the sign-in is not for its owner alone", info, err)
	}
	if key, err := tokens.Key(t.Context(), false); key != "access-1" || err != nil {
		t.Errorf("Key = %q, %v", key, err)
	}
}

func TestLoopbackSaysWhyItFailed(t *testing.T) {
	t.Run("the person said no", func(t *testing.T) {
		a := newAuthority(t)
		tokens, file := a.tokens(time.Now)
		done := make(chan struct{})
		err := tokens.Loopback(t.Context(), 0, func(address string) {
			go func() {
				a.browse(address, func(v url.Values) { v.Del("code"); v.Set("error", "access_denied") })
				close(done)
			}()
		})
		<-done
		if err == nil || !strings.Contains(err.Error(), "access_denied") {
			t.Errorf("error %v", err)
		}
		if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a sign-in was kept: %v", err)
		}
	})
	t.Run("the run is stopped", func(t *testing.T) {
		a := newAuthority(t)
		tokens, _ := a.tokens(time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		if err := tokens.Loopback(ctx, 0, func(string) { cancel() }); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}

func TestDevice(t *testing.T) {
	a := newAuthority(t)
	a.pending = 2
	tokens, _ := a.tokens(time.Now)
	var shown string
	var waits []time.Duration
	err := tokens.Device(t.Context(), func(address, code string) { shown = address + " " + code }, func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	})
	if err != nil || shown != "https://google.example/device ABCD-EFGH" || len(waits) != 3 || waits[0] != 5*time.Second {
		t.Errorf("Device = %v, showed %q, waited %v", err, shown, waits)
	}
	if key, err := tokens.Key(t.Context(), false); key != "access-1" || err != nil {
		t.Errorf("Key = %q, %v", key, err)
	}
}

func TestDeviceOfAPersonWhoSaysNo(t *testing.T) {
	a := newAuthority(t)
	a.refuse = "access_denied"
	tokens, _ := a.tokens(time.Now)
	err := tokens.Device(t.Context(), func(string, string) {}, func(context.Context, time.Duration) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "access_denied") {
		t.Errorf("error %v", err)
	}
}

func TestTokensAreRenewed(t *testing.T) {
	a := newAuthority(t)
	a.rotate = true
	clock := time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)
	tokens, file := a.tokens(func() time.Time { return clock })
	if _, err := tokens.Key(t.Context(), false); !errors.Is(err, google.ErrSignIn) {
		t.Errorf("before any sign-in: %v", err)
	}
	kept, err := json.Marshal(map[string]any{"access_token": "access-0", "refresh_token": "refresh-1", "expiry": clock.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, kept, 0o600); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name  string
		later time.Duration
		renew bool
		want  string
	}{
		{"what is good is kept", 0, false, "access-0"},
		{"what was not accepted is renewed", 0, true, "access-renewed-1"},
		{"and kept", 30 * time.Minute, false, "access-renewed-1"},
		{"what is about to end is renewed", 29*time.Minute + 30*time.Second, false, "access-renewed-2"},
	}
	for _, s := range steps {
		clock = clock.Add(s.later)
		if key, err := tokens.Key(t.Context(), s.renew); key != s.want || err != nil {
			t.Errorf("%s: Key = %q, %v, want %q", s.name, key, err, s.want)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), "refresh-2") || !strings.Contains(string(data), "access-renewed-2") {
		t.Errorf("the file keeps %s, %v", data, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: not for its owner alone", info, err)
	}
	a.refuse = "invalid_grant"
	if _, err := tokens.Key(t.Context(), true); !errors.Is(err, google.ErrSignIn) || strings.Contains(err.Error(), "refresh-2") {
		t.Errorf("of a sign-in that is over: %v", err)
	}
}

func TestParseClient(t *testing.T) {
	tests := []struct{ name, in, err string }{
		{"a desktop client", `{"installed": {"client_id": "me"}}`, ""},
		{"a client of a web server", `{"web": {"client_id": "me"}}`, `make one of the kind "Desktop app"`},
		{"a service account", `{"type": "service_account", "client_id": "1"}`, "no client_id in it"},
		{"no JSON", `client_id=me`, "not the JSON of an OAuth client"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := google.ParseClient([]byte(tt.in))
			if tt.err == "" && (err != nil || !strings.HasPrefix(c.TokenURI, "https://oauth2.googleapis.com/")) || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("ParseClient = %+v, %v, want %q", c, err, tt.err)
			}
		})
	}
}
