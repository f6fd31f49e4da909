package model

import (
	"math"
	"slices"
	"strings"

	"percept/analysis"
)

// aspect makes score, labels and confidence those of one aspect: a touchpoint's slug or name, a topic that was
// learnt, or plain words. Where the text does not speak of it the whole stands.
func (s *Scorer) aspect(sh *sheet, aspect string, out *analysis.Scored) {
	detect, name, touchpoint := s.detector(sh, aspect)
	if detect == nil {
		return
	}
	sentences := sh.sentences()
	clauses := make([]float64, len(sh.Clauses))
	top := 0.0
	for c := range clauses {
		clauses[c] = detect(stretch{c, c + 1})
		top = math.Max(top, clauses[c])
	}
	if top == 0 {
		return
	}
	var sum [3]float64
	total := 0.0
	for _, x := range sentences {
		focus := focusOf(x, clauses[x.first:x.last])
		p := 0.0
		for c := focus.first; c < focus.last; c++ {
			p = math.Max(p, clauses[c])
		}
		if p < near*top {
			continue
		}
		felt := sh.sums.feltOdds(sh, append(sh.views[:0], view{x, focus, nameHash(name), touchpoint}))
		for i, v := range sidesOf(felt.of(0)) {
			sum[i] += p * v
		}
		total += p
	}
	for i := range sum {
		sum[i] /= total
	}
	best := likeliest(sum[:])
	out.Score, out.Label, out.Confidence, out.Mixed = sum[positive]-sum[negative], three[best], sum[best], false
	out.Label5 = out.Label
	if best != neutral && math.Abs(out.Score) > veryFrom {
		out.Label5 = "very " + out.Label
	}
}

// veryFrom is the score beyond which an aspect's label of five is "very".
const veryFrom = 0.85

// detector returns what tells how likely a clause speaks of the aspect, the name that its sentiment was learnt by,
// and its number among the touchpoints or -1. It is nil for words that occur nowhere.
func (s *Scorer) detector(sh *sheet, aspect string) (detect func(stretch) float64, name string, touchpoint int) {
	slug, known := "", false
	if t, ok := s.taxonomy.Touchpoint(aspect); ok {
		slug, known = t.ID, true
	}
	if !known && s.weights.Topics != nil {
		if j := slices.Index(s.weights.Topics.Labels, strings.ToLower(aspect)); j >= 0 {
			b := s.weights.Topics
			return func(x stretch) float64 { return b.read(sh, sh.topicFeatures(x))[j] }, b.Labels[j], -1
		}
	}
	if !known {
		slug, known = s.taxonomy.Aspect(aspect)
	}
	if j := slices.Index(s.weights.Touchpoints, slug); known && s.trained && j >= 0 {
		return func(x stretch) float64 {
			asked := sh.sums.clauses.start()
			sh.sums.askUnit(asked, sh, x)
			sh.sums.answer(asked, sh.notes.records)
			return sigmoid(float64(asked.of(0)[j]))
		}, slug, j
	}
	if known {
		i := slices.Index(s.rules.Touchpoints(), slug)
		return func(x stretch) float64 {
			for _, n := range sh.Clauses[x.first].Names {
				if n.Touchpoint == i {
					return n.Strength
				}
			}
			return 0
		}, "", -1
	}
	words := strings.Fields(strings.ToLower(analysis.Normalise(aspect).Text))
	return func(x stretch) float64 {
		first, last := sh.tokens(x)
		for _, t := range sh.terms.list[first:last] {
			if slices.Contains(words, sh.notes.shapes[t.spelling]) {
				return 1
			}
		}
		return 0
	}, "", -1
}
