package analysis

import "math"

// Constants of a stream. A drop is half-normal a priori; weeks vary beyond sampling.
const (
	touchDrop   = .30 // scale of a touchpoint's drop
	wideDrop    = .20 // and of the whole practice's
	touchWander = .06 // usual standard deviation of a touchpoint's true level from week to week
	wideWander  = .042
	minWander   = .02
	maxWander   = .20
	pseudoWeeks = 6   // pairs of weeks, for the wander
	wanderPlus  = 1.3 // weeks that follow each other vary together
	wideLevelSD = .05
)

// A stream is the weekly series of one touchpoint, or of the practice, with what is said of it.
type stream struct {
	touch  int // -1 for the practice-wide one
	points []point
	drop   float64 // scale of the prior of a change
	usual  float64 // usual week-to-week standard deviation
	wander float64 // week-to-week variance of the true level
	mu, sd float64 // prior of the level

	restart int    // weeks before it are another life: a source or a normal that is gone
	masked  []span // weeks of a change that was over: neither before nor after
	state
}

// A span is weeks from, but not to.
type span struct{ from, to int }

func newStream(touch int) *stream {
	return &stream{touch: touch, drop: touchDrop, usual: touchWander, restart: math.MinInt}
}

func newWideStream() *stream {
	return &stream{touch: -1, drop: wideDrop, usual: wideWander, sd: wideLevelSD, restart: math.MinInt}
}

// prior takes the level prior from the scale; the practice-wide stream is measured from long-run
// levels, so its own is 0.
func (s *stream) prior(c *scale) {
	if s.touch >= 0 {
		s.mu, s.sd = c.mus[s.touch], c.sd
	}
}

// uses reports whether a week takes part in comparisons.
func (s *stream) uses(week int) bool {
	if week < s.restart {
		return false
	}
	for _, m := range s.masked {
		if m.from <= week && week < m.to {
			return false
		}
	}
	return true
}

// precision of a week's mean as a measure of the stream's level.
func (s *stream) precision(p point) float64 {
	if p.info == 0 {
		return 0
	}
	return 1 / (1/p.info + wanderPlus*s.wander)
}

// settleWander fits the week-to-week variance: of the practice-wide stream alone, and of all
// touchpoints together. Half the squared difference of two weeks, less what sampling explains, is the
// variance; weeks with little information count little, and one wild pair cannot carry it.
func settleWander(streams []*stream) {
	streams[0].wander = wanderOf(streams[:1])
	if len(streams) > 1 {
		v := wanderOf(streams[1:])
		for _, s := range streams[1:] {
			s.wander = v
		}
	}
}

func wanderOf(streams []*stream) float64 {
	usual := streams[0].usual * streams[0].usual
	sum, weights := pseudoWeeks*usual, float64(pseudoWeeks)
	for _, s := range streams {
		for i := lagWeeks; i < len(s.points); i++ {
			a, b := s.points[i], s.points[i-lagWeeks]
			if a.info == 0 || b.info == 0 {
				continue
			}
			sampling := 1/a.info + 1/b.info
			d := a.x - b.x
			e := min((d*d-sampling)/2, 4.5*(sampling+2*usual))
			root := 2 * usual / (sampling + 2*usual)
			sum += root * root * e
			weights += root * root
		}
	}
	return min(max(sum/weights, minWander*minWander), maxWander*maxWander)
}
