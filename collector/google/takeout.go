package google

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"percept/collector"
	"percept/collector/reviews"
)

// TakeoutOptions say which export is read.
type TakeoutOptions struct {
	// Path is a zip that takeout.google.com made, or a folder that one was unpacked into; a pattern
	// names several, which count as one. Name is how the config writes it.
	Path, Name string
	// Location is the one that is the practice, by number or by name; empty where there is only one.
	Location string
	// Practices finds the practice of a location, by number or by name. Nil where all is of one practice.
	Practices func(location string) (id string, ok bool)
}

// A Takeout reads the export of a Business Profile. It implements collector.Source. An export is of one
// day: it says nothing of what is gone.
type Takeout struct{ o TakeoutOptions }

var _ collector.Source = (*Takeout)(nil)

// NewTakeout returns the Source of an export.
func NewTakeout(o TakeoutOptions) (*Takeout, error) {
	if _, err := filepath.Match(o.Path, ""); err != nil || o.Path == "" {
		return nil, fmt.Errorf("google: path %q is no file and no pattern", o.Path)
	}
	if o.Name == "" {
		o.Name = o.Path
	}
	o.Location = o.Location[strings.LastIndexByte(o.Location, '/')+1:]
	return &Takeout{o}, nil
}

// Name is "google", as that of the interface is: what an export brought is known to it.
func (*Takeout) Name() string { return "google" }

// A place is what is kept with the pages of one location.
type place struct {
	Location string `json:"location"`
	Listing  string `json:"listing,omitempty"` // its name
}

func (p place) String() string {
	if p.Listing == "" {
		return "location " + p.Location
	}
	return fmt.Sprintf("location %s (%s)", p.Location, p.Listing)
}

func (p place) is(name string) bool {
	return p.Location == name || p.Listing != "" && strings.EqualFold(strings.TrimSpace(p.Listing), strings.TrimSpace(name))
}

// pageReviews is how many reviews make a page.
const pageReviews = 1000

// Pages yields the reviews of the export, location by location.
func (s *Takeout) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		found, err := s.read(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			yield(collector.Page{}, fmt.Errorf("%s: %w", s.o.Name, err))
			return
		}
		for _, at := range found.places {
			layout, err := json.Marshal(at)
			if err != nil {
				yield(collector.Page{}, err)
				return
			}
			all := found.of(at.Location)
			for part := 0; part == 0 || part*pageReviews < len(all); part++ {
				some := all[part*pageReviews : min((part+1)*pageReviews, len(all))]
				body, err := json.Marshal(map[string]any{"reviews": some})
				if err != nil {
					yield(collector.Page{}, err)
					return
				}
				p := collector.Page{URL: s.o.Name + "/locations/" + at.Location, Part: part, FetchedAt: q.Now, ContentType: "application/json", Body: body, Layout: layout}
				if ctx.Err() != nil || !yield(p, nil) {
					return
				}
			}
		}
	}
}

// read reads the export and keeps the locations that are asked for.
func (s *Takeout) read(ctx context.Context) (*export, error) {
	paths, err := files(s.o.Path)
	if err != nil {
		return nil, err
	}
	found := &export{reviews: make(map[string]map[string]item), listings: make(map[string]string)}
	for _, path := range paths {
		if err := found.read(ctx, path); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
	}
	var names []string
	for _, location := range slices.Sorted(maps.Keys(found.reviews)) {
		at := place{location, found.listings[location]}
		names = append(names, at.String())
		if s.o.Location == "" || at.is(s.o.Location) {
			found.places = append(found.places, at)
		}
	}
	switch {
	case len(names) == 0 && found.written:
		return nil, errors.New("it holds reviews that the account wrote about others, and none of the practice; choose Google Business Profile at takeout.google.com")
	case len(names) == 0:
		return nil, errors.New("no reviews of a Business Profile in it; was Google Business Profile chosen at takeout.google.com, as JSON?")
	case len(found.places) == 0:
		return nil, fmt.Errorf("location %s is not in it; there are %s", s.o.Location, strings.Join(names, ", "))
	case len(found.places) > 1 && s.o.Practices == nil:
		return nil, fmt.Errorf("it has several locations, %s: say with id: which one is the practice", strings.Join(names, ", "))
	}
	return found, nil
}

// Locations names the locations of the export, for people.
func (s *Takeout) Locations(ctx context.Context) ([]string, error) {
	found, err := s.read(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.o.Name, err)
	}
	var names []string
	for _, at := range found.places {
		names = append(names, fmt.Sprintf("%s: %s", at, collector.Plural(len(found.reviews[at.Location]), "review")))
	}
	return names, nil
}

// Parse reads the reviews out of a page that Pages yielded.
func (s *Takeout) Parse(p collector.Page) (collector.Parsed, error) {
	var at place
	if err := json.Unmarshal(p.Layout, &at); err != nil {
		return collector.Parsed{}, fmt.Errorf("parse %s: its layout: %w", p.URL, err)
	}
	out, err := reviews.BuiltIn("google").Parse(p, reviews.ParseOptions{Zone: time.UTC})
	if err != nil || s.o.Practices == nil {
		return out, err
	}
	id, ok := s.o.Practices(at.Location)
	if !ok {
		id, ok = s.o.Practices(at.Listing)
	}
	if !ok {
		return collector.Parsed{Notes: []string{fmt.Sprintf("%s of %s left out: no practice has that name or id", collector.Plural(out.Rows, "review"), at)}}, nil
	}
	for i := range out.Feedback {
		out.Feedback[i].Practice = id
	}
	return out, nil
}
