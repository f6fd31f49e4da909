package analysis

import (
	"cmp"
	"math"
	"slices"
)

// The labels of a text.
const (
	VeryNegative = "very negative"
	Negative     = "negative"
	Neutral      = "neutral"
	Positive     = "positive"
	VeryPositive = "very positive"
)

// Bounds of the labels, by the figures of survey answers labelled by people.
const (
	neutralBand  = 0.12 // scores this near 0 are neutral
	veryPositive = 0.65
	veryNegative = -0.8
)

// whole sums the clauses up: praise against blame, each clause by its weight.
func (p *page) whole() Scored {
	var sum, said, good, bad float64
	for i := range p.clauses {
		q := &p.clauses[i]
		v := q.Weight * q.Score
		sum += v
		said += math.Abs(v)
		good += max(v, 0)
		bad -= min(v, 0)
	}
	var s Scored
	s.Score = sum / (said + 0.35)
	s.Mixed = said > 0 && good > 0.3*said && bad > 0.3*said && good > 0.3 && bad > 0.3
	s.label(said)
	return s
}

// label sets the labels and how sure they are by the score; said is how much was said in all.
func (s *Scored) label(said float64) {
	a := math.Abs(s.Score)
	switch {
	case a < neutralBand:
		s.Label, s.Label5 = Neutral, Neutral
	case s.Score > veryPositive:
		s.Label, s.Label5 = Positive, VeryPositive
	case s.Score > 0:
		s.Label, s.Label5 = Positive, Positive
	case s.Score < veryNegative:
		s.Label, s.Label5 = Negative, VeryNegative
	default:
		s.Label, s.Label5 = Negative, Negative
	}
	switch {
	case s.Label != Neutral:
		s.Confidence = 0.44 + 0.54*a
	case said > 0: // praise and blame in balance, or a slip of the rules
		s.Confidence = 0.25
	default:
		s.Confidence = 0.37
	}
	if s.Mixed {
		s.Confidence *= 0.9
	}
}

// mentions returns one span for each run of clauses of a sentence that say the same of a touchpoint.
func (r *Rules) mentions(p *page, n Normal) []Span {
	var list []Span
	var open []int // spans that the clause before ended
	for c := range p.clauses {
		q := &p.clauses[c]
		var now []int
		for _, m := range q.Names {
			if !m.Judged && (m.Strength < byPhrase || m.Touchpoint == len(r.slugs)-1) {
				continue
			}
			given := n.Given(p.clauses[c].Extent)
			sure := m.Strength * (0.55 + 0.4*math.Abs(m.Score))
			i := slices.IndexFunc(open, func(k int) bool {
				return list[k].ID == r.slugs[m.Touchpoint] && list[k].Score*m.Score >= 0
			})
			if i >= 0 && c > 0 && p.clauses[c-1].Sentence == p.clauses[c].Sentence {
				k := open[i]
				x := &list[k]
				x.End = given.End
				if math.Abs(m.Score) > math.Abs(x.Score) {
					x.Score = m.Score
				}
				x.Confidence = max(x.Confidence, sure)
				if p.explain {
					x.Why = append(x.Why, q.Why...)
				}
				now = append(now, k)
				continue
			}
			var why []string
			if p.explain {
				why = append([]string{p.reason(&m, m.Touchpoint == len(r.slugs)-1)}, q.Why...)
			}
			list = append(list, Span{ID: r.slugs[m.Touchpoint], Score: m.Score, Confidence: sure, Start: given.Start, End: given.End, Why: why})
			now = append(now, len(list)-1)
		}
		open = now
	}
	for i := range list {
		list[i].Why = distinct(list[i].Why)
	}
	return list
}

// behaviours returns one span a behaviour and clause.
func (r *Rules) behaviours(p *page, n Normal) []Span {
	slices.SortStableFunc(p.traits, func(a, b shown) int {
		return cmp.Or(cmp.Compare(a.clause, b.clause), cmp.Compare(a.trait, b.trait))
	})
	var list []Span
	for i := 0; i < len(p.traits); {
		first, sum := p.traits[i], 0.0
		var why []string
		for ; i < len(p.traits) && p.traits[i].clause == first.clause && p.traits[i].trait == first.trait; i++ {
			sum += p.traits[i].score
			if p.explain {
				why = append(why, speaks(p.traits[i].source, "", p.traits[i].score))
			}
		}
		if sum == 0 {
			continue
		}
		given := n.Given(p.clauses[first.clause].Extent)
		score := sum / math.Sqrt(sum*sum+0.45)
		list = append(list, Span{
			ID: r.taxonomy.Traits[first.trait].ID, Score: score, Confidence: 0.5 + 0.4*math.Abs(score),
			Start: given.Start, End: given.End, Why: distinct(why),
		})
	}
	return list
}
