package analysis_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"percept/analysis"
	"percept/collector"
)

func TestInsightIsOfOneChannel(t *testing.T) {
	to := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	counted := func(channel collector.Kind, scale, question string, rating float64, n int) analysis.RatingCount {
		return analysis.RatingCount{Practice: "elm", Channel: channel, Scale: scale, Question: question, Rating: rating, Valid: true, N: n}
	}
	m := analysis.Material{
		Practice: "elm",
		Quarter:  []analysis.RatingCount{counted(collector.Response, "csat-5", "", 5, 40), counted(collector.Review, "csat-5", "", 1, 40)},
		Before:   []analysis.RatingCount{counted(collector.Response, "csat-5", "", 5, 20), counted(collector.Response, "csat-5", "", 1, 20)},
		Year: []analysis.RatingCount{
			counted(collector.Response, "csat-5", "", 5, 60), counted(collector.Response, "csat-5", "", 1, 20),
			counted(collector.Response, "csat-5", "How was the car park?", 5, 12), counted(collector.Review, "csat-5", "", 1, 40),
		},
		Stories: []analysis.Story{
			{Feedback: "old", Day: to.AddDate(-1, -6, 0), Week: true},
			{Feedback: "new", Day: to.AddDate(0, 0, -1), Week: true},
		},
	}
	in, err := analysis.NewInsight(collector.Response, to, m)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Metrics) != 2 || in.Feedback != 1 || !in.From.Equal(to.AddDate(0, 0, -91)) {
		t.Fatalf("insight = %+v, want two metrics of the survey and one feedback of the year", in)
	}
	whole, park := in.Metrics[0], in.Metrics[1]
	if whole.Now.Value.Value != 100 || whole.Year.Value.Value != 75 || whole.Change.Value.Value != 50 || whole.Change.From != 40 {
		t.Errorf("the whole = %+v: 100 now, 75 in the year, up 50 from 40 answers", whole)
	}
	if park.Now.N != 0 || park.Now.Value != nil || park.Change.Value != nil || park.Change.Why == "" || park.Year.N != 12 {
		t.Errorf("the car park = %+v: nobody asked this quarter", park)
	}
	if in.Drivers.Why == "" || in.Impacts.Why == "" {
		t.Errorf("drivers %+v and impacts %+v: want why there are none", in.Drivers, in.Impacts)
	}
	if _, err := json.Marshal(in); err != nil {
		t.Error(err)
	}
}

// survey makes a year of a practice's responses, that rate or speak of 14 touchpoints.
func survey(n int) analysis.Material {
	rng := rand.New(rand.NewPCG(1, 14))
	to := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	var m analysis.Material
	for i := range n {
		s := analysis.Story{Feedback: fmt.Sprint(i), Day: to.AddDate(0, 0, -364+i*364/n), Week: true}
		s.Rating = collector.Rating{Value: float64(1 + rng.IntN(5)), Valid: true, Tag: "csat-5"}
		for k := range 14 {
			if rng.IntN(2) == 0 {
				s.Mentions = append(s.Mentions, analysis.Mention{Touchpoint: fmt.Sprint("t", k), Start: 10 * k, Score: .6 + .5*rng.NormFloat64(), Origin: analysis.FromText})
			}
		}
		m.Stories = append(m.Stories, s)
	}
	return m
}

func BenchmarkNewInsight(b *testing.B) {
	to := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	for _, n := range []int{100, 300, 1000} {
		m := survey(n)
		for _, channel := range []collector.Kind{collector.Response, collector.Review} {
			b.Run(fmt.Sprintf("%s/%d", channel, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := analysis.NewInsight(channel, to, m); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
