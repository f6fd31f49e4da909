package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"percept/collector"
	"percept/collector/transport"
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
// wraps transport.ErrRefused and says what to use instead.
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
	if err := transport.Denied(u.Hostname()); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	u.Fragment, u.Host = "", strings.ToLower(u.Host)
	o.URL = u.String()
	o.MaxPages = cmp.Or(o.MaxPages, 100)
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Transport == nil {
		o.Transport = transport.New(transport.Options{})
	}
	return &Source{o: o, name: "web:" + u.Host + pathAndQuery(u)}, nil
}

// pathAndQuery is what tells the lists of one host apart.
func pathAndQuery(u *url.URL) string {
	p := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		p += "?" + u.RawQuery
	}
	return p
}

// Name returns "web:", host and path, with the query where the address has one.
func (s *Source) Name() string { return s.name }

// Pages yields the pages of the list in order. Whatever keeps it from the end of the list is an error
// and ends it: a page that does not come or is a challenge, one without reviews that does not say that
// there are none, one that repeats what was seen, and the page limit.
//
// A list of several pages may move while it is read: a review that comes in on top pushes one over to
// the next page, one that goes pulls one back to a page already read. So page one is read again at the
// end, and where it has other reviews by then the list is read again from the top.
func (s *Source) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		for range maxReadings {
			first, ok := s.list(ctx, q, yield)
			if !ok || first == nil {
				return
			}
			moved, err := s.moved(ctx, q, first)
			if ctx.Err() != nil || err == nil && !moved {
				return
			}
			if err != nil {
				yield(collector.Page{URL: s.o.URL, FetchedAt: q.Now}, fmt.Errorf("web: %s, read again at the end: %w", s.o.URL, err))
				return
			}
		}
		yield(collector.Page{URL: s.o.URL, FetchedAt: q.Now}, fmt.Errorf("web: %s: the list moved each of the %d times that it was read", s.o.URL, maxReadings))
	}
}

// maxReadings is how often a list that moves is read from the top.
const maxReadings = 3

// list yields the pages of the list once. It is false where reading is over; the page is the first of
// several, nil where there was one.
func (s *Source) list(ctx context.Context, q collector.Query, yield func(collector.Page, error) bool) (*collector.Page, bool) {
	l := progress{visited: make(map[string]bool), seen: make(map[string]bool)}
	var first *collector.Page
	guessed := false
	for next := s.o.URL; next != "" && ctx.Err() == nil; {
		p, e, err := s.page(ctx, next, q, &l)
		if ctx.Err() != nil {
			return nil, false
		}
		if guessed && l.pastEnd(e, err) || !guessed && l.led(err) {
			break
		}
		if guessed && (errors.Is(err, ErrPageChanged) || errors.Is(err, errNoReviews)) {
			err = fmt.Errorf("%w; if the list had ended before, say what marks its last page with pages: {end: SELECTOR} in the profile", err)
		}
		if errors.Is(err, errNoReviews) && len(e.Notes) > 0 {
			err = fmt.Errorf("%w (%s)", err, e.Notes[0])
		}
		if errors.Is(err, errNoReviews) && s.o.Profile == nil && l.pages == 0 {
			err = fmt.Errorf("%w; a page without mark-up for reviews needs a profile, which percept extract --suggest proposes", err)
		}
		if err != nil {
			yield(collector.Page{URL: next, FetchedAt: q.Now}, fmt.Errorf("web: %s: %w", next, err))
			return nil, false
		}
		if first == nil {
			first = &p
		}
		if !yield(p, nil) {
			return nil, false
		}
		next, guessed = e.Next, e.guessed
	}
	if l.pages < 2 {
		first = nil
	}
	return first, ctx.Err() == nil
}

// moved reports whether page one has other reviews than it had.
func (s *Source) moved(ctx context.Context, q collector.Query, was *collector.Page) (bool, error) {
	p, err := s.fetch(ctx, s.o.URL, *was)
	if err != nil || p.Unchanged {
		return false, err
	}
	p.FetchedAt = q.Now
	now, err := s.extract(p)
	if err != nil {
		return false, err
	}
	before, err := s.extract(*was)
	if err != nil {
		return false, err
	}
	return !maps.Equal(keys(before.Reviews), keys(now.Reviews)), nil
}

func keys(reviews []Review) map[string]bool {
	all := make(map[string]bool, len(reviews))
	for _, r := range reviews {
		all[r.key()] = true
	}
	return all
}

// key tells reviews of one list apart.
func (r Review) key() string {
	return strings.Join([]string{r.SourceID, r.Raw, r.Author, r.Title, r.Text, r.Rating.Raw}, "\x00")
}

