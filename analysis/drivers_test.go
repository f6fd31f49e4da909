package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
)

// told makes n stories that each speak of some touchpoints; the overall rating hangs on them by effects,
// and a mood that is everywhere makes them alike.
func told(n int, seed uint64, effects map[string]float64) []analysis.Story {
	rng := rand.New(rand.NewPCG(seed, 7))
	var stories []analysis.Story
	for i := range n {
		s := analysis.Story{Feedback: fmt.Sprint(i)}
		mood, y := .3*rng.NormFloat64(), 4.
		for _, id := range []string{"exam", "order", "reception", "recall", "quote"} {
			if rng.Float64() < .4 {
				continue
			}
			score := math.Max(-1, math.Min(1, mood+.5*rng.NormFloat64()))
			y += effects[id] * score
			s.Mentions = append(s.Mentions, analysis.Mention{Touchpoint: id, Score: score, Origin: analysis.FromRating})
		}
		y = math.Round(math.Max(1, math.Min(5, y+.4*rng.NormFloat64())))
		s.Rating = collector.Rating{Value: y, Valid: true, Tag: "csat-5"}
		stories = append(stories, s)
	}
	return stories
}

func TestDriversFindWhatMovesTheRating(t *testing.T) {
	stories := told(900, 1, map[string]float64{"exam": 1.2, "order": .8, "reception": .3})
	d := analysis.FindDrivers(collector.Response, stories)
	if d.Why != "" || !d.Ranked || d.N != 900 || d.Tag != analysis.CSAT || d.R2 < .2 || d.R2 > .95 {
		t.Fatalf("drivers = %+v, want a ranked answer with n and R²", d)
	}
	total := 0.0
	clear := map[string]bool{}
	for _, x := range d.List {
		total += x.Weight
		clear[x.Touchpoint] = x.Clear
		if x.Share.Lo > x.Share.Value || x.Share.Hi < x.Share.Value {
			t.Errorf("%s: share %+v outside its interval", x.Touchpoint, x.Share)
		}
	}
	near(t, "sum of the weights", total, d.R2, 1e-9)
	if d.List[0].Touchpoint != "exam" || d.List[1].Touchpoint != "order" {
		t.Errorf("weightiest are %s and %s, want exam and order", d.List[0].Touchpoint, d.List[1].Touchpoint)
	}
	if !clear["exam"] || !clear["order"] {
		t.Errorf("clear = %v, want exam and order", clear)
	}
	if d.List[0].Group != 1 || d.List[1].Group == 1 || d.List[3].Group != d.List[4].Group {
		t.Errorf("groups of %+v: want exam alone, and what moves nothing tied", d.List)
	}
	if diff := cmp.Diff(d, analysis.FindDrivers(collector.Response, stories)); diff != "" {
		t.Errorf("the same stories give other numbers:\n%s", diff)
	}
}

// Where the touchpoints move nothing, hardly one is called clear.
func TestDriversOfNoise(t *testing.T) {
	clear, all := 0, 0
	for seed := range uint64(20) {
		for _, x := range analysis.FindDrivers(collector.Response, told(400, seed, nil)).List {
			all++
			if x.Clear {
				clear++
			}
		}
	}
	if all != 100 || clear > 10 {
		t.Errorf("%d of %d touchpoints that move nothing are clear", clear, all)
	}
}

func TestDriversAreSilentWithoutEnough(t *testing.T) {
	effects := map[string]float64{"exam": 1}
	few := analysis.FindDrivers(collector.Response, told(49, 1, effects))
	if few.List != nil || few.R2 != 0 || !strings.Contains(few.Why, "at least 50") || few.N != 49 {
		t.Errorf("49 stories give %+v", few)
	}
	some := analysis.FindDrivers(collector.Response, told(120, 1, effects))
	if some.List == nil || some.Ranked || some.List[0].Group != 0 || !strings.Contains(some.Why, "not enough to rank") {
		t.Errorf("120 stories give %+v, want shares without ranks", some)
	}
	// A touchpoint that nine speak of is left out, by name and number.
	stories := told(120, 1, effects)
	for i := range 9 {
		stories[i].Mentions = append(stories[i].Mentions, analysis.Mention{Touchpoint: "fitment", Score: float64(i%2) - .5})
	}
	d := analysis.FindDrivers(collector.Response, stories)
	if len(d.Left) != 1 || d.Left[0].Touchpoint != "fitment" || d.Left[0].N != 9 {
		t.Errorf("left out %+v, want fitment with 9", d.Left)
	}
	if none := analysis.FindDrivers(collector.Response, nil); none.Why != "no overall rating" {
		t.Errorf("no stories give %+v", none)
	}
	same := told(120, 1, effects)
	for i := range same {
		same[i].Rating.Value = 5
	}
	if d := analysis.FindDrivers(collector.Response, same); d.List != nil || !strings.Contains(d.Why, "same overall rating") {
		t.Errorf("fives alone give %+v", d)
	}
}

// Two scales of overall rating are never weighed together: the one that most use is taken.
func TestDriversTakeOneScale(t *testing.T) {
	stories := told(200, 1, map[string]float64{"exam": 1})
	for i := range 80 {
		stories[i].Rating = collector.Rating{Value: 1, Valid: true, Tag: "nps-0-10"}
	}
	if d := analysis.FindDrivers(collector.Response, stories); d.N != 120 || d.Tag != analysis.CSAT {
		t.Errorf("n = %d of %s, want the 120 of csat", d.N, d.Tag)
	}
}

func BenchmarkFindDrivers(b *testing.B) {
	stories := told(300, 1, map[string]float64{"exam": 1})
	for b.Loop() {
		analysis.FindDrivers(collector.Response, stories)
	}
}
