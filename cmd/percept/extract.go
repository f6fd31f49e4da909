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
		return x.archive(ctx, w, name)
	case ".jsonl", ".ndjson", ".parquet":
		return x.responses(ctx, w, name)
	}
	body, err := savedPage(name)
	if err != nil {
		return err
	}
	if f := reviews.Recognise(body); f != nil {
		return x.answer(w, name, f, body)
	}
	if survey.Tool(body) != "" {
		return x.responses(ctx, w, name)
	}
	o := web.ExtractOptions{URL: x.url, AsOf: x.asOf, Zone: time.UTC}
	if o.Profile, err = x.selectors(name); err != nil {
		return usageError{err}
	}
	found, err := web.Extract(body, o)
	if len(found.Reviews) == 0 && reviews.IsJSON(body) { // no page: the export of something else
		if other, ok, err := reviews.ExtractFile(ctx, name, reviews.ParseOptions{AsOf: x.asOf}); ok && err == nil {
			return x.reviews(w, name, "file", other)
		}
	}
	if err != nil {
		return err
	}
	for _, n := range found.Notes {
		fmt.Fprintf(x.err, "percept: %s: note: %s\n", line(name), line(n))
	}
	if reason := found.None(); reason != "" {
		fmt.Fprintf(x.err, "percept: %s: %s\n", line(name), line(reason))
	}
	for _, r := range found.Rejected {
		fmt.Fprintf(x.err, "percept: %s: %s: %s\n", line(name), line(r.Ref), line(r.Reason))
	}
	if err := web.WriteExtract(w, name, found); err != nil {
		return err
	}
	if found.Partial != "" || len(found.Rejected) > 0 {
		return errIncomplete
	}
	return nil
}

// responses writes the responses of a survey file, and names the rows of it that cannot be read.
func (x extraction) responses(ctx context.Context, w io.Writer, name string) error {
	unread, err := survey.WriteExtract(ctx, w, name, name, survey.Options{Path: name, Zone: time.UTC, Parquet: openParquet})
	for _, r := range unread {
		fmt.Fprintf(x.err, "percept: %s: %s: %s\n", line(name), line(r.Ref), line(r.Reason))
	}
	if err == nil && len(unread) > 0 {
		return errIncomplete
	}
	return err
}

// savedPage reads a file that is no longer than a page may be.
func savedPage(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, usageError{err}
	}
	if info.Size() > maxSaved {
		return nil, fmt.Errorf("%d MB, at most %d are read", info.Size()>>20, maxSaved>>20)
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError{err}
	}
	return body, nil
}

// suggest writes a profile for a saved page.
func (x extraction) suggest(w io.Writer, name string) error {
	body, err := savedPage(name)
	if err != nil {
		return err
	}
	s, err := web.Suggest(name, body, web.ExtractOptions{URL: x.url, AsOf: x.asOf, Zone: time.UTC})
	if err != nil {
		return fmt.Errorf("suggest a profile for %s: %w", name, err)
	}
	_, err = w.Write(s.YAML)
	return err
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
