package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"percept/collector"
	"percept/collector/google"
	"percept/collector/reviews"
	"percept/collector/survey"
	"percept/collector/transport"
)

// googleConfig is the OAuth client of the user's own and where the sign-in is kept.
type googleConfig struct {
	ClientFile string `yaml:"client_file"` // as console.cloud.google.com gives it; empty: google-client.json
	TokenFile  string `yaml:"token_file"`  // empty: google-token.json
	URL        string `yaml:"url"`         // in place of the addresses of Google's interfaces
}

func (c *config) googleClient() string {
	return c.path(cmp.Or(c.Google.ClientFile, "google-client.json"))
}
func (c *config) googleToken() string { return c.path(cmp.Or(c.Google.TokenFile, "google-token.json")) }

// tokens keeps the sign-in to Google.
func (c *config) tokens(client *http.Client) (*google.Tokens, error) {
	file := c.googleClient()
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the OAuth client %s: %w; docs/sources.md says how to make one", file, reason(err))
	}
	oauth, err := google.ParseClient(data)
	if err != nil {
		return nil, fmt.Errorf("the OAuth client %s: %w", file, err)
	}
	return google.NewTokens(oauth, c.googleToken(), client, time.Now), nil
}

// direct goes out to the interfaces of the user's own accounts by the one transport.
func (c *config) direct(timeout time.Duration, log *slog.Logger) *http.Client {
	return transport.New(transport.Options{Agent: "percept", Contact: c.Web.Contact, Allow: c.Web.Allow, Direct: true, Timeout: timeout, Log: log}).Client()
}

// A platform type of source is one that a format knows; "api" is one by a format of the user's own.
func (s *sourceConfig) platform() bool {
	return s.Type == "api" || s.Type != "trustpilot_export" && reviews.BuiltIn(s.Type) != nil
}

// platformTypes are the types of source that may be written, of all formats.
func platformTypes() []string {
	return slices.DeleteFunc(reviews.Names(), func(slug string) bool {
		return slug == "trustpilot_export" || reviews.BuiltIn(slug).Refused != ""
	})
}

// label names a source in messages where no Source of it can be made.
func (s *sourceConfig) label() string {
	return cmp.Or(s.Name, s.URL, s.Path, strings.TrimSpace(s.Type+" "+s.ID))
}

func (k *checker) platformSource(at string, s *sourceConfig) {
	f := reviews.BuiltIn(s.Type)
	if s.Type == "api" {
		if s.Format == "" {
			k.wrong(at, "%s: a source of type api needs format: a file that says how the platform writes reviews", at)
			return
		}
		var err error
		s.format, err = readFormat(k.path(s.Format))
		k.take(at+".format", err)
		f = s.format
	}
	switch {
	case f == nil:
		return
	case s.Type == "api" && s.Path != "":
		k.wrong(at+".path", "a source of type api asks an interface; files have type reviews")
		return
	case s.Type == "api" && f.API.Base == "" && s.URL == "":
		k.wrong(at, "%s: neither url nor base: in the api: of its format", at)
		return
	case f.Refused != "":
		k.wrong(at+".type", "type %s: %s", s.Type, f.Refused)
		return
	case s.Path != "":
		if s.ID != "" && s.Type != "google" {
			k.wrong(at+".id", "a source has path, or id for the interface of %s, not both", f.Name)
		}
		k.reviewFiles(at, s)
		return
	case !f.Asked():
		k.wrong(at, "%s: a source of type %s needs path: an export of %s", at, s.Type, f.Name)
		return
	case s.ID == "" && f.API.ID != "":
		k.wrong(at, "%s: a source of type %s needs id: %s; or path: an export", at, s.Type, f.API.ID)
	}
	if s.Type == "google" && (s.KeyEnv+s.KeyFile != "") {
		k.wrong(at, "%s: a source of type google has no key; sign in with: percept auth google", at)
	}
	if s.Type != "google" && f.API.Key != "" && s.KeyEnv+s.KeyFile == "" {
		k.wrong(at, "%s: a source of type %s needs key_env or key_file: %s", at, s.Type, f.API.Key)
	}
	if s.URL != "" {
		k.apiAddress(at+".url", s.URL)
	}
}

// apiAddress checks an address that takes the place of a platform's own.
func (k *checker) apiAddress(at, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		k.wrong(at, "url %q: want an address such as https://api.eu.platform.example", address)
		return
	}
	if err := transport.CheckAddress(u, k.Web.Allow); err != nil {
		k.wrong(at, "url %q: %v; a host of your own may be listed as host:port under allow: of web:", address, err)
	}
}

