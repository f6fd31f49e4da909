package analysis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"percept/collector"
)

// Windows of an insight, in weeks up to and with the last whole week.
const (
	QuarterWeeks = 13  // what a metric counts, and the weeks before it is held against
	YearWeeks    = 52  // what drivers, impacts and turning points rest on
	RareWeeks    = 104 // what rare events are looked for in
)

// An Insight is what the numbers say of one practice through one channel, besides its verdicts.
type Insight struct {
	Practice string         `json:"practice"`
	Channel  collector.Kind `json:"channel"`
	// From and To bound the quarter: Mondays, To excluded. The year and the two years end with it.
	From     time.Time      `json:"from"`
	To       time.Time      `json:"to"`
	Feedback int            `json:"feedback"` // of the year
	Metrics  []Movement     `json:"metrics,omitempty"`
	Drivers  Drivers        `json:"drivers"`
	Impacts  Impacts        `json:"impacts"`
	Moments  []Moment       `json:"moments,omitempty"`
	Turns    []TurningPoint `json:"turning_points,omitempty"`
	Rare     []Rare         `json:"rare_events,omitempty"`
}

// A Movement is a metric of the quarter beside the quarter before and the year.
type Movement struct {
	Now    Metric     `json:"quarter"`
	Year   Metric     `json:"year"`
	Change Difference `json:"change"` // from the quarter before
}

// Material is what an insight is made of: all of one practice, of any channel.
type Material struct {
	Practice              string
	Quarter, Before, Year []RatingCount
	Said                  []ScoreSum // of the year
	Stories               []Story    // of one channel and of RareWeeks, in the order of time
}

// Insights are those of many practices, made workers at a time, in the order of the materials.
func Insights(ctx context.Context, channel collector.Kind, to time.Time, materials []Material, workers int) ([]Insight, error) {
	all, errs := make([]Insight, len(materials)), make([]error, len(materials))
	numbers := make([]int, len(materials))
	for i := range numbers {
		numbers[i] = i
	}
	err := each(ctx, workers, numbers, func(i int) {
		all[i], errs[i] = NewInsight(channel, to, materials[i])
	})
	return all, errors.Join(append(errs, err)...)
}

// NewInsight looks at one channel of a practice; to is the Monday after the last whole week.
func NewInsight(channel collector.Kind, to time.Time, m Material) (Insight, error) {
	in := Insight{Practice: m.Practice, Channel: channel, From: to.AddDate(0, 0, -7*QuarterWeeks), To: to}
	since := to.AddDate(0, 0, -7*YearWeeks)
	var year []Story
	for _, s := range m.Stories {
		if !s.Day.Before(since) {
			year = append(year, s)
		}
	}
	in.Feedback = len(year)
	var err error
	if in.Metrics, err = movements(channel, m); err != nil {
		return in, fmt.Errorf("insight of %s: %w", m.Practice, err)
	}
	in.Drivers = Drivers{Axis: Axis{Channel: channel}, Why: "for surveys: reviews rate no touchpoint"}
	in.Impacts = Impacts{Axis: Axis{Channel: channel}, Why: "for reviews: a survey has ratings of touchpoints"}
	if channel == collector.Response {
		in.Drivers = FindDrivers(channel, year)
		var said []Answers
		for _, s := range m.Said {
			said = append(said, s.Answers())
		}
		in.Moments = Moments(in.Drivers, said)
	} else {
		in.Impacts = FindImpacts(channel, year)
	}
	in.Turns = TurningPoints(year)
	in.Rare = RareEvents(m.Stories, to)
	return in, nil
}

// movements are the metrics of the year in the order of its counts, each with what there is of the quarters.
func movements(channel collector.Kind, m Material) ([]Movement, error) {
	type subject struct {
		axis            Axis
		about, question string
	}
	by := func(counts []RatingCount) map[subject]Answers {
		all := map[subject]Answers{}
		for _, a := range Tally(counts) {
			all[subject{a.axis, a.about, a.question}] = a
		}
		return all
	}
	now, before := by(m.Quarter), by(m.Before)
	var all []Movement
	for _, year := range Tally(m.Year) {
		if year.axis.Channel != channel {
			continue
		}
		none := year
		none.moments, none.unrated = moments{}, 0
		k := subject{year.axis, year.about, year.question}
		quarter, ok := now[k]
		if !ok {
			quarter = none
		}
		last, ok := before[k]
		if !ok {
			last = none
		}
		change, err := quarter.Minus(last)
		if err != nil {
			return nil, err
		}
		all = append(all, Movement{Now: quarter.Metric(), Year: year.Metric(), Change: change})
	}
	return all, nil
}
