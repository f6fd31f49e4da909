package main

import (
	"cmp"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
	"percept/reports"
	"percept/reports/alert"
)

// secret reads what stands in a file or a variable; both empty is no secret.
func (c *config) secret(what, file, variable string) (string, error) {
	switch {
	case file != "":
		data, err := os.ReadFile(c.path(file))
		if err != nil {
			return "", fmt.Errorf("%s_file %s: %w", what, c.path(file), reason(err))
		}
		return strings.TrimSpace(string(data)), nil
	case variable != "":
		s := os.Getenv(variable)
		if s == "" {
			return "", fmt.Errorf("%s_env: the variable %s is not set", what, variable)
		}
		return s, nil
	}
	return "", nil
}

// way tells where a receiver's messages go: it changes when the config of the receiver does. It is a hash,
// since an address may hold a token.
func (c *config) way(r receiverConfig) string {
	address, err := c.secret("url", r.URLFile, r.URLEnv)
	if err != nil {
		return "" // channel says it
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{r.Type, r.URL, address, r.Host, strconv.Itoa(r.Port), r.Security, r.User, r.From, strings.Join(r.To, ","), r.Path}))
	return hex.EncodeToString(sum[:8])
}

// channel makes the way to a receiver.
func (c *config) channel(r receiverConfig, client *http.Client) (alert.Channel, error) {
	switch r.Type {
	case "mail":
		return c.mail(r)
	case "folder":
		return alert.Folder{Dir: c.path(r.Path)}, nil
	}
	address := r.URL
	if address == "" {
		var err error
		if address, err = c.secret("url", r.URLFile, r.URLEnv); err != nil {
			return nil, err
		}
		if err := c.checkHook(address); err != nil {
			return nil, fmt.Errorf("its address: %w", err)
		}
	}
	o := alert.HookOptions{URL: address, Body: alert.Payload, Form: c.Alerts.form, Client: client, Now: time.Now}
	switch r.Type {
	case "slack":
		o.Body = alert.Slack
	case "teams":
		o.Body = alert.Teams
	}
	secret, err := c.secret("secret", r.SecretFile, r.SecretEnv)
	if err != nil || secret == "" {
		return alert.NewHook(o), err
	}
	if o.Secret, err = alert.ParseSecret(secret); err != nil {
		return nil, err
	}
	return alert.NewHook(o), nil
}

func (c *config) mail(r receiverConfig) (*alert.Mail, error) {
	password, err := c.secret("password", r.PasswordFile, r.PasswordEnv)
	if err != nil {
		return nil, err
	}
	o := alert.MailOptions{Host: r.Host, Port: r.Port, Security: r.Security, User: r.User, Password: password, From: r.From, To: r.To, Form: c.Alerts.form}
	if r.CA != "" {
		pem, err := os.ReadFile(c.path(r.CA))
		if err != nil {
			return nil, fmt.Errorf("ca %s: %w", c.path(r.CA), reason(err))
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("ca %s: no certificate in it", c.path(r.CA))
		}
		o.TLS = &tls.Config{ServerName: r.Host, RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return alert.NewMail(o)
}

// alertClient goes out to receivers by the one transport.
func (c *config) alertClient() *http.Client {
	return c.direct(20*time.Second, nil)
}

// receivers are those that get something, as Due and the weekly mail see them.
func (c *config) receivers(what string) []alert.Receiver {
	var all []alert.Receiver
	for _, r := range c.Alerts.Receivers {
		if !r.gets(what) {
			continue
		}
		out := alert.Receiver{Name: r.Name, Practices: r.Practices, Zone: c.zone, Budget: defaultBudget, Quiet: c.Alerts.Quiet, Digest: defaultDigest, Language: foreign(c.Language)}
		if c.Alerts.Digest != nil {
			out.Digest = *c.Alerts.Digest
		}
		if c.Alerts.Budget != nil {
			out.Budget = *c.Alerts.Budget
		}
		if r.Budget != nil {
			out.Budget = *r.Budget
		}
		if len(r.Practices) == 1 {
			out.Language = foreign(c.languageOf(r.Practices[0]))
			for _, p := range c.practices() {
				if p.ID == r.Practices[0] {
					out.Zone = p.Zone
				}
			}
		}
		if cmp.Or(r.Audience, c.Audience) != "internal" {
			out.Mask = reports.MaskedIn(out.Language)
		}
		all = append(all, out)
	}
	return all
}

// alertSettings are the config's alerts as Due takes them.
func (c *config) alertSettings() alert.Settings {
	set := alert.Settings{Rules: c.Alerts.Rules, Receivers: c.receivers("alerts")}
	if len(set.Rules) == 0 {
		set.Rules = alert.DefaultRules()
	}
	set.Owner, set.Zone, set.SourceName = c.Alerts.Owners[analysis.General], c.zone, collector.SourceLabel
	for _, p := range c.practices() {
		set.Practices = append(set.Practices, alert.Practice{ID: p.ID, Name: p.Name, Zone: p.Zone, Owner: c.ownerOf(p.ID)})
	}
	return set
}
