package analysis

import "testing"

func TestRecovered(t *testing.T) {
	const start = 30
	for _, c := range []struct {
		name  string
		level func(w int) float64
		last  int
		want  int // 0: not recovered
	}{
		{"still down", func(int) float64 { return -.4 }, 50, 0},
		{"one good week is not a recovery", func(w int) float64 { return when(w == 45, 0, -.4) }, 45, 0},
		{"back for three weeks", func(w int) float64 { return when(w >= 43, 0, -.4) }, 45, 43},
		{"half way back is not back", func(w int) float64 { return when(w >= 43, -.2, -.4) }, 52, 0},
		{"nothing heard since", func(int) float64 { return -.4 }, 30, 0},
	} {
		s := newStream(0)
		s.mu, s.sd, s.wander = .4, .12, .0025
		for w := range c.last + 1 {
			p := point{x: .4 + .03*float64(w%3-1), info: 60, n: 10}
			if w >= start {
				p.x += c.level(w)
			}
			s.points = append(s.points, p)
		}
		var l look
		l.take(s, 0, c.last, keptWeeks)
		week, ok := l.recovered(start, s.drop)
		if ok != (c.want > 0) || ok && week != c.want {
			t.Errorf("%s: recovered in week %d (%v), want %d", c.name, week, ok, c.want)
		}
	}
}
