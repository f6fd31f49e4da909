package alert

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// MailOptions are a mail server and who writes to whom.
type MailOptions struct {
	Host string
	Port int
	// Security is "starttls", "tls" or "none". Without TLS nothing is sent unless it says none.
	Security       string
	TLS            *tls.Config // nil: the machine's own roots
	User, Password string
	From           string // an address, or a name and an address in angle brackets
	To             []string
	Timeout        time.Duration // of one message; zero: 20 s
	Form           Form
}

// A Mail sends messages by SMTP, over one connection as long as that holds.
type Mail struct {
	o      MailOptions
	client *mail.Client
	domain string
	conn   *smtp.Client // nil without a connection

	mu  sync.Mutex
	raw net.Conn // under conn: closing it ends any wait at once
}

// NewMail checks the addresses and returns a channel.
func NewMail(o MailOptions) (*Mail, error) {
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	if o.TLS == nil {
		o.TLS = &tls.Config{ServerName: o.Host, MinVersion: tls.VersionTLS12}
	}
	probe := mail.NewMsg()
	if err := probe.From(o.From); err != nil {
		return nil, fmt.Errorf("from %q: %w", o.From, err)
	}
	if err := probe.To(o.To...); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	m := &Mail{o: o}
	options := []mail.Option{mail.WithPort(o.Port), mail.WithTimeout(o.Timeout), mail.WithTLSConfig(o.TLS), mail.WithDialContextFunc(m.connect)}
	switch o.Security {
	case "tls": // from the first byte, see connect
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if o.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(o.User), mail.WithPassword(o.Password))
	}
	var err error
	if m.client, err = mail.NewClient(o.Host, options...); err != nil {
		return nil, err
	}
	_, m.domain, _ = strings.Cut(probe.GetFrom()[0].Address, "@")
	return m, nil
}

// connect dials, and remembers the connection.
func (c *Mail) connect(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	c.raw = conn
	c.mu.Unlock()
	if c.o.Security != "tls" {
		return conn, nil
	}
	secure := tls.Client(conn, c.o.TLS)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

// hangUp closes the connection under everything.
func (c *Mail) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.raw != nil {
		_ = c.raw.Close() // whoever waits on it sees the error
	}
}

// Send implements Channel. The message is accepted when the server says so after the end of the data;
// one that loses the connection before may have been accepted all the same, and goes out again under
// the same Message-ID.
func (c *Mail) Send(ctx context.Context, m Message) error {
	msg, raw, err := c.compose(m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPermanent, err)
	}
	stop := context.AfterFunc(ctx, c.hangUp)
	defer stop()
	if err := c.dial(ctx); err != nil {
		return permanentSMTP(err)
	}
	if err = c.transmit(msg, raw); err != nil {
		var said *textproto.Error
		if !errors.As(err, &said) || c.conn.Reset() != nil {
			c.drop()
		}
	}
	return permanentSMTP(err)
}

// dial makes a connection, or finds that the one there is still good.
func (c *Mail) dial(ctx context.Context) (err error) {
	if c.conn != nil {
		if c.conn.UpdateDeadline(c.o.Timeout) == nil && c.conn.Noop() == nil {
			return nil
		}
		c.drop()
	}
	c.conn, err = c.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		c.conn = nil
		return fmt.Errorf("connect to %s: %w", c.o.Host, err)
	}
	return c.conn.UpdateDeadline(c.o.Timeout)
}

func (c *Mail) drop() {
	c.hangUp()
	c.conn = nil
}

// Probe connects, secures the connection and logs in, and sends nothing.
func (c *Mail) Probe(ctx context.Context) error {
	defer context.AfterFunc(ctx, c.hangUp)()
	return errors.Join(c.dial(ctx), c.Close())
}

func (c *Mail) transmit(msg *mail.Msg, raw []byte) error {
	from, err := msg.GetSender(false)
	if err != nil {
		return err
	}
	to, err := msg.GetRecipients()
	if err != nil {
		return err
	}
	if err := c.conn.Mail(from); err != nil {
		return fmt.Errorf("from %s: %w", from, err)
	}
	for _, r := range to {
		if err := c.conn.Rcpt(r); err != nil {
			return fmt.Errorf("to %s: %w", r, err)
		}
	}
	w, err := c.conn.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return w.Close() // the server's answer to the message
}

// permanentSMTP marks what the server refused for good: a 5xx answer. A 5xx while connecting or logging
// in is about us and not about the message, and is tried again.
func permanentSMTP(err error) error {
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 500 && !strings.HasPrefix(err.Error(), "connect to ") {
		return fmt.Errorf("%w: %w", ErrPermanent, err)
	}
	return err
}

// compose writes the mail. The same message makes the same bytes.
func (c *Mail) compose(m Message) (*mail.Msg, []byte, error) {
	r, err := c.o.Form.Render(m.Content)
	if err != nil {
		return nil, nil, err
	}
	msg := mail.NewMsg()
	if err := errors.Join(msg.From(c.o.From), msg.To(c.o.To...)); err != nil {
		return nil, nil, err
	}
	msg.Subject(r.Subject)
	msg.SetMessageIDWithValue(m.Key + "@" + c.domain)
	msg.SetDateWithValue(m.Created.UTC())
	msg.SetUserAgent("percept")
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Percept-Key", m.Key)
	msg.SetGenHeader("X-Percept-Kind", string(m.Kind))
	if m.Content.Thread != "" {
		root := "<" + m.Content.Thread + ".thread@" + c.domain + ">"
		msg.SetGenHeader(mail.HeaderInReplyTo, root)
		msg.SetGenHeader(mail.HeaderReferences, root)
	}
	msg.SetBodyString(mail.TypeTextPlain, r.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, r.HTML)
	if p := m.Content.Page; p != nil && len(p.Body) > 0 {
		html, err := p.attached()
		if err != nil {
			return nil, nil, err
		}
		if err := msg.AttachReader(p.Name, bytes.NewReader(html), mail.WithFileContentType("text/html; charset=utf-8")); err != nil {
			return nil, nil, err
		}
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, nil, err
	}
	return msg, steady(b.Bytes(), m.Key), nil
}

var boundary = regexp.MustCompile(`boundary=([0-9a-f]{60})\r\n`)

// steady replaces the random boundaries of a mail by ones made of its key.
func steady(raw []byte, key string) []byte {
	for i, found := range boundary.FindAllSubmatch(raw, -1) {
		raw = bytes.ReplaceAll(raw, found[1], []byte(fmt.Sprintf("%s-part-%d", key, i)))
	}
	return raw
}

// Close implements Channel.
func (c *Mail) Close() error {
	if c.conn == nil {
		return nil
	}
	err := c.conn.Quit()
	c.conn = nil
	return err
}
