package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"percept/collector/reviews"
	"percept/collector/survey"
	"percept/collector/web"
)

// An extraction reads files outside the store: pages by web, tables by survey.
type extraction struct {
	*app
	url, profile string
	asOf         time.Time
}

// maxSaved bounds a saved page, as the transport bounds a fetched one.
const maxSaved = 64 << 20

func (x extraction) file(ctx context.Context, w io.Writer, name string) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".xlsx":
		return x.table(ctx, w, name)
	case ".zip":
		return x.takeout(ctx, w, name)
	case ".jsonl", ".ndjson":
		return survey.WriteExtract(w, name, name, survey.Options{Path: name, Zone: time.UTC})
	}
	info, err := os.Stat(name)
	if err != nil {
		return usageError{err}
	}
	if info.Size() > maxSaved {
		return fmt.Errorf("%d MB, at most %d are read", info.Size()>>20, maxSaved>>20)
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return usageError{err}
	}
	if f := reviews.Recognise(body); f != nil {
		return x.answer(w, name, f, body)
	}
	if survey.Tool(body) != "" {
		return survey.WriteExtract(w, name, name, survey.Options{Path: name, Zone: time.UTC})
	}
	o := web.ExtractOptions{URL: x.url, AsOf: x.asOf, Zone: time.UTC}
	if o.Profile, err = x.selectors(name); err != nil {
		return usageError{err}
	}
	found, err := web.Extract(body, o)
	if err != nil {
		return err
	}
	for _, r := range found.Rejected {
		fmt.Fprintf(x.err, "percept: %s: %s: %s\n", line(name), line(r.Ref), line(r.Reason))
	}
	return web.WriteExtract(w, name, found)
}

// selectors is the profile of a page: the one asked for, else profile.json beside it, else none.
func (x extraction) selectors(page string) (*web.Profile, error) {
	file := x.profile
	if file == "" {
		if file = beside(page, "profile.json"); file == "" {
			return nil, nil
		}
	}
	return readProfile(file)
}
