package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"percept/collector"
)

const (
	fewPeers   = 5   // below it there are no limits and nothing to shrink to
	winsorised = .10 // share of the z scores at either end that is drawn in
	warnLimit  = 1.96
	alarmLimit = 3.09 // 99.8 % limits (Spiegelhalter 2005)
	tieLevel   = .05  // chance that practices that are all alike are told apart at all
)

// fill computes limits, shrunk means and ties, and sorts the peers.
func (c *Comparison) fill(peers []peer) {
	for i := range peers {
		peers[i].m, peers[i].mv = peers[i].y, peers[i].v
	}
	if len(peers) < fewPeers {
		c.Why = fmt.Sprintf("%s with %d answers or more; at least %d needed for limits and shrinkage", collector.Plural(len(peers), "practice"), FewAnswers, fewPeers)
	} else if c.Within > 0 {
		c.funnel(peers)
	}
	slices.SortFunc(peers, func(a, b peer) int {
		return cmp.Or(cmp.Compare(b.m, a.m), cmp.Compare(a.standing.Practice, b.standing.Practice))
	})
	differ := heterogeneous(peers, c.Mean)
	apart := func(i, j int) bool { // i before j
		// What two mixes of sources share of their uncertainty may add up: two standard deviations are at most their sum.
		together := 2 * math.Sqrt(peers[i].shared*peers[j].shared)
		return differ && peers[i].m-peers[j].m > z95*math.Sqrt(peers[i].mv+peers[j].mv+together)
	}
	for i, g := range ties(len(peers), apart) {
		s := &peers[i].standing
		s.Group, s.Best, s.Worst = g, 1, len(peers)
		for j := range peers {
			switch {
			case j < i && apart(j, i):
				s.Best++
			case j > i && apart(i, j):
				s.Worst--
			}
		}
	}
}

// funnel sets limits and shrinks: at least fewPeers peers.
func (c *Comparison) funnel(peers []peer) {
	y, v := make([]float64, len(peers)), make([]float64, len(peers))
	for i, p := range peers {
		y[i], v[i] = p.y, p.v
	}
	t2 := overdispersion(y, v, c.Mean, winsorised)
	c.Between = math.Sqrt(t2)
	// The shrunk means lean on the mean of practices, not of answers.
	m, weight := 0.0, 0.0
	for i := range peers {
		w := 1 / (v[i] + t2)
		m += w * y[i]
		weight += w
	}
	m /= weight
	for i := range peers {
		p := &peers[i]
		sd := math.Sqrt(p.v + t2)
		p.standing.Limits = &Limits{
			Lo95: c.within(c.Mean - warnLimit*sd), Hi95: c.within(c.Mean + warnLimit*sd),
			Lo998: c.within(c.Mean - alarmLimit*sd), Hi998: c.within(c.Mean + alarmLimit*sd),
		}
		p.standing.Outside = outside((p.y - c.Mean) / sd)
		b := t2 / (t2 + p.v)
		if o := p.standing.Outside; o == Low || o == High {
			b = 1 // not one of the others: there is nothing to draw it to
		}
		p.m = m + b*(p.y-m)
		p.mv, p.shared = b*p.v, b*p.shared
		half := z95 * math.Sqrt(p.mv+(1-b)*(1-b)/weight)
		p.standing.Shrunk = &Estimate{p.m, c.within(p.m - half), c.within(p.m + half)}
	}
}

func outside(z float64) Outside {
	switch {
	case z < -alarmLimit:
		return Low
	case z > alarmLimit:
		return High
	case z < -warnLimit:
		return Lower
	case z > warnLimit:
		return Upper
	}
	return ""
}

// overdispersion returns the variance between units that is more than chance, by the method of moments
// (DerSimonian & Laird 1986) on z scores of which those beyond the share trim at either end are drawn in
// (winsorised, Spiegelhalter 2005): y are means, v their variances by chance around target.
func overdispersion(y, v []float64, target, trim float64) float64 {
	z := make([]float64, len(y))
	w, w2 := 0.0, 0.0
	for i := range y {
		z[i] = (y[i] - target) / math.Sqrt(v[i])
		w += 1 / v[i]
		w2 += 1 / (v[i] * v[i])
	}
	slices.Sort(z)
	n := len(z)
	lo, hi := percentile(z, trim), percentile(z, 1-trim)
	square := 0.0
	for _, x := range z {
		x = max(lo, min(hi, x))
		square += x * x
	}
	return max(0, (square-float64(n-1))/(w-w2/w))
}

// heterogeneous reports whether the peers are not all alike, by Cochran's Q: pairs are looked at only
// then, so that practices that are all alike are seldom told apart (Fisher's protected comparison).
func heterogeneous(peers []peer, mean float64) bool {
	if len(peers) < 2 {
		return false
	}
	q := 0.0
	for _, p := range peers {
		if p.v > 0 {
			q += (p.y - mean) * (p.y - mean) / p.v
		}
	}
	return q > distuv.ChiSquared{K: float64(len(peers) - 1)}.Quantile(1-tieLevel)
}

// ties numbers the groups of n things in their order: a new one begins where everything before is
// apart from everything behind. Whoever shares a group must not be ranked.
func ties(n int, apart func(i, j int) bool) []int {
	groups := make([]int, n)
	// reach is the last thing that something up to here is not apart from.
	reach, group := 0, 1
	for i := range n {
		if i > reach {
			group++
			reach = i
		}
		for j := n - 1; j > max(i, reach); j-- {
			if !apart(i, j) {
				reach = j
				break
			}
		}
		groups[i] = group
	}
	return groups
}
