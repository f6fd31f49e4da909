// Package sourcetest holds what every collector.Source promises, as tests.
package sourcetest

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

// Run collects from src as q asks and checks its contract: a stable name, pages that carry where and
// when they are from, Parse that depends on nothing but its page, counts that add up, dates and ratings
// in range, and an end when the context ends. It returns what was parsed, in order, for the caller's
// own checks. The source must have at least one page with feedback and give no error.
func Run(t *testing.T, src collector.Source, q collector.Query) []collector.Parsed {
	t.Helper()
	name := src.Name()
	if name == "" {
		t.Error("Name() is empty")
	}
	var pages []collector.Page
	for p, err := range src.Pages(t.Context(), q) {
		if err != nil {
			t.Errorf("Pages: %v", err)
			continue
		}
		if p.URL == "" || !p.FetchedAt.Equal(q.Now) {
			t.Errorf("page has URL %q and FetchedAt %v, want an address and %v", p.URL, p.FetchedAt, q.Now)
		}
		pages = append(pages, p)
	}
	if len(pages) == 0 {
		t.Fatal("Pages gave no page")
	}
	var out []collector.Parsed
	feedback := 0
	for _, p := range pages {
		parsed := parse(t, src, p)
		checkCounts(t, p, parsed)
		for i := range parsed.Feedback {
			checkFeedback(t, &parsed.Feedback[i], q.Now)
		}
		feedback += len(parsed.Feedback)
		out = append(out, parsed)
	}
	if feedback == 0 {
		t.Error("no page has feedback")
	}
	checkStops(t, src, q, len(pages))
	if again := src.Name(); again != name {
		t.Errorf("Name() = %q, and %q after collecting", name, again)
	}
	return out
}

// parse parses p twice, the second time from a copy, and insists on the same result and an untouched page.
func parse(t *testing.T, src collector.Source, p collector.Page) collector.Parsed {
	t.Helper()
	again := p
	again.Body, again.Layout = slices.Clone(p.Body), slices.Clone(p.Layout)
	first, err := src.Parse(p)
	if err != nil {
		t.Fatalf("Parse(%s, part %d): %v", p.URL, p.Part, err)
	}
	if !bytes.Equal(p.Body, again.Body) {
		t.Errorf("Parse(%s) changed the page", p.URL)
	}
	second, err := src.Parse(again)
	if err != nil {
		t.Fatalf("Parse(%s, part %d) a second time: %v", p.URL, p.Part, err)
	}
	if d := cmp.Diff(first, second); d != "" {
		t.Errorf("Parse(%s) differs from call to call (-first +second):\n%s", p.URL, d)
	}
	return first
}

func checkCounts(t *testing.T, p collector.Page, parsed collector.Parsed) {
	t.Helper()
	rows := parsed.Duplicates + parsed.Empty + len(parsed.Rejected)
	for _, f := range parsed.Feedback {
		rows += max(f.Rows, 1)
	}
	if rows != parsed.Rows {
		t.Errorf("%s: Rows = %d, want %d: the outcomes must add up", p.URL, parsed.Rows, rows)
	}
	for _, r := range parsed.Rejected {
		if r.Ref == "" || r.Reason == "" {
			t.Errorf("%s: rejection %+v names no place or no reason", p.URL, r)
		}
	}
}

func checkFeedback(t *testing.T, f *collector.Feedback, now time.Time) {
	t.Helper()
	if f.Kind != collector.Review && f.Kind != collector.Response {
		t.Errorf("%s: Kind = %q", f.Ref, f.Kind)
	}
	if f.Ref == "" {
		t.Errorf("feedback %q has no Ref", f.SourceID)
	}
	if !f.Said() {
		t.Errorf("%s: neither words nor rating", f.Ref)
	}
	checkDate(t, f.Ref, f.Date, now)
	checkRating(t, f.Ref, f.Rating)
	for _, a := range f.Answers {
		checkRating(t, f.Ref, a.Rating)
	}
	if f.Reply != nil {
		checkDate(t, f.Ref+" reply", f.Reply.Date, now)
	}
}

func checkDate(t *testing.T, ref string, d collector.Date, now time.Time) {
	t.Helper()
	switch {
	case !d.Known():
		if !d.Start.IsZero() || !d.End.IsZero() {
			t.Errorf("%s: date %+v without a precision", ref, d)
		}
	case d.Start.Location() != time.UTC || d.End.Location() != time.UTC:
		t.Errorf("%s: date %+v is not UTC", ref, d)
	case d.Precision == collector.Exact && !d.Start.Equal(d.End), d.Precision != collector.Exact && !d.Start.Before(d.End):
		t.Errorf("%s: date %+v does not span what its precision says", ref, d)
	case d.Start.After(now.Add(48 * time.Hour)):
		t.Errorf("%s: date %+v is in the future of %v", ref, d, now)
	}
}

func checkRating(t *testing.T, ref string, r collector.Rating) {
	t.Helper()
	if r.Valid && (r.Value < 1 || r.Value > 5 || r.Raw == "" || r.Tag == "") {
		t.Errorf("%s: rating %+v is out of 1 to 5, or has no raw value or tag", ref, r)
	}
}

// checkStops insists that pages end with the context and with the caller's loop.
func checkStops(t *testing.T, src collector.Source, q collector.Query, pages int) {
	t.Helper()
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for p, err := range src.Pages(done, q) {
		if err == nil {
			t.Errorf("page %s came after the context had ended", p.URL)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for _, err := range src.Pages(ctx, q) {
		if err == nil {
			n++
		}
		cancel()
	}
	if n > 1 && n == pages {
		t.Errorf("all %d pages came although the context ended at the first", n)
	}
	for range src.Pages(t.Context(), q) { //nolint:errcheck // the errors are no matter here
		break
	}
}
