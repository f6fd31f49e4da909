package collector_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/store/storetest"
)

var identity = collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("fedcba9876543210")}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestWeekIsNamedOnlyWhereTheDateCan(t *testing.T) {
	jhb, la := zone(t, "Africa/Johannesburg"), zone(t, "America/Los_Angeles")
	sundayNight := time.Date(2026, 11, 8, 22, 30, 0, 0, time.UTC)
	tests := []struct {
		name string
		date collector.Date
		zone *time.Location
		want time.Time // zero: no week
	}{
		{"an instant after midnight in the zone is in the new week", collector.At(sundayNight), jhb, day(2026, 11, 9)},
		{"the same instant elsewhere is in the old week", collector.At(sundayNight), la, day(2026, 11, 2)},
		{"a day is in one week", collector.OnDay(2026, 11, 8, jhb), jhb, day(2026, 11, 2)},
		{"the day that clocks go back is one day", collector.OnDay(2026, 11, 1, la), la, day(2026, 10, 26)},
		{"a month names no week", collector.Date{Start: day(2026, 11, 1), End: day(2026, 12, 1), Precision: collector.Month}, time.UTC, time.Time{}},
		{"an interval within a week names it", collector.Date{Start: day(2026, 11, 3), End: day(2026, 11, 5), Precision: collector.Interval}, time.UTC, day(2026, 11, 2)},
		{"an interval over Sunday names none", collector.Date{Start: day(2026, 11, 8), End: day(2026, 11, 10), Precision: collector.Interval}, time.UTC, time.Time{}},
		{"a whole ISO week names itself", collector.Date{Start: day(2026, 11, 2), End: day(2026, 11, 9), Precision: collector.WeekLong}, time.UTC, day(2026, 11, 2)},
		{"the first of January may be in last year's week", collector.OnDay(2027, 1, 1, time.UTC), time.UTC, day(2026, 12, 28)},
		{"no date, no week", collector.Date{}, time.UTC, time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.date.Week(tt.zone)
			if !got.Equal(tt.want) || ok == tt.want.IsZero() {
				t.Errorf("Week = %v, %v, want %v", got, ok, tt.want)
			}
		})
	}
}

func TestIdentity(t *testing.T) {
	base := collector.Feedback{Practice: "elm", Source: "web:elm", Author: "Ann", Text: "Lovely  frames.", Date: collector.At(day(2026, 11, 4))}
	id := func(change func(*collector.Feedback)) string {
		f := base
		change(&f)
		identity.Name(&f)
		return f.ID
	}
	same := id(func(*collector.Feedback) {})
	tests := []struct {
		name   string
		change func(*collector.Feedback)
		equal  bool
	}{
		{"white space does not matter", func(f *collector.Feedback) { f.Text = "Lovely\nframes. " }, true},
		{"normal form does not matter", func(f *collector.Feedback) { f.Author, f.Text = "Ann", "Lovely frames." }, true},
		{"the rating may be edited", func(f *collector.Feedback) { f.Rating.Raw = "3" }, true},
		{"a reply may come", func(f *collector.Feedback) { f.Reply = &collector.Reply{Text: "Thanks"} }, true},
		{"another practice is another feedback", func(f *collector.Feedback) { f.Practice = "oak" }, false},
		{"another source is another feedback", func(f *collector.Feedback) { f.Source = "web:oak" }, false},
		{"another day is another feedback", func(f *collector.Feedback) { f.Date = collector.At(day(2026, 11, 5)) }, false},
		{"a second equal row is another person", func(f *collector.Feedback) { f.Twin = 1 }, false},
		{"words do not slide between fields", func(f *collector.Feedback) { f.Author, f.Title = "", "Ann" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := id(tt.change) == same; got != tt.equal {
				t.Errorf("same id = %v, want %v", got, tt.equal)
			}
		})
	}
	raw := func(change func(*collector.Feedback)) string {
		return id(func(f *collector.Feedback) { f.Raw = "2026-11-04|4|Lovely frames."; change(f) })
	}
	if raw(func(*collector.Feedback) {}) != raw(func(f *collector.Feedback) { f.Date = collector.OnDay(2026, 11, 5, time.UTC); f.Text = "" }) {
		t.Error("what a row is understood to say must not name it anew")
	}
	stars := func(raw string) string {
		return id(func(f *collector.Feedback) { f.Author, f.Text, f.Rating.Raw = "", "", raw })
	}
	if stars("5") == stars("1") {
		t.Error("stars alone are all that was said: five and one must be two feedbacks")
	}
	byID := func(text string) string {
		return id(func(f *collector.Feedback) { f.SourceID, f.Text = "17", text })
	}
	if byID("a") != byID("b") {
		t.Error("a source's own id must stand whatever the words")
	}
	relative := func(d time.Time) string {
		return id(func(f *collector.Feedback) {
			f.Date = collector.Date{Start: d, End: d.AddDate(0, 1, 0), Precision: collector.Interval, Relative: true}
		})
	}
	if relative(day(2026, 10, 1)) != relative(day(2026, 11, 1)) {
		t.Error(`"a month ago" read a month later must be the same feedback`)
	}
}

