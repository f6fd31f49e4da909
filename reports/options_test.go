package reports

import (
	"testing"
	"time"
)

func TestTheAlertsRecordSaysOnlyWhatHappened(t *testing.T) {
	for _, c := range []struct {
		name string
		r    AlertRecord
		want string
	}{
		{"nothing was raised", AlertRecord{}, ""},
		{"nobody has looked", AlertRecord{Raised: 5, Open: 5}, "Alerts: 5 raised, 5 open; none acknowledged; none closed."},
		{"some are acknowledged", AlertRecord{Raised: 4, Open: 3, Acked: 2, Closed: 1, Ack: 3 * time.Hour, Close: 50 * time.Hour},
			"Alerts: 4 raised, 3 open; 2 acknowledged, half of them within 3 hours; 1 closed, within 2 days. Worth the interruption: 1 of the 1 closed."},
		{"all are closed", AlertRecord{Raised: 2, Acked: 2, Closed: 2, Useless: 1, Ack: time.Hour, Close: 72 * time.Hour},
			"Alerts: 2 raised, 0 open; 2 acknowledged, half of them within 1 hour; 2 closed, half of them within 3 days. Worth the interruption: 1 of the 2 closed."},
		{"one was withdrawn", AlertRecord{Raised: 1, Withdrawn: 1}, "Alerts: 1 raised, 0 open, 1 withdrawn since later data shows no slip; none acknowledged; none closed."},
		{"sources were mended", AlertRecord{Raised: 3, Mended: 2, Open: 1}, "Alerts: 3 raised, 1 open, 2 mended and closed by themselves; none acknowledged; none closed."},
	} {
		if got := c.r.Sentence(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
