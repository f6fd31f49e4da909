package main

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"percept/analysis"
	"percept/collector/transport"
	"percept/collector/yamlfile"
	"percept/reports/alert"
)

// alertsConfig says what needs a person, and who is told of it, how.
type alertsConfig struct {
	Receivers []receiverConfig  `yaml:"receivers"`
	Rules     []alert.Rule      `yaml:"rules"`
	Budget    *int              `yaml:"budget"` // interruptions a week and receiver; not set: 5
	Quiet     alert.Quiet       `yaml:"quiet"`
	Digest    *alert.Clock      `yaml:"digest"` // not set: 07:30
	Owners    map[string]string `yaml:"owners"` // who acts on a touchpoint; "general" for all others
	Subject   string            `yaml:"subject"`
	Text      string            `yaml:"text"`

	form alert.Form
}

// A receiverConfig is one receiver. Its secrets stand in files or variables, never here.
type receiverConfig struct {
	Name      string   `yaml:"name,required"`
	Type      string   `yaml:"type"`
	Practices []string `yaml:"practices"` // that it hears of; empty: all
	Gets      []string `yaml:"gets"`      // alerts, weekly, portfolio; empty: alerts
	Audience  string   `yaml:"audience"`  // empty: that of the config
	Budget    *int     `yaml:"budget"`

	From         string   `yaml:"from"` // mail
	To           []string `yaml:"to"`
	Host         string   `yaml:"host"`
	Port         int      `yaml:"port"`
	Security     string   `yaml:"security"`
	CA           string   `yaml:"ca"` // a file of certificates to trust beside the machine's own
	User         string   `yaml:"user"`
	PasswordFile string   `yaml:"password_file"`
	PasswordEnv  string   `yaml:"password_env"`

	URL        string `yaml:"url"` // webhook, slack, teams
	URLFile    string `yaml:"url_file"`
	URLEnv     string `yaml:"url_env"`
	SecretFile string `yaml:"secret_file"`
	SecretEnv  string `yaml:"secret_env"`

	Path string `yaml:"path"` // folder
}

var (
	receiverTypes = []string{"mail", "webhook", "slack", "teams", "folder"}
	receiverGets  = []string{"alerts", "weekly", "portfolio"}
)

const (
	defaultBudget = 5
	defaultDigest = alert.Clock(7*60 + 30)
)

func (r *receiverConfig) gets(what string) bool {
	if len(r.Gets) == 0 {
		return what == "alerts"
	}
	return slices.Contains(r.Gets, what)
}

// alerts checks the alerts of a config.
func (k *checker) alerts() {
	a := &k.Alerts
	if a.Budget != nil && *a.Budget < 0 {
		k.wrong("alerts.budget", "alerts.budget is %d, want 0 or more interruptions a week", *a.Budget)
	}
	var err error
	if a.form, err = alert.NewForm(a.Subject, a.Text, k.phrases()...); err != nil {
		k.wrong("alerts", "alerts: %v", err)
	}
	k.owners("alerts.owners", a.Owners)
	for i := range k.Practices {
		k.owners(fmt.Sprintf("practices[%d].owners", i), k.Practices[i].Owners)
		k.owners(fmt.Sprintf("practices[%d].efforts", i), k.Practices[i].Efforts)
	}
	names := map[string]bool{}
	for i, r := range a.Rules {
		at := fmt.Sprintf("alerts.rules[%d]", i)
		if err := r.Check(); err != nil {
			k.wrong(at, "%s: %v", at, err)
		}
		if names[r.Name] {
			k.wrong(at+".name", "name %q is taken by another rule", r.Name)
		}
		names[r.Name] = true
		k.knownTouchpoint(at+".touchpoint", r.Touchpoint)
	}
	clear(names)
	for i := range a.Receivers {
		r := &a.Receivers[i]
		at := fmt.Sprintf("alerts.receivers[%d]", i)
		if !practiceID.MatchString(r.Name) && r.Name != "" {
			k.wrong(at+".name", "name %q: want small letters, digits, - and _, at most 64", r.Name)
		}
		if names[r.Name] {
			k.wrong(at+".name", "name %q is taken by another receiver", r.Name)
		}
		names[r.Name] = true
		k.receiver(at, r)
	}
}

func (k *checker) owners(at string, owners map[string]string) {
	for touchpoint := range owners {
		k.knownTouchpoint(at, touchpoint)
	}
}

