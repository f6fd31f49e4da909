package model

import (
	"testing"
	"time"

	"github.com/jonreiter/govader"

	"percept/analysis"
)

// BenchmarkScore reads the texts of the corpus whole, and beside it in the same run govader, the Go port of VADER, which
// gives one sentiment a text: texts_per_s of each, and how many times as fast percept is.
func BenchmarkScore(b *testing.B) {
	s := optometry(b)
	peer := govader.NewSentimentIntensityAnalyzer()
	files, err := Corpus()
	if err != nil {
		b.Fatal(err)
	}
	var texts []analysis.Text
	size := 0
	for _, f := range files {
		for i := range f.Pieces {
			whole, _ := f.Pieces[i].text()
			texts = append(texts, analysis.Text{Text: whole, Question: f.Pieces[i].Question})
			size += len(whole)
		}
	}
	b.SetBytes(int64(size / len(texts)))
	b.ReportAllocs()
	var ours, theirs time.Duration
	n := 0
	for b.Loop() {
		t := texts[n%len(texts) : n%len(texts)+1]
		start := time.Now()
		if _, err := s.Score(b.Context(), t); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		n++
		b.StopTimer()
		start = time.Now()
		peer.PolarityScores(t[0].Text)
		theirs += time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(float64(n)/ours.Seconds(), "texts_per_s")
	b.ReportMetric(float64(n)/theirs.Seconds(), "govader_texts_per_s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "x_govader")
}
