package reviews

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"time"

	"percept/collector"
)

// APIOptions say which platform is asked, for whom and by what way.
type APIOptions struct {
	Format *Format
	// ID is the practice's at the platform; Format.API.ID says what that is.
	ID string
	// Base replaces that of the format: another data centre, or a server of one's own.
	Base string
	// Key gives what the platform knows the practice by. With renew set, the key before was not accepted
	// and a fresh one is wanted. Nil where the platform wants none.
	Key func(ctx context.Context, renew bool) (string, error)
	// Client goes out by the one transport. Redirects are not followed: a key is for its own host.
	Client *http.Client
	Zone   *time.Location // of times that state none; nil is UTC
	// MaxPages bounds the list; 0 is 1,000.
	MaxPages int
}

// An APISource asks a platform for its list of reviews. It implements collector.Source.
type APISource struct {
	o       APIOptions
	address string // of the list, without page and key
	client  *http.Client
}

var _ collector.Source = (*APISource)(nil)

var validID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:@-]*(?:/[A-Za-z0-9][A-Za-z0-9._:@-]*)*$`)

// NewAPI returns the Source of a platform's interface. It refuses what no answer could mend.
func NewAPI(o APIOptions) (*APISource, error) {
	f := o.Format
	switch {
	case f.Refused != "":
		return nil, errors.New(f.Refused)
	case !f.Asked():
		return nil, fmt.Errorf("%s has no interface to ask; name a file under path", f.Name)
	case o.ID == "" && f.API.ID != "":
		return nil, fmt.Errorf("%s needs id: %s", f.Name, f.API.ID)
	case o.ID != "" && (!validID.MatchString(o.ID) || strings.Contains(o.ID, "..")):
		return nil, fmt.Errorf("id %q: want %s", o.ID, cmp.Or(f.API.ID, "letters and digits"))
	case o.Key == nil && f.API.Key != "":
		return nil, fmt.Errorf("%s needs a key: %s", f.Name, f.API.Key)
	}
	if o.MaxPages <= 0 {
		o.MaxPages = 1_000
	}
	s := &APISource{o: o}
	s.address = s.at(f.API.Path)
	client := *o.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.client = &client
	return s, nil
}

// at is the address of a path of the interface.
func (s *APISource) at(path string) string {
	return strings.TrimSuffix(cmp.Or(s.o.Base, s.o.Format.API.Base), "/") + strings.ReplaceAll(path, "{id}", s.o.ID)
}

// Name is the platform's in config.
func (s *APISource) Name() string { return s.o.Format.slug }

// Pages yields the answers of the list in order, without what tells who a person is. Whatever keeps it
// from the end of the list is an error and ends it. A list of several pages that moved while it was
// read, as its first page shows when it is asked for again, is read again from the top.
func (s *APISource) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		for range maxReadings {
			first, ok := s.list(ctx, q, yield)
			if !ok || first == nil {
				return
			}
			again, err := s.ask(ctx, "")
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(collector.Page{}, fmt.Errorf("%s: the first page, read again at the end: %w", s.Name(), err))
				return
			}
			if items, _ := s.o.Format.items(again); maps.Equal(first, s.keys(items)) {
				return
			}
		}
		yield(collector.Page{}, fmt.Errorf("%s: the list moved each of the %d times that it was read", s.Name(), maxReadings))
	}
}

// maxReadings is how often a list that moves is read from the top.
const maxReadings = 3

// list yields the pages of the list once. It is false where reading is over; the keys are those of the
// first of several pages, nil where there was one.
func (s *APISource) list(ctx context.Context, q collector.Query, yield func(collector.Page, error) bool) (first map[string]bool, ok bool) {
	w := walk{paging: &s.o.Format.API.Page, seen: make(map[string]bool)}
	for at, more := "", true; more; w.pages++ {
		doc, err := s.page(ctx, at, &w)
		if ctx.Err() != nil {
			return nil, false
		}
		if err != nil {
			yield(collector.Page{}, fmt.Errorf("%s: page %d: %w", s.Name(), w.pages+1, err))
			return nil, false
		}
		if w.pages == 0 {
			first = maps.Clone(w.seen)
		}
		if at, more = w.next(s.o.Format, doc); w.items == 0 && w.pages > 0 {
			continue // the page behind the last
		}
		body, err := encode(scrub(s.kept(doc)))
		if err != nil {
			yield(collector.Page{}, err)
			return nil, false
		}
		p := collector.Page{URL: s.address, Part: w.pages, FetchedAt: q.Now, ContentType: "application/json", Body: body}
		if more {
			if p.Rest, err = s.rest(ctx, p, q, &w); err != nil {
				yield(collector.Page{}, err)
				return nil, false
			}
		}
		if !yield(p, nil) {
			return nil, false
		}
		if p.Rest > 0 {
			return nil, true
		}
	}
	if w.pages < 2 {
		first = nil
	}
	return first, ctx.Err() == nil
}

// rest is how many reviews behind page p stand as they are kept, where all do: nothing on it is new or
// changed, nor can be behind it, and no more of the source stand than it has. It is 0 where the list has
// to be read on.
func (s *APISource) rest(ctx context.Context, p collector.Page, q collector.Query, w *walk) (int, error) {
	if !s.o.Format.API.Newest || q.Known == nil {
		return 0, nil
	}
	parsed, err := s.Parse(p)
	if err != nil || len(parsed.Feedback) < w.items {
		return 0, nil //nolint:nilerr // the loop parses it again, and says so
	}
	unchanged, standing, err := q.Known(ctx, parsed.Feedback)
	if err != nil || unchanged < w.items || standing != parsed.Aggregate.Count {
		return 0, err
	}
	return max(0, standing-len(w.seen)), nil
}

// kept is what of an answer may be kept.
func (s *APISource) kept(doc any) any {
	f := s.o.Format
	if !f.Counts {
		f.forget(s.o.ID, doc)
		return doc
	}
	return map[string]any{"total": f.Total.string(doc), "rating": f.Average.string(doc)}
}

// page asks for a page and adds what it holds to the walk.
func (s *APISource) page(ctx context.Context, at string, w *walk) (any, error) {
	if w.pages == s.o.MaxPages {
		return nil, fmt.Errorf("%d pages read, and the list goes on: that is the limit", w.pages)
	}
	doc, err := s.ask(ctx, at)
	if err != nil {
		return nil, err
	}
	items, ok := s.o.Format.items(doc)
	if !ok {
		return nil, fmt.Errorf("no list where %s has it: has the interface changed?", s.o.Format.Name)
	}
	w.items = len(items)
	fresh := 0
	for k := range s.keys(items) {
		if !w.seen[k] {
			w.seen[k] = true
			fresh++
		}
	}
	if fresh == 0 && len(items) > 0 && w.pages > 0 {
		return nil, errors.New("it has nothing that earlier pages did not have")
	}
	return doc, nil
}

// keys tell the items of a list apart: by their ids, else by all that they hold.
func (s *APISource) keys(items []any) map[string]bool {
	keys := make(map[string]bool, len(items))
	for _, item := range items {
		k := s.o.Format.ID.string(item)
		if k == "" {
			b, _ := encode(item) //nolint:errcheck // it was decoded
			k = string(b)
		}
		keys[k] = true
	}
	return keys
}

// Parse reads the reviews out of a page that Pages yielded.
func (s *APISource) Parse(p collector.Page) (collector.Parsed, error) {
	return s.o.Format.Parse(p, ParseOptions{Zone: s.o.Zone, ID: s.o.ID})
}
