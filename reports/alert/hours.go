package alert

import (
	"fmt"
	"time"
)

// A Clock is a time of the day, in minutes from midnight.
type Clock int

// UnmarshalText reads "07:30".
func (c *Clock) UnmarshalText(text []byte) error {
	t, err := time.Parse("15:04", string(text))
	if err != nil {
		return fmt.Errorf("%q is no time of the day; want one such as 07:30", text)
	}
	*c = Clock(t.Hour()*60 + t.Minute())
	return nil
}

// on is the clock's moment on the day of t plus some days, in t's zone. In the hour that summer time
// leaves out it is the moment an hour on.
func (c Clock) on(t time.Time, days int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+days, int(c)/60, int(c)%60, 0, 0, t.Location())
}

// After is the first such moment after t, in zone.
func (c Clock) After(t time.Time, zone *time.Location) time.Time {
	l := t.In(zone)
	for days := 0; ; days++ {
		if at := c.on(l, days); at.After(t) {
			return at.UTC()
		}
	}
}

// Quiet are the hours in which nobody is interrupted; From equal to To is none.
type Quiet struct {
	From Clock `yaml:"from"`
	To   Clock `yaml:"to"`
	// Severe holds back what is severe too.
	Severe bool `yaml:"severe"`
}

// until is the end of the quiet hours that t lies in, or t itself.
func (q Quiet) until(t time.Time, zone *time.Location) time.Time {
	l := t.In(zone)
	now := Clock(l.Hour()*60 + l.Minute())
	inside := q.From <= now && now < q.To
	if q.From > q.To {
		inside = now >= q.From || now < q.To
	}
	if !inside {
		return t
	}
	return q.To.After(t, zone)
}
