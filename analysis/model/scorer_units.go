package model

import (
	"context"
	"slices"
	"strconv"

	"percept/analysis"
)

// units finds what every sentence is about and how people were treated in it.
func (s *Scorer) units(sh *sheet, out *analysis.Scored) {
	sh.sums.readUnits(sh)
	k := len(s.weights.Touchpoints)
	sh.likely = slices.Grow(sh.likely[:0], len(s.weights.Units.Labels))[:len(s.weights.Units.Labels)]
	p := sh.likely
	for _, x := range sh.sentences() {
		sh.sums.units(sh, x, p)
		for j, z := range p {
			p[j] = s.sure(sh, x, j, z)
		}
		for _, f := range s.found(sh, x, p) {
			j, focus := f.label, f.focus
			at := sh.extent(focus)
			if j < k {
				slug := s.weights.Touchpoints[j]
				score, side := s.felt(sh, x, focus, slug, j)
				out.Mentions = append(out.Mentions, analysis.Span{
					ID: slug, Score: score, Confidence: p[j] * side, Start: at.Start, End: at.End, Why: sh.why(focus, j, p[j]),
				})
				continue
			}
			sign := float64(1 - (j-k)%2*2) // shown, then lacking
			out.Behaviours = append(out.Behaviours, analysis.Span{
				ID: s.weights.Behaviours[(j-k)/2], Score: sign * (0.5 + p[j]/2), Confidence: p[j], Start: at.Start, End: at.End, Why: sh.sure(p[j]),
			})
		}
	}
}

// A finding is a label of a sentence, and where in the sentence it is.
type finding struct {
	label int
	focus stretch
}

// A touchpoint that a sentence leaves in doubt, which several clauses do where each has its own, is found where one clause by
// itself is clear: from what probability it is in doubt, and from what probability clear.
const (
	inDoubt = 0.38
	isClear = 0.85
)

// found returns the labels that are likely enough, whose probabilities are p: touchpoints, then of each behaviour shown or lacking.
func (s *Scorer) found(sh *sheet, x stretch, p []float64) []finding {
	b, k, one := s.weights.Units, len(s.weights.Touchpoints), x.last-x.first == 1
	over := func(j int) float64 { return p[j] - float64(b.Cut[j]) }
	sh.labels = sh.labels[:0]
	for j := range k {
		if over(j) >= 0 || !one && p[j] >= inDoubt {
			sh.labels = append(sh.labels, j)
		}
	}
	for j := k; j < len(p); j += 2 {
		best := j
		if over(j+1) > over(j) {
			best = j + 1
		}
		if over(best) >= 0 {
			sh.labels = append(sh.labels, best)
		}
	}
	list := make([]finding, 0, len(sh.labels))
	if one {
		for _, j := range sh.labels {
			list = append(list, finding{j, x})
		}
		return list
	}
	of := s.clauses(sh, x, sh.labels)
	for i, j := range sh.labels {
		if q := of[i]; over(j) >= 0 || slices.Max(q) >= isClear {
			list = append(list, finding{j, focusOf(x, q)})
		}
	}
	return list
}

// clauses returns, for some labels, the probability of each clause of a sentence.
func (s *Scorer) clauses(sh *sheet, x stretch, labels []int) [][]float64 {
	if len(labels) == 0 {
		return nil
	}
	of, logits := make([][]float64, len(labels)), make([]float64, len(labels))
	for c := x.first; c < x.last; c++ {
		clause := stretch{c, c + 1}
		sh.sums.some(sh, clause, labels, logits)
		for i, j := range labels {
			of[i] = append(of[i], s.sure(sh, clause, j, logits[i]))
		}
	}
	return of
}

// sure returns the probability of label j in a stretch whose logit is z.
func (s *Scorer) sure(sh *sheet, x stretch, j int, z float64) float64 {
	return sigmoid(s.adjusted(sh, x, j, s.weights.Units.settled(j, z)))
}

// adjusted gives the rules a say in the log odds of a behaviour.
func (s *Scorer) adjusted(sh *sheet, x stretch, j int, odds float64) float64 {
	i := j - len(s.weights.Touchpoints)
	if i < 0 {
		return odds
	}
	sum := 0.0
	for _, c := range sh.Clauses[x.first:x.last] {
		for _, t := range c.Traits {
			if t.Behaviour == i/2 {
				sum += t.Score
			}
		}
	}
	if i%2 == 0 && sum > 0 || i%2 == 1 && sum < 0 {
		return odds + trusted
	}
	return odds - missed
}

