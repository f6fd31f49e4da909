package model

import (
	"math"
	"slices"
	"strings"
)

// unitLayout is of the features of a clause or sentence: of what it is about.
func unitLayout(touchpoints, behaviours int) layout {
	return layout{
		Blocks: []block{{Name: "words", Bits: 16, Length: 1}, {Name: "characters", Bits: 15, Length: 1}, {Name: "words before", Bits: 13, Length: 0.5}, {Name: "words after", Bits: 12, Length: 0.3}, {Name: "question", Bits: 12, Length: 0.5}},
		Dense:  6*touchpoints + 2*behaviours + verdictSize + 8 + 4 + unitTextSize,
	}
}

// unitFeatures returns what tells the touchpoints and behaviours of a stretch: its words, those around it in the text or,
// at the ends of the text, in its context, the question, and what the rules find. Scoring takes the same from sums.
func (s *sheet) unitFeatures(touchpoints, behaviours int, x stretch) features {
	first, last := s.tokens(x)
	return features{
		func(i int, list []uint32) []uint32 {
			switch i {
			case 0:
				return s.terms.words(list, first, last, 0)
			case 1:
				return s.chars(list, first, last)
			case 2:
				from := s.first(s.start(x.first))
				if list = s.terms.single(list, from, first, 0); from == 0 {
					list = s.before.single(list, 0, len(s.before.list), 0)
				}
			case 3:
				// A text of marks has no clause.
				if list = s.terms.single(list, last, max(last, s.first(s.end(x.last))), 0); last == len(s.Tokens) {
					list = s.after.single(list, 0, len(s.after.list), 0)
				}
			case 4:
				if s.answers(x) {
					list = s.question.words(list, 0, len(s.question.list), 0)
				}
			}
			return list
		},
		func(d *dense) { s.unitRest(d, touchpoints, behaviours, x) },
	}
}

// answers reports whether a stretch is near enough to the question to be told by it.
func (s *sheet) answers(x stretch) bool { return x.last-x.first == len(s.Clauses) || x.first < 3 }

// unitRest writes the features that are not hashed: of the stretch, then of the text.
func (s *sheet) unitRest(d *dense, touchpoints, behaviours int, x stretch) {
	s.unitStretch(d, touchpoints, behaviours, x)
	s.unitText(d)
}

func (s *sheet) unitStretch(d *dense, touchpoints, behaviours int, x stretch) {
	s.named(d, touchpoints, x)
	s.shown(d, behaviours, x)
	t := s.tell(x)
	f := t.counts.to(t.verdict.to(d.room(verdictSize + countsSize + 4)))
	f[0] = flag(s.Before == "" && x.first == 0)
	f[1] = flag(x.last == len(s.Clauses) && s.After == "")
	f[2] = flag(x.last > x.first && s.Clauses[x.first].Carries)
	f[3] = float32(x.last-x.first) / 4
}

// unitTextSize is how many features unitText writes.
const unitTextSize = 8

// unitText writes those that all stretches of a text have.
func (s *sheet) unitText(d *dense) {
	ask := asks(s.Asks)
	d.put(
		1,
		float32(s.Story),
		float32(s.Whole.Score),
		flag(ask == 1),
		flag(ask == 2),
		flag(ask == 3),
		flag(s.Empty),
		flag(strings.HasSuffix(strings.TrimRight(s.Text, " "), "?")),
	)
}

// named writes six features a touchpoint: how strongly the rules find it named in the stretch, hinted,
// carried, judged, named just before, and asked about.
func (s *sheet) named(d *dense, touchpoints int, x stretch) {
	at := d.at
	put := func(touchpoint, kind int, val float32) {
		if touchpoint >= 0 && touchpoint < touchpoints {
			d.set(at+uint32(6*touchpoint+kind), val)
		}
	}
	for c := x.first; c < x.last; c++ {
		for _, n := range s.Clauses[c].Names {
			switch {
			case n.Strength >= 0.9:
				put(n.Touchpoint, 0, float32(n.Strength))
			case n.Strength > 0.5:
				put(n.Touchpoint, 1, float32(n.Strength))
			default:
				put(n.Touchpoint, 2, 0.5)
			}
			if n.Judged {
				put(n.Touchpoint, 3, float32(math.Abs(n.Score)))
			}
		}
	}
	before := s.At
	for c := x.first - 1; c >= max(0, x.first-4); c-- {
		if names := s.Clauses[c].Names; len(names) > 0 && names[0].Strength >= 0.9 {
			before = names[0].Touchpoint
			break
		}
	}
	put(before, 4, 1)
	put(s.Asked, 5, 1)
	d.at += uint32(6 * touchpoints)
}

// shown writes two features a behaviour: how far the rules find it shown, and lacking.
func (s *sheet) shown(d *dense, behaviours int, x stretch) {
	for c := x.first; c < x.last; c++ {
		for _, t := range s.Clauses[c].Traits {
			at := d.at + uint32(2*t.Behaviour)
			if t.Score < 0 {
				at++
			}
			d.set(at, float32(math.Abs(t.Score)))
		}
	}
	d.at += uint32(2 * behaviours)
}

// bound sets, for each clause, the clause that begins the two sentences before its own and the one after its sentence.
func (s *sheet) bound() {
	n := len(s.Clauses)
	s.bounds = slices.Grow(s.bounds[:0], n)[:n]
	from := 0
	for c := range n {
		for s.Clauses[from].Sentence < s.Clauses[c].Sentence-2 {
			from++
		}
		s.bounds[c].first = from
	}
	for c := n - 1; c >= 0; c-- {
		s.bounds[c].last = c + 1
		if c+1 < n && s.Clauses[c+1].Sentence == s.Clauses[c].Sentence {
			s.bounds[c].last = s.bounds[c+1].last
		}
	}
}

// start returns the clause that begins the two sentences before clause c.
func (s *sheet) start(c int) int {
	if c == 0 || c >= len(s.Clauses) {
		return 0
	}
	return s.bounds[c].first
}

// end returns the clause after the sentence that clause c begins or continues.
func (s *sheet) end(c int) int {
	if c >= len(s.Clauses) {
		return c
	}
	return s.bounds[c].last
}

// first returns the first token of clause c, or the end of the text where c is after the last.
func (s *sheet) first(c int) int {
	switch {
	case c == 0:
		return 0
	case c >= len(s.Clauses):
		return len(s.Tokens)
	}
	return s.Clauses[c].First
}
