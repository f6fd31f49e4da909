package alert

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

var created = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

func message(key string) Message {
	item := Item{ID: "a1b2c3d4e5", Practice: "elm", PracticeName: "Elm Street Optometry", Kind: "review", Severity: Severe, Rules: []string{"one-star"},
		Why: []string{"rated 1 of 5 stars"}, Feedback: "f1", Version: 1, Rating: "1 of 5 stars", Touchpoints: []string{"Eye exam"},
		Text: "Rushed.\n.\nNobody listened.", Given: "14 November 2026", Age: "2 days ago", URL: "https://elm.example/reviews#1", Owner: "Front desk"}
	return Message{Key: key, Receiver: "desk", Practice: "elm", Kind: OneAlert, Severity: Severe, Created: created, NotBefore: created,
		Content: Content{Subject: "percept: Elm Street Optometry: a review needs a person", Thread: "t1", Items: []Item{item}}}
}

// parts are the bodies of a mail by content type.
func parts(t *testing.T, h mail.Header, body io.Reader) map[string]string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "multipart/") {
			for k, v := range parts(t, mail.Header(p.Header), p) {
				out[k] = v
			}
			continue
		}
		var from io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			from = quotedprintable.NewReader(p)
		}
		b, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		k, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if p.FileName() != "" {
			k = p.FileName()
		}
		out[k] = string(b)
	}
}

