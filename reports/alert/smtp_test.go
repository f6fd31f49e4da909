package alert

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A postOffice is a real SMTP server on loopback that answers as a test tells it.
type postOffice struct {
	t      *testing.T
	server *smtp.Server
	addr   *net.TCPAddr

	listener            net.Listener
	serverTLS, tlsFirst *tls.Config // tlsFirst: the server speaks nothing else
	tls                 *tls.Config // for clients

	mu       sync.Mutex
	letters  []letter
	answers  []error       // to the next letters' data; then nil
	lose     int           // connections to lose after the data, before the answer
	hang     chan struct{} // not nil: nothing is answered before it is closed
	refuseTo error         // of RCPT
}

type letter struct {
	from string
	to   []string
	raw  string
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	p := &postOffice{t: t}
	certs := httptest.NewUnstartedServer(http.NotFoundHandler())
	certs.StartTLS()
	t.Cleanup(certs.Close)
	pool := x509.NewCertPool()
	pool.AddCert(certs.Certificate())
	p.tls = &tls.Config{RootCAs: pool, ServerName: "example.com", MinVersion: tls.VersionTLS12}
	p.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{p: p, conn: c}, nil }))
	p.serverTLS = &tls.Config{Certificates: certs.TLS.Certificates, MinVersion: tls.VersionTLS12}
	p.server.Domain, p.server.TLSConfig = "post.example", p.serverTLS
	p.open("127.0.0.1:0")
	t.Cleanup(p.close)
	return p
}

func (p *postOffice) open(addr string) {
	p.t.Helper()
	l, err := (&net.ListenConfig{}).Listen(p.t.Context(), "tcp", addr)
	if err != nil {
		p.t.Fatal(err)
	}
	p.listener, p.addr = l, l.Addr().(*net.TCPAddr)
	if p.tlsFirst != nil {
		l = tls.NewListener(l, p.tlsFirst)
	}
	server := p.server
	go func() { _ = server.Serve(l) }() // ends with close
}

func (p *postOffice) close() {
	_ = p.listener.Close() // closed before: that is what it should be
	_ = p.server.Close()
}

func (p *postOffice) got() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.letters
}

// mail is a channel to the office by TLS.
func (p *postOffice) mail(change func(*MailOptions)) *Mail {
	p.t.Helper()
	o := MailOptions{Host: "127.0.0.1", Port: p.addr.Port, TLS: p.tls, From: "percept <percept@practice.example>", To: []string{"desk@practice.example"}, Timeout: 5 * time.Second}
	if change != nil {
		change(&o)
	}
	m, err := NewMail(o)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = m.Close() })
	return m
}

type session struct {
	p    *postOffice
	conn *smtp.Conn
	l    letter
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "desk" || password != "right" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.l = letter{from: from}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.l.to = append(s.l.to, to)
	return s.p.refuseTo
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.p.mu.Lock()
	hang := s.p.hang
	s.p.mu.Unlock()
	if hang != nil {
		<-hang
	}
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	if len(s.p.answers) > 0 {
		err, s.p.answers = s.p.answers[0], s.p.answers[1:]
		if err != nil {
			return err
		}
	}
	s.l.raw = string(raw)
	s.p.letters = append(s.p.letters, s.l)
	if s.p.lose > 0 {
		s.p.lose--
		_ = s.conn.Conn().Close()
	}
	return nil
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }
