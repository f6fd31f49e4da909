package reviews

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"percept/collector"
)

// ParseOptions are what a document does not say of itself. All may be zero.
type ParseOptions struct {
	From  string         // where it is from, for messages
	AsOf  time.Time      // when it was fetched: what lies after it is no date
	Zone  *time.Location // of the practice, for times without one; nil is UTC
	ID    string         // the practice's at the platform, where an answer has those of others too
	fixed layout
}

// IsJSON reports whether a file begins like JSON.
func IsJSON(start []byte) bool {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(start) > 0 && (start[0] == '{' || start[0] == '[')
}

// Recognise finds the format of an answer or an export in JSON by its shape: the built-in one of which
// some item has all that its items have. Nil is one that no format knows.
func Recognise(body []byte) *Format {
	doc, err := decode(body)
	if err != nil {
		return nil
	}
	return recognise(doc)
}

func recognise(doc any) *Format {
	for _, slug := range Names() {
		f := BuiltIn(slug)
		if items, ok := f.items(doc); ok && f.knows(items) {
			return f
		}
	}
	return nil
}

// knows reports whether any of the first items is one of the format.
func (f *Format) knows(items []any) bool {
	for _, item := range items[:min(len(items), 20)] {
		all := len(f.Has) > 0
		for _, v := range f.Has {
			all = all && len(v.all(item)) > 0
		}
		if all {
			return true
		}
	}
	return false
}

// Extract reads the reviews of an answer or an export in JSON. It does no I/O, and does not mind what a
// platform lets nobody store. An error means that nothing could be read.
func (f *Format) Extract(body []byte, o ParseOptions) (Extraction, error) {
	doc, err := decode(body)
	if err != nil {
		return Extraction{}, err
	}
	open := *f
	open.Counts = false
	r := reading{Format: &open, from: o.From, zone: o.Zone, order: o.fixed.Order, best: o.fixed.Best, fetched: o.AsOf}
	if err := r.document(doc); err != nil {
		return r.Extraction, err
	}
	return r.Extraction, nil
}

// ExtractFile reads the reviews of a table, or of JSON that no format knows. It is false for one that by
// its headings is no export of reviews: a survey, as far as anybody can tell.
func ExtractFile(ctx context.Context, path string, o ParseOptions) (e Extraction, ok bool, err error) {
	src, err := NewFiles(FileOptions{Path: path, Zone: o.Zone})
	if err != nil {
		return e, false, err
	}
	l, err := src.layoutOf(ctx, path)
	if err != nil || l.Format == "" && !(guess{fields: l.Fields}).sure() {
		return e, false, nil //nolint:nilerr // not one of ours: whoever reads it next says what is wrong
	}
	for p, err := range src.Pages(ctx, collector.Query{Now: o.AsOf}) {
		if err != nil {
			return e, true, err
		}
		o.fixed = l
		some, err := l.format().Extract(p.Body, o)
		if err != nil {
			return e, true, err
		}
		e.Reviews = append(e.Reviews, some.Reviews...)
		e.Rejected = append(e.Rejected, some.Rejected...)
		e.Notes = append(e.Notes, some.Notes...)
		e.Empty += some.Empty
		e.Hidden += some.Hidden
	}
	return e, true, nil
}

// Parse is Extract as a Source's Parse has it: what a platform lets nobody store is left out.
func (f *Format) Parse(p collector.Page, o ParseOptions) (collector.Parsed, error) {
	doc, err := decode(p.Body)
	if err != nil {
		return collector.Parsed{}, fmt.Errorf("parse %s: %w", p.URL, err)
	}
	r := reading{Format: f, from: p.URL, id: o.ID, zone: o.Zone, order: o.fixed.Order, best: o.fixed.Best, fetched: p.FetchedAt}
	if err := r.document(doc); err != nil {
		return collector.Parsed{}, fmt.Errorf("parse %s: %w", p.URL, err)
	}
	return r.parsed(), nil
}

// parsed is what was read as the collecting loop takes it.
func (r *reading) parsed() collector.Parsed {
	out := collector.Parsed{Empty: r.Empty, Rejected: r.Rejected, Notes: r.Notes, Aggregate: r.Aggregate}
	for _, review := range r.Reviews {
		out.Feedback = append(out.Feedback, review.Feedback)
	}
	out.Rows = len(out.Feedback) + out.Empty + len(out.Rejected)
	if r.Hidden > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("%s that %s does not publish: left out", collector.Plural(r.Hidden, "entry"), r.Name))
	}
	if r.Elsewhere > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("%s of other places than %s: left out", collector.Plural(r.Elsewhere, "entry"), r.id))
	}
	if a := r.Aggregate; r.Counts && a.Count > 0 {
		out.Notes = append(out.Notes, strings.TrimSpace(fmt.Sprintf("%s counts %s %s", r.Name, collector.Plural(a.Count, "review"), average(a.Rating))))
	}
	return out
}

func average(r collector.Rating) string {
	if !r.Valid {
		return ""
	}
	return fmt.Sprintf("of %s stars on average", r.Raw)
}
