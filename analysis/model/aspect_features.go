package model

import "math"

// topicLayout is of the features that tell which topics a text or clause is about.
var topicLayout = layout{
	Blocks: []block{
		{Name: "words", Bits: 15, Length: 1, Once: true}, {Name: "characters", Bits: 15, Length: 1, Once: true},
		{Name: "question x word", Bits: 13, Length: 1, Once: true},
	},
	Dense: 6,
}

// topicFeatures returns them.
func (s *sheet) topicFeatures(x stretch) features {
	first, last := s.tokens(x)
	ask := asks(s.Asks)
	return features{
		func(i int, list []uint32) []uint32 {
			switch {
			case i == 0:
				return s.terms.words(list, first, last, 0)
			case i == 1:
				return s.chars(list, first, last)
			case ask > 0:
				return s.terms.single(list, first, last, uint32(ask))
			}
			return list
		},
		func(d *dense) {
			d.put(1)
			for k := range 4 {
				d.put(flag(k == ask))
			}
			d.put(min(float32(math.Log1p(float64(last-first)))/5, 1))
		},
	}
}

// aspectLayout is of the features that tell what is felt about one aspect in a stretch.
var aspectLayout = layout{
	Blocks: []block{
		{Name: "words", Bits: 15, Length: 1}, {Name: "clause words", Bits: 15, Length: 1},
		{Name: "aspect x clause word", Bits: 16, Length: 1}, {Name: "aspect x word", Bits: 15, Length: 1},
	},
	Dense: 2*verdictSize + 2*ratedSize + 8 + 9,
}

// aspectFeatures returns them. In the stretch, the clauses of focus are those that name the aspect;
// touchpoint is its number for the rules or -1. Scoring takes the same from sums.
func (s *sheet) aspectFeatures(x, focus stretch, aspect string, touchpoint int) features {
	first, last := s.tokens(x)
	from, to := s.tokens(focus)
	name := nameHash(aspect)
	return features{
		func(i int, list []uint32) []uint32 {
			switch {
			case i == 0:
				return s.terms.words(list, first, last, 0)
			case i == 1:
				return s.terms.words(list, from, to, 0)
			case name == 0:
				return list
			case i == 2:
				return s.terms.words(list, from, to, name)
			}
			return s.terms.words(list, first, last, name)
		},
		func(d *dense) { s.aspectRest(d, x, focus, touchpoint) },
	}
}

// nameHash is what the words of an aspect are mixed with, 0 for none.
func nameHash(aspect string) uint32 {
	if aspect == "" {
		return 0
	}
	return hashString(aspect)
}

// aspectRest writes the features that are not hashed.
func (s *sheet) aspectRest(d *dense, x, focus stretch, touchpoint int) {
	f := d.room(2*verdictSize + 2*ratedSize + countsSize + 9)
	t := s.tell(x)
	t.verdict.to(f)
	t.rated.to(f[2*verdictSize:])
	t.counts.to(f[2*verdictSize+2*ratedSize:])
	t = s.tell(focus) // may forget the other
	t.verdict.to(f[verdictSize:])
	t.rated.to(f[2*verdictSize+ratedSize:])
	f = f[2*verdictSize+2*ratedSize+countsSize:]
	f[0] = 1
	f[1] = float32(s.Story)
	f[2] = float32(s.Whole.Score)
	score, judged := float32(0), float32(0)
	for c := focus.first; c < focus.last; c++ {
		for _, n := range s.Clauses[c].Names {
			if n.Touchpoint == touchpoint {
				score = float32(n.Score)
				judged = max(judged, flag(n.Judged))
			}
		}
	}
	ask := asks(s.Asks)
	f[3] = score
	f[4] = judged
	f[5] = score * judged
	f[6] = flag(ask == 1)
	f[7] = flag(ask == 2)
	f[8] = flag(x == focus)
}
