package model

import (
	"context"
	"slices"
	"strconv"

	"percept/analysis"
)

// units finds what every sentence is about and how people were treated in it.
func (s *Scorer) units(sh *sheet, out *analysis.Scored) {
	b, k := s.weights.Units, len(s.weights.Touchpoints)
	n := len(b.Labels)
	table := slices.Grow(sh.likely[:0], n*(len(sh.Clauses)+1))[:n*(len(sh.Clauses)+1)]
	sh.likely = table
	p, apart := table[:n], table[n:]
	clauses := make([][]float64, len(sh.Clauses))
	for _, x := range sh.sentences() {
		s.about(sh, x, p)
		// Where in the sentence it is, is asked only of what the sentence is about.
		focusOn := func(j int) stretch {
			if x.last-x.first == 1 {
				return x
			}
			for c := x.first; c < x.last && clauses[c] == nil; c++ {
				clauses[c] = apart[n*c:][:n]
				s.about(sh, stretch{c, c + 1}, clauses[c])
			}
			return focusOf(clauses, x, j)
		}
		for j, slug := range s.weights.Touchpoints {
			if p[j] < float64(b.Cut[j]) {
				continue
			}
			focus := focusOn(j)
			at := sh.extent(focus)
			f, side := s.felt(sh, x, focus, slug, j)
			out.Mentions = append(out.Mentions, analysis.Span{
				ID: slug, Score: f, Confidence: p[j] * side, Start: at.Start, End: at.End, Why: sh.why(focus, j, p[j]),
			})
		}
		for i, slug := range s.weights.Behaviours {
			j, sign := k+2*i, 1.0
			if p[j+1]-float64(b.Cut[j+1]) > p[j]-float64(b.Cut[j]) {
				j, sign = j+1, -1
			}
			if p[j] < float64(b.Cut[j]) {
				continue
			}
			at := sh.extent(focusOn(j))
			out.Behaviours = append(out.Behaviours, analysis.Span{
				ID: slug, Score: sign * (0.5 + p[j]/2), Confidence: p[j], Start: at.Start, End: at.End,
				Why: sh.sure(p[j]),
			})
		}
	}
}

// about sets p to the probabilities of the labels of a stretch.
func (s *Scorer) about(sh *sheet, x stretch, p []float64) {
	b := s.weights.Units
	v := sh.unitFeatures(b.Layout, len(s.weights.Touchpoints), len(s.weights.Behaviours), x)
	b.counted(&v, p)
	shown := s.shown(sh, x)
	for j := range p {
		z := float64(b.Slope[j])*p[j] + float64(b.Shift[j])
		switch k := len(s.weights.Touchpoints); {
		case j < k:
		case shown[j-k]:
			z += trusted
		default:
			z -= missed
		}
		p[j] = sigmoid(z)
	}
}

// By how much the log odds of a behaviour rise where the rules find it and fall where they do not, beyond what was
// learnt. The corpus is full of traps; in real reviews the rules are right more often than it teaches.
const (
	trusted = 1.5
	missed  = 0.7
)

// shown tells which behaviours the rules find in a stretch: each shown, then lacking.
func (s *Scorer) shown(sh *sheet, x stretch) (list [maxLabels]bool) {
	var sums [maxLabels]float64
	for _, c := range sh.Clauses[x.first:x.last] {
		for _, t := range c.Traits {
			sums[t.Behaviour] += t.Score
		}
	}
	for i := range s.weights.Behaviours {
		list[2*i], list[2*i+1] = sums[i] > 0, sums[i] < 0
	}
	return list
}

// near is how likely a clause beside the likeliest must be, against it, to belong to the same mention.
const near = 0.6

// focusOf returns the run of clauses of x around the likeliest for label j.
func focusOf(clauses [][]float64, x stretch, j int) stretch {
	best := x.first
	for c := x.first; c < x.last; c++ {
		if clauses[c][j] > clauses[best][j] {
			best = c
		}
	}
	f := stretch{best, best + 1}
	for f.first > x.first && clauses[f.first-1][j] > near*clauses[best][j] {
		f.first--
	}
	for f.last < x.last && clauses[f.last][j] > near*clauses[best][j] {
		f.last++
	}
	return f
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
	b := s.weights.Aspect
	v := sh.aspectFeatures(x, focus, aspect, touchpoint)
	var p [3]float64
	b.likely(&v, p[:])
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
