package model

import (
	"math"
	"slices"
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

	wholeAsked, unitsAsked, clausesAsked, feltAsked batch

	list []uint32 // scratch: features
	ends []int32  // scratch: where those of one sum end
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

// total adds the sums of the rows of features, cut at u.ends, to those of the text, and returns where they begin.
func (u *sums) total(t *table) int {
	at := len(u.text.sums)
	n := len(u.ends) * t.width
	u.text.sums = slices.Grow(u.text.sums, n+beyond)[:at+n]
	t.total(u.text.sums[at:], u.list, u.ends)
	return at
}

// wholeOdds returns the log odds of the whole text.
func (u *sums) wholeOdds(s *sheet) []float32 {
	b := u.wholeAsked.start()
	b.addends = append(b.addends, u.text.addend(&u.whole[0], 1, 1+len(s.Clauses)), u.text.addend(&u.whole[1], 1, 1+len(s.Clauses)))
	if s.kind > 0 {
		u.list = s.terms.words(u.list[:0], 0, len(s.terms.list), uint32(s.kind))
		u.ends = append(u.ends[:0], int32(len(u.list)))
		at := u.total(u.kind)
		b.addends = append(b.addends, u.whole[2].addend(at, noSum, len(u.list)))
	}
	s.wholeRest(b.next())
	b.end(false, false)
	u.wholeEnd.odds(b, u.text.sums, u.question)
	return b.of(0)
}

// noSum is where the sums of a text have that of no rows.
const noSum = 0

// askUnit asks for the log odds of a stretch.
func (u *sums) askUnit(b *batch, s *sheet, x stretch) {
	b.addends = append(b.addends, u.text.addend(&u.unit[0], x.first+1, x.last+1), u.text.addend(&u.unit[1], x.first+1, x.last+1))
	from, to := s.start(x.first), s.end(x.last)+1
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	if from < x.first+1 {
		b.addends = append(b.addends, u.text.addend(&u.unit[2], from, x.first+1))
	}
	if x.last+1 < to {
		b.addends = append(b.addends, u.text.addend(&u.unit[3], x.last+1, to))
	}
	d := b.next()
	s.unitStretch(d, len(u.weights.Touchpoints), len(u.weights.Behaviours), x)
	d.put(u.rest.flow...)
	u.trust(d, s, x)
	b.end(s.answers(x), x.last-x.first > 1)
}

// unitOdds answers what was asked of units.
func (u *sums) unitOdds(b *batch) { u.unitEnd.odds(b, u.text.sums, u.question) }

// By how much the log odds of a behaviour rise where the rules find it and fall where they do not, beyond what was
// learnt. The corpus is full of traps; in real reviews the rules are right more often than it teaches.
const (
	trusted = 1.5
	missed  = 0.7
)

// trust writes a feature for each behaviour that the rules find shown or lacking in a stretch: those come after the ones learnt.
func (u *sums) trust(d *dense, s *sheet, x stretch) {
	var sums [maxLabels / 2]float64
	some := false
	for c := x.first; c < x.last; c++ {
		for _, t := range s.Clauses[c].Traits {
			sums[t.Behaviour] += t.Score
			some = true
		}
	}
	if !some {
		return
	}
	d.at = uint32(u.weights.Units.Layout.Dense)
	for _, sum := range sums[:len(u.weights.Behaviours)] {
		switch {
		case sum > 0:
			d.set(d.at, 1)
		case sum < 0:
			d.set(d.at+1, 1)
		}
		d.at += 2
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
	sums := make([]int32, 2*t.width)
	t.total(sums[t.width:], words, []int32{int32(len(words))})
	of := sums[t.width+c.at:][:c.labels+1]
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
	b, sums := u.feltAsked.start(), len(u.text.sums)
	if len(views) == 0 {
		return b
	}
	u.list, u.ends = u.list[:0], u.ends[:0]
	for _, v := range views {
		if v.aspect == 0 {
			continue
		}
		first, last := s.tokens(v.stretch)
		from, to := s.tokens(v.focus)
		u.list = s.terms.words(u.list, from, to, v.aspect)
		focus := len(u.list)
		u.list = s.terms.words(s.terms.words(u.list, first, from, v.aspect), to, last, v.aspect)
		u.ends = append(u.ends, int32(focus), int32(len(u.list)))
	}
	at, i, before := 0, 0, 0
	if len(u.ends) > 0 {
		at = u.total(u.named)
	}
	for _, v := range views {
		b.addends = append(b.addends, u.text.addend(&u.aspect[0], v.stretch.first+1, v.stretch.last+1), u.text.addend(&u.aspect[1], v.focus.first+1, v.focus.last+1))
		if v.aspect > 0 {
			focus, all := int(u.ends[i]), int(u.ends[i+1])
			b.addends = append(b.addends, u.aspect[2].addend(at, noSum, focus-before), u.aspect[3].addend(at+u.named.width, noSum, all-before))
			at, i, before = at+2*u.named.width, i+2, all
		}
		s.aspectRest(b.next(), v.stretch, v.focus, v.touchpoint)
		b.end(false, false)
	}
	u.aspectEnd.odds(b, u.text.sums, u.question)
	u.text.sums = u.text.sums[:sums]
	return b
}
