package model

import (
	"context"
	"slices"
	"strconv"

	"percept/analysis"
)

// units finds what every sentence is about and how people were treated in it.
func (s *Scorer) units(sh *sheet, out *analysis.Scored) {
	k := len(s.weights.Touchpoints)
	odds := slices.Grow(sh.odds[:0], len(s.weights.Units.Labels))[:len(s.weights.Units.Labels)]
	sh.odds, sh.mentions, sh.behaviours = odds, sh.mentions[:0], sh.behaviours[:0]
	for _, x := range sh.sentences() {
		sh.sums.unitOdds(sh, x, odds)
		for _, f := range s.found(sh, x, odds) {
			j, focus := f.label, f.focus
			at, p := sh.extent(focus), sigmoid(odds[j])
			if j < k {
				slug := s.weights.Touchpoints[j]
				score, side := s.felt(sh, x, focus, slug, j)
				sh.mentions = append(sh.mentions, analysis.Span{
					ID: slug, Score: score, Confidence: p * side, Start: at.Start, End: at.End, Why: sh.why(focus, j, p),
				})
				continue
			}
			sign := float64(1 - (j-k)%2*2) // shown, then lacking
			sh.behaviours = append(sh.behaviours, analysis.Span{
				ID: s.weights.Behaviours[(j-k)/2], Score: sign * (0.5 + p/2), Confidence: p, Start: at.Start, End: at.End, Why: sh.sure(p),
			})
		}
	}
	out.Mentions, out.Behaviours = append(out.Mentions, sh.mentions...), append(out.Behaviours, sh.behaviours...)
}

// A finding is a label of a sentence, and where in the sentence it is.
type finding struct {
	label int
	focus stretch
}

// A touchpoint that a sentence leaves in doubt, which several clauses do where each has its own, is found where one clause by
// itself is clear: from what probability it is in doubt, and from what probability clear.
var (
	inDoubt = oddsOf(0.38)
	isClear = oddsOf(0.85)
)

// found returns the labels that are likely enough, whose log odds are given: touchpoints, then of each behaviour shown or lacking.
func (s *Scorer) found(sh *sheet, x stretch, odds []float64) []finding {
	k, one, cut := len(s.weights.Touchpoints), x.last-x.first == 1, s.tables.cut
	sh.labels = sh.labels[:0]
	for j, z := range odds[:k] {
		if z >= cut[j] || !one && z >= inDoubt {
			sh.labels = append(sh.labels, j)
		}
	}
	for j := k; j < len(odds); j += 2 {
		shown, lacking := odds[j]-cut[j], odds[j+1]-cut[j+1]
		switch {
		case lacking > shown && lacking >= 0:
			sh.labels = append(sh.labels, j+1)
		case lacking <= shown && shown >= 0:
			sh.labels = append(sh.labels, j)
		}
	}
	sh.found = sh.found[:0]
	if one {
		for _, j := range sh.labels {
			sh.found = append(sh.found, finding{j, x})
		}
		return sh.found
	}
	n, of := x.last-x.first, s.clauses(sh, x, sh.labels)
	for i, j := range sh.labels {
		if q := of[i*n:][:n]; odds[j] >= cut[j] || slices.Max(q) >= isClear {
			likely(q)
			sh.found = append(sh.found, finding{j, focusOf(x, q)})
		}
	}
	return sh.found
}

// clauses returns the log odds of some labels in each clause of a sentence, label by label.
func (s *Scorer) clauses(sh *sheet, x stretch, labels []int) []float64 {
	n, k := x.last-x.first, len(labels)
	if k == 0 {
		return nil
	}
	sh.clauseOdds = slices.Grow(sh.clauseOdds[:0], (n+1)*k)[:(n+1)*k]
	all, odds := sh.clauseOdds[:n*k], sh.clauseOdds[n*k:]
	for c := range n {
		sh.sums.someOdds(sh, stretch{x.first + c, x.first + c + 1}, labels, odds)
		for i, z := range odds {
			all[i*n+c] = z
		}
	}
	return all
}

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
	sh.sums.aspectOdds(sh, x, focus, aspect, touchpoint, p[:])
	likely(p[:])
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
