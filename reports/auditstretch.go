package reports

import (
	"time"

	"percept/analysis"
	"percept/collector"
)

// A stretch is whole weeks that are looked at as one, so that no point of a chart is a handful of persons: what one of
// them said cannot be read off it, and points are alike enough for limits.
type stretch struct {
	from, to time.Time // Mondays of the first and the last week
	people   int
	mean     float64 // of the persons
}

// middle is the week that a stretch is drawn at.
func (s stretch) middle() time.Time { return s.from.Add(s.to.Sub(s.from) / 2) }

// stretches puts weeks, in their order, together until there are at least smallCell people in each, and where answers are
// looked at none of few who gave another answer than all. None goes over the begin of the year or over a change, zero where
// there is none, unless too few people are on a side of it. What lies before the year and is too little is left out: figures
// count from there, and the difference would tell it. There are none where all together are too few.
func stretches(points []analysis.Point, year, change time.Time, answers bool) []stretch {
	if before := cut(points, year); small(spoke(points[:before])) && spoke(points[before:]) >= smallCell {
		points = points[before:]
	}
	if spoke(points) < smallCell {
		return nil
	}
	wanted := append([]int{cut(points, year), cut(points, change)}, upTo(len(points))...)
	var out []stretch
	for _, part := range between(edges(wanted, sizes(points, answers)...)) {
		out = append(out, gathered(points[part[0]:part[1]]))
	}
	return out
}

// sizes are the counts of weeks in which nothing may be small: of people, and where they are answers on a scale from −1 to
// +1 in halves of how far they are from its ends.
func sizes(points []analysis.Point, answers bool) [][]int {
	people, top, bottom := make([]int, len(points)), make([]int, len(points)), make([]int, len(points))
	for i, p := range points {
		people[i], top[i], bottom[i] = p.People, steps(p.People, p.Mean, 1, scoreStep), steps(p.People, p.Mean, -1, scoreStep)
	}
	if !answers {
		return [][]int{people}
	}
	return [][]int{people, top, bottom}
}

// scoreStep is how far two answers to a rating question of five are apart as scores.
const scoreStep = .5

// answers reports whether the scores of a channel are those of answers to rating questions, which can be counted.
func answers(channel string) bool { return channel == string(collector.Response) }

// cut is the place of the first point of a week or after it.
func cut(points []analysis.Point, week time.Time) int {
	i := 0
	for i < len(points) && points[i].Week.Before(week) {
		i++
	}
	return i
}

// gathered is weeks as one stretch.
func gathered(points []analysis.Point) stretch {
	s := stretch{from: points[0].Week, to: points[len(points)-1].Week}
	for _, p := range points {
		s.people += p.People
		s.mean += float64(p.People) * p.Mean
	}
	s.mean /= float64(max(1, s.people))
	return s
}

func spoke(points []analysis.Point) int {
	n := 0
	for _, p := range points {
		n += p.People
	}
	return n
}
