package analysis

// Lengths of the past, in weeks.
const (
	scanWeeks  = 16                     // start weeks a change is looked for in
	baseWeeks  = 52                     // before a start week, to compare with
	standWeeks = 26                     // after which a standing change is the new normal
	usedWeeks  = scanWeeks + baseWeeks  // for one look
	keptWeeks  = usedWeeks + standWeeks // for one look back from a standing change
	moodWeeks  = 13                     // of the trailing mean a reviewer's mood is measured against
	lagWeeks   = 3                      // between the weeks whose difference shows how weeks vary
	minRed     = .2                     // what the mood adjustment may leave of a variance
)

// A point is one week of a stream: the mean of its voices, its information (1/variance by sampling
// alone, 0 in an empty week), and the weight of its voices.
type point struct{ x, info, n float64 }

// A stretch is the part of the past that is in use, laid out anew at every refit.
type stretch struct {
	from  int     // week of the first entry
	plain []level // [(week-from)*len(touchpoints)+touchpoint]: weighted sum and weight of adjusted scores
	trail []level // running sums of plain over the last moodWeeks weeks, by touchpoint
	sums  []point // scratch of fold: weighted sum, weight and voices by stream
	means []float64
}

// settle rebuilds the weekly series with what is known before week.
func (h *history) settle(net *network, week int) {
	h.admit(week)
	h.settleLevels(net)
	k := len(h.touchpoints)
	w := &h.window
	w.from = max(h.first, week-keptWeeks)
	w.plain = w.plain[:0]
	w.trail, w.sums, w.means = make([]level, k), make([]point, k+1), make([]float64, k)
	for _, s := range h.streams {
		s.prior(&h.scale)
		s.points = s.points[:0]
	}
	for t := w.from; t < week; t++ {
		h.fold(t)
	}
	settleWander(h.streams)
}

// advance reads a week, judges it with what was fitted on earlier ones if there is anything to judge
// by, and remembers it.
func (h *history) advance(week int, threshold float64, judged bool) {
	h.rebase(week)
	h.follow(week)
	h.weigh(week)
	if judged {
		products, pairs := h.fold(week)
		for _, s := range h.streams {
			s.judge(h, week, threshold)
		}
		h.scale.products += products
		h.scale.pairs += pairs
	}
	h.remember(week)
	h.through = week
}

// fold adds a week to the series. Mood: in a review on several touchpoints, what the other remarks
// deviate from their trailing means predicts part of each, with correlation rho between any two; that
// part is taken off and the variance falls with it. It returns the products of deviations within
// reviews and the number of pairs.
func (h *history) fold(week int) (products, pairs float64) {
	w, c := &h.window, &h.scale
	h.trail()
	clear(w.sums)
	touches := len(h.touchpoints)
	at := len(w.plain)
	for range touches {
		w.plain = append(w.plain, level{})
	}
	plain := w.plain[at:]
	for _, v := range h.week(week) {
		if v.weight == 0 || !h.sources[v.source].counts {
			continue
		}
		remarks := h.remarks[v.from:v.to]
		moods, squares, wide := 0.0, 0.0, 0.0
		for _, r := range remarks {
			z := r.score - h.offset(r.touch, v.source)
			res := z - w.means[r.touch]
			moods += res
			squares += res * res
			wide += z - c.longs[r.touch]
			plain[r.touch].x += v.weight * z
			plain[r.touch].n += v.weight
		}
		j := float64(len(remarks))
		products += v.weight * (moods*moods - squares) / 2
		pairs += v.weight * j * (j - 1) / 2
		q, red := 0.0, 1.0
		if j > 1 {
			q = c.rho / (1 + (j-2)*c.rho)
			red = max(minRed, 1-c.rho*q*(j-1))
		}
		for _, r := range remarks {
			z := r.score - h.offset(r.touch, v.source)
			others := moods - (z - w.means[r.touch])
			w.sums[r.touch+1].add(z-q*others, v.weight/red, v.weight)
		}
		w.sums[0].add(wide/j, v.weight/(c.variance*(c.rho+(1-c.rho)/j)), v.weight)
	}
	for i, s := range h.streams {
		p := w.sums[i]
		if p.info > 0 {
			p.x /= p.info
			if i > 0 {
				p.info /= c.of(i - 1)
			}
		}
		s.points = append(s.points, p)
	}
	return products, pairs
}

func (p *point) add(x, weight, n float64) {
	p.x += weight * x
	p.info += weight
	p.n += n
}

// trail moves the trailing means on to the latest week folded.
func (h *history) trail() {
	w, touches := &h.window, len(h.touchpoints)
	weeks := len(w.plain) / max(touches, 1)
	for k := range touches {
		if weeks > 0 {
			p := w.plain[(weeks-1)*touches+k]
			w.trail[k].x += p.x
			w.trail[k].n += p.n
		}
		if weeks > moodWeeks {
			p := w.plain[(weeks-1-moodWeeks)*touches+k]
			w.trail[k].x -= p.x
			w.trail[k].n -= p.n
		}
		w.means[k] = (w.trail[k].x + pseudoLevel*h.scale.longs[k]) / (max(w.trail[k].n, 0) + pseudoLevel)
	}
}
