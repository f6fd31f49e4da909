package analysis

import (
	"cmp"
	"math"
	"slices"
)

// A Comparison sets practices side by side on one axis: a funnel with additive overdispersion
// (Spiegelhalter 2005, Statistics in Medicine 24:1185) and estimates shrunk to the mean of all, both
// after the effect of the sources.
type Comparison struct {
	Axis
	About string `json:"about,omitempty"`
	// Mean is the centre of the funnel, Within the standard deviation of one answer, Between that of
	// the practices' true levels.
	Mean      float64    `json:"mean"`
	Within    float64    `json:"within"`
	Between   float64    `json:"between"`
	Practices []Standing `json:"practices"` // told apart first, best estimate first; too few answers last
	// Sources are how the sources differ, where there is more than one: estimates are taken to the usual
	// mix of those with an Effect.
	Sources []SourceEffect `json:"sources,omitempty"`
	Why     string         `json:"why,omitempty"`

	lo, hi float64 // ends of the metric
}

// within cuts v off at the ends of the metric.
func (c *Comparison) within(v float64) float64 { return max(c.lo, min(c.hi, v)) }

// A Standing is one practice in a comparison.
type Standing struct {
	Practice string    `json:"practice"`
	N        int       `json:"n"`
	Value    *Estimate `json:"estimate,omitempty"` // of its own answers
	Adjusted *Estimate `json:"adjusted,omitempty"` // were they of the usual mix of sources; nil where they are, or nothing is known
	Shrunk   *Estimate `json:"shrunk,omitempty"`   // what they make likely in the company of the others
	// Limits are the 95 % and 99.8 % limits of the funnel at this n.
	Limits  *Limits `json:"limits,omitempty"`
	Outside Outside `json:"outside,omitempty"`
	// Group numbers the practices that cannot be told apart, 1 the best; 0 for too few answers.
	Group int `json:"group,omitempty"`
	// Best and Worst are the ranks it may have: as many are surely before it and behind it.
	Best  int    `json:"rank_best,omitempty"`
	Worst int    `json:"rank_worst,omitempty"`
	Why   string `json:"why,omitempty"`
}

// Level is the estimate that is compared: the adjusted one where there is any.
func (s Standing) Level() *Estimate {
	if s.Adjusted != nil {
		return s.Adjusted
	}
	return s.Value
}

// Limits are where a practice that is like the others lies.
type Limits struct {
	Lo95  float64 `json:"lo_95"`
	Hi95  float64 `json:"hi_95"`
	Lo998 float64 `json:"lo_99_8"`
	Hi998 float64 `json:"hi_99_8"`
}

// Outside says where a practice lies in the funnel; empty within its 95 % limits.
type Outside string

// The places outside the funnel.
const (
	Low   Outside = "low"       // below the 99.8 % limit
	High  Outside = "high"      // above it
	Lower Outside = "near low"  // between the 95 % and the 99.8 % limit
	Upper Outside = "near high" //
)

// A peer is a practice with enough answers.
type peer struct {
	y, v     float64 // adjusted mean of its answers and its variance were it like all
	m, mv    float64 // the shrunk mean and its variance
	shared   float64 // of mv, what is known no better of the others: the effects of sources
	standing Standing
}

// ComparePractices compares practices by their answers, one for each practice. Answers on two axes or
// about two things are refused with ErrAxis.
func ComparePractices(answers []Answers) (Comparison, error) {
	var c Comparison
	var peers []peer
	var placed []Answers // those of peers
	var few []Standing
	var total moments
	residual := 0.0
	for i, a := range answers {
		if err := answers[0].axis.same(a.axis); err != nil {
			return Comparison{}, err
		}
		if err := answers[0].subject(a); err != nil {
			return Comparison{}, err
		}
		if i == 0 {
			c.Axis, c.About, c.lo, c.hi = a.axis, a.about, a.lo, a.hi
		}
		m := a.Metric()
		s := Standing{Practice: a.practice, N: m.N, Value: m.Value, Why: m.Why}
		if m.Value == nil {
			few = append(few, s)
			continue
		}
		peers = append(peers, peer{y: a.moments.mean(), standing: s})
		placed = append(placed, a)
		total.merge(a.moments)
		residual += a.moments.residual()
	}
	if len(peers) > 0 {
		c.Mean = total.mean()
		c.Within = math.Sqrt(residual / max(total.n-float64(len(peers)), 1))
	}
	for i := range peers {
		peers[i].v = c.Within * c.Within / float64(peers[i].standing.N)
	}
	if c.Within > 0 {
		c.adjust(peers, placed)
	}
	c.fill(peers)
	for _, p := range peers {
		c.Practices = append(c.Practices, p.standing)
	}
	slices.SortFunc(few, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Practice, b.Practice))
	})
	c.Practices = append(c.Practices, few...)
	return c, nil
}

// adjust takes every peer to the usual mix of sources, as far as sources can be compared.
func (c *Comparison) adjust(peers []peer, answers []Answers) {
	m := newMixture(answers, c.Within*c.Within, (c.hi-c.lo)/2)
	if len(m.sources) > 1 {
		c.Sources = m.sources
	}
	for i := range peers {
		x, ok := m.of(answers[i])
		if !ok {
			continue
		}
		p := &peers[i]
		p.y -= x.offset
		p.v += x.shared + x.own
		p.shared = x.shared
		own := p.standing.Value
		extra := z95 * math.Sqrt(x.shared+x.own)
		p.standing.Adjusted = &Estimate{
			Value: c.within(own.Value - x.offset),
			Lo:    c.within(own.Value - x.offset - math.Hypot(own.Value-own.Lo, extra)),
			Hi:    c.within(own.Value - x.offset + math.Hypot(own.Hi-own.Value, extra)),
		}
	}
}
