package collector

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Schedule says when a source is read: every so often, or at times of the day. The zero Schedule is
// once a day at 06:00.
type Schedule struct {
	every time.Duration
	days  [7]bool // by time.Weekday; all false is every day
	at    []int   // minutes from midnight, ascending
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// minEvery is the shortest pause between two readings of a source.
const minEvery = time.Minute

// UnmarshalText reads "every 2h", "06:00", "06:00, 18:30", "mon-fri 06:00" or "mon, thu 07:00".
func (s *Schedule) UnmarshalText(text []byte) error {
	words := strings.FieldsFunc(strings.ToLower(string(text)), func(r rune) bool { return r == ' ' || r == ',' || r == '\t' })
	if len(words) == 2 && words[0] == "every" {
		d, err := time.ParseDuration(words[1])
		if err != nil || d < minEvery {
			return fmt.Errorf("%q: want every 1m or more, such as every 2h", text)
		}
		*s = Schedule{every: d}
		return nil
	}
	var out Schedule
	for _, w := range words {
		if t, err := time.Parse("15:04", w); err == nil {
			out.at = append(out.at, t.Hour()*60+t.Minute())
			continue
		}
		if len(out.at) > 0 || !out.addDays(w) {
			return fmt.Errorf("%q is no schedule; want one such as 06:00, mon-fri 06:00 or every 2h", text)
		}
	}
	if len(out.at) == 0 {
		return fmt.Errorf("%q is no schedule; want one such as 06:00, mon-fri 06:00 or every 2h", text)
	}
	slices.Sort(out.at)
	*s = out
	return nil
}

// addDays adds a day, or the days from one to another.
func (s *Schedule) addDays(word string) bool {
	first, last, span := strings.Cut(word, "-")
	from, to := slices.Index(weekdays, first), slices.Index(weekdays, last)
	if !span {
		to = from
	}
	if from < 0 || to < 0 {
		return false
	}
	for d := from; ; d = (d + 1) % 7 {
		s.days[d] = true
		if d == to {
			return true
		}
	}
}

// Next is the first moment of the schedule after t, by the clock of zone. A time of the day comes once
// on every day that has it: the one that summer time leaves out comes when it ends, the one that comes
// twice counts the first time.
func (s Schedule) Next(t time.Time, zone *time.Location) time.Time {
	if s.every > 0 {
		return t.Truncate(s.every).Add(s.every).UTC()
	}
	at := s.at
	if len(at) == 0 {
		at = []int{6 * 60}
	}
	l := t.In(zone)
	for day := 0; ; day++ {
		midnight := time.Date(l.Year(), l.Month(), l.Day()+day, 12, 0, 0, 0, zone)
		if s.days != ([7]bool{}) && !s.days[midnight.Weekday()] {
			continue
		}
		for _, minutes := range at {
			if next := onDay(midnight, minutes); next.After(t) {
				return next.UTC()
			}
		}
	}
}

// onDay is the moment of a clock time on the day of noon: the earlier of two, and where there is none the
// same time an offset on, which is after the gap.
func onDay(noon time.Time, minutes int) time.Time {
	at := time.Date(noon.Year(), noon.Month(), noon.Day(), minutes/60, minutes%60, 0, 0, noon.Location())
	_, before := at.Add(-3 * time.Hour).Zone()
	_, after := at.Add(3 * time.Hour).Zone()
	if before == after {
		return at
	}
	// By the offset of before the change: right until it, and after a gap just past its end.
	wall := time.Date(noon.Year(), noon.Month(), noon.Day(), minutes/60, minutes%60, 0, 0, time.UTC)
	early := wall.Add(-time.Duration(before) * time.Second).In(noon.Location())
	if early.Hour()*60+early.Minute() == minutes || after > before && at.Hour()*60+at.Minute() != minutes {
		return early
	}
	return at
}
