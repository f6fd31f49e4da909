package reports

import (
	"time"

	"percept/analysis"
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

// stretches puts weeks, in their order, together until there are at least smallCell people in each. None goes over the
// begin of the year or over a change, zero where there is none, unless too few people are on a side of it. What lies before
// the year and is too little is left out: figures count from there, and the difference would tell it.
func stretches(points []analysis.Point, year, change time.Time) []stretch {
	before, of := cut(points, year)
	if spoke(of) < smallCell {
		return gather(points)
	}
	out := gather(before)
	if old, fresh := cut(of, change); spoke(old) >= smallCell && spoke(fresh) >= smallCell {
		return append(append(out, gather(old)...), gather(fresh)...)
	}
	return append(out, gather(of)...)
}

// cut parts points at a week.
func cut(points []analysis.Point, at time.Time) (before, since []analysis.Point) {
	i := 0
	for i < len(points) && points[i].Week.Before(at) {
		i++
	}
	return points[:i], points[i:]
}

// gather puts weeks together, none where all are too few; what is left over at the end goes with what is before it.
func gather(points []analysis.Point) []stretch {
	if spoke(points) < smallCell {
		return nil
	}
	var out []stretch
	var open stretch
	for _, p := range points {
		open = open.with(stretch{p.Week, p.Week, p.People, p.Mean})
		if open.people >= smallCell {
			out = append(out, open)
			open = stretch{}
		}
	}
	if open.people == 0 {
		return out
	}
	for len(out) > 0 && open.people < leastJoined {
		open = out[len(out)-1].with(open)
		out = out[:len(out)-1]
	}
	return append(out, open)
}

// with is a stretch and the one after it as one.
func (s stretch) with(next stretch) stretch {
	if s.people == 0 {
		return next
	}
	n := s.people + next.people
	mean := (float64(s.people)*s.mean + float64(next.people)*next.mean) / float64(n)
	return stretch{s.from, next.to, n, mean}
}

func spoke(points []analysis.Point) int {
	n := 0
	for _, p := range points {
		n += p.People
	}
	return n
}
