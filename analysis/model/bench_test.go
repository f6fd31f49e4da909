package model

import (
	"strings"
	"testing"
	"time"

	"github.com/jonreiter/govader"

	"percept/analysis"
)

// chunk is how many texts are read by one and then by the other.
const chunk = 100

// BenchmarkScore reads texts of the corpus and, turn by turn in the same run, govader, the Go port of VADER, which gives one
// sentiment a text: texts_per_s of each, and how many times as fast percept is.
func BenchmarkScore(b *testing.B) {
	files, err := Corpus()
	if err != nil {
		b.Fatal(err)
	}
	var answers, reviews, long []analysis.Text
	var joined []string
	for _, f := range files {
		for i := range f.Pieces {
			whole, _ := f.Pieces[i].text()
			if f.Pieces[i].Kind == "answer" {
				answers = append(answers, analysis.Text{Text: whole, Question: f.Pieces[i].Question})
				continue
			}
			reviews = append(reviews, analysis.Text{Text: whole})
			if joined = append(joined, whole); len(joined) == 5 {
				long, joined = append(long, analysis.Text{Text: strings.Join(joined, " ")}), nil
			}
		}
	}
	for _, of := range []struct {
		name  string
		texts []analysis.Text
	}{{"answers", answers}, {"reviews", reviews}, {"long_reviews", long}} {
		b.Run(of.name, func(b *testing.B) { besideGovader(b, of.texts) })
	}
}

func besideGovader(b *testing.B, texts []analysis.Text) {
	s, peer := optometry(b), govader.NewSentimentIntensityAnalyzer()
	var ours, theirs time.Duration
	n, size := 0, 0
	at := func(i int) analysis.Text { return texts[i%len(texts)] }
	start := time.Now()
	for b.Loop() {
		t := at(n)
		if _, err := s.Score(b.Context(), []analysis.Text{t}); err != nil {
			b.Fatal(err)
		}
		size += len(t.Text)
		if n++; n%chunk > 0 {
			continue
		}
		b.StopTimer()
		ours += time.Since(start)
		start = time.Now()
		for i := n - chunk; i < n; i++ {
			peer.PolarityScores(at(i).Text)
		}
		theirs += time.Since(start)
		b.StartTimer()
		start = time.Now()
	}
	if n < chunk {
		return // the first try of a benchmark: too few to compare
	}
	n -= n % chunk
	b.ReportMetric(float64(size)/float64(n), "bytes_per_text")
	b.ReportMetric(float64(n)/ours.Seconds(), "texts_per_s")
	b.ReportMetric(float64(n)/theirs.Seconds(), "govader_texts_per_s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "x_govader")
}
