package survey

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"percept/collector"
)

// Dates that contradict each other decide only where one side is a slip of the pen.
func TestEvidenceOnTheOrderOfDates(t *testing.T) {
	for _, c := range []struct {
		name        string
		first, last int // dates that are day first and month first for certain
		want        Order
		problem     string
	}{
		{"one row for either is a tie", 1, 1, "", "1 date of “Date” can only be day first and 1 only month first: say columns: {time: {order: dmy}}, or mdy"},
		{"two against one may be chance", 2, 1, "", "2 dates of “Date” can only be day first and 1 only month first: say columns: {time: {order: dmy}}, or mdy"},
		{"a majority that grew over an old one does not reject that", 17, 40, "", "17 dates of “Date” can only be day first and 40 only month first: say columns: {time: {order: dmy}}, or mdy"},
		{"nineteen against one may be chance", 19, 1, "", "19 dates of “Date” can only be day first and 1 only month first: say columns: {time: {order: dmy}}, or mdy"},
		{"a tenth is more than slips", 199, 20, "", "199 dates of “Date” can only be day first and 20 only month first: say columns: {time: {order: dmy}}, or mdy"},
		{"one row alone decides", 1, 0, DayFirst, ""},
		{"a slip among many day first", 20, 1, DayFirst, ""},
		{"a small part of a large file", 200, 20, DayFirst, ""},
		{"a slip among many month first", 1, 20, MonthFirst, ""},
	} {
		var b strings.Builder
		b.WriteString("Date,Rating\n03/04/2026,5\n")
		for i := range c.first {
			fmt.Fprintf(&b, "%d/03/2026,%d\n", 13+i%16, i%5+1)
		}
		for i := range c.last {
			fmt.Fprintf(&b, "03/%d/2026,%d\n", 13+i%16, i%5+1)
		}
		path := write(t, "f.csv", b.String())
		l, err := Inspect(t.Context(), path, Options{})
		if c.problem == "" && (err != nil || l.Time.Order != c.want) {
			t.Errorf("%s: order %q, %v; want %q", c.name, l.Time.Order, err, c.want)
		}
		if c.problem != "" && !slices.Equal(l.Problems, []string{c.problem}) {
			t.Errorf("%s: order %q and problems %q, want %q", c.name, l.Time.Order, l.Problems, c.problem)
		}
		l, err = Inspect(t.Context(), path, Options{Mapping: Mapping{Time: TimeMapping{Order: DayFirst}}})
		if err != nil || l.Time.Order != DayFirst {
			t.Errorf("%s, and the config decides: order %q, %v", c.name, l.Time.Order, err)
		}
	}
}

// A date with two readings is stored alike whenever the file is read.
func TestDateDoesNotDependOnTheDayOfReading(t *testing.T) {
	rows := "Date,Rating\n03/25/2026,4\n04/11/2026,2\n" + strings.Repeat("25/03/2026,5\n", 25)
	s, err := New(Options{Path: write(t, "f.csv", rows), Name: "f.csv"})
	if err != nil {
		t.Fatal(err)
	}
	want := collector.Date{
		Start: time.Date(2026, 4, 11, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC), Precision: collector.Interval,
	}
	for _, day := range []time.Time{now, now.AddDate(1, 0, 0)} {
		for p, err := range s.Pages(t.Context(), collector.Query{Now: day}) {
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.Parse(p)
			if err != nil {
				t.Fatal(err)
			}
			if d := got.Feedback[0].Date; d != want {
				t.Errorf("read on %s, 04/11/2026 = %+v, want %+v", day.Format(time.DateOnly), d, want)
			}
		}
	}
}
