package model

import (
	"math"
	"strings"
)

// sums are the features of a text's words, added up once for the whole text and all stretches of it.
type sums struct {
	*tables
	text      *strip
	questions map[string]*[maxLabels]float32 // what the words of each add to the labels of units
	question  *[maxLabels]float32            // of the text's
	latest    string                         // that question
	rest      dense                          // features of units that all stretches of a text have

	asked, clauses batch // at hand

	traits [maxLabels / 2]float64 // scratch: sums, zero between
}

// maxQuestions is how many questions are kept, and longestKept how many bytes they have at most: a survey has few.
const (
	maxQuestions = 256
	longestKept  = 1 << 10
)

// noQuestion adds nothing.
var noQuestion [maxLabels]float32

func newSums(t *tables) *sums {
	return &sums{tables: t, text: newStrip(t), question: &noQuestion, questions: map[string]*[maxLabels]float32{}}
}

// read lays a text out.
func (u *sums) read(s *sheet) {
	u.text.lay(s)
	if u.single == nil {
		return
	}
	u.ask(s)
	u.rest.clear()
	s.unitText(&u.rest)
}

// askWhole asks for the log odds of the whole text.
func (u *sums) askWhole(b *batch, s *sheet) {
	u.text.add(b, &u.whole[0], 1, 1+len(s.Clauses))
	u.text.add(b, &u.whole[1], 1, 1+len(s.Clauses))
	if s.kind > 0 {
		b.features = s.terms.words(b.features, 0, len(s.terms.list), uint32(s.kind))
		b.total(u.kind)
		b.add(&u.whole[2], len(u.text.sums), noSum, len(b.features))
	}
	s.wholeRest(b.next())
	b.end(ofWhole, u.finishes[ofWhole], false, false)
}

// noSum is where the sums of a text have that of no rows.
const noSum = 0

// askUnit asks for the log odds of a stretch.
func (u *sums) askUnit(b *batch, s *sheet, x stretch) {
	u.text.add(b, &u.unit[0], x.first+1, x.last+1)
	u.text.add(b, &u.unit[1], x.first+1, x.last+1)
	from, to := s.start(x.first), s.end(x.last)+1
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	if from < x.first+1 {
		u.text.add(b, &u.unit[2], from, x.first+1)
	}
	if x.last+1 < to {
		u.text.add(b, &u.unit[3], x.last+1, to)
	}
	d := b.next()
	s.unitStretch(d, len(u.weights.Touchpoints), len(u.weights.Behaviours), x)
	d.put(u.rest.flow...)
	u.trust(d, s, x)
	b.end(ofUnits, u.finishes[ofUnits], s.answers(x), x.last-x.first > 1)
}

// By how much the log odds of a behaviour rise where the rules find it and fall where they do not, beyond what was
// learnt. The corpus is full of traps; in real reviews the rules are right more often than it teaches.
const (
	trusted = 1.5
	missed  = 0.7
)

// trust writes a feature for each behaviour that the rules find shown or lacking in a stretch: those come after the ones learnt.
func (u *sums) trust(d *dense, s *sheet, x stretch) {
	for c := x.first; c < x.last; c++ {
		for _, t := range s.Clauses[c].Traits {
			u.traits[t.Behaviour] += t.Score
		}
	}
	for c := x.first; c < x.last; c++ {
		for _, t := range s.Clauses[c].Traits {
			at := uint32(u.weights.Units.Layout.Dense + 2*t.Behaviour)
			switch sum := u.traits[t.Behaviour]; {
			case sum > 0:
				d.set(at, 1)
			case sum < 0:
				d.set(at+1, 1)
			}
			u.traits[t.Behaviour] = 0
		}
	}
}

// ask sets what the question adds to each label.
func (u *sums) ask(s *sheet) {
	if s.asked == u.latest {
		return
	}
	u.latest = strings.Clone(s.asked)
	if u.latest == "" {
		u.question = &noQuestion
		return
	}
	if u.question = u.questions[u.latest]; u.question != nil {
		return
	}
	s.readQuestion()
	words := s.question.words(nil, 0, len(s.question.list), 0)
	u.question = new([maxLabels]float32)
	t, c := u.tables.question, &u.unit[4]
	sums := make([]int32, t.width)
	t.total(sums, words, []int32{int32(len(words))})
	of := sums[c.at:][:c.labels+1]
	if square := of[c.labels]; square > 0 {
		for j, v := range of[:c.labels] {
			u.question[j] = float32(float64(c.length) / math.Sqrt(float64(square)) * float64(int(v)-len(words)*bias))
		}
	}
	if len(u.questions) == maxQuestions {
		clear(u.questions)
	}
	if len(u.latest) <= longestKept {
		u.questions[u.latest] = u.question
	}
}

// A view is what someone may feel about an aspect: in a stretch, of which the clauses of focus name it.
type view struct {
	stretch, focus stretch
	aspect         uint32 // see nameHash
	touchpoint     int    // its number for the rules or -1
}

// feltOdds returns the log odds of views, see aspectFeatures.
func (u *sums) feltOdds(s *sheet, views []view) *batch {
	b, at := u.asked.start(), len(u.text.sums)
	for _, v := range views {
		u.text.add(b, &u.aspect[0], v.stretch.first+1, v.stretch.last+1)
		u.text.add(b, &u.aspect[1], v.focus.first+1, v.focus.last+1)
		if v.aspect > 0 {
			first, last := s.tokens(v.stretch)
			from, to := s.tokens(v.focus)
			before, width := len(b.features), int(u.named.width)
			b.features = s.terms.words(b.features, from, to, v.aspect)
			b.total(u.named)
			b.add(&u.aspect[2], at, noSum, len(b.features)-before)
			b.features = s.terms.words(s.terms.words(b.features, first, from, v.aspect), to, last, v.aspect)
			b.total(u.named)
			b.add(&u.aspect[3], at+width, noSum, len(b.features)-before)
			at += 2 * width
		}
		s.aspectRest(b.next(), v.stretch, v.focus, v.touchpoint)
		b.end(ofAspect, u.finishes[ofAspect], false, false)
	}
	if len(views) > 0 {
		u.answer(b, s.notes.records)
	}
	return b
}
