package alert

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// hook is a channel to a server that runs handle.
func hook(t *testing.T, handle http.HandlerFunc, secret string) *Hook {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	client := server.Client()
	client.Timeout = 200 * time.Millisecond
	o := HookOptions{URL: server.URL, Body: Payload, Client: client, Now: func() time.Time { return created }}
	if secret != "" {
		var err error
		if o.Secret, err = ParseSecret(secret); err != nil {
			t.Fatal(err)
		}
	}
	return NewHook(o)
}

func TestHookSignsAsStandardWebhooks(t *testing.T) {
	var got *http.Request
	var body []byte
	h := hook(t, func(_ http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
	}, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	m := message("msg_p5jXN8AQM9LWM0D4loKWxJek")
	if err := h.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if id := got.Header.Get("webhook-id"); id != m.Key {
		t.Errorf("webhook-id %q", id)
	}
	if stamp := got.Header.Get("webhook-timestamp"); stamp != "1794808800" {
		t.Errorf("webhook-timestamp %q", stamp)
	}
	secret, _ := ParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	want := "v1," + base64.StdEncoding.EncodeToString(sign(secret, m.Key, "1794808800", body))
	if s := got.Header.Get("webhook-signature"); s != want {
		t.Errorf("webhook-signature %q, want %q", s, want)
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil || e.Type != "percept.alert" || e.Data.Key != m.Key || e.Data.Items[0].Text != m.Content.Items[0].Text || e.Data.Reminder == "" {
		t.Errorf("body %s: %v", body, err)
	}
}

// The example of the specification of Standard Webhooks.
func TestSignIsThatOfTheSpecification(t *testing.T) {
	secret, err := ParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := base64.StdEncoding.EncodeToString(sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`)))
	if want := "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
}

// Every status is accepted, temporary or for good.
func TestHookStatus(t *testing.T) {
	for code := 200; code < 600; code++ {
		if http.StatusText(code) == "" {
			continue
		}
		h := hook(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(code)
		}, "")
		err := h.Send(t.Context(), message("key"))
		later := code == 408 || code == 425 || code == 429 || code >= 500
		switch {
		case code < 300 && err != nil:
			t.Errorf("%d: %v, want accepted", code, err)
		case code >= 300 && err == nil:
			t.Errorf("%d: accepted", code)
		case code >= 300 && errors.Is(err, ErrPermanent) == later:
			t.Errorf("%d: %v, want temporary %v", code, err, later)
		}
	}
}

// A redirect is never followed: the words must not go where nobody sent them.
func TestHookFollowsNoRedirect(t *testing.T) {
	var calls int
	h := hook(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		http.Redirect(w, r, "/elsewhere", http.StatusPermanentRedirect)
	}, "")
	if err := h.Send(t.Context(), message("key")); !errors.Is(err, ErrPermanent) || calls != 1 {
		t.Errorf("Send = %v after %d calls, want for good after 1", err, calls)
	}
}

func TestHookRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"120": 2 * time.Minute, created.Add(time.Hour).Format(http.TimeFormat): time.Hour, "soon": 0, "": 0,
		"99999999999999": time.Duration(1<<32) * time.Second, created.Add(-time.Hour).Format(http.TimeFormat): 0,
	} {
		h := hook(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		}, "")
		var later *LaterError
		err := h.Send(t.Context(), message("key"))
		if errors.As(err, &later) != (want > 0) || later != nil && later.After != want {
			t.Errorf("Retry-After %q: %v (%+v), want %v", header, err, later, want)
		}
	}
}

func TestHookHangAndDown(t *testing.T) {
	done := make(chan struct{})
	h := hook(t, func(http.ResponseWriter, *http.Request) { <-done }, "")
	if err := h.Send(t.Context(), message("key")); err == nil || errors.Is(err, ErrPermanent) {
		t.Errorf("hang: %v, want a temporary error", err)
	}
	close(done)
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	h = NewHook(HookOptions{URL: server.URL + "/token-in-the-path", Body: Payload, Client: &http.Client{}, Now: time.Now})
	err := h.Send(t.Context(), message("key"))
	if err == nil || errors.Is(err, ErrPermanent) {
		t.Errorf("down: %v, want a temporary error", err)
	}
	if err != nil && strings.Contains(err.Error(), "token-in-the-path") {
		t.Errorf("the error tells the address: %v", err)
	}
}

func TestParseSecretRefusesWeakOnes(t *testing.T) {
	for _, s := range []string{"", "short", "whsec_", "whsec_!!!", "whsec_c2hvcnQ="} {
		if _, err := ParseSecret(s); err == nil {
			t.Errorf("ParseSecret(%q) = nil error", s)
		}
	}
}

// What a customer wrote mentions nobody and links nowhere in a chat.
func TestChatInjection(t *testing.T) {
	for _, text := range []string{"<!channel> hello", "<@U123> hi", "<https://evil.example|free frames>", "*bold* _it_ `x`", "[click](https://evil.example)", "<at>Everyone</at>", "\\u003c!here>", `"}],"text":"x`} {
		m := message("key")
		m.Content.Subject = "percept: " + text
		m.Content.Items[0].Text = text
		slack, err := Slack(Form{}, m)
		if err != nil {
			t.Fatal(err)
		}
		var s struct {
			Text   string
			Blocks []struct {
				Type string
				Text struct{ Type, Text string }
			}
		}
		if err := json.Unmarshal(slack, &s); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if strings.ContainsAny(s.Text, "<>") {
			t.Errorf("%q stands in mrkdwn as %q", text, s.Text)
		}
		whole := ""
		for _, b := range s.Blocks {
			if b.Text.Type != "plain_text" {
				t.Errorf("%q stands in a block of %s", text, b.Text.Type)
			}
			whole += b.Text.Text
		}
		if !strings.Contains(whole, text) {
			t.Errorf("Slack lacks %q in %q", text, whole)
		}
		teams, err := Teams(Form{}, m)
		if err != nil {
			t.Fatal(err)
		}
		var card struct {
			Type        string
			Attachments []struct {
				ContentType string
				Content     struct {
					Body []struct {
						Type    string
						Inlines []struct{ Type, Text string }
					}
				}
			}
		}
		if err := json.Unmarshal(teams, &card); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		whole = ""
		for _, b := range card.Attachments[0].Content.Body {
			if b.Type != "RichTextBlock" {
				t.Errorf("%q stands in a %s", text, b.Type)
			}
			whole += b.Inlines[0].Text
		}
		if !strings.Contains(whole, text) {
			t.Errorf("Teams lacks %q in %q", text, whole)
		}
	}
}

// A text of any length comes whole to Slack as far as its limits go, and says so where they end.
func TestSlackLongText(t *testing.T) {
	m := message("key")
	m.Content.Items[0].Text = strings.Repeat("word ", 3000)
	b, err := Slack(Form{}, m)
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Blocks []struct{ Text struct{ Text string } }
	}
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	words := 0
	for _, block := range s.Blocks {
		if n := len([]rune(block.Text.Text)); n > 3000 {
			t.Errorf("a block of %d characters", n)
		}
		words += strings.Count(block.Text.Text, "word")
	}
	if words < 2990 || len(s.Blocks) > 50 {
		t.Errorf("%d words of 3000 in %d blocks", words, len(s.Blocks))
	}
}

// A card keeps its lines apart, and stays below what Teams takes whatever its letters weigh; what was cut
// is said.
func TestTeamsLinesAndSize(t *testing.T) {
	for name, text := range map[string]string{
		"short": "One line.\nAnother.", "letters of four bytes": strings.Repeat("\U0001F453 ", 5000), "letters that JSON escapes": strings.Repeat("<&> ", 2500),
		"many short lines": strings.Repeat("a\n", 4000), "one long line": strings.Repeat("word ", 1600),
	} {
		m := message("key")
		m.Content.Items[0].Text = clip(text)
		for range 5 {
			m.Content.Items = append(m.Content.Items, m.Content.Items[0])
		}
		if name == "short" {
			m.Content.Items = m.Content.Items[:1]
		}
		b, err := Teams(Form{}, m)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 28<<10 {
			t.Errorf("%s: %d bytes", name, len(b))
		}
		if cut := strings.Contains(string(b), "The message goes on"); cut != (name != "short") {
			t.Errorf("%s: cut %v", name, cut)
		}
		var card struct {
			Attachments []struct {
				Content struct {
					Body []struct{ Inlines []struct{ Text string } }
				}
			}
		}
		if err := json.Unmarshal(b, &card); err != nil {
			t.Fatal(err)
		}
		if len(b) < 8<<10 && name != "short" {
			t.Errorf("%s: %d bytes, most of the words are gone", name, len(b))
		}
		lines := card.Attachments[0].Content.Body
		if len(lines) < 8 && name == "short" {
			t.Errorf("%s: %d lines", name, len(lines))
		}
		for _, l := range lines {
			if strings.Contains(l.Inlines[0].Text, "\n") {
				t.Errorf("%s: a run holds a line end: %q", name, l.Inlines[0].Text)
			}
		}
	}
}
