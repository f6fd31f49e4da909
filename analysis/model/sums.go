package model

import (
	"slices"
	"strings"
)

// sums are the features of a text's words, added up once for the whole text and all stretches of it.
type sums struct {
	*tables
	text      *strip
	questions map[string]*[maxLabels]float64 // what the words of each add to the labels of units
	question  *[maxLabels]float64            // of the text's, nil without one
	latest    string                         // that question
	base      []float64                      // log odds of units by what tells nothing of a stretch

	list  []uint32 // scratch: features
	total []uint64 // scratch: of those
}

// maxQuestions is how many questions are kept, and longestKept how many bytes they have at most: a survey has few.
const (
	maxQuestions = 256
	longestKept  = 1 << 10
)

// nothing is what no hashed feature comes to.
var nothing [maxLabels]float64

func newSums(t *tables) *sums {
	u := &sums{tables: t, text: newStrip(t), questions: map[string]*[maxLabels]float64{}}
	if t.unitEnd != nil {
		u.base = make([]float64, len(t.unitEnd.shift))
	}
	return u
}

// read lays a text out.
func (u *sums) read(s *sheet) {
	u.text.lay(s)
	if u.single == nil {
		return
	}
	u.ask(s)
	rest := s.dense()
	rest.at = uint32(u.weights.Units.Layout.Dense - unitTextSize)
	s.unitText(rest)
	u.unitEnd.all(u.unitEnd.shift, &nothing, rest.list, u.base)
}

// sum returns the sum of rows, until the next is asked for.
func (u *sums) sum(t *table, features []uint32) []uint64 {
	u.total = append(u.total[:0], make([]uint64, 4*t.width)...)
	t.total(u.total, features)
	return u.total
}

// wholeOdds sets out to the log odds of the whole text.
func (u *sums) wholeOdds(s *sheet, out []float64) {
	var hashed [maxLabels]float64
	u.text.add(&u.whole[0], &hashed, 1, 1+len(s.Clauses))
	u.text.add(&u.whole[1], &hashed, 1, 1+len(s.Clauses))
	if s.kind > 0 {
		u.list = s.terms.words(u.list[:0], 0, len(s.terms.list), uint32(s.kind))
		u.whole[2].addTotal(&hashed, u.sum(u.kind, u.list), len(u.list))
	}
	rest := s.dense()
	s.wholeRest(rest)
	u.wholeEnd.all(u.wholeEnd.shift, &hashed, rest.list, out)
}

// blocks calls add for each block of units: where the features of a stretch begin and end among the stops.
func (u *sums) blocks(s *sheet, x stretch, add func(c *column, from, to int)) {
	add(&u.unit[0], x.first+1, x.last+1)
	add(&u.unit[1], x.first+1, x.last+1)
	from, to := s.start(x.first), s.end(x.last)+1
	if from > 0 {
		from++
	}
	if x.last == len(s.Clauses) {
		to++
	}
	add(&u.unit[2], from, x.first+1)
	add(&u.unit[3], x.last+1, to)
}

// unitOdds sets out to the log odds of a stretch.
func (u *sums) unitOdds(s *sheet, x stretch, out []float64) {
	var hashed [maxLabels]float64
	u.blocks(s, x, func(c *column, from, to int) { u.text.add(c, &hashed, from, to) })
	if u.question != nil && s.answers(x) {
		for j, v := range u.question {
			hashed[j] += v
		}
	}
	u.unitEnd.all(u.base, &hashed, u.rest(s, x), out)
	u.trust(s, x, func(j int) { out[j] += trusted + missed })
}

// someOdds sets out to the log odds of some labels of a stretch.
func (u *sums) someOdds(s *sheet, x stretch, labels []int, out []float64) {
	clear(out)
	u.blocks(s, x, func(c *column, from, to int) {
		for i, j := range labels {
			out[i] += u.text.of(c, j, from, to)
		}
	})
	rest := u.rest(s, x)
	for i, j := range labels {
		if u.question != nil && s.answers(x) {
			out[i] += u.question[j]
		}
		out[i] = u.unitEnd.one(j, u.base[j], out[i], rest)
	}
	u.trust(s, x, func(j int) {
		if i := slices.Index(labels, j); i >= 0 {
			out[i] += trusted + missed
		}
	})
}

// By how much the log odds of a behaviour rise where the rules find it and fall where they do not, beyond what was
// learnt. The corpus is full of traps; in real reviews the rules are right more often than it teaches.
const (
	trusted = 1.5
	missed  = 0.7
)

// trust calls found with the label of each behaviour that the rules find shown or lacking in a stretch.
func (u *sums) trust(s *sheet, x stretch, found func(label int)) {
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
	label := len(u.weights.Touchpoints)
	for _, sum := range sums[:len(u.weights.Behaviours)] {
		switch {
		case sum > 0:
			found(label)
		case sum < 0:
			found(label + 1)
		}
		label += 2
	}
}

// rest returns the dense features of a stretch but for those of the text.
func (u *sums) rest(s *sheet, x stretch) []value {
	d := s.dense()
	s.unitStretch(d, len(u.weights.Touchpoints), len(u.weights.Behaviours), x)
	return d.list
}

// ask sets what the question adds to each label.
func (u *sums) ask(s *sheet) {
	if s.asked == u.latest {
		return
	}
	u.latest = strings.Clone(s.asked)
	if u.latest == "" {
		u.question = nil
		return
	}
	if u.question = u.questions[u.latest]; u.question != nil {
		return
	}
	s.readQuestion()
	words := s.question.words(nil, 0, len(s.question.list), 0)
	u.question = new([maxLabels]float64)
	u.unit[4].addTotal(u.question, u.sum(u.tables.question, words), len(words))
	if len(u.questions) == maxQuestions {
		clear(u.questions)
	}
	if len(u.latest) <= longestKept {
		u.questions[u.latest] = u.question
	}
}

// aspectOdds sets out to the log odds of an aspect, see aspectFeatures.
func (u *sums) aspectOdds(s *sheet, x, focus stretch, aspect string, touchpoint int, out []float64) {
	var hashed [maxLabels]float64
	u.text.add(&u.aspect[0], &hashed, x.first+1, x.last+1)
	u.text.add(&u.aspect[1], &hashed, focus.first+1, focus.last+1)
	if aspect != "" {
		first, last := s.tokens(x)
		from, to := s.tokens(focus)
		name := hashString(aspect)
		u.list = s.terms.words(u.list[:0], from, to, name)
		n := len(u.list)
		u.aspect[2].addTotal(&hashed, u.sum(u.named, u.list), n)
		u.list = s.terms.words(s.terms.words(u.list, first, from, name), to, last, name)
		u.named.total(u.total, u.list[n:])
		u.aspect[3].addTotal(&hashed, u.total, len(u.list))
	}
	rest := s.dense()
	s.aspectRest(rest, x, focus, touchpoint)
	u.aspectEnd.all(u.aspectEnd.shift, &hashed, rest.list, out)
}
