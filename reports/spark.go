package reports

import (
	"strings"
)

// A spark is half a year of a practice in one small line, of the channel with more people.
type spark struct {
	Label, Channel, Line, Dot string
	DotX, DotY                string
}

// The canvas of a spark, in the units of its viewBox.
const (
	sparkWidth, sparkHeight = 120, 28
	sparkWeeks              = 26
)

// spark draws the four-week mean score of all touchpoints together, -1 to 1; nil without points.
func (m *material) spark(in *language) *spark {
	var best []tallyWeek
	var channel string
	most := 0
	for _, c := range channels {
		weeks, n := m.weeks(c)
		if n > most {
			best, channel, most = weeks, c, n
		}
	}
	if most == 0 {
		return nil
	}
	s := &spark{Channel: strings.ToLower(in.channel(channel))}
	var path strings.Builder
	pen := "M"
	for i := range best {
		n, sum := 0, 0.0
		for _, w := range best[max(0, i-3) : i+1] {
			n += w.n
			sum += w.sum
		}
		if n == 0 || m.small(n) {
			pen = "M"
			continue
		}
		x := coordinate(3 + float64(sparkWidth-6)*float64(i)/(sparkWeeks-1))
		y := coordinate(3 + float64(sparkHeight-6)*(1-sum/float64(n))/2)
		path.WriteString(pen + x + " " + y)
		pen, s.DotX, s.DotY = "L", x, y
	}
	s.Line = path.String()
	s.Label = in.say("Mean score over half a year, four weeks at a time, %s", s.Channel)
	return s
}

type tallyWeek struct {
	n   int
	sum float64
}

// weeks are what a channel says of all touchpoints week by week, and how many spoke.
func (m *material) weeks(channel string) ([]tallyWeek, int) {
	begin := m.last.Add(-(sparkWeeks - 1) * week)
	out := make([]tallyWeek, sparkWeeks)
	total := 0
	for _, p := range m.totals[channel] {
		if i := int(p.Week.Sub(begin) / week); !p.Week.Before(begin) && i < len(out) {
			out[i].n += p.People
			out[i].sum += float64(p.People) * p.Mean
			total += p.People
		}
	}
	return out, total
}