// reviewFiles checks a source that reads files of reviews.
func (k *checker) reviewFiles(at string, s *sourceConfig) {
	if s.URL != "" {
		k.wrong(at+".url", "a source of type %s has path, not url", s.Type)
	}
	if s.Path == "" {
		k.wrong(at, "%s: a source of type %s needs path", at, s.Type)
		return
	}
	// A file that is not there is a source that fails: the others are read all the same.
	if _, err := filepath.Match(s.Path, ""); err != nil {
		k.wrong(at+".path", "path %q: %v", s.Path, err)
	}
	if o := s.Fields.Order; o != "" && o != survey.DayFirst && o != survey.MonthFirst {
		k.wrong(at+".fields.order", "order is %q, want dmy or mdy", o)
	}
}

func readFormat(file string) (*reviews.Format, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("format %s: %w", file, reason(err))
	}
	return reviews.ParseFormat(file, data)
}

// reviewSource makes the Source of a platform or of a file of reviews.
func (p *pipeline) reviewSource(owner collector.Practice, s sourceConfig) (collector.Source, error) {
	var named func(string) (string, bool)
	if owner.ID == "" {
		named = p.practiceNamed
	}
	switch {
	case s.Type == "google" && s.Path != "":
		return google.NewTakeout(google.TakeoutOptions{Path: p.cfg.path(s.Path), Name: s.Path, Location: s.ID, Practices: named})
	case s.Path != "":
		o := reviews.FileOptions{Path: p.cfg.path(s.Path), Name: s.Path, Kind: s.Type, Zone: owner.Zone, Fields: s.Fields, Practices: named}
		o.Fields.Subject = cmp.Or(s.Practice.Column, o.Fields.Subject)
		return reviews.NewFiles(o)
	}
	o := reviews.APIOptions{Format: s.format, ID: s.ID, Base: s.URL, Client: p.apiClient(), Zone: owner.Zone}
	if o.Format == nil {
		o.Format = reviews.BuiltIn(s.Type)
	}
	switch {
	case s.Type == "google":
		o.Base = cmp.Or(s.URL, p.cfg.Google.URL)
		o.Key = p.cfg.googleKey(o.Client)
	case s.KeyEnv+s.KeyFile != "":
		o.Key = func(context.Context, bool) (string, error) { return p.cfg.secret("key", s.KeyFile, s.KeyEnv) }
	}
	return reviews.NewAPI(o)
}

// apiClient is the one way out to all interfaces of a run.
func (p *pipeline) apiClient() *http.Client {
	if p.api == nil {
		p.api = p.cfg.direct(0, p.log)
	}
	return p.api
}

// googleKey reads the client and the sign-in when they are wanted: a command that asks nothing of Google
// needs neither.
func (c *config) googleKey(client *http.Client) func(context.Context, bool) (string, error) {
	var tokens *google.Tokens
	return func(ctx context.Context, renew bool) (string, error) {
		if tokens == nil {
			var err error
			if tokens, err = c.tokens(client); err != nil {
				return "", err
			}
		}
		return tokens.Key(ctx, renew)
	}
}

// examineReviews says what is made of a file of reviews, or asks a platform for its first page.
func (d *examination) examineReviews(ctx context.Context, owner collector.Practice, s sourceConfig) {
	src, err := d.reviewSource(owner, s)
	if err != nil {
		d.ill("%s: %v", s.label(), err)
		return
	}
	switch src := src.(type) {
	case *reviews.Files:
		lines, err := src.Describe(ctx)
		d.describe(ctx, src, s, lines, err)
	case *google.Takeout:
		lines, err := src.Locations(ctx)
		d.describe(ctx, src, s, lines, err)
	default:
		d.examineFirst(ctx, src, s)
	}
}

// describe shows what was decided about files, and reads them as a run would.
func (d *examination) describe(ctx context.Context, src collector.Source, s sourceConfig, lines []string, err error) {
	if err != nil {
		d.ill("%v", err)
		return
	}
	n, before := 0, d.faults
	var found rejections
	d.readPages(ctx, src, func(_ collector.Page, parsed collector.Parsed) {
		n += len(parsed.Feedback)
		found.add(parsed.Rejected, d.verbose)
	})
	if d.faults == before {
		d.well("%s: %s", s.label(), count(n, "review"))
	}
	for _, l := range lines {
		d.note(l)
	}
	d.sayRejections(s.label(), "review", found)
}

// examineFirst reads the first page of a source.
func (d *examination) examineFirst(ctx context.Context, src collector.Source, s sourceConfig) {
	for page, err := range src.Pages(ctx, collector.Query{Now: d.now}) {
		var parsed collector.Parsed
		if err == nil {
			parsed, err = src.Parse(page)
		}
		if errors.Is(err, google.ErrSignIn) {
			d.ill("%s: %v", s.label(), err)
			return
		}
		if err != nil {
			d.ill("%s: %v", s.label(), err)
			return
		}
		d.well("%s: %s on the first page", cmp.Or(s.label(), page.URL), count(len(parsed.Feedback), "review"))
		if n := parsed.Aggregate.Count; n > 0 {
			d.note(fmt.Sprintf("%s says that it has %s in all", s.Type, count(n, "review")))
		}
		return
	}
	d.ill("%s: no page", s.label())
}
