package model

import "strings"

// unitStrips are the features of a text's words as the bank of units weighs them: a word is read once for all the stretches
// that it stands in, before or after.
type unitStrips struct {
	bank          *linear
	words         *strip // two slots a token: the word with the one before it, the word
	chars         *strip
	before, after *strip               // of the text with what is before it, and with what is after it
	questions     map[string][]float64 // what the words of each add to the labels
}

// maxQuestions is how many questions are kept: a survey has few.
const maxQuestions = 256

func newUnitStrips(b *linear, m *met) *unitStrips {
	return &unitStrips{
		bank: b, words: newStrip(b, 0, m), chars: newStrip(b, 1, m), before: newStrip(b, 2, m), after: newStrip(b, 3, m),
		questions: map[string][]float64{},
	}
}

// read lays a text out. Stop i is where clause i begins, but for words, which have two for each, and those before, which begin
// with what is before the text.
func (u *unitStrips) read(s *sheet) {
	s.layWords(u.words, 0)
	s.layChars(u.chars, func(n *note) []uint64 { return n.units })
	u.before.clear()
	u.before.stop()
	s.before.laySingle(u.before, 0, len(s.before.list))
	s.laySingle(u.before)
	u.before.end()
	u.after.clear()
	s.laySingle(u.after)
	s.after.laySingle(u.after, 0, len(s.after.list))
	u.after.stop()
	u.after.end()
}

// logits sets out to the logits of a stretch.
func (u *unitStrips) logits(s *sheet, touchpoints, behaviours int, x stretch, out []float64) {
	var hashed, scratch [maxLabels]float64
	all, sum := hashed[:len(out)], scratch[:len(out)]
	add := func(block int, t *strip, from, to int) {
		clear(sum)
		u.bank.Layout.Blocks[block].weigh(t.add(from, to, sum), sum, all)
	}
	add(0, u.words, 2*x.first+1, 2*x.last)
	add(1, u.chars, x.first, x.last)
	from, to := s.start(x.first, 2), s.end(x.last)
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	add(2, u.before, from, x.first+1)
	add(3, u.after, x.last, to)
	if s.asked != "" && s.answers(x) {
		for j, v := range u.question(s, len(out)) {
			all[j] += v
		}
	}
	v := vector{s.scratch.at[:0], s.scratch.val[:0]}
	s.unitRest(&dense{v: &v, at: uint32(len(u.bank.idf))}, touchpoints, behaviours, x)
	s.scratch = v
	u.bank.finish(all, v, out)
}

// question returns what the question adds to each of k labels.
func (u *unitStrips) question(s *sheet, k int) []float64 {
	if known, ok := u.questions[s.asked]; ok {
		return known
	}
	const last = 4
	offset := 0
	for _, b := range u.bank.Layout.Blocks[:last] {
		offset += 1 << b.Bits
	}
	b := u.bank.Layout.Blocks[last]
	s.readQuestion()
	s.question.words(&s.count, b.Bits, 0, len(s.question.list), 0)
	var v vector
	s.count.flush(&v, uint32(offset))
	sum, all := make([]float64, k), make([]float64, k)
	b.weigh(u.bank.layOut().addAll(v, sum), sum, all)
	if len(u.questions) == maxQuestions {
		clear(u.questions)
	}
	u.questions[strings.Clone(s.asked)] = all
	return all
}
