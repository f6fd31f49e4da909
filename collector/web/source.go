package web

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"

	"percept/collector"
)

// Options say where a list of reviews is and how to read it.
type Options struct {
	// URL is the first page of the list.
	URL string
	// Profile is for pages without mark-up; nil without one.
	Profile *Profile
	// Subject, where one page has reviews of several things, is the one that is the practice.
	Subject string
	// Zone is the practice's; nil is UTC.
	Zone *time.Location
	// Transport is the way out, shared by all sources of a run so that hosts are not asked too often;
	// nil is a NewTransport of the defaults.
	Transport http.RoundTripper
	// MaxPages bounds the list; 0 is 100.
	MaxPages int
}

// A Source reads one list of reviews on public pages. It implements collector.Source.
type Source struct {
	o    Options
	name string
}

// New checks the address and returns its Source. The error of an operator who forbids collecting
// wraps ErrRefused and says what to use instead.
func New(o Options) (*Source, error) {
	u, err := url.Parse(strings.TrimSpace(o.URL))
	switch {
	case err != nil:
		return nil, errors.New("web: address cannot be read")
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, fmt.Errorf("web: %q is no http or https address", u.Redacted())
	case u.User != nil:
		return nil, fmt.Errorf("web: address of %s carries a name or password", u.Host)
	}
	if err := Denied(u.Hostname()); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	u.Fragment, u.Host = "", strings.ToLower(u.Host)
	o.URL = u.String()
	o.MaxPages = or(o.MaxPages, 100)
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Transport == nil {
		o.Transport = NewTransport(TransportOptions{})
	}
	return &Source{o: o, name: "web:" + u.Host + pathAndQuery(u)}, nil
}

// Name returns "web:", host and path, with the query where the address has one.
func (s *Source) Name() string { return s.name }

// Pages yields the pages of the list in order. Whatever keeps it from the end of the list is an error
// and ends it: a page that does not come or is a challenge, one without reviews that does not say that
// there are none, one that repeats what was seen, and the page limit.
func (s *Source) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		list := progress{visited: make(map[string]bool), seen: make(map[string]bool)}
		for next := s.o.URL; next != "" && ctx.Err() == nil; {
			p, e, err := s.page(ctx, next, q, &list)
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(collector.Page{URL: next, FetchedAt: q.Now}, fmt.Errorf("web: %s: %w", next, err))
				return
			}
			if !yield(p, nil) {
				return
			}
			next = e.Next
		}
	}
}

// progress is what a walk through a list has met.
type progress struct {
	pages   int
	visited map[string]bool // addresses
	seen    map[string]bool // reviews
}

func (s *Source) page(ctx context.Context, address string, q collector.Query, l *progress) (collector.Page, Extraction, error) {
	if l.pages == s.o.MaxPages {
		return collector.Page{}, Extraction{}, fmt.Errorf("page limit reached: %d pages read, and the list goes on", l.pages)
	}
	if l.visited[address] {
		return collector.Page{}, Extraction{}, errors.New("the list leads back to a page already read")
	}
	l.visited[address] = true
	p, err := s.fetch(ctx, address)
	if err != nil {
		return p, Extraction{}, err
	}
	p.FetchedAt = q.Now
	l.visited[p.URL] = true
	e, err := s.extract(p)
	if err == nil {
		err = l.judge(e, p.Body)
	} else if asksForHuman(string(p.Body)) {
		err = errChallenge
	}
	l.pages++
	return p, e, err
}

var errChallenge = errors.New("the page asks for a person (captcha or robot check) instead of showing reviews")

// judge reports why a page cannot be what was asked for, and notes what it adds.
func (l *progress) judge(e Extraction, body []byte) error {
	met := len(e.Reviews) + len(e.Rejected) + e.Empty
	switch {
	case met > 0:
	case e.Aggregate.Count == 0 && e.zero:
		return nil
	case asksForHuman(string(body)):
		return errChallenge
	case e.Aggregate.Count > 0:
		return fmt.Errorf("no reviews found, though the page states %d", e.Aggregate.Count)
	default:
		return errors.New("no reviews found, and nothing on the page says that there are none")
	}
	fresh := 0
	for _, r := range e.Reviews {
		key := strings.Join([]string{r.SourceID, r.Raw, r.Author, r.Title, r.Text, r.Rating.Raw}, "\x00")
		if !l.seen[key] {
			l.seen[key] = true
			fresh++
		}
	}
	if fresh == 0 && len(e.Reviews) > 0 && l.pages > 0 {
		return errors.New("the page has no review that earlier pages did not have")
	}
	return nil
}

// Parse reads the reviews out of a page that Pages yielded.
func (s *Source) Parse(p collector.Page) (collector.Parsed, error) {
	e, err := s.extract(p)
	if err != nil {
		return collector.Parsed{}, fmt.Errorf("web: parse %s: %w", p.URL, err)
	}
	out := collector.Parsed{
		Duplicates: e.Duplicates, Empty: e.Empty, Rejected: e.Rejected, Notes: e.Notes,
		Aggregate: e.Aggregate, Next: e.Next,
	}
	for _, r := range e.Reviews {
		out.Feedback = append(out.Feedback, r.Feedback)
	}
	out.Rows = len(out.Feedback) + out.Duplicates + out.Empty + len(out.Rejected)
	return out, nil
}

// extract reads the page and keeps the reviews of the practice.
func (s *Source) extract(p collector.Page) (Extraction, error) {
	e, err := Extract(p.Body, ExtractOptions{URL: p.URL, AsOf: p.FetchedAt, Zone: s.o.Zone, Profile: s.o.Profile})
	if err != nil {
		return e, err
	}
	var kept []Review
	others := make(map[string]bool)
	var names []string
	for _, r := range e.Reviews {
		if s.o.Subject == "" || r.Subject == "" || letters(r.Subject) == letters(s.o.Subject) {
			kept = append(kept, r)
		}
		if r.Subject != "" && !others[r.Subject] && letters(r.Subject) != letters(s.o.Subject) {
			others[r.Subject] = true
			names = append(names, r.Subject)
		}
	}
	switch {
	case s.o.Subject != "" && len(names) > 0:
		e.Notes = append(e.Notes, fmt.Sprintf("%d reviews of %s left out", len(e.Reviews)-len(kept), strings.Join(names, ", ")))
	case s.o.Subject == "" && len(names) > 1:
		e.Notes = append(e.Notes, fmt.Sprintf("one page has reviews of %s: set subject to keep those of one", strings.Join(names, ", ")))
	}
	e.Reviews = kept
	countTwins(e.Reviews) // reviews of others must not move the count
	return e, nil
}
