package collector

import (
	"testing"
	"time"
)

func TestScheduleNext(t *testing.T) {
	for _, c := range []struct{ name, schedule, zone, after, want string }{
		{"every day", "06:00", "Africa/Johannesburg", "2026-11-16T04:00:00Z", "2026-11-17T04:00:00Z"},
		{"later the same day", "06:00", "Africa/Johannesburg", "2026-11-16T03:59:59Z", "2026-11-16T04:00:00Z"},
		{"twice a day", "18:30, 06:00", "UTC", "2026-11-16T06:00:00Z", "2026-11-16T18:30:00Z"},
		{"working days: Friday to Monday", "mon-fri 06:00", "UTC", "2026-11-20T06:00:00Z", "2026-11-23T06:00:00Z"},
		{"over the end of the week", "sat-mon 06:00", "UTC", "2026-11-16T06:00:00Z", "2026-11-21T06:00:00Z"},
		{"two days", "mon, thu 07:00", "UTC", "2026-11-16T07:00:00Z", "2026-11-19T07:00:00Z"},
		{"every two hours", "every 2h", "Africa/Johannesburg", "2026-11-16T04:10:00Z", "2026-11-16T06:00:00Z"},
		{"the time that summer leaves out comes at the end of the gap", "02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"},
		{"and the day after as ever", "02:30", "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"},
		{"the time that winter has twice counts first", "02:30", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		{"and not again", "02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		{"before the change", "01:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T00:30:00Z"},
		{"after the change forward", "06:00", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T04:00:00Z"},
		{"after the change back", "06:00", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T05:00:00Z"},
		{"the west too, forward", "02:30", "America/New_York", "2026-03-07T12:00:00Z", "2026-03-08T07:30:00Z"},
		{"the west too, back", "01:30", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z"},
		{"and not again there", "01:30", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"},
		{"half an hour of summer time", "02:15", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-03T15:45:00Z"},
		{"a midnight that is not there", "00:00", "America/Santiago", "2026-09-05T12:00:00Z", "2026-09-06T04:00:00Z"},
	} {
		var s Schedule
		if err := s.UnmarshalText([]byte(c.schedule)); err != nil {
			t.Fatal(err)
		}
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		after, _ := time.Parse(time.RFC3339, c.after)
		if got := s.Next(after, zone).Format(time.RFC3339); got != c.want {
			t.Errorf("%s: Next(%s) of %q in %s = %s, want %s", c.name, c.after, c.schedule, c.zone, got, c.want)
		}
	}
}

// In every zone with summer time, a year of a daily schedule is a moment a day, in order.
func TestScheduleComesOnceADay(t *testing.T) {
	for _, name := range []string{"Europe/London", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Kolkata"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, clock := range []string{"00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "23:59"} {
			var s Schedule
			if err := s.UnmarshalText([]byte(clock)); err != nil {
				t.Fatal(err)
			}
			at := time.Date(2026, 1, 1, 23, 59, 59, 0, zone)
			for day := 1; day <= 365; day++ {
				next := s.Next(at, zone)
				if want := time.Date(2026, 1, 1+day, 12, 0, 0, 0, zone).Format(time.DateOnly); next.In(zone).Format(time.DateOnly) != want {
					t.Fatalf("%s in %s: day %d is %s, want %s", clock, name, day, next.In(zone), want)
				}
				at = next
			}
		}
	}
}

func TestScheduleRefuses(t *testing.T) {
	for _, text := range []string{"", "daily", "25:00", "every", "every 10s", "every hour", "06:00 mon", "mon", "mon-xyz 06:00", "* * * * *"} {
		var s Schedule
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is a schedule: %+v", text, s)
		}
	}
}
