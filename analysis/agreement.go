package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
)

// An Agreement is how a scorer reads the parts that persons have labelled for one touchpoint. What nobody
// labelled counts for nothing: it may be right or wrong.
type Agreement struct {
	Touchpoint string
	Hit        int // about it, and found
	Wrong      int // not about it, and found
	Missed     int // about it, and not found
	Spared     int // not about it, and not found
	Felt       int // of Hit, with the person's sentiment: negative, neutral or positive
}

// Labels is how many labels there are.
func (a Agreement) Labels() int { return a.Hit + a.Wrong + a.Missed + a.Spared }

// Precision is the share of what the scorer found and a person judged that the person found too.
func (a Agreement) Precision() Share { return Share{a.Hit, a.Hit + a.Wrong} }

// Recall is the share of what a person found that the scorer found too.
func (a Agreement) Recall() Share { return Share{a.Hit, a.Hit + a.Missed} }

// Sentiment is the share of what both found whose sentiment is the person's.
func (a Agreement) Sentiment() Share { return Share{a.Felt, a.Hit} }

// Overlap is the share of what either found that both found (Jaccard's index); F1 is 2J/(1+J) of it.
func (a Agreement) Overlap() Share { return Share{a.Hit, a.Hit + a.Wrong + a.Missed} }

// F1 is the harmonic mean of precision and recall that an overlap means. It grows with the overlap, so
// that the ends of the overlap's interval are those of F1's.
func F1(overlap float64) float64 { return 2 * overlap / (1 + overlap) }

// Add takes in another agreement, of the same touchpoint or for a sum over several.
func (a *Agreement) Add(b Agreement) {
	a.Hit += b.Hit
	a.Wrong += b.Wrong
	a.Missed += b.Missed
	a.Spared += b.Spared
	a.Felt += b.Felt
}

// Agree reads what persons have labelled, as it would be read now, and compares part by part: by
// touchpoint, in the order of their slugs. Labels whose words are not among heard any more are counted
// as gone.
func (r Reader) Agree(ctx context.Context, heard []Heard, labels []Correction) (list []Agreement, gone int, err error) {
	found, err := r.spoken(ctx, heard, labels)
	if err != nil {
		return nil, 0, err
	}
	at := map[string]*Agreement{}
	for _, l := range labels {
		spans, there := found[partOf(l)]
		if !there {
			gone++
			continue
		}
		a := at[l.Touchpoint]
		if a == nil {
			a = &Agreement{Touchpoint: l.Touchpoint}
			at[l.Touchpoint] = a
		}
		score, n := 0.0, 0
		for _, s := range spans {
			if s.ID == l.Touchpoint {
				score, n = score+s.Score, n+1
			}
		}
		a.count(l, n > 0, score/float64(max(n, 1)))
	}
	for _, a := range at {
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b Agreement) int { return strings.Compare(a.Touchpoint, b.Touchpoint) })
	return list, gone, nil
}

func (a *Agreement) count(l Correction, found bool, score float64) {
	switch {
	case l.About && found:
		a.Hit++
		if side(score) == side(l.Score) {
			a.Felt++
		}
	case l.About:
		a.Missed++
	case found:
		a.Wrong++
	default:
		a.Spared++
	}
}

// feelsFrom is how far from 0 a score has a side.
const feelsFrom = 0.05

// side is -1, 0 or 1.
func side(score float64) int {
	if math.Abs(score) <= feelsFrom {
		return 0
	}
	return int(math.Copysign(1, score))
}

// A partID is one part of one version of a feedback.
type partID struct {
	feedback      string
	version, part int
}

func partOf(l Correction) partID { return partID{l.Feedback, l.Version, l.Part} }

// spoken scores the labelled parts and returns the mentions of each.
func (r Reader) spoken(ctx context.Context, heard []Heard, labels []Correction) (map[partID][]Span, error) {
	wanted := map[partID]bool{}
	for _, l := range labels {
		wanted[partOf(l)] = true
	}
	var texts []Text
	var places []partID
	for i := range heard {
		for _, p := range r.Parts(&heard[i].Feedback) {
			if at := (partID{heard[i].ID, heard[i].Version, p.Number}); wanted[at] && p.Speaks() {
				texts, places = append(texts, p.Text), append(places, at)
			}
		}
	}
	scored, err := r.Scorer.Score(ctx, texts)
	if err == nil && len(scored) != len(texts) {
		err = fmt.Errorf("%d answers to %d texts", len(scored), len(texts))
	}
	if err != nil {
		return nil, fmt.Errorf("score what was labelled: %w", err)
	}
	found := make(map[partID][]Span, len(places))
	for i, s := range scored {
		found[places[i]] = s.Mentions
	}
	return found, nil
}
