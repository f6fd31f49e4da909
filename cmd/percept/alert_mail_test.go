package main

import (
	"bytes"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A mailbox is a real SMTP server with TLS and a password.
type mailbox struct {
	mu      sync.Mutex
	letters []string
}

func (m *mailbox) Mail(string, *smtp.MailOptions) error { return nil }
func (m *mailbox) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (m *mailbox) Reset()                               {}
func (m *mailbox) Logout() error                        { return nil }
func (m *mailbox) AuthMechanisms() []string             { return []string{sasl.Plain} }

func (m *mailbox) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "percept" || password != "a secret" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (m *mailbox) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.letters = append(m.letters, string(raw))
	return err
}

// A mail receiver of the config: its certificate, its password from a file, doctor, trial and alert.
func TestMailReceiverOfTheConfig(t *testing.T) {
	box := &mailbox{}
	certs := httptest.NewUnstartedServer(http.NotFoundHandler())
	certs.StartTLS()
	defer certs.Close()
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return box, nil }))
	server.TLSConfig = &tls.Config{Certificates: certs.TLS.Certificates, MinVersion: tls.VersionTLS12}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	defer func() {
		_ = l.Close() // Serve says the rest
		_ = server.Close()
		<-served
	}()
	dir := t.TempDir()
	config := fmt.Sprintf(`practices:
  - {id: elm, name: "Elm\nBcc: thief@evil.example", sources: [{type: survey, path: elm.csv}]}
alerts:
  subject: "for {{(index .Items 0).PracticeName}}"
  text: "{{range .Items}}{{range .Answers}}{{.Text}}{{end}}{{end}}"
  receivers:
    - {name: desk, type: mail, from: percept@elm.example, to: [desk@elm.example], host: 127.0.0.1, port: %d, ca: ca.pem, user: percept, password_file: password}
`, l.Addr().(*net.TCPAddr).Port)
	for name, text := range map[string]string{
		"percept.yaml": config, "password": "wrong\n",
		"ca.pem":  string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certs.Certificate().Raw})),
		"elm.csv": "Response ID,Submitted at,What could we do better?\nA-1,2026-11-14 09:15:00,\"A refund, {{.Key}} <b>now</b>\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	percept := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if code := run(t.Context(), append(args, "--config", filepath.Join(dir, "percept.yaml")), nil, &out, &out); code != want {
			t.Errorf("percept %v = %d, want %d\n%s", args, code, want, out.String())
		}
		return out.String()
	}
	if out := percept(exitIncomplete, "doctor"); !strings.Contains(out, "receiver desk: connect to 127.0.0.1: ") || strings.Contains(out, "wrong") {
		t.Errorf("doctor with a wrong password says\n%s", out)
	}
	if err := os.WriteFile(filepath.Join(dir, "password"), []byte("a secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	percept(exitDone, "doctor")
	percept(exitDone, "run", "--now", "2026-11-16")
	if len(box.letters) != 1 {
		t.Fatalf("%d letters came, want 1", len(box.letters))
	}
	head, body, _ := strings.Cut(box.letters[0], "\r\n\r\n")
	if !strings.Contains(head, "Subject: for Elm Bcc: thief@evil.example") || strings.Contains(head, "\nBcc:") {
		t.Errorf("headers\n%s", head)
	}
	if !strings.Contains(body, "A refund, {{.Key}} <b>now</b>") || !strings.Contains(body, "{{.Key}} &lt;b&gt;now&lt;/b&gt;") {
		t.Errorf("the customer's words are not what they were:\n%s", body)
	}
}
