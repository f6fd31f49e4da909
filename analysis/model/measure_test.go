package model

import (
	"math"
	"testing"

	"percept/analysis"
)

func near4(a, b float64) bool { return math.Abs(a-b) < 1e-4 }

func TestMeasureSentimentByHand(t *testing.T) {
	gold := []Labelled{
		{Label: "positive", Label5: "very positive"}, {Label: "positive", Label5: "positive"},
		{Label: "negative", Label5: "negative"}, {Label: "neutral", Label5: "neutral"}, {Label: "conflict"},
	}
	got := []analysis.Scored{
		{Label: "positive", Label5: "positive", Score: 0.6, Confidence: 0.95}, {Label: "neutral", Label5: "neutral", Score: 0.1, Confidence: 0.55},
		{Label: "negative", Label5: "negative", Score: -0.4, Confidence: 0.95}, {Label: "neutral", Label5: "neutral", Confidence: 0.55},
		{Label: "positive", Confidence: 1},
	}
	f := measureSentiment(gold, got)
	// Of three classes: negative 1, neutral 2/3, positive 2/3. Of five: 1, 2/3, 0 and 0.
	if f.Rows != 4 || !near4(f.Accuracy3, 0.75) || !near4(f.F1of3, 7.0/9) || !near4(f.Sign, 1) || !near4(f.Accuracy5, 0.5) || !near4(f.F1of5, 5.0/12) {
		t.Errorf("figures %+v", f)
	}
	// Bins of 0.9 (two right) and 0.5 (one of two): |2-1.9| + |1-1.1| of 4.
	if !near4(f.Calibration, 0.05) {
		t.Errorf("calibration error %.4f, want 0.05", f.Calibration)
	}
}

func TestMeasureOpticalByHand(t *testing.T) {
	gold := []touched{
		{Touchpoints: []struct{ ID, Sentiment int }{{1, 1}, {0, -1}}},
		{},
		{Touchpoints: []struct{ ID, Sentiment int }{{2, 0}}},
	}
	scored := []analysis.Scored{
		{Mentions: []analysis.Span{{ID: "first", Score: 0.2}, {ID: "first", Score: -0.9}, {ID: "second", Score: 0.3}}},
		{Mentions: []analysis.Span{{ID: "general", Score: 0.5}}},
		{Mentions: []analysis.Span{{ID: "second", Score: 0.01}}},
	}
	f := measureOptical(gold, scored, []string{"first", "second", "general"}, nil)
	// Found rightly first and second, wrongly second and general, missed general; the sentiment of first is wrong.
	f1, joint, sentiment := pooled(f.Touchpoints)
	if !near4(f1, 4.0/7) || !near4(joint, 2.0/7) || !near4(sentiment, 0.5) || f.Empty != 1 || f.KeptEmpty != 0 {
		t.Errorf("F1 %.4f, joint %.4f, sentiment %.4f, empty %d kept %d", f1, joint, sentiment, f.Empty, f.KeptEmpty)
	}
	if got := f.Touchpoints[2].confusion(f.Touchpoints); got != "second 1" {
		t.Errorf("where general was missed was found %q, want %q", got, "second 1")
	}
}
