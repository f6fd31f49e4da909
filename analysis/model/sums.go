package model

import "strings"

// sums are the features of a text's words, added up once for the whole text and all stretches of it.
type sums struct {
	*tables
	words, chars, single *strip
	named, kind          *strip               // of what was asked last
	questions            map[string][]float64 // what the words of each add to the labels of units
	question             []float64            // of the text's
}

// maxQuestions is how many questions are kept: a survey has few.
const maxQuestions = 256

func newSums(t *tables) *sums {
	u := &sums{
		tables: t, questions: map[string][]float64{},
		words: newStrip(t.words), chars: newStrip(t.chars), named: newStrip(t.named), kind: newStrip(t.kind),
	}
	if t.single != nil {
		u.single = newStrip(t.single)
	}
	return u
}

// read lays a text out. Stop i is where clause i begins; single words begin with those before the text, so that it is stop i+1 of
// theirs, and end with those after it.
func (u *sums) read(s *sheet) {
	u.words.lay(s, s.whole(), 0)
	u.chars.clear()
	for c := range s.Clauses {
		u.chars.stop()
		first, last := s.tokens(stretch{c, c + 1})
		for _, x := range s.terms.list[first:last] {
			if !x.silent {
				u.chars.putSum(s.notes.tally(int(x.spelling)))
			}
		}
	}
	u.chars.stop()
	if u.single == nil {
		return
	}
	around := u.single
	around.list, around.ends = s.before.single(around.list[:0], 0, len(s.before.list), 0), append(around.ends[:0], 0)
	for c := range s.Clauses {
		around.ends = append(around.ends, len(around.list))
		first, last := s.tokens(stretch{c, c + 1})
		around.list = s.terms.single(around.list, first, last, 0)
	}
	around.ends = append(around.ends, len(around.list))
	around.list = s.after.single(around.list, 0, len(s.after.list), 0)
	around.ends = append(around.ends, len(around.list))
	around.putAll()
	u.question = u.asked(s)
}

// wholeLogits sets out to the logits of the whole text.
func (u *sums) wholeLogits(s *sheet, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.words.add(&u.whole[0], all, 0, u.words.last())
	u.chars.add(&u.whole[1], all, 0, u.chars.last())
	if s.kind > 0 {
		u.kind.lay(s, s.whole(), uint32(s.kind))
		u.kind.add(&u.whole[2], all, 0, u.kind.last())
	}
	u.weights.Whole.finish(all, s.dense(s.wholeRest), out)
}

// blocks calls add for each block of units: where the features of a stretch begin and end among its stops.
func (u *sums) blocks(s *sheet, x stretch, add func(t *strip, c *column, from, to int)) {
	add(u.words, &u.unit[0], x.first, x.last)
	add(u.chars, &u.unit[1], x.first, x.last)
	from, to := s.start(x.first, 2), s.end(x.last)+1
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	add(u.single, &u.unit[2], from, x.first+1)
	add(u.single, &u.unit[3], x.last+1, to)
}

// unitLogits sets out to the logits of a stretch.
func (u *sums) unitLogits(s *sheet, x stretch, out []float64) {
	var hashed [maxLabels]float64
	all := hashed[:len(out)]
	u.blocks(s, x, func(t *strip, c *column, from, to int) { t.add(c, all, from, to) })
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
	u.blocks(s, x, func(t *strip, c *column, from, to int) {
		for i, j := range labels {
			out[i] += t.of(c, j, from, to)
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
	all, words := make([]float64, len(u.weights.Units.Labels)), newStrip(u.tables.question)
	words.list = s.question.words(nil, 0, len(s.question.list), 0)
	words.ends = []int{0, len(words.list)}
	words.putAll()
	words.add(&u.unit[4], all, 0, 1)
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
	u.words.add(&u.aspect[0], all, x.first, x.last)
	u.words.add(&u.aspect[1], all, focus.first, focus.last)
	if aspect != "" {
		u.named.lay(s, x, hashString(aspect))
		u.named.add(&u.aspect[2], all, focus.first-x.first, focus.last-x.first)
		u.named.add(&u.aspect[3], all, 0, x.last-x.first)
	}
	u.weights.Aspect.finish(all, s.dense(func(d *dense) { s.aspectRest(d, x, focus, touchpoint) }), out)
}
