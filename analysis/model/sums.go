package model

import "strings"

// sums are the features of a text's words, added up once for the whole text and all stretches of it.
type sums struct {
	*tables
	text      *strip
	questions map[string][]float64 // what the words of each add to the labels of units
	question  []float64            // of the text's

	list  []uint32 // scratch: features
	total []uint64 // scratch: of those
}

// maxQuestions is how many questions are kept: a survey has few.
const maxQuestions = 256

func newSums(t *tables) *sums {
	return &sums{tables: t, text: newStrip(t), questions: map[string][]float64{}}
}

// read lays a text out.
func (u *sums) read(s *sheet) {
	u.text.lay(s)
	if u.single != nil {
		u.question = u.asked(s)
	}
}

// sum returns the sum of rows, until the next is asked for.
func (u *sums) sum(t *table, features []uint32) []uint64 {
	u.total = append(u.total[:0], make([]uint64, 4*t.width)...)
	t.total(u.total, features)
	return u.total
}

// wholeLogits sets out to the logits of the whole text.
func (u *sums) wholeLogits(s *sheet, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.text.add(&u.whole[0], all, 1, 1+len(s.Clauses))
	u.text.add(&u.whole[1], all, 1, 1+len(s.Clauses))
	if s.kind > 0 {
		u.list = s.terms.words(u.list[:0], 0, len(s.terms.list), uint32(s.kind))
		u.whole[2].addTotal(all, u.sum(u.kind, u.list), len(u.list))
	}
	u.weights.Whole.finish(all, s.dense(s.wholeRest), out)
}

// blocks calls add for each block of units: where the features of a stretch begin and end among the stops.
func (u *sums) blocks(s *sheet, x stretch, add func(c *column, from, to int)) {
	add(&u.unit[0], x.first+1, x.last+1)
	add(&u.unit[1], x.first+1, x.last+1)
	from, to := s.start(x.first, 2), s.end(x.last)+1
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	add(&u.unit[2], from, x.first+1)
	add(&u.unit[3], x.last+1, to)
}

// unitLogits sets out to the logits of a stretch.
func (u *sums) unitLogits(s *sheet, x stretch, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.blocks(s, x, func(c *column, from, to int) { u.text.add(c, all, from, to) })
	if s.answers(x) {
		for j, v := range u.question {
			all[j] += v
		}
	}
	u.weights.Units.finish(all, s.dense(u.rest(s, x)), out)
}

// someLogits sets out to the logits of some labels of a stretch.
func (u *sums) someLogits(s *sheet, x stretch, labels []int, out []float64) {
	clear(out)
	u.blocks(s, x, func(c *column, from, to int) {
		for i, j := range labels {
			out[i] += u.text.of(c, j, from, to)
		}
	})
	rest := s.dense(u.rest(s, x))
	for i, j := range labels {
		if u.question != nil && s.answers(x) {
			out[i] += u.question[j]
		}
		out[i] = u.weights.Units.finishOne(j, out[i], rest)
	}
}

// rest returns what writes the dense features of a stretch.
func (u *sums) rest(s *sheet, x stretch) func(*dense) {
	return func(d *dense) { s.unitRest(d, len(u.weights.Touchpoints), len(u.weights.Behaviours), x) }
}

// asked returns what the question adds to each label, nil without one.
func (u *sums) asked(s *sheet) []float64 {
	if s.asked == "" {
		return nil
	}
	if known, ok := u.questions[s.asked]; ok {
		return known
	}
	s.readQuestion()
	all, words := make([]float64, len(u.weights.Units.Labels)), s.question.words(nil, 0, len(s.question.list), 0)
	u.unit[4].addTotal(all, u.sum(u.tables.question, words), len(words))
	if len(u.questions) == maxQuestions {
		clear(u.questions)
	}
	u.questions[strings.Clone(s.asked)] = all
	return all
}

// aspectLogits sets out to the logits of an aspect, see aspectFeatures.
func (u *sums) aspectLogits(s *sheet, x, focus stretch, aspect string, touchpoint int, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.text.add(&u.aspect[0], all, x.first+1, x.last+1)
	u.text.add(&u.aspect[1], all, focus.first+1, focus.last+1)
	if aspect != "" {
		first, last := s.tokens(x)
		from, to := s.tokens(focus)
		name := hashString(aspect)
		u.list = s.terms.words(u.list[:0], from, to, name)
		n := len(u.list)
		u.aspect[2].addTotal(all, u.sum(u.named, u.list), n)
		u.list = s.terms.words(s.terms.words(u.list, first, from, name), to, last, name)
		u.named.total(u.total, u.list[n:])
		u.aspect[3].addTotal(all, u.total, len(u.list))
	}
	u.weights.Aspect.finish(all, s.dense(func(d *dense) { s.aspectRest(d, x, focus, touchpoint) }), out)
}
