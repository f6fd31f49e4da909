package model

import (
	"slices"

	"percept/analysis"
)

// The labels of the bank that reads a text as a whole. The last two are learnt among texts of their side.
const (
	negative = iota
	neutral
	positive
	veryNegative
	veryPositive
	verdicts
)

var (
	three = []string{analysis.Negative, analysis.Neutral, analysis.Positive}
	five  = []string{analysis.VeryNegative, analysis.Negative, analysis.Neutral, analysis.Positive, analysis.VeryPositive}
	// wholeLabels name the heads in files.
	wholeLabels = []string{"negative", "neutral", "positive", "very negative", "very positive"}
)

// wholeTruth turns labels, the second may be empty, into what is known of the heads.
func wholeTruth(label, label5 string) []truth {
	t := make([]truth, verdicts)
	for i, l := range three {
		t[i] = no
		if l == label {
			t[i] = yes
		}
	}
	if label5 != "" && label == analysis.Negative {
		t[veryNegative] = no
		if label5 == analysis.VeryNegative {
			t[veryNegative] = yes
		}
	}
	if label5 != "" && label == analysis.Positive {
		t[veryPositive] = no
		if label5 == analysis.VeryPositive {
			t[veryPositive] = yes
		}
	}
	return t
}

// A feeling is the sentiment of something: the probabilities of the five labels, very negative first.
type feeling [5]float64

// feel turns the probabilities of the heads, each by itself, into one distribution.
func feel(p []float64) feeling {
	sum := p[negative] + p[neutral] + p[positive]
	n, o, g := p[negative]/sum, p[neutral]/sum, p[positive]/sum
	return feeling{n * p[veryNegative], n * (1 - p[veryNegative]), o, g * (1 - p[veryPositive]), g * p[veryPositive]}
}

// score is the expected value with the labels at -1, -0.5, 0, 0.5 and 1.
func (f feeling) score() float64 { return -f[0] - f[1]/2 + f[3]/2 + f[4] }

// sides are the probabilities of negative, neutral and positive.
func (f feeling) sides() [3]float64 { return [3]float64{f[0] + f[1], f[2], f[3] + f[4]} }

// leastScore is the part of the distance between the sides that the score of a label has at least.
const leastScore = 0.1

// put sets score, labels and confidence. The label of five is within the side of the label of three.
func (f feeling) put(out *analysis.Scored) {
	sides := f.sides()
	best := likeliest(sides[:])
	out.Score, out.Label, out.Confidence = f.score(), three[best], sides[best]
	switch best { // the sign of the score is never the other side's
	case negative:
		out.Score = min(out.Score, (sides[positive]-sides[negative])*leastScore)
		out.Label5 = five[likeliest(f[:2])]
	case neutral:
		out.Label5 = analysis.Neutral
	default:
		out.Score = max(out.Score, (sides[positive]-sides[negative])*leastScore)
		out.Label5 = five[3+likeliest(f[3:])]
	}
}

func likeliest(p []float64) int { return slices.Index(p, slices.Max(p)) }