// progress is what a walk through a list has met.
type progress struct {
	pages   int
	visited map[string]bool // addresses
	seen    map[string]bool // reviews
	stated  int             // how many the list says it has, 0 where it does not say
}

func (s *Source) page(ctx context.Context, address string, q collector.Query, l *progress) (collector.Page, Extraction, error) {
	if l.pages == s.o.MaxPages {
		return collector.Page{}, Extraction{}, fmt.Errorf("page limit reached: %d pages read, and the list goes on", l.pages)
	}
	if l.visited[address] {
		return collector.Page{}, Extraction{}, errLeadsBack
	}
	l.visited[address] = true
	var known collector.Page
	if q.Last != nil {
		var err error
		if known, err = q.Last(ctx, address); err != nil {
			return known, Extraction{}, err
		}
	}
	p, err := s.fetch(ctx, address, known)
	if err != nil {
		return p, Extraction{}, err
	}
	if !p.Unchanged {
		p.FetchedAt = q.Now
	}
	l.visited[p.URL] = true
	e, err := s.extract(p)
	if err == nil {
		err = l.judge(e, p.Body)
	} else if asksForHuman(string(p.Body)) {
		err = errChallenge
	}
	if err == nil {
		l.pages++
	}
	return p, e, err
}

var (
	errChallenge = errors.New("the page asks for a person (captcha or robot check) instead of showing reviews")
	errNoReviews = errors.New("no reviews found, and nothing on the page says that there are none")
	errRepeats   = errors.New("the page has no review that earlier pages did not have")
	errLeadsBack = errors.New("the list leads back to a page already read")
)

// judge reports why a page cannot be what was asked for, and notes what it adds.
func (l *progress) judge(e Extraction, body []byte) error {
	l.stated = max(l.stated, e.Aggregate.Count)
	met := len(e.Reviews) + len(e.Rejected) + e.Empty
	switch {
	case met > 0:
	case e.Aggregate.Count == 0 && e.zero:
		return nil
	case asksForHuman(string(body)):
		return errChallenge
	case e.Partial != "" || e.Aggregate.Count > 0:
		return errors.New(e.None())
	default:
		return errNoReviews
	}
	fresh := 0
	for _, r := range e.Reviews {
		if key := r.key(); !l.seen[key] {
			l.seen[key] = true
			fresh++
		}
	}
	if fresh == 0 && len(e.Reviews) > 0 && l.pages > 0 {
		return errRepeats
	}
	return nil
}

// pastEnd reports whether a page that was asked for by number, without a link to it, is the one after
// the last: it is not there, repeats what was read, or has no reviews where it says so or where as many
// were read as the list states. A page that is only empty may as well be one in a new layout.
func (l *progress) pastEnd(e Extraction, err error) bool {
	var status statusError
	switch {
	case errors.As(err, &status):
		return status == http.StatusNotFound || status == http.StatusGone
	case errors.Is(err, errChallenge):
		return false
	case len(e.Reviews)+len(e.Rejected)+e.Empty == 0 && (err == nil || e.parsed):
		return e.zero || l.stated > 0 && len(l.seen) >= l.stated
	}
	return errors.Is(err, errRepeats)
}

// led reports whether a link that leads back, or to what was read before, stands on the last page: as many reviews
// were read as the list states. Where it states no number, the pages between may be hidden behind it.
func (l *progress) led(err error) bool {
	return (errors.Is(err, errLeadsBack) || errors.Is(err, errRepeats)) && l.stated > 0 && len(l.seen) >= l.stated
}

// Parse reads the reviews out of a page that Pages yielded.
func (s *Source) Parse(p collector.Page) (collector.Parsed, error) {
	e, err := s.extract(p)
	if err != nil {
		return collector.Parsed{}, fmt.Errorf("web: parse %s: %w", p.URL, err)
	}
	out := collector.Parsed{
		Duplicates: e.Duplicates, Empty: e.Empty, Rejected: e.Rejected,
		Aggregate: e.Aggregate, Next: e.Next, Partial: e.Partial,
	}
	out.Notes = slices.DeleteFunc(slices.Clone(e.Notes), func(n string) bool { return n == e.Partial }) // said by the run
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
		e.Notes = append(e.Notes, fmt.Sprintf("%s of %s left out", collector.Plural(len(e.Reviews)-len(kept), "review"), strings.Join(names, ", ")))
	case s.o.Subject == "" && len(names) > 1:
		e.Notes = append(e.Notes, fmt.Sprintf("one page has reviews of %s: set subject to keep those of one", strings.Join(names, ", ")))
	}
	e.Reviews = kept
	countTwins(e.Reviews) // reviews of others must not move the count
	return e, nil
}
