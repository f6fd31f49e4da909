package survey

import (
	"testing"
	"time"

	"percept/collector"
)

func TestParseStamp(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2026-02-03", "2026-02-03"},
		{"2026-02-03 09:05", "2026-02-03T09:05:00"},
		{"2026-02-03T09:05:07Z", "2026-02-03T09:05:07Z"},
		{"2026-02-03T09:05:07.250+02:00", "2026-02-03T09:05:07.25+02:00"},
		{"2026-09-20 10:00:00 UTC", "2026-09-20T10:00:00Z"},
		{"2026-09-20 10:00:00 Africa/Johannesburg", "2026-09-20T10:00:00+02:00"},
		{"2026/09/20 10:00:00 AM GMT+3", "2026-09-20T10:00:00+03:00"},
		{"2026/09/20 12:00:05 AM GMT-3", "2026-09-20T00:00:05-03:00"},
		{"2026/09/20 12:30 PM", "2026-09-20T12:30:00"},
		{"20/09/2026 9:05:12 p.m.", "2026-09-20T21:05:12"},
		{"09/20/2026 11:59:59 PM", "2026-09-20T23:59:59"},
		{"20.09.2026", "2026-09-20"},
		{"20-09-26", "2026-09-20"},
		{"20.09.2026 um 9:05", "2026-09-20T09:05:00"},
		{"Mar 4, 2025", "2025-03-04"},
		{"March 4th, 2025 at 10:15 AM", "2025-03-04T10:15:00"},
		{"Tuesday, 4 March 2025", "2025-03-04"},
		{"4-Mar-25", "2025-03-04"},
		{"4. März 2025", "2025-03-04"},
		{"4 de marzo de 2025", "2025-03-04"},
		{"4 Maart 2025", "2025-03-04"},
		{"March 2025", "2025-03"},
		{"2025-03", "2025-03"},
		{"20250304", "2025-03-04"},
		{"1741082400", "2025-03-04T10:00:00Z"},
		{"1741082400123", "2025-03-04T10:00:00.123Z"},
	} {
		d, err := parseStamp(c.in)
		if err != nil || d.String() != c.want {
			t.Errorf("parseStamp(%q) = %v, %v; want %s", c.in, d, err, c.want)
		}
	}
	for _, in := range []string{
		"", "last week", "3 weeks ago", "2026-02-31", "31/04/2026", "13/13/2026", "2026-02-03 25:00", "2026-02-03 10:61", "12345",
		"R-0000123", "10:30", "2026-02-03 and later", "1/2", "0000-00-00", "February 30, 2026", "99999999999999999999",
	} {
		if d, err := parseStamp(in); err == nil {
			t.Errorf("parseStamp(%q) = %v, want an error", in, d)
		}
	}
}

func TestOrderSettlesDayAndMonth(t *testing.T) {
	for _, c := range []struct {
		in    string
		order Order
		want  string // empty: contradicts the order
	}{
		{"03/10/2021", DayFirst, "2021-10-03"},
		{"03/10/2021", MonthFirst, "2021-03-10"},
		{"17/10/2021", DayFirst, "2021-10-17"},
		{"17/10/2021", MonthFirst, ""},
		{"10/17/2021", DayFirst, ""},
		{"10/17/2021", MonthFirst, "2021-10-17"},
		{"10/10/2021", DayFirst, "2021-10-10"},
		{"2021-10-03", MonthFirst, "2021-10-03"},
	} {
		d, err := parseStamp(c.in)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := d.ordered(c.order)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%s as %s = %v, %v; want %q", c.in, c.order, got, ok, c.want)
		}
	}
}

func TestDatePrecision(t *testing.T) {
	zone := johannesburg(t)
	utc := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at.UTC()
	}
	for _, c := range []struct {
		in         string
		precision  collector.Precision
		start, end string
	}{
		{"2026-02-03 09:05", collector.Exact, "2026-02-03T07:05:00Z", "2026-02-03T07:05:00Z"},
		{"2026-02-03 09:05 UTC", collector.Exact, "2026-02-03T09:05:00Z", "2026-02-03T09:05:00Z"},
		{"2026-02-03", collector.Day, "2026-02-02T22:00:00Z", "2026-02-03T22:00:00Z"},
		{"Feb 2026", collector.Month, "2026-01-31T22:00:00Z", "2026-02-28T22:00:00Z"},
	} {
		st, err := parseStamp(c.in)
		if err != nil {
			t.Fatal(err)
		}
		d := st.date(zone)
		want := collector.Date{Start: utc(c.start), End: utc(c.end), Precision: c.precision}
		if !d.Start.Equal(want.Start) || !d.End.Equal(want.End) || d.Precision != want.Precision {
			t.Errorf("%s in %s = %+v, want %+v", c.in, zone, d, want)
		}
	}
}

func TestSerialTime(t *testing.T) {
	for _, c := range []struct {
		cell string
		y04  bool
		want string
	}{
		{"45691.37754629629", false, "2025-02-03T09:03:40"},
		{"45691", false, "2025-02-03"},
		{"44229.5", true, "2025-02-03T12:00:00"},
		{"45691.999999999", false, "2025-02-04"}, // rounds to the next midnight
		{"60", false, ""},
		{"-1", false, ""},
		{"NaN", false, ""},
		{"1e300", false, ""},
		{"words", false, ""},
	} {
		at, clock, ok := serialTime(c.cell, c.y04)
		got := ""
		if ok {
			got = at.Format("2006-01-02")
			if clock && at.Hour()+at.Minute()+at.Second() > 0 {
				got = at.Format("2006-01-02T15:04:05")
			}
		}
		if got != c.want {
			t.Errorf("serialTime(%q, %v) = %q, want %q", c.cell, c.y04, got, c.want)
		}
	}
}

// johannesburg is two hours east of UTC, all year.
func johannesburg(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		t.Fatal(err)
	}
	return z
}