func (k *checker) knownTouchpoint(at, touchpoint string) {
	if touchpoint == "" || touchpoint == analysis.General || len(k.taxonomies) == 0 {
		return
	}
	var known []string
	for _, t := range k.taxonomies {
		for _, tp := range t.Touchpoints {
			known = append(known, tp.ID)
		}
	}
	if !slices.Contains(known, touchpoint) {
		k.wrong(at, "touchpoint %q is in no taxonomy of this config%s", touchpoint, yamlfile.DidYouMean(touchpoint, known))
	}
}

func (k *checker) receiver(at string, r *receiverConfig) {
	for i, id := range r.Practices {
		if !slices.ContainsFunc(k.Practices, func(p practiceConfig) bool { return p.ID == id }) {
			k.wrong(fmt.Sprintf("%s.practices[%d]", at, i), "practice %q is not in this config", id)
		}
	}
	for i, g := range r.Gets {
		if !slices.Contains(receiverGets, g) {
			k.wrong(fmt.Sprintf("%s.gets[%d]", at, i), "gets %q is not known%s", g, yamlfile.DidYouMean(g, receiverGets))
		}
	}
	if r.Audience != "" && r.Audience != "shared" && r.Audience != "internal" {
		k.wrong(at+".audience", "audience is %q, want shared or internal", r.Audience)
	}
	if r.Budget != nil && *r.Budget < 0 {
		k.wrong(at+".budget", "budget is %d, want 0 or more interruptions a week", *r.Budget)
	}
	switch r.Type {
	case "mail":
		k.mailReceiver(at, r)
	case "webhook", "slack", "teams":
		k.hookReceiver(at, r)
	case "folder":
		if r.Path == "" {
			k.wrong(at, "%s: a folder needs path", at)
		}
	case "":
		k.wrong(at, "%s: no type; want %s", at, strings.Join(receiverTypes, ", "))
	default:
		k.wrong(at+".type", "type %q is not known%s", r.Type, yamlfile.DidYouMean(r.Type, receiverTypes))
	}
}

func (k *checker) mailReceiver(at string, r *receiverConfig) {
	if _, err := mail.ParseAddress(r.From); err != nil {
		k.wrong(at+".from", "%s: from %q: want an address such as percept@practice.example", at, r.From)
	}
	if len(r.To) == 0 {
		k.wrong(at, "%s: mail needs to: [address]", at)
	}
	for i, to := range r.To {
		if _, err := mail.ParseAddress(to); err != nil {
			k.wrong(fmt.Sprintf("%s.to[%d]", at, i), "to %q is no address", to)
		}
	}
	r.Security = cmp.Or(r.Security, "starttls")
	ports := map[string]int{"starttls": 587, "tls": 465, "none": 25}
	if ports[r.Security] == 0 {
		k.wrong(at+".security", "security is %q, want starttls, tls or none", r.Security)
	}
	if r.Port == 0 {
		r.Port = ports[r.Security]
	}
	if r.Port < 0 || r.Port > 65535 {
		k.wrong(at+".port", "port is %d, want 1 to 65535", r.Port)
	}
	if r.Host == "" {
		k.wrong(at, "%s: mail needs host, the name of the mail server", at)
	}
	if r.Security == "none" && r.User != "" && !loopbackHost(r.Host) {
		k.wrong(at+".security", "security none would send the password in the clear; use starttls or tls")
	}
	if r.User == "" && r.PasswordFile+r.PasswordEnv != "" || r.User != "" && r.PasswordFile+r.PasswordEnv == "" {
		k.wrong(at, "%s: user and password_file or password_env go together", at)
	}
}

func loopbackHost(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (k *checker) hookReceiver(at string, r *receiverConfig) {
	given := 0
	for _, s := range []string{r.URL, r.URLFile, r.URLEnv} {
		if s != "" {
			given++
		}
	}
	if given != 1 {
		k.wrong(at, "%s: %s needs one of url, url_file and url_env; an address that holds a token belongs in a file or a variable", at, r.Type)
	}
	if r.URL != "" {
		if err := k.checkHook(r.URL); err != nil {
			k.wrong(at+".url", "url: %v", err)
		}
	}
}

// checkHook says what is wrong with the address of a receiver. It names no more of it than the host.
func (c *config) checkHook(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("want an address such as https://hooks.example/percept")
	case u.User != nil:
		return errors.New("a user name or password may not stand in an address")
	}
	if err := transport.CheckAddress(u, c.Web.Allow); err != nil {
		return fmt.Errorf("%w; a host of your own may be listed as host:port under allow: of the section web", err)
	}
	if u.Scheme == "http" && !loopbackHost(u.Hostname()) && !slices.Contains(c.Web.Allow, u.Host) {
		return errors.New("http would send customers' words in the clear; use https")
	}
	return nil
}
