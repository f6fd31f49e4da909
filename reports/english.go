package reports

import (
	"time"

	"percept/analysis"
)

// What the index and the audit say, which are English.

func day(t time.Time) string                { return english.day(t) }
func span(monday time.Time) string          { return english.span(monday) }
func signed(v float64) string               { return english.signed(v) }
func plural(n int, one, many string) string { return english.plural(n, one, many) }
func people(n int) string                   { return english.people(n) }
func list(names []string) string            { return english.list(names) }
func since(v analysis.Verdict) string       { return english.since(v) }
func mean(scores []float64) string          { return english.mean(scores) }
func lasting(d time.Duration) string        { return english.lasting(d) }
func channelName(channel string) string     { return english.channel(channel) }
func inChannel(channel string) string       { return english.inChannel(channel) }
