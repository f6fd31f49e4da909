package google

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Loopback signs a person in by their browser on this machine (RFC 8252, with PKCE, RFC 7636) and keeps
// the sign-in. show is told the address to open. port is that of the machine's own which the browser
// comes back to; 0 is any.
func (t *Tokens) Loopback(ctx context.Context, port int, show func(address string)) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	back := "http://" + l.Addr().String()
	verifier, state := random(), random()
	sum := sha256.Sum256([]byte(verifier))
	show(t.client.AuthURI + "?" + url.Values{
		"client_id": {t.client.ID}, "redirect_uri": {back}, "response_type": {"code"}, "scope": {Scope}, "state": {state},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
		"access_type": {"offline"}, "prompt": {"consent"}, // both for a token that can be renewed
	}.Encode())
	code, err := await(ctx, l, state)
	if err != nil {
		return err
	}
	held, err := t.client.grant(ctx, t.http, t.now(), url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}, "code_verifier": {verifier}})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return t.keep(held)
}

func random() string {
	var b [32]byte
	rand.Read(b[:]) //nolint:errcheck,gosec // never fails, since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// keep takes a sign-in that can be renewed and is for what it is wanted for.
func (t *Tokens) keep(held token) error {
	switch {
	case held.Refresh == "":
		return errors.New("sign in: Google gave no token that can be renewed; take percept's access away at myaccount.google.com/permissions and sign in again")
	case held.Scope != "" && !strings.Contains(held.Scope, Scope):
		return errors.New("sign in: the permission to see the Business Profile was not given; sign in again and tick it")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := held.save(t.file); err != nil {
		return fmt.Errorf("keep the sign-in: %w", err)
	}
	t.held = held
	return nil
}

// await serves l until the browser comes back with the state, and returns its code. Whatever else asks
// is told nothing.
func await(ctx context.Context, l net.Listener, state string) (string, error) {
	type outcome struct {
		code string
		err  error
	}
	done := make(chan outcome, 1)
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if r.URL.Path != "/" || q.Get("state") != state {
			http.NotFound(w, r)
			return
		}
		var o outcome
		if o.code = q.Get("code"); o.code == "" {
			o.err = fmt.Errorf("sign in: %w", grantError{code: q.Get("error")})
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintln(w, "percept has heard from Google; this page may be closed.")
		select {
		case done <- o:
		default: // the browser asked twice
		}
	})}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	var o outcome
	select {
	case o = <-done:
	case <-ctx.Done():
		o.err = ctx.Err()
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := server.Shutdown(last) // the browser still gets its page
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return "", err
	}
	if o.err != nil {
		err = o.err
	}
	return o.code, err
}

// Device signs a person in by a code that they type on any other machine (RFC 8628). show is told where
// and what; pause waits between two questions whether it is done.
func (t *Tokens) Device(ctx context.Context, show func(address, code string), pause func(context.Context, time.Duration) error) error {
	var asked struct {
		Device  string `json:"device_code"`
		Code    string `json:"user_code"`
		Address string `json:"verification_url"`
		URI     string `json:"verification_uri"` // as the RFC has it
		Seconds int    `json:"interval"`
	}
	err := post(ctx, t.http, t.client.DeviceURI, url.Values{"client_id": {t.client.ID}, "scope": {Scope}}, &asked)
	var denied grantError
	if errors.As(err, &denied) && denied.code == "invalid_scope" {
		return fmt.Errorf("google does not give this permission to devices (%w); sign in by a browser: percept auth google, with --port over SSH", err)
	}
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	if asked.Address == "" {
		asked.Address = asked.URI
	}
	show(asked.Address, asked.Code)
	interval := time.Duration(max(asked.Seconds, 5)) * time.Second
	for {
		if err := pause(ctx, interval); err != nil {
			return err
		}
		held, err := t.client.grant(ctx, t.http, t.now(), url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {asked.Device}})
		switch {
		case err == nil:
			return t.keep(held)
		case !errors.As(err, &denied):
			return fmt.Errorf("sign in: %w", err)
		case denied.code == "slow_down":
			interval += 5 * time.Second
		case denied.code != "authorization_pending":
			return fmt.Errorf("sign in: %w", err)
		}
	}
}
