package model

import "strings"

// sums are the features of a text's words, added up once for the whole text and all stretches of it.
type sums struct {
	*tables
	words, chars  *strip
	before, after *strip               // of the text with what is before it, and with what is after it
	questions     map[string][]float64 // what the words of each add to the labels of units
}

// maxQuestions is how many questions are kept: a survey has few.
const maxQuestions = 256

func newSums(t *tables) *sums {
	u := &sums{tables: t, words: newStrip(t.words), chars: newStrip(t.chars), questions: map[string][]float64{}}
	if t.before != nil {
		u.before, u.after = newStrip(t.before), newStrip(t.after)
	}
	return u
}

// read lays a text out. A clause has two stops among the words, before and after the pair that its first word makes with the
// word before: a run that begins with the second has no pair that reaches out of it.
func (u *sums) read(s *sheet) {
	u.words.clear()
	u.chars.clear()
	before, some := uint32(0), false
	for c := range s.Clauses {
		first, last := s.tokens(stretch{c, c + 1})
		u.words.stop()
		u.chars.stop()
		for i := first; i < last; i++ {
			x := &s.terms.list[i]
			h := mix(0, x.marked)
			if !x.silent && some {
				u.words.put(spread(mix(before, h)))
			}
			if i == first {
				u.words.stop()
			}
			if !x.silent {
				u.words.put(spread(h))
				n := &s.notes.list[x.spelling]
				u.chars.putSum(n.runs, n.sum)
			}
			before, some = h, !x.silent
		}
	}
	u.words.stop()
	u.chars.stop()
}

// readUnits lays out what stands around the clauses, after read. Stop i is where clause i begins, but among words before, whose
// first is where what is before the text does.
func (u *sums) readUnits(s *sheet) {
	u.before.clear()
	u.before.stop()
	u.before.latest = s.before.single(u.before.latest, 0, len(s.before.list), 0)
	u.after.clear()
	for c := range s.Clauses {
		first, last := s.tokens(stretch{c, c + 1})
		u.before.stop()
		u.after.stop()
		from := len(u.before.latest)
		u.before.latest = s.terms.single(u.before.latest, first, last, 0)
		u.after.put(u.before.latest[from:]...)
	}
	u.before.stop()
	u.after.stop()
	u.after.latest = s.after.single(u.after.latest, 0, len(s.after.list), 0)
	u.after.stop()
}

// whole sets out to the logits of the whole text.
func (u *sums) whole(s *sheet, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.words.add(&u.wholeColumns[0], all, 0, u.words.last())
	u.chars.add(&u.wholeColumns[1], all, 0, u.chars.last())
	if kind := s.kind(); kind > 0 {
		s.hashes = s.terms.words(s.hashes[:0], 0, len(s.terms.list), uint32(kind))
		u.kind.add(all, s.hashes)
	}
	u.weights.Whole.finish(all, s.dense(s.wholeRest), out)
}

// blocks calls add for each block of units: where the features of a stretch begin and end among its stops.
func (u *sums) blocks(s *sheet, x stretch, add func(t *strip, c *column, from, to int)) {
	add(u.words, &u.unitColumns[0], 2*x.first+1, 2*x.last)
	add(u.chars, &u.unitColumns[1], x.first, x.last)
	from, to := s.start(x.first, 2), s.end(x.last)
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	add(u.before, &u.unitColumns[2], from, x.first+1)
	add(u.after, &u.unitColumns[3], x.last, to)
}

// units sets out to the logits of a stretch.
func (u *sums) units(s *sheet, x stretch, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.blocks(s, x, func(t *strip, c *column, from, to int) { t.add(c, all, from, to) })
	if s.asked != "" && s.answers(x) {
		for j, v := range u.asked(s, len(out)) {
			all[j] += v
		}
	}
	u.weights.Units.finish(all, s.dense(u.rest(s, x)), out)
}

// some sets out to the logits of some labels.
func (u *sums) some(s *sheet, x stretch, labels []int, out []float64) {
	clear(out)
	u.blocks(s, x, func(t *strip, c *column, from, to int) {
		for i, j := range labels {
			out[i] += t.of(c, j, from, to)
		}
	})
	rest := s.dense(u.rest(s, x))
	for i, j := range labels {
		if s.asked != "" && s.answers(x) {
			out[i] += u.asked(s, len(u.weights.Units.Labels))[j]
		}
		out[i] = u.weights.Units.finishOne(j, out[i], rest)
	}
}

// rest returns what writes the dense features of a stretch.
func (u *sums) rest(s *sheet, x stretch) func(*dense) {
	return func(d *dense) { s.unitRest(d, len(u.weights.Touchpoints), len(u.weights.Behaviours), x) }
}

// asked returns what the question adds to each of k labels.
func (u *sums) asked(s *sheet, k int) []float64 {
	if known, ok := u.questions[s.asked]; ok {
		return known
	}
	s.readQuestion()
	all := make([]float64, k)
	u.question.add(all, s.question.words(nil, 0, len(s.question.list), 0))
	if len(u.questions) == maxQuestions {
		clear(u.questions)
	}
	u.questions[strings.Clone(s.asked)] = all
	return all
}
