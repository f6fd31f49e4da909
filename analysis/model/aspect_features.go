package model

import "math"

// topicLayout is of the features that tell which topics a text or clause is about.
var topicLayout = layout{
	Blocks: []block{{Name: "words", Bits: 15, Length: 1}, {Name: "characters", Bits: 15, Length: 1}, {Name: "question x word", Bits: 13, Length: 1}},
	Dense:  6,
}

// topicFeatures returns them.
func (s *sheet) topicFeatures(x stretch) vector {
	v := s.blank()
	first, last := s.tokens(x)
	l := topicLayout
	s.terms.words(&s.count, l.Blocks[0].Bits, first, last, 0)
	s.count.flush(&v, 0)
	offset := uint32(1) << l.Blocks[0].Bits
	s.terms.chars(&s.count, l.Blocks[1].Bits, first, last)
	s.count.flush(&v, offset)
	offset += 1 << l.Blocks[1].Bits
	ask := asks(s.Asks)
	if ask > 0 {
		s.terms.single(&s.count, l.Blocks[2].Bits, first, last, uint32(ask))
		s.count.flush(&v, offset)
	}
	d := dense{v: &v, at: uint32(l.hashed())}
	d.put(1)
	for k := range 4 {
		d.put(flag(k == ask))
	}
	d.put(min(float32(math.Log1p(float64(last-first)))/5, 1))
	return s.done(v)
}

// aspectLayout is of the features that tell what is felt about one aspect in a stretch.
var aspectLayout = layout{
	Blocks: []block{
		{Name: "words", Bits: 15, Length: 1}, {Name: "clause words", Bits: 15, Length: 1}, {Name: "rest words", Bits: 14, Length: 0.7},
		{Name: "aspect x clause word", Bits: 16, Length: 1}, {Name: "aspect x word", Bits: 15, Length: 1},
		{Name: "words before", Bits: 12, Length: 0.4},
	},
	Dense: 2*verdictSize + 2*ratedSize + 8 + 9,
}

// aspectFeatures returns them. In the stretch, the clauses of focus are those that name the aspect;
// touchpoint is its number for the rules or -1.
func (s *sheet) aspectFeatures(x, focus stretch, aspect string, touchpoint int) vector {
	v := s.blank()
	first, last := s.tokens(x)
	from, to := s.tokens(focus)
	name := uint32(0)
	if aspect != "" {
		name = hashString(aspect)
	}
	l, offset := aspectLayout, uint32(0)
	next := func(i int, fill func(bits int)) {
		fill(l.Blocks[i].Bits)
		s.count.flush(&v, offset)
		offset += 1 << l.Blocks[i].Bits
	}
	next(0, func(bits int) { s.terms.words(&s.count, bits, first, last, 0) })
	next(1, func(bits int) { s.terms.words(&s.count, bits, from, to, 0) })
	next(2, func(bits int) {
		s.terms.single(&s.count, bits, first, from, 1)
		s.terms.single(&s.count, bits, to, last, 2)
	})
	next(3, func(bits int) {
		if name != 0 {
			s.terms.words(&s.count, bits, from, to, name)
		}
	})
	next(4, func(bits int) {
		if name != 0 {
			s.terms.words(&s.count, bits, first, last, name)
		}
	})
	next(5, func(bits int) {
		s.before.single(&s.count, bits, 0, len(s.before.list), 0)
		if x.first > 0 {
			s.terms.single(&s.count, bits, s.first(s.start(x.first, 1)), first, 0)
		}
	})
	d := dense{v: &v, at: uint32(l.hashed())}
	d.verdict(s, x)
	d.verdict(s, focus)
	d.rated(s, x)
	d.rated(s, focus)
	d.counts(s, first, last)
	d.put(1)
	d.put(float32(s.Story))
	d.put(float32(s.Whole.Score))
	named, judged := float32(0), float32(0)
	for _, c := range s.Clauses[focus.first:focus.last] {
		for _, n := range c.Names {
			if n.Touchpoint == touchpoint {
				named = float32(n.Score)
				judged = max(judged, flag(n.Judged))
			}
		}
	}
	d.put(named)
	d.put(judged)
	d.put(named * judged)
	ask := asks(s.Asks)
	d.put(flag(ask == 1))
	d.put(flag(ask == 2))
	d.put(flag(x == focus))
	return s.done(v)
}
