package main

import (
	"net"
	"time"

	"percept/collector"
)

// watchConfig is how percept watch works.
type watchConfig struct {
	Schedule collector.Schedule `yaml:"schedule"` // of sources that have none; not set: 06:00
	Listen   string             `yaml:"listen"`   // where /healthz and /metrics are served; empty: nowhere
}

func (k *checker) watch() {
	if k.Watch.Listen == "" {
		return
	}
	host, _, err := net.SplitHostPort(k.Watch.Listen)
	if err != nil || !loopbackHost(host) {
		k.wrong("watch.listen", "watch.listen is %q, want an address of this machine such as 127.0.0.1:9464", k.Watch.Listen)
	}
}

// A timetable is when one job is read, by the clock of its zone.
type timetable struct {
	schedule collector.Schedule
	zone     *time.Location
}

// timetables are those of the jobs, in their order.
func (c *config) timetables() []timetable {
	var all []timetable
	add := func(s sourceConfig, zone *time.Location) {
		t := timetable{c.Watch.Schedule, zone}
		if s.Schedule != nil {
			t.schedule = *s.Schedule
		}
		all = append(all, t)
	}
	practices := c.practices()
	for i, p := range c.Practices {
		for _, s := range p.Sources {
			add(s, practices[i].Zone)
		}
	}
	for _, s := range c.Sources {
		add(s, c.zone)
	}
	return all
}
