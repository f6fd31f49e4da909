package main

import (
	"fmt"
	"strings"
	"time"

	"percept/analysis"
)

// An eventConfig is something that happened at a practice, or with all of them.
type eventConfig struct {
	Date       string `yaml:"date"`
	Text       string `yaml:"text"`
	Touchpoint string `yaml:"touchpoint"` // empty: all
	Rebase     bool   `yaml:"rebase"`     // compare with what is said since
}

// maxEventText bounds an event's words, in bytes: they stand beside every verdict that they explain.
const maxEventText = 80

func (k *checker) events(at string, events []eventConfig, taxonomy string) {
	for i, e := range events {
		at := fmt.Sprintf("%s[%d]", at, i)
		if _, err := time.Parse(time.DateOnly, e.Date); e.Date == "" {
			k.wrong(at, "%s: no date", at)
		} else if err != nil {
			k.wrong(at+".date", "date %q: want a day such as 2026-03-02", e.Date)
		}
		switch text := strings.TrimSpace(e.Text); {
		case text == "":
			k.wrong(at, "%s: no text; say what happened", at)
		case len(text) > maxEventText || strings.ContainsAny(text, "\n\r\t"):
			k.wrong(at+".text", "text: want one line of at most %d bytes", maxEventText)
		}
		if t := k.taxonomies[taxonomy]; t != nil {
			k.touchpoint(at+".touchpoint", e.Touchpoint, t)
		}
	}
}

// events are those of the config, of all practices and of single ones.
func (c *config) events() []analysis.Event {
	var all []analysis.Event
	add := func(practice string, events []eventConfig) {
		for _, e := range events {
			date, _ := time.Parse(time.DateOnly, e.Date) // checked on reading
			all = append(all, analysis.Event{
				Practice: practice, Touchpoint: e.Touchpoint, Date: date, Text: strings.TrimSpace(e.Text), Rebase: e.Rebase,
			})
		}
	}
	add("", c.Events)
	for _, p := range c.Practices {
		add(p.ID, p.Events)
	}
	return all
}
