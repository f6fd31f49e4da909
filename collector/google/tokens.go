package google

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"
)

// ErrSignIn is wrapped by the error of what a person must sign in for, once or again.
var ErrSignIn = errors.New("sign in with: percept auth google")

// Tokens keeps the sign-in of one account in a file and renews what expires. It is safe for concurrent
// use.
type Tokens struct {
	client Client
	file   string
	http   *http.Client
	now    func() time.Time

	mu   sync.Mutex
	held token
}

// NewTokens returns the Tokens of the sign-in that file keeps, which need not be there yet. client goes
// out by the one transport.
func NewTokens(c Client, file string, client *http.Client, now func() time.Time) *Tokens {
	return &Tokens{client: c, file: file, http: client, now: now}
}

// spare is how long before its end a token is renewed.
const spare = time.Minute

// Key returns an access token that is good for a while; with renew set another than the one before. The
// error wraps ErrSignIn where only a person can help.
func (t *Tokens) Key(ctx context.Context, renew bool) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held.Refresh == "" {
		held, err := readToken(t.file)
		if err != nil {
			return "", err
		}
		t.held = held
	}
	if !renew && t.held.Access != "" && t.now().Add(spare).Before(t.held.Expiry) {
		return t.held.Access, nil
	}
	fresh, err := t.client.grant(ctx, t.http, t.now(), url.Values{"grant_type": {"refresh_token"}, "refresh_token": {t.held.Refresh}})
	var denied grantError
	if errors.As(err, &denied) && denied.code == "invalid_grant" {
		return "", fmt.Errorf("google does not accept the sign-in any more (while the consent screen is in testing, one ends after seven days): %w", ErrSignIn)
	}
	if err != nil {
		return "", fmt.Errorf("renew the sign-in: %w", err)
	}
	if fresh.Refresh == "" {
		fresh.Refresh = t.held.Refresh
	}
	if err := fresh.save(t.file); err != nil {
		return "", fmt.Errorf("keep the sign-in: %w", err)
	}
	t.held = fresh
	return fresh.Access, nil
}

func readToken(file string) (t token, err error) {
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return t, fmt.Errorf("nobody has signed in yet: %w", ErrSignIn)
	case err != nil:
		return t, fmt.Errorf("read the sign-in: %w", err)
	}
	if err := json.Unmarshal(data, &t); err != nil || t.Refresh == "" {
		return t, fmt.Errorf("%s holds no sign-in: %w", file, ErrSignIn)
	}
	return t, nil
}
