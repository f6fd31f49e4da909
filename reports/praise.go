package reports

import (
	"context"

	"percept/analysis"
)

const (
	praiseShown = 3
	praiseLimit = 170
)

// praise are the plainest good words of the last four weeks, of the quarter where there are none; one of a
// touchpoint, so that not all of the team's thanks go to one room.
func (m *material) praise(ctx context.Context, q *quoter) ([]voice, error) {
	for _, weeks := range []int{4, quarter} {
		since := m.midnight(m.last.AddDate(0, 0, -7*(weeks-1)))
		var recent []analysis.Evidence
		for _, e := range m.evidence {
			if e.Date.Known() && !e.Date.Start.Before(since) {
				recent = append(recent, e)
			}
		}
		var out []voice
		seen := map[string]bool{}
		for _, v := range telling(m.voices(recent), 1, len(recent)) {
			best := v.evidence[0]
			for _, e := range v.evidence {
				if strength(e) > strength(best) {
					best = e
				}
			}
			if seen[best.Touchpoint] || v.Late {
				continue
			}
			seen[best.Touchpoint] = true
			v.evidence = []analysis.Evidence{best}
			// Only the good words: what else the person said may be none.
			if err := v.speak(ctx, q, min(praiseLimit, best.End-best.Start+1), 1); err != nil {
				return nil, err
			}
			v.About = m.name(best.Touchpoint)
			if out = append(out, v); len(out) == praiseShown {
				return out, nil
			}
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return nil, nil
}