// By how much the log odds of a behaviour rise where the rules find it and fall where they do not, beyond what was
// learnt. The corpus is full of traps; in real reviews the rules are right more often than it teaches.
const (
	trusted = 1.5
	missed  = 0.7
)

// near is how likely a clause beside the likeliest must be, against it, to belong to the same mention.
const near = 0.6

// focusOf returns the run of clauses of x around the likeliest; p is of them.
func focusOf(x stretch, p []float64) stretch {
	best := 0
	for c := range p {
		if p[c] > p[best] {
			best = c
		}
	}
	first, last := best, best+1
	for first > 0 && p[first-1] > near*p[best] {
		first--
	}
	for last < len(p) && p[last] > near*p[best] {
		last++
	}
	return stretch{x.first + first, x.first + last}
}

// felt returns the sentiment of an aspect, -1 to 1 and 0 for neutral, and how sure its side is.
func (s *Scorer) felt(sh *sheet, x, focus stretch, aspect string, touchpoint int) (score, sure float64) {
	p := s.sides(sh, x, focus, aspect, touchpoint)
	best := likeliest(p[:])
	if best != neutral {
		score = p[positive] - p[negative]
	}
	return score, p[best]
}

// sides returns the probabilities of negative, neutral and positive for an aspect.
func (s *Scorer) sides(sh *sheet, x, focus stretch, aspect string, touchpoint int) [3]float64 {
	var p [3]float64
	s.tables.aspect.likely(sh, sh.aspectFeatures(x, focus, aspect, touchpoint), p[:])
	sum := p[0] + p[1] + p[2]
	return [3]float64{p[0] / sum, p[1] / sum, p[2] / sum}
}

// sure tells how sure the trained heads are, nil where no reasons are asked for.
func (s *sheet) sure(p float64) []string {
	if !s.explain {
		return nil
	}
	return []string{certainty(p)}
}

// why tells what names the touchpoint and what moved its score, nil where that is not asked for.
func (s *sheet) why(focus stretch, touchpoint int, p float64) []string {
	why := s.sure(p)
	if why == nil {
		return nil
	}
	for _, c := range s.Clauses[focus.first:focus.last] {
		for _, n := range c.Names {
			if n.Touchpoint == touchpoint {
				why = append(why, n.Why)
			}
		}
		why = append(why, c.Why...)
	}
	slices.Sort(why[1:])
	return slices.Compact(why)
}

// certainty is how sure the trained heads are, for people.
func certainty(p float64) string {
	return "the trained model is " + strconv.FormatFloat(100*p, 'f', 0, 64) + " % sure of it"
}

// ruled takes mentions and behaviours from the rules, and the sentiment of mentions from the model.
func (s *Scorer) ruled(ctx context.Context, sh *sheet, t analysis.Text, out *analysis.Scored) error {
	t.Aspect = ""
	found, err := s.rules.Score(ctx, []analysis.Text{t})
	if err != nil {
		return err
	}
	out.Mentions, out.Behaviours = found[0].Mentions, found[0].Behaviours
	for i := range out.Mentions {
		m := &out.Mentions[i]
		focus, sentence := sh.clausesAt(m.Start, m.End)
		if focus.first < focus.last {
			score, side := s.felt(sh, sentence, focus, "", -1)
			m.Score, m.Confidence = score, m.Confidence*side
		}
	}
	return nil
}

// clausesAt returns the clauses between offsets of the text as given, and their sentences.
func (s *sheet) clausesAt(start, end int) (focus, around stretch) {
	for c := range s.Clauses {
		at := s.extent(stretch{c, c + 1})
		if at.Start < end && at.End > start {
			if focus.last == 0 {
				focus.first = c
			}
			focus.last = c + 1
		}
	}
	if focus.last == 0 {
		return stretch{}, stretch{}
	}
	around = focus
	for around.first > 0 && s.Clauses[around.first-1].Sentence == s.Clauses[focus.first].Sentence {
		around.first--
	}
	for around.last < len(s.Clauses) && s.Clauses[around.last].Sentence == s.Clauses[focus.last-1].Sentence {
		around.last++
	}
	return focus, around
}
