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
		{"nobody has looked", AlertRecord{Raised: 5, Open: 5}, "Alerts: 5 raised, 5 open; 0 acknowledged, 0 closed."},
		{"half are acknowledged", AlertRecord{Raised: 4, Open: 3, Acked: 2, Closed: 1, Ack: 3 * time.Hour},
			"Alerts: 4 raised, 3 open; half were acknowledged within 3 hours, 1 closed. Worth the interruption: 1 of the 1 closed."},
		{"all are closed", AlertRecord{Raised: 2, Acked: 2, Closed: 2, Useless: 1, Ack: time.Hour, Close: 72 * time.Hour},
			"Alerts: 2 raised, 0 open; half were acknowledged within 1 hour, half were closed within 3 days. Worth the interruption: 1 of the 2 closed."},
	} {
		if got := c.r.Sentence(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
