package analysis

import "slices"

// A RatingPair is some reviews of one source whose rating was Before at the start of a period and is After
// at its end; nil where the review was not there.
type RatingPair struct {
	Source        string
	Feedback      string // empty where the pair stands for several
	Before, After *float64
	N             int
}

// A Bridge leads from the mean of all public ratings at the start of a period to that at its end. The
// parts add up to the change: within each source what went, what was edited and what came, in that
// order, weighted by the source's mean share of the ratings; the rest is that the shares moved.
type Bridge struct {
	From, To     float64 // means; one is 0 where its N is
	NFrom, NTo   int
	New          BridgePart
	Removed      BridgePart
	Edited       BridgePart
	Mix          float64 // sources weigh more or less than before, came or went
	SourcesMoved int     // how many weigh otherwise than before by a hundredth at least
}

// A BridgePart is what some reviews did to the mean.
type BridgePart struct {
	N     int     // how many
	Value float64 // in stars
}

// Change is how far the mean moved.
func (b Bridge) Change() float64 { return b.To - b.From }

// BridgeRatings splits the change of the mean of the ratings. It returns false where there was no rating at
// one end: then nothing changed, it began or ended.
func BridgeRatings(pairs []RatingPair) (Bridge, bool) {
	var b Bridge
	var sources []string
	by := map[string][]RatingPair{}
	var from, to moments
	for _, p := range pairs {
		if by[p.Source] == nil {
			sources = append(sources, p.Source)
		}
		by[p.Source] = append(by[p.Source], p)
		if p.Before != nil {
			from.add(*p.Before, float64(p.N))
		}
		if p.After != nil {
			to.add(*p.After, float64(p.N))
		}
	}
	b.NFrom, b.NTo = int(from.n), int(to.n)
	if b.NFrom == 0 || b.NTo == 0 {
		return b, false
	}
	b.From, b.To = from.mean(), to.mean()
	slices.Sort(sources) // sums of floats have an order
	for _, name := range sources {
		b.source(by[name], from.n, to.n)
	}
	return b, true
}

// source adds the parts of one source, of from ratings before and to after.
func (b *Bridge) source(pairs []RatingPair, from, to float64) {
	var before, kept, edited, after moments
	var removed, changed, came int
	for _, p := range pairs {
		switch {
		case p.Before == nil && p.After == nil:
			continue
		case p.Before == nil:
			after.add(*p.After, float64(p.N))
			came += p.N
			continue
		}
		before.add(*p.Before, float64(p.N))
		if p.After == nil {
			removed += p.N
			continue
		}
		kept.add(*p.Before, float64(p.N))
		edited.add(*p.After, float64(p.N))
		after.add(*p.After, float64(p.N))
		if *p.Before != *p.After {
			changed += p.N
		}
	}
	was, is := before.n/from, after.n/to
	if is-was >= .01 || was-is >= .01 {
		b.SourcesMoved++
	}
	b.Removed.N += removed
	b.Edited.N += changed
	b.New.N += came
	// A source without ratings at one end has no mean there: it is taken to be that of the other end, so
	// that its coming or going is all mix. In between, an emptied source stands where it stood.
	var start, end float64
	switch {
	case before.n == 0 && after.n == 0:
		return
	case before.n == 0:
		start, end = after.mean(), after.mean()
	case after.n == 0:
		start, end = before.mean(), before.mean()
	default:
		start, end = before.mean(), after.mean()
	}
	weight := (was + is) / 2
	at := start
	step := func(m moments, part *BridgePart) {
		if m.n > 0 && before.n > 0 && after.n > 0 {
			part.Value += weight * (m.mean() - at)
			at = m.mean()
		}
	}
	step(kept, &b.Removed)
	step(edited, &b.Edited)
	step(after, &b.New)
	b.Mix += (start + end) / 2 * (is - was)
}