func TestMailArrivesWithAllThatIsNeededToAct(t *testing.T) {
	office := newPostOffice(t)
	m := message("key-1")
	page := &Page{Title: "Elm", Name: "elm.html"}
	if err := page.Attach([]byte("<p>the page</p>")); err != nil {
		t.Fatal(err)
	}
	ch := office.mail(nil)
	if err := ch.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	weekly := m
	weekly.Key, weekly.Content.Page = "key-2", page
	if err := ch.Send(t.Context(), weekly); err != nil {
		t.Fatal(err)
	}
	got := office.got()
	if len(got) != 2 || got[0].from != "percept@practice.example" || strings.Join(got[0].to, ",") != "desk@practice.example" {
		t.Fatalf("the office has %+v", got)
	}
	read, err := mail.ReadMessage(strings.NewReader(got[0].raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Message-Id": "<key-1@practice.example>", "Subject": m.Content.Subject, "From": `"percept" <percept@practice.example>`,
		"To": "<desk@practice.example>", "References": "<t1.thread@practice.example>", "In-Reply-To": "<t1.thread@practice.example>",
		"Auto-Submitted": "auto-generated", "Date": "Mon, 16 Nov 2026 06:00:00 +0000",
	} {
		if got := read.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	bodies := parts(t, read.Header, read.Body)
	for _, kind := range []string{"text/plain", "text/html"} {
		for _, want := range []string{"Elm Street Optometry", "one-star", "rated 1 of 5 stars", "Nobody listened.", "Eye exam", "2 days ago", "https://elm.example/reviews#1",
			"Front desk", "percept alert ack a1b2c3d4e5", "percept alert useless a1b2c3d4e5", "never confirm", "percept reply check"} {
			if !strings.Contains(bodies[kind], want) {
				t.Errorf("%s lacks %q:\n%s", kind, want, bodies[kind])
			}
		}
	}
	read, err = mail.ReadMessage(strings.NewReader(got[1].raw))
	if err != nil {
		t.Fatal(err)
	}
	if bodies := parts(t, read.Header, read.Body); !strings.Contains(bodies["elm.html"], "PHA+dGhlIHBhZ2U8L3A+") && bodies["elm.html"] != "<p>the page</p>" {
		t.Errorf("the attached page is %q", bodies["elm.html"])
	}
}

// A mail that is sent again is the same, byte for byte.
func TestMailIsTheSameBytesAgain(t *testing.T) {
	office := newPostOffice(t)
	m := message("key-1")
	m.Content.Page = &Page{Title: "Elm", Name: "elm.html"}
	if err := m.Content.Page.Attach([]byte("<p>the page</p>")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := office.mail(nil).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if got := office.got(); got[0].raw != got[1].raw {
		t.Errorf("two sendings differ:\n%s\n%s", got[0].raw, got[1].raw)
	}
}

func TestMailFailures(t *testing.T) {
	for name, c := range map[string]struct {
		arrange   func(*postOffice)
		options   func(*MailOptions)
		permanent bool
	}{
		"421 is temporary":                         {arrange: func(p *postOffice) { p.answers = []error{&smtp.SMTPError{Code: 421, Message: "busy"}} }},
		"451 is temporary":                         {arrange: func(p *postOffice) { p.answers = []error{&smtp.SMTPError{Code: 451, Message: "later"}} }},
		"550 after the data is for good":           {arrange: func(p *postOffice) { p.answers = []error{&smtp.SMTPError{Code: 550, Message: "no"}} }, permanent: true},
		"554 after the data is for good":           {arrange: func(p *postOffice) { p.answers = []error{&smtp.SMTPError{Code: 554, Message: "no"}} }, permanent: true},
		"an unknown recipient is for good":         {arrange: func(p *postOffice) { p.refuseTo = &smtp.SMTPError{Code: 550, Message: "who?"} }, permanent: true},
		"a full mailbox is temporary":              {arrange: func(p *postOffice) { p.refuseTo = &smtp.SMTPError{Code: 452, Message: "full"} }},
		"a lost answer is temporary":               {arrange: func(p *postOffice) { p.lose = 1 }},
		"a server that is down is temporary":       {arrange: func(p *postOffice) { p.close() }},
		"a wrong password is ours, not the mail's": {options: func(o *MailOptions) { o.User, o.Password = "desk", "wrong" }},
		"a server that is not who it says it is":   {options: func(o *MailOptions) { o.TLS = nil }},
		"a server that speaks in the clear":        {arrange: func(p *postOffice) { p.server.TLSConfig = nil }},
	} {
		t.Run(name, func(t *testing.T) {
			office := newPostOffice(t)
			if c.arrange != nil {
				c.arrange(office)
			}
			err := office.mail(c.options).Send(t.Context(), message("key-1"))
			if err == nil {
				t.Fatal("Send = nil, want an error")
			}
			if got := errors.Is(err, ErrPermanent); got != c.permanent {
				t.Errorf("permanent = %v, want %v: %v", got, c.permanent, err)
			}
		})
	}
}

// TLS from the first byte, on a port of its own.
func TestMailImplicitTLS(t *testing.T) {
	office := newPostOffice(t)
	office.close()
	office.server = smtp.NewServer(office.server.Backend)
	office.tlsFirst = office.serverTLS
	office.open("127.0.0.1:0")
	ch := office.mail(func(o *MailOptions) { o.Security, o.User, o.Password = "tls", "desk", "right" })
	if err := ch.Send(t.Context(), message("key-1")); err != nil || len(office.got()) != 1 {
		t.Errorf("Send = %v, letters %d", err, len(office.got()))
	}
}

func TestMailLogsIn(t *testing.T) {
	office := newPostOffice(t)
	ch := office.mail(func(o *MailOptions) { o.User, o.Password = "desk", "right" })
	if err := ch.Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := ch.Send(t.Context(), message("key-1")); err != nil || len(office.got()) != 1 {
		t.Errorf("Send = %v, letters %d", err, len(office.got()))
	}
}

// After a refusal the connection serves the next message.
func TestMailGoesOnAfterARefusal(t *testing.T) {
	office := newPostOffice(t)
	office.answers = []error{&smtp.SMTPError{Code: 550, Message: "no"}}
	ch := office.mail(nil)
	if err := ch.Send(t.Context(), message("key-1")); !errors.Is(err, ErrPermanent) {
		t.Fatalf("first: %v", err)
	}
	if err := ch.Send(t.Context(), message("key-2")); err != nil {
		t.Fatalf("second: %v", err)
	}
}

// A server that takes everything and answers nothing holds nobody up for longer than the timeout, and
// nobody who is told to stop.
func TestMailHang(t *testing.T) {
	office := newPostOffice(t)
	office.hang = make(chan struct{})
	defer close(office.hang)
	ch := office.mail(func(o *MailOptions) { o.Timeout = 100 * time.Millisecond })
	if err := ch.Send(t.Context(), message("key-1")); err == nil || errors.Is(err, ErrPermanent) {
		t.Errorf("hang: %v, want a temporary error", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	ch = office.mail(func(o *MailOptions) { o.Timeout = time.Hour })
	if err := ch.Send(ctx, message("key-1")); err == nil {
		t.Error("Send that was told to stop = nil")
	}
}

// What a customer or a config wrote cannot add a header, a recipient or a second message.
func TestMailInjection(t *testing.T) {
	for _, text := range []string{
		"x\r\nBcc: thief@evil.example", "x\nBcc: thief@evil.example", "x\rBcc: thief@evil.example", "x\u2028Bcc: thief@evil.example",
		"x\r\n\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n", "=?utf-8?q?x=0d=0aBcc:_thief@evil.example?=", "x\x00y", "\u202Egpj.exe", strings.Repeat("long ", 400),
	} {
		office := newPostOffice(t)
		m := message("key-1")
		m.Content.Subject = "percept: " + text
		m.Content.Items[0].PracticeName, m.Content.Items[0].Text, m.Content.Items[0].Title = text, text, text
		if err := office.mail(nil).Send(t.Context(), m); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got := office.got()
		if len(got) != 1 || len(got[0].to) != 1 {
			t.Fatalf("%q: %d letters to %v", text, len(got), got[0].to)
		}
		read, err := mail.ReadMessage(strings.NewReader(got[0].raw))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for name := range read.Header {
			switch name {
			case "Message-Id", "Subject", "From", "To", "References", "In-Reply-To", "Auto-Submitted", "Date", "Mime-Version", "Content-Type",
				"User-Agent", "X-Mailer", "X-Percept-Key", "X-Percept-Kind":
			default:
				t.Errorf("%q made the header %s: %q", text, name, read.Header.Get(name))
			}
		}
		head, _, _ := strings.Cut(got[0].raw, "\r\n\r\n")
		if strings.Contains(strings.ReplaceAll(head, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(head, "\r\n", ""), "\r") {
			t.Errorf("%q left a bare line end in the headers", text)
		}
		if _, ok := parts(t, read.Header, read.Body)["text/plain"]; !ok {
			t.Errorf("%q: no text part", text)
		}
	}
}

func TestMailRefusesAddressesThatAreNone(t *testing.T) {
	for _, to := range []string{"", "desk", "desk@practice.example\r\nBcc: thief@evil.example", "a@b, c@d\n"} {
		if _, err := NewMail(MailOptions{Host: "h", Port: 25, From: "p@practice.example", To: []string{to}}); err == nil {
			t.Errorf("NewMail to %q = nil error", to)
		}
	}
}
