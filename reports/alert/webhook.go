package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// HookOptions are a receiver by HTTP.
type HookOptions struct {
	URL string
	// Secret signs the body; empty signs nothing. See ParseSecret.
	Secret []byte
	// Body makes the request's body: Payload, Slack or Teams.
	Body func(Form, Message) ([]byte, error)
	Form Form
	// Client goes out; redirects are never followed.
	Client *http.Client
	// Now is the clock, for the signature and Retry-After.
	Now func() time.Time
}

// A Hook posts messages. It signs them as Standard Webhooks has it (standardwebhooks.com): webhook-id is
// the key, and webhook-signature the HMAC-SHA256 over id, timestamp and body.
type Hook struct{ o HookOptions }

// NewHook returns a channel.
func NewHook(o HookOptions) *Hook {
	client := *o.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	o.Client = &client
	return &Hook{o}
}

// ParseSecret reads a signing secret: whsec_ and base64, as Standard Webhooks writes it, or any other
// text of at least 16 bytes, taken as it is.
func ParseSecret(s string) ([]byte, error) {
	if coded, ok := strings.CutPrefix(s, "whsec_"); ok {
		key, err := base64.StdEncoding.DecodeString(coded)
		if err != nil || len(key) < 16 {
			return nil, errors.New("the secret after whsec_ is no base64 of at least 16 bytes")
		}
		return key, nil
	}
	if len(s) < 16 {
		return nil, errors.New("the secret is shorter than 16 bytes")
	}
	return []byte(s), nil
}

// Send implements Channel: 2xx has taken the message; 408, 425, 429 and 5xx want it later; any other
// answer, a redirect too, is for good.
func (h *Hook) Send(ctx context.Context, m Message) error {
	body, err := h.o.Body(h.o.Form, m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPermanent, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.o.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPermanent, hidden(err))
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	stamp := strconv.FormatInt(h.o.Now().Unix(), 10)
	req.Header.Set("webhook-id", m.Key)
	req.Header.Set("webhook-timestamp", stamp)
	if len(h.o.Secret) > 0 {
		req.Header.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(sign(h.o.Secret, m.Key, stamp, body)))
	}
	resp, err := h.o.Client.Do(req)
	if err != nil {
		return hidden(err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // what it says is of no use to us
	if err := resp.Body.Close(); err != nil {
		return err
	}
	return h.judge(resp)
}

func (h *Hook) judge(resp *http.Response) error {
	code := resp.StatusCode
	err := fmt.Errorf("answered %d %s", code, http.StatusText(code))
	switch {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests, code >= 500:
		if after := retryAfter(resp.Header.Get("Retry-After"), h.o.Now()); after > 0 {
			return &LaterError{err, after}
		}
		return err
	}
	return fmt.Errorf("%w: %w", ErrPermanent, err)
}

// retryAfter reads seconds or a date (RFC 9110 10.2.3), 0 without either.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if s, err := strconv.ParseUint(header, 10, 64); err == nil {
		return time.Duration(min(s, 1<<32)) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

func sign(secret []byte, id, stamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

// hidden takes the address out of an error: it may hold a token.
func hidden(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// Close implements Channel.
func (h *Hook) Close() error {
	h.o.Client.CloseIdleConnections()
	return nil
}

// An event is the body of a webhook: docs/alert.schema.json describes it.
type event struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"` // when it was decided upon, not when it was sent
	Data      data      `json:"data"`
}

type data struct {
	Key      string   `json:"key"`
	Severity Severity `json:"severity"`
	Practice string   `json:"practice,omitempty"`
	Content
	Reminder string `json:"reminder,omitempty"`
}

// Payload is the body of a webhook. The page of a weekly mail is left out of it.
func Payload(_ Form, m Message) ([]byte, error) {
	e := event{Type: "percept." + string(m.Kind), Timestamp: m.Created.UTC(), Data: data{Key: m.Key, Severity: m.Severity, Practice: m.Practice, Content: m.Content}}
	if m.Content.said() {
		e.Data.Reminder = reminder
	}
	if p := m.Content.Page; p != nil {
		slim := *p
		slim.Name, slim.Body = "", nil
		e.Data.Page = &slim
	}
	return json.Marshal(e)
}
