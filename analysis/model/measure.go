package model

import (
	"fmt"
	"math"
	"slices"

	"percept/analysis"
)

// A SentimentFigure is how well texts of a set were scored, by the definitions that a set's labels allow.
type SentimentFigure struct {
	Rows             int
	Accuracy3, F1of3 float64
	Sign             float64 // accuracy by the sign of the score, gold neutral left out
	Accuracy5, F1of5 float64 // 0 where there are no five labels
	Calibration      float64 // expected calibration error of confidence, ten equal bins
}

func (f SentimentFigure) String() string {
	s := fmt.Sprintf("3 classes %.3f/%.3f  by sign %.3f", f.Accuracy3, f.F1of3, f.Sign)
	if f.Accuracy5 > 0 {
		s += fmt.Sprintf("  5 classes %.3f/%.3f", f.Accuracy5, f.F1of5)
	}
	return s + fmt.Sprintf("  calibration error %.3f", f.Calibration)
}

// measureSentiment compares scores with the labels.
func measureSentiment(gold []Labelled, got []analysis.Scored) SentimentFigure {
	var f SentimentFigure
	var g3, p3, g5, p5 []string
	var sure []float64
	signs, right := 0, 0
	for i, g := range gold {
		if !slices.Contains(three, g.Label) {
			continue
		}
		f.Rows++
		s := got[i]
		g3, p3, sure = append(g3, g.Label), append(p3, s.Label), append(sure, s.Confidence)
		if g.Label5 != "" {
			g5, p5 = append(g5, g.Label5), append(p5, s.Label5)
		}
		if g.Label != analysis.Neutral {
			signs++
			if s.Score > 0 && g.Label == analysis.Positive || s.Score < 0 && g.Label == analysis.Negative {
				right++
			}
		}
	}
	f.Accuracy3, f.F1of3 = classes(g3, p3, three)
	f.Accuracy5, f.F1of5 = classes(g5, p5, five)
	f.Sign = ratio(right, signs)
	f.Calibration = calibrationError(g3, p3, sure)
	return f
}

// classes returns accuracy and the mean F1 of the labels that occur.
func classes(gold, got, labels []string) (accuracy, f1 float64) {
	right, seen := 0, 0
	for i := range gold {
		if gold[i] == got[i] {
			right++
		}
	}
	for _, l := range labels {
		var c counts
		for i := range gold {
			c.add(gold[i] == l, got[i] == l)
		}
		if c.hit+c.missed > 0 {
			seen++
			f1 += c.f1()
		}
	}
	return ratio(right, len(gold)), f1 / float64(max(seen, 1))
}

// counts are of a label: found rightly, found wrongly, missed.
type counts struct{ hit, wrong, missed int }

func (c *counts) add(gold, got bool) {
	switch {
	case gold && got:
		c.hit++
	case got:
		c.wrong++
	case gold:
		c.missed++
	}
}

func (c counts) f1() float64 { return ratio(2*c.hit, 2*c.hit+c.wrong+c.missed) }

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

// calibrationError is the expected calibration error: the mean distance of confidence and accuracy over
// ten equal bins of confidence, by their sizes.
func calibrationError(gold, got []string, sure []float64) float64 {
	var n, right, sum [10]float64
	for i := range gold {
		b := min(max(int(sure[i]*10), 0), 9)
		n[b]++
		sum[b] += sure[i]
		right[b] += float64(flag(gold[i] == got[i]))
	}
	total := 0.0
	for b := range n {
		total += math.Abs(right[b] - sum[b])
	}
	return total / float64(max(len(gold), 1))
}
