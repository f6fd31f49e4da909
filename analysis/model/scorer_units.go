package model

import (
	"context"
	"math/bits"
	"slices"
	"strconv"

	"percept/analysis"
)

// units finds what every sentence is about and how people were treated in it.
func (s *Scorer) units(sh *sheet, out *analysis.Scored) {
	k := len(s.weights.Touchpoints)
	found := s.found(sh)
	sh.views, sh.mentions, sh.behaviours = sh.views[:0], sh.mentions[:0], sh.behaviours[:0]
	for _, f := range found {
		if f.label < k {
			sh.views = append(sh.views, view{f.sentence, f.focus, s.tables.names[f.label], f.label})
		}
	}
	felt := sh.sums.feltOdds(sh, sh.views)
	for _, f := range found {
		j, at, p := f.label, sh.extent(f.focus), sigmoid(f.odds)
		if j < k {
			score, side := feltOf(felt.of(len(sh.mentions)))
			sh.mentions = append(sh.mentions, analysis.Span{
				ID: s.weights.Touchpoints[j], Score: score, Confidence: p * side, Start: at.Start, End: at.End, Why: sh.why(f.focus, j, p),
			})
			continue
		}
		sign := float64(1 - (j-k)%2*2) // shown, then lacking
		sh.behaviours = append(sh.behaviours, analysis.Span{
			ID: s.weights.Behaviours[(j-k)/2], Score: sign * (0.5 + p/2), Confidence: p, Start: at.Start, End: at.End, Why: sh.sure(p),
		})
	}
	out.Mentions, out.Behaviours = sh.keep(sh.mentions), sh.keep(sh.behaviours)
}

// A finding is a label of a sentence, and where in the sentence it is.
type finding struct {
	label           int
	odds            float64
	sentence, focus stretch
	clauses         int // of the sentence among all that were asked for, where it has several
}

// A touchpoint that a sentence leaves in doubt, which several clauses do where each has its own, is found where one clause by
// itself is clear: from what probability it is in doubt, and from what probability clear.
var (
	inDoubt = float32(oddsOf(0.38))
	isClear = oddsOf(0.85)
)

// found returns the labels of sentences that are likely enough: touchpoints, then of each behaviour shown or lacking.
func (s *Scorer) found(sh *sheet) []finding {
	u, cut := sh.sums, s.tables.finishes[ofUnits].row(inEnough)
	asked, clauses := &u.asked, u.clauses.start()
	sh.found = sh.found[:0]
	for i, x := range sh.sentences() {
		odds, f := asked.of(1+i), finding{sentence: x, focus: x, clauses: len(clauses.ends)}
		n := len(sh.found)
		sh.labels = s.likelier(sh.labels[:0], asked.likely[1+i], odds)
		for _, j := range sh.labels {
			f.label, f.odds = j, float64(odds[j])
			sh.found = append(sh.found, f)
		}
		for c := x.first; c < x.last && len(sh.found) > n && x.last-x.first > 1; c++ {
			u.askUnit(clauses, sh, stretch{c, c + 1})
		}
	}
	if len(clauses.ends) > 0 {
		u.answer(clauses, sh.notes.records)
	}
	kept := sh.found[:0]
	for _, f := range sh.found {
		if n := f.sentence.last - f.sentence.first; n > 1 {
			sh.odds = sh.odds[:0]
			for c := range n {
				sh.odds = append(sh.odds, float64(clauses.of(f.clauses + c)[f.label]))
			}
			if f.odds < float64(cut[f.label]) && slices.Max(sh.odds) < isClear {
				continue
			}
			likely(sh.odds)
			f.focus = focusOf(f.sentence, sh.odds)
		}
		kept = append(kept, f)
	}
	sh.found = kept
	return kept
}

// likelier appends the labels of a set; of a behaviour shown and lacking, the likelier.
func (s *Scorer) likelier(labels []int, set uint64, odds []float32) []int {
	k, cut := len(s.weights.Touchpoints), s.tables.finishes[ofUnits].row(inEnough)
	for ; set > 0; set &= set - 1 {
		j := bits.TrailingZeros64(set)
		if other := k + ((j - k) ^ 1); j >= k && set>>other&1 > 0 {
			set &^= 1 << other
			if odds[other]-cut[other] > odds[j]-cut[j] {
				j = other
			}
		}
		labels = append(labels, j)
	}
	return labels
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
func (s *Scorer) felt(sh *sheet, v view) (score, sure float64) {
	return feltOf(sh.sums.feltOdds(sh, append(sh.views[:0], v)).of(0))
}

// feltOf does of log odds.
func feltOf(odds []float32) (score, sure float64) {
	p := sidesOf(odds)
	best := likeliest(p[:])
	if best != neutral {
		score = p[positive] - p[negative]
	}
	return score, p[best]
}

// sidesOf returns the probabilities of negative, neutral and positive.
func sidesOf(odds []float32) [3]float64 {
	var p [3]float64
	for j, z := range odds {
		p[j] = sigmoid(float64(z))
	}
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
			score, side := s.felt(sh, view{stretch: sentence, focus: focus, touchpoint: -1})
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
