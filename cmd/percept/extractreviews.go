package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"percept/collector"
	"percept/collector/google"
	"percept/collector/reviews"
	"percept/collector/web"
)

// table writes the reviews of a table where it is an export of reviews, else the responses of a survey.
func (x extraction) table(ctx context.Context, w io.Writer, name string) error {
	found, ok, err := reviews.ExtractFile(ctx, name, reviews.ParseOptions{AsOf: x.asOf})
	switch {
	case err != nil:
		return err
	case ok:
		return x.reviews(w, name, "file", found)
	}
	return x.responses(ctx, w, name)
}

// archive writes the reviews of a Takeout, else what the one file holds that a zip is of.
func (x extraction) archive(ctx context.Context, w io.Writer, name string) error {
	noTakeout := x.takeout(ctx, w, name)
	if noTakeout == nil || errors.Is(noTakeout, errIncomplete) {
		return noTakeout
	}
	err := x.table(ctx, w, name)
	if err == nil || errors.Is(err, errIncomplete) {
		return err
	}
	return fmt.Errorf("no Takeout of Google (%w) and no survey (%w)", noTakeout, err)
}

// takeout writes the reviews of a Takeout of Google, of all its locations.
func (x extraction) takeout(ctx context.Context, w io.Writer, name string) error {
	src, err := google.NewTakeout(google.TakeoutOptions{Path: name, Practices: func(string) (string, bool) { return "", true }})
	if err != nil {
		return usageError{err}
	}
	f := reviews.BuiltIn(src.Name())
	var all reviews.Extraction
	for p, err := range src.Pages(ctx, collector.Query{Now: x.asOf}) {
		if err != nil {
			return err
		}
		found, err := f.Extract(p.Body, reviews.ParseOptions{From: name, AsOf: x.asOf})
		if err != nil {
			return err
		}
		all.Reviews = append(all.Reviews, found.Reviews...)
		all.Rejected = append(all.Rejected, found.Rejected...)
	}
	return x.reviews(w, name, f.Name, all)
}

// answer writes the reviews of a platform's answer or export in JSON.
func (x extraction) answer(w io.Writer, name string, f *reviews.Format, body []byte) error {
	found, err := f.Extract(body, reviews.ParseOptions{From: name, AsOf: x.asOf})
	if err != nil {
		return err
	}
	return x.reviews(w, name, f.Name, found)
}

func (x extraction) reviews(w io.Writer, name, format string, found reviews.Extraction) error {
	for _, r := range found.Rejected {
		fmt.Fprintf(x.err, "percept: %s: %s\n", line(r.Ref), line(r.Reason))
	}
	page := web.Extraction{Aggregate: found.Aggregate}
	for _, r := range found.Reviews {
		page.Reviews = append(page.Reviews, web.Review{Feedback: r.Feedback, Format: format, Byline: r.Byline})
	}
	if err := web.WriteExtract(w, name, page); err != nil {
		return err
	}
	if len(found.Rejected) > 0 {
		return errIncomplete
	}
	return nil
}
