//go:build unix

package model

import (
	"bufio"
	"encoding/json"
	options "flag"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jonreiter/govader"

	"percept/analysis"
)

// scored is a file of texts to compare with, besides those of the corpus.
var scored = options.String("texts", "", "JSONL with a \"text\" a line, for BenchmarkScore")

// together is how many texts are scored in a call, as `percept score` does.
const together = 100

// BenchmarkScore scores sets of texts whole and has govader, the Go port of VADER, which gives one sentiment a text, read the same set,
// turn by turn in one run: texts per second of CPU of each, and how many times as fast percept is, the median of the turns.
// go test ./analysis/model -run xxx -bench Score -benchtime 9x -args -texts FILE
func BenchmarkScore(b *testing.B) {
	files, err := Corpus()
	if err != nil {
		b.Fatal(err)
	}
	var answers, reviews []analysis.Text
	for _, f := range files {
		for i := range f.Pieces {
			whole, _ := f.Pieces[i].text()
			if f.Pieces[i].Kind == "answer" {
				answers = append(answers, analysis.Text{Text: whole, Question: f.Pieces[i].Question})
				continue
			}
			reviews = append(reviews, analysis.Text{Text: whole})
		}
	}
	b.Run("answers", func(b *testing.B) { besideGovader(b, answers) })
	b.Run("reviews", func(b *testing.B) { besideGovader(b, reviews) })
	b.Run("five_reviews", func(b *testing.B) { besideGovader(b, joined(reviews, 5)) })
	if *scored == "" {
		return
	}
	texts := textsOf(b, *scored)
	b.Run("file", func(b *testing.B) { besideGovader(b, texts) })
	b.Run("file_by_fours", func(b *testing.B) { besideGovader(b, joined(texts, 4)) })
}

// joined makes one text of every n.
func joined(texts []analysis.Text, n int) []analysis.Text {
	var list []analysis.Text
	for part := range slices.Chunk(texts[:len(texts)/n*n], n) {
		var words []string
		for _, t := range part {
			words = append(words, t.Text)
		}
		list = append(list, analysis.Text{Text: strings.Join(words, " ")})
	}
	return list
}

// textsOf returns the texts of a file that differ.
func textsOf(b *testing.B, name string) []analysis.Text {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var list []analysis.Text
	seen := map[string]bool{"": true}
	lines := bufio.NewScanner(f)
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var row struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			b.Fatalf("%s: %v", name, err)
		}
		if !seen[row.Text] {
			seen[row.Text] = true
			list = append(list, analysis.Text{Text: row.Text})
		}
	}
	if err := lines.Err(); err != nil {
		b.Fatal(err)
	}
	return list
}

func besideGovader(b *testing.B, texts []analysis.Text) {
	s, peer := optometry(b), govader.NewSentimentIntensityAnalyzer()
	var ours, theirs time.Duration
	var ratios []float64
	size := 0
	for _, t := range texts {
		size += len(t.Text)
	}
	for b.Loop() {
		start := cpuTime(b)
		for part := range slices.Chunk(texts, together) {
			if _, err := s.Score(b.Context(), part); err != nil {
				b.Fatal(err)
			}
		}
		turn := cpuTime(b) - start
		b.StopTimer()
		start = cpuTime(b)
		for _, t := range texts {
			peer.PolarityScores(t.Text)
		}
		other := cpuTime(b) - start
		ours, theirs, ratios = ours+turn, theirs+other, append(ratios, other.Seconds()/turn.Seconds())
		b.StartTimer()
	}
	slices.Sort(ratios)
	n := float64(len(texts))
	b.ReportMetric(float64(size)/n, "bytes_per_text")
	b.ReportMetric(n*float64(len(ratios))/ours.Seconds(), "texts_per_cpu_s")
	b.ReportMetric(n*float64(len(ratios))/theirs.Seconds(), "govader_texts_per_cpu_s")
	b.ReportMetric(ratios[len(ratios)/2], "x_govader")
}

// cpuTime is what the process has used, user and system: no other process on the machine adds to it.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