// twoPages is a source written out: its pages are numbers, each parsed as one review or failing.
type twoPages struct {
	name  string
	pages []error
}

func (s twoPages) Name() string { return s.name }

func (s twoPages) Pages(_ context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		for i, err := range s.pages {
			if !yield(collector.Page{URL: fmt.Sprintf("https://%s.example/%d", s.name, i), Body: []byte{byte(i)}, FetchedAt: q.Now}, err) {
				return
			}
		}
	}
}

func (s twoPages) Parse(p collector.Page) (collector.Parsed, error) {
	return collector.Parsed{
		Rows: 2, Empty: 1, Feedback: []collector.Feedback{{Kind: collector.Review, SourceID: p.URL, Text: "Good."}},
		Counts: []collector.Count{{N: 600, Noun: "row", Says: "in blue"}, {N: 1, Noun: "date", Says: "in red"}},
	}, nil
}

// A source of many pages says how many in all, not once a page.
func TestCountsOfAllPagesAreOneNote(t *testing.T) {
	o := collector.Options{Keeper: storetest.New(t), Identity: identity, Run: "00000001", Now: storetest.Now, Log: slog.New(slog.DiscardHandler)}
	jobs := []collector.Job{{Practice: "elm", Source: twoPages{"a", []error{nil, nil}}}, {Practice: "elm", Source: twoPages{"b", []error{nil}}}}
	entries, err := collector.Collect(t.Context(), jobs, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{{"1,200 rows in blue", "2 dates in red"}, {"600 rows in blue", "1 date in red"}} {
		if d := cmp.Diff(want, entries[i].Notes); d != "" {
			t.Errorf("notes of %s (-want +got):\n%s", entries[i].Source, d)
		}
	}
}

func TestCollectGoesOnPastAFailedSource(t *testing.T) {
	fail := errors.New("500 Internal Server Error")
	jobs := []collector.Job{
		{Practice: "elm", Source: twoPages{"whole", []error{nil, nil}}},
		{Practice: "elm", Source: twoPages{"half", []error{nil, fail}}},
		{Practice: "elm", Source: twoPages{"down", []error{fail, fail}}},
		{Practice: "elm", Source: twoPages{"silent", nil}},
		{Practice: "elm", Name: "renamed", Source: twoPages{"last", []error{nil}}},
	}
	s := storetest.New(t)
	o := collector.Options{Keeper: s, Identity: identity, Run: "00000001", Now: storetest.Now, Log: slog.New(slog.DiscardHandler)}
	type line struct {
		Source, State, Why string
		Rows, New, Empty   int
	}
	want := []line{
		{"whole", "complete", "", 4, 2, 2},
		{"half", "incomplete", "500 Internal Server Error", 2, 1, 1},
		{"down", "failed", "500 Internal Server Error (and 1 more)", 0, 0, 0},
		{"silent", "failed", "nothing was fetched", 0, 0, 0},
		{"renamed", "complete", "", 2, 1, 1},
	}
	entries, err := collector.Collect(t.Context(), jobs, o)
	if err != nil {
		t.Fatal(err)
	}
	var got []line
	for _, e := range entries {
		got = append(got, line{e.Source, string(e.State), e.Why, e.Rows, e.New, e.Empty})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	o.Run = "00000002"
	again, err := collector.Collect(t.Context(), jobs, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range again {
		if e.Stored() != 0 || e.Rows != e.Stored()+e.Duplicate+e.Empty+e.Rejected {
			t.Errorf("second run of %s: %s, want nothing stored", e.Source, e.Sum())
		}
	}
}

func TestCollectEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := storetest.New(t)
	o := collector.Options{Keeper: s, Identity: identity, Run: "00000001", Now: storetest.Now, Log: slog.New(slog.DiscardHandler),
		Progress: func(collector.Entry) { cancel() }}
	entries, err := collector.Collect(ctx, []collector.Job{{Practice: "elm", Source: twoPages{"a", []error{nil, nil}}}, {Practice: "elm", Source: twoPages{"b", []error{nil}}}}, o)
	if !errors.Is(err, context.Canceled) || len(entries) != 1 || entries[0].State != collector.Running {
		t.Errorf("Collect = %+v, %v, want the first source cut off", entries, err)
	}
}
