package analysis

// Levels and noise of a practice, from earlier weeks alone. Every estimate is shrunk by
// pseudo-observations towards what is usual, so that a touchpoint with five remarks borrows its scale.
const (
	usualRho    = .30 // correlation of two remarks of one review, where no network tells
	maxRho      = .80
	pseudoPairs = 300 // of remarks, for rho
	pseudoAll   = 50  // degrees of freedom, for the variance of all touchpoints
	pseudoOne   = 30  // the same, for that of one
	pseudoLevel = 10  // remarks, for a level
	levelSD     = .12 // of a touchpoint's level around the network's
	lonelySD    = .24 // and around the practice's own mean, without a network
)

// A level is a mean of n remarks.
type level struct{ x, n float64 }

// A scale is what the weekly series of a practice are measured with.
type scale struct {
	means     []level   // adjusted scores by touchpoint, long run
	variances []float64 // within a block, by touchpoint
	variance  float64   // of all touchpoints
	rho       float64

	mu, sd float64   // sd is of the level prior
	mus    []float64 // level prior by touchpoint
	longs  []float64 // long-run level by touchpoint, shrunk to the prior

	products, pairs float64 // of residuals of one review: summed, and how many
}

// measure fits means and variances to the blocks so far.
func (h *history) measure() {
	c := &h.scale
	c.means = make([]level, h.seen)
	c.variances = make([]float64, h.seen)
	free := make([]float64, h.seen)
	squares, frees := 0.0, 0.0
	for k := range h.seen {
		for _, b := range h.blocks {
			n, sum, square := 0.0, 0.0, 0.0
			for s, t := range b.sums[k*len(h.sources):][:h.met] {
				a := h.offsets[k*len(h.sources)+s]
				n += t.n
				sum += t.sum - a*t.n
				square += t.squares - 2*a*t.sum + a*a*t.n
			}
			c.means[k].n += n
			c.means[k].x += sum
			if n > 1 {
				c.variances[k] += max(0, square-sum*sum/n)
				free[k] += n - 1
			}
		}
		if c.means[k].n > 0 {
			c.means[k].x /= c.means[k].n
		}
		squares += c.variances[k]
		frees += free[k]
	}
	c.variance = (squares + scoreVar*pseudoAll) / (frees + pseudoAll)
	for k := range c.variances {
		c.variances[k] = (c.variances[k] + pseudoOne*c.variance) / (free[k] + pseudoOne)
	}
}

// settleLevels sets the priors of the levels: the network's where there is one, else the practice's mean.
func (h *history) settleLevels(net *network) {
	c := &h.scale
	c.rho = min(max((c.products+pseudoPairs*c.variance*net.rho)/(c.variance*(c.pairs+pseudoPairs)), 0), maxRho)
	c.sd = lonelySD
	sum, n := 0.0, 0.0
	for k, m := range c.means {
		x := m.x
		if net.means != nil {
			x -= net.means[h.network[k]]
		}
		sum += m.n * x
		n += m.n
	}
	c.mu = 0
	if net.means != nil {
		c.sd = levelSD
		c.mu = sum / (n + pseudoAll)
	} else if n > 0 {
		c.mu = sum / n
	}
	c.mus = make([]float64, len(h.touchpoints))
	c.longs = make([]float64, len(h.touchpoints))
	for k := range c.mus {
		c.mus[k] = c.mu
		if net.means != nil {
			c.mus[k] += net.means[h.network[k]]
		}
		c.longs[k] = c.mus[k]
		if k < len(c.means) {
			m := c.means[k]
			c.longs[k] = (m.n*m.x + pseudoLevel*c.mus[k]) / (m.n + pseudoLevel)
		}
	}
}

// variance of touchpoint k, which may not have been met yet.
func (c *scale) of(k int) float64 {
	if k < len(c.variances) {
		return c.variances[k]
	}
	return c.variance
}
