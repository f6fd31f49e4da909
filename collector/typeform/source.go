package typeform

import (
	"context"
	_ "embed" // the format
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"sync"

	"percept/collector"
	"percept/collector/reviews"
	"percept/collector/survey"
)

// Options say which form is asked for, by what way, and how its answers are read.
type Options struct {
	// Form is the id of the form.
	Form string
	// Base replaces Typeform's address: https://api.eu.typeform.com for accounts whose data is kept in Europe.
	Base string
	// Key gives the personal token; see reviews.APIOptions.
	Key func(ctx context.Context, renew bool) (string, error)
	// Client goes out by the one transport.
	Client *http.Client
	// Survey is how answers are read. Its Path and Name are the Source's; its TempDir holds the answers of a form
	// while they are read.
	Survey survey.Options
}

// A Source asks for the responses of one form. It implements collector.Source.
type Source struct {
	o    Options
	list *reviews.APISource
	file *survey.Source // parses
}

var _ collector.Source = (*Source)(nil)

//go:embed typeform.yaml
var formatFile []byte

// Format is how Typeform is asked.
var Format = sync.OnceValue(func() *reviews.Format {
	f, err := reviews.ParseFormat("typeform.yaml", formatFile)
	if err != nil {
		panic(err) // the file is in the binary, and a test reads it
	}
	return f
})

// New returns the Source of a form. It refuses what no answer could mend.
func New(o Options) (*Source, error) {
	list, err := reviews.NewAPI(reviews.APIOptions{Format: Format(), ID: o.Form, Base: o.Base, Key: o.Key, Client: o.Client})
	if err != nil {
		return nil, fmt.Errorf("typeform: %w", err)
	}
	s := &Source{o: o, list: list}
	s.o.Survey.Name = s.Name()
	s.file, err = s.reader(s.Name())
	return s, err
}

// Name is "typeform:" and the id of the form.
func (s *Source) Name() string { return "typeform:" + s.o.Form }

// reader is the Source of the answers in a file.
func (s *Source) reader(path string) (*survey.Source, error) {
	o := s.o.Survey
	o.Path = path
	return survey.New(o)
}

// Pages yields the responses of the form in blocks, as those of a file; none and an Unchanged page where the form stands
// as it was read before. Whatever keeps it from the end of the list is an error, behind what came before it.
func (s *Source) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		got, err := s.gather(ctx, q)
		if got != nil {
			defer got.remove(s.o.Survey.TempDir)
		}
		if ctx.Err() != nil {
			return
		}
		if got == nil {
			yield(collector.Page{}, err)
			return
		}
		if got.stands != nil {
			yield(*got.stands, nil)
			return
		}
		if s.read(ctx, q, got, err == nil, yield) && err != nil && ctx.Err() == nil {
			yield(collector.Page{}, err)
		}
	}
}

// read yields what was gathered; the last block of a whole reading carries its mark. It is false where reading is over.
func (s *Source) read(ctx context.Context, q collector.Query, got *gathered, whole bool, yield func(collector.Page, error) bool) bool {
	if len(got.tokens) == 0 && whole {
		return yield(s.nothing(q, got.mark))
	}
	if len(got.tokens) == 0 {
		return true
	}
	src, err := s.reader(got.file.Name())
	if err != nil {
		return yield(collector.Page{}, err)
	}
	for p, err := range src.Pages(ctx, collector.Query{Now: q.Now}) {
		if p.ETag != "" {
			p.ETag = "" // that of the file
			if whole {
				p.ETag = got.mark
			}
		}
		if !yield(p, err) {
			return false
		}
	}
	return true
}

// nothing is the page of a form that nobody has answered yet.
func (s *Source) nothing(q collector.Query, mark string) (collector.Page, error) {
	layout, err := json.Marshal(survey.Layout{Kind: "json", Tool: Format().Name})
	return collector.Page{URL: s.Name(), FetchedAt: q.Now, ContentType: "text/csv; charset=utf-8", Layout: layout, ETag: mark}, err
}

// Parse reads the responses out of a page that Pages yielded.
func (s *Source) Parse(p collector.Page) (collector.Parsed, error) { return s.file.Parse(p) }

// Layout is what was decided about the columns of a page that Pages yielded.
func (s *Source) Layout(p collector.Page) (l survey.Layout, err error) {
	if err = json.Unmarshal(p.Layout, &l); err != nil {
		err = errors.Join(fmt.Errorf("%s: its layout", p.URL), err)
	}
	return l, err
}
