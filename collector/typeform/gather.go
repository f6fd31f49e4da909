package typeform

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"percept/collector"
	"percept/collector/survey"
)

// A gathered is responses of a form, a line each in a file that is removed once it is read, written as a webhook of Typeform
// writes one.
type gathered struct {
	file   *os.File
	out    *bufio.Writer
	fields map[string]field
	tokens map[string]bool // of the responses in the file
	total  int             // how many there are, as Typeform says
	// mark names the form and its responses as they stand, and how they are read; stands is the page of a form that was read
	// as it stands.
	mark   string
	stands *collector.Page
}

// remove removes the file, and its folder where nothing else is in it.
func (g *gathered) remove(folder string) {
	g.file.Close()           //nolint:errcheck // it is not kept
	os.Remove(g.file.Name()) //nolint:errcheck // nor wanted
	if folder != "" {
		os.Remove(folder) //nolint:errcheck // another reading may need it
	}
}

// gather asks for the form and for its responses. An error comes with those before it, where there are any.
func (s *Source) gather(ctx context.Context, q collector.Query) (*gathered, error) {
	form, err := s.list.Ask(ctx, "/forms/{id}")
	if err != nil {
		return nil, err
	}
	g := &gathered{fields: fieldsOf(form), tokens: make(map[string]bool)}
	if s.o.Survey.TempDir != "" {
		if err := os.MkdirAll(s.o.Survey.TempDir, 0o700); err != nil {
			return nil, err
		}
	}
	if g.file, err = os.CreateTemp(s.o.Survey.TempDir, "typeform-*.jsonl"); err != nil { // made 0600
		return nil, err
	}
	g.out = bufio.NewWriter(g.file)
	var faults []error
	for p, err := range s.list.Pages(ctx, collector.Query{Now: q.Now}) {
		if err == nil {
			err = g.add(p)
		}
		if err == nil && g.mark == "" {
			err = s.compare(ctx, q, g, form, p)
		}
		if err != nil {
			faults = append(faults, err)
		}
		if g.stands != nil {
			return g, nil
		}
	}
	if err := g.out.Flush(); err != nil {
		return g, err
	}
	if len(faults) == 0 && len(g.tokens) < g.total {
		faults = append(faults, fmt.Errorf("%s: Typeform says that there are %d responses; %d came", s.Name(), g.total, len(g.tokens)))
	}
	return g, errors.Join(faults...)
}

// compare marks the form by its first page, which any new or deleted response changes, and looks whether it was read so before.
func (s *Source) compare(ctx context.Context, q collector.Query, g *gathered, form any, first collector.Page) error {
	if s.o.Survey.Version == "" {
		return nil
	}
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(form); err != nil {
		return fmt.Errorf("mark: %w", err)
	}
	reading, err := s.o.Survey.Reading()
	if err != nil {
		return err
	}
	h.Write(first.Body)
	h.Write(reading)
	g.mark = hex.EncodeToString(h.Sum(nil)[:16])
	if q.Last == nil {
		return nil
	}
	last, err := q.Last(ctx, s.Name())
	if err != nil || last.ETag != g.mark {
		return err
	}
	g.stands, _, err = survey.Stands(last)
	return err
}

// A field is a question of the form, without what its answers do not need.
type field struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Type       string `json:"type"`
	Properties struct {
		Steps int     `json:"steps,omitempty"`
		One   bool    `json:"start_at_one,omitempty"`
		Inner []field `json:"fields,omitempty"` // of a group, or the rows of a matrix
	} `json:"properties"`
}

// A definition is what a form asks.
type definition struct {
	Fields []field `json:"fields"`
}

// fieldsOf are the questions of a form by their ids, those within groups and the rows of matrices too.
func fieldsOf(form any) map[string]field {
	var d definition
	b, err := json.Marshal(form)
	if err != nil || json.Unmarshal(b, &d) != nil {
		return nil // its questions then go by their names
	}
	all := make(map[string]field)
	var walk func(fields []field, of string)
	walk = func(fields []field, of string) {
		for _, f := range fields {
			inner := f.Properties.Inner
			f.Properties.Inner = nil
			if of != "" {
				f.Title = of + " [" + f.Title + "]"
			}
			all[f.ID] = f
			row := ""
			if f.Type == "matrix" {
				row = f.Title
			}
			walk(inner, row)
		}
	}
	walk(d.Fields, "")
	return all
}

// A response is one of Typeform's, without what tells of the device.
type response struct {
	Token      string            `json:"token"`
	Submitted  string            `json:"submitted_at"`
	Hidden     json.RawMessage   `json:"hidden,omitempty"`
	Definition definition        `json:"definition"`
	Answers    []json.RawMessage `json:"answers"`
}

// add writes the responses of a page to the file, each once.
func (g *gathered) add(p collector.Page) error {
	var page struct {
		Total json.Number `json:"total_items"`
		Items []response  `json:"items"`
	}
	if err := json.Unmarshal(p.Body, &page); err != nil {
		return fmt.Errorf("typeform: %w", err)
	}
	if n, err := strconv.Atoi(page.Total.String()); err == nil && p.Part == 0 {
		g.total = n // a list that moves is read again, with another total
	}
	for _, r := range page.Items {
		if g.tokens[r.Token] {
			continue
		}
		g.tokens[r.Token] = true
		for _, a := range r.Answers {
			var to struct{ Field field }
			if json.Unmarshal(a, &to) != nil {
				continue
			}
			if f, ok := g.fields[to.Field.ID]; ok && !slices.ContainsFunc(r.Definition.Fields, func(x field) bool { return x.ID == f.ID }) {
				r.Definition.Fields = append(r.Definition.Fields, f)
			}
		}
		line, err := json.Marshal(map[string]any{"form_response": r})
		if err != nil {
			return fmt.Errorf("typeform: %w", err)
		}
		if _, err := g.out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}
