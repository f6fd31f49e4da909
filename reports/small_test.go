package reports

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"percept/analysis"
	"percept/collector"
)

// TestNothingSmallCanBeToldFromStretches parts generated years and adds and subtracts all that is told of them: every window
// between two ends, of people, of the unhappy and the others, and of answers that are not an end of the scale.
func TestNothingSmallCanBeToldFromStretches(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		people, unhappy, others, top := make([]int, year), make([]int, year), make([]int, year), make([]int, year)
		for i := range people {
			people[i] = max(0, r.IntN(9+int(seed%12))-2)
			for range people[i] {
				if r.Float64() < float64(seed%5)/5 {
					unhappy[i]++
				} else {
					others[i]++
				}
				top[i] += r.IntN(1 + int(seed%3))
			}
		}
		change := r.IntN(year)
		d := newDisclosure(change, []int{change, year - quarter}, upTo(year), people, [][]int{top}, [][]int{unhappy, others})
		for name, of := range map[string]struct {
			ends   []int
			series [][]int
		}{"people": {d.people, [][]int{people}}, "means": {d.means, [][]int{people, top}}, "tones": {d.tones, [][]int{people, unhappy, others}}} {
			for i, from := range of.ends {
				for _, to := range of.ends[i+1:] {
					for _, series := range of.series {
						if n := total(series[from:to]); small(n) && total(series) >= smallCell {
							t.Errorf("seed %d: of weeks %d to %d %s tell %d", seed, from, to, name, n)
						}
					}
				}
			}
		}
		if before := total(people[:change]); !small(before) && !small(total(people)-before) && !d.has(d.people, change, year) {
			t.Errorf("seed %d: the count since the change is withheld before others", seed)
		}
		if len(d.people) < 12 {
			t.Errorf("seed %d: a year of %d people is told in %d stretches alone", seed, total(people), len(d.people)-1)
		}
	}
}

// TestNoAnswerCanBeToldFromAMean looks at all ways in which persons can answer: of what a mean is told as, and of how many
// answered, no count of 1 to 4 who gave another answer than an end of the scale can be worked out.
func TestNoAnswerCanBeToldFromAMean(t *testing.T) {
	told := 0
	for _, tag := range []analysis.Tag{analysis.NPS, analysis.CSAT, analysis.Stars, analysis.MeanScore} {
		lo, hi, unit := tag.Points()
		answers := []float64{lo}
		for v := lo + unit; v <= hi+1e-9; v += unit {
			answers = append(answers, v)
		}
		for n := smallCell; n <= 12; n++ {
			// By what is told: how many of them may have given another answer than the best, and than the worst.
			notBest, notWorst := map[string]map[int]bool{}, map[string]map[int]bool{}
			counts := make([]int, len(answers))
			var each func(i, left int)
			each = func(i, left int) {
				if i == len(answers)-1 {
					counts[i] = left
					mean := 0.0
					for j, k := range counts {
						mean += answers[j] * float64(k) / float64(n)
					}
					from, to := bounds(n, mean, lo, hi, unit)
					look := fmt.Sprint(math.Round(1e6*from)+0, math.Round(1e6*to)+0)
					if notBest[look] == nil {
						notBest[look], notWorst[look] = map[int]bool{}, map[int]bool{}
					}
					notBest[look][n-counts[len(counts)-1]] = true
					notWorst[look][n-counts[0]] = true
					if from == to {
						told++
					}
					if mean < from-1e-9 || mean > to+1e-9 {
						t.Fatalf("%s: the mean %v of %v is told as %s", tag, mean, counts, look)
					}
					return
				}
				for k := 0; k <= left; k++ {
					counts[i] = k
					each(i+1, left-k)
				}
			}
			each(0, n)
			for look := range notBest {
				for end, can := range map[string]map[int]bool{"best": notBest[look], "worst": notWorst[look]} {
					for k := range can {
						if len(can) == 1 && small(k) {
							t.Errorf("%s of %d answers, %s: %d are not the %s", tag, n, look, k, end)
						}
					}
				}
			}
		}
	}
	if told == 0 {
		t.Error("no mean is told as it is")
	}
}

// TestNothingOfFewStandsInASharedReport attacks the page, the list of evidence and the JSON of generated practices: no count
// of 1 to 4 stands there, none can be had from a share and its number, from the points of a chart, or from the length of a
// list.
func TestNothingOfFewStandsInASharedReport(t *testing.T) {
	p := harbour(t)
	for seed := range uint64(3) {
		w := invent(p, seed+1)
		w.reviews, w.responses = w.reviews[:len(w.reviews)>>seed], w.responses[:len(w.responses)>>seed] // busy, quiet and very quiet
		s := newStore(t, w)
		o := withInsights(t, s, p)
		_, got := reportOf(t, s, p, o)
		attackJSON(t, got.Practices[0])
		m, err := load(t.Context(), s, p, o)
		if err != nil {
			t.Fatal(err)
		}
		for at, points := range m.points {
			for _, x := range m.stretches(at) {
				if small(x.people) {
					t.Errorf("a dot of %v is %d people", at, x.people)
				}
			}
			if len(m.stretches(at)) == 0 && spoke(points) >= smallCell {
				t.Errorf("%v has %d people and no dot", at, spoke(points))
			}
		}
		for _, c := range channels {
			for _, touchpoint := range m.journey {
				n := 0
				voices := m.voices(about(m.evidence, touchpoint.ID))
				for _, v := range voices {
					if v.Channel == c {
						n++
					}
				}
				shown := 0
				for _, v := range m.listed(voices) {
					if v.Channel == c {
						shown++
					}
				}
				if small(n) && shown > 1 {
					t.Errorf("%s, %s: %d lines for %d people", touchpoint.ID, c, shown, n)
				}
			}
		}
		evidence := checkPage(t, makeEvidence(t, s, p, o))
		for _, entry := range find(evidence, "voice") {
			if text := inner(entry); strings.Contains(text, "survey:") && (regexp.MustCompile(`\d of \d|20\d\d`).MatchString(text) || holds(entry, "b")) {
				t.Errorf("a line of the evidence can be tallied: %.200s", text)
			}
		}
	}
}

// attackJSON looks for counts of few in the JSON, and works some out.
func attackJSON(t *testing.T, p jsonPractice) {
	t.Helper()
	hidden := 0
	for _, x := range p.Journey {
		for _, c := range x.Channels {
			if c.People == nil || c.Unhappy == nil {
				hidden++
			}
			if c.People != nil && small(*c.People) || c.Unhappy != nil && (small(*c.Unhappy) || c.People != nil && small(*c.People-*c.Unhappy)) {
				t.Errorf("%s, %s: %v people, %v unhappy", x.ID, c.Channel, *c.People, *c.Unhappy)
			}
		}
	}
	for _, b := range p.Behaviours {
		for _, c := range b.Told {
			if c.Well != nil && small(*c.Well) || c.Badly != nil && small(*c.Badly) {
				t.Errorf("%s, %s: told of by few", b.ID, c.Channel)
			}
		}
	}
	public := []string{"stars-mean", "reviews-13w", "answered-7d", "reply-median"}
	for _, v := range p.Vitals {
		if slices.Contains(public, v.Tag) {
			continue
		}
		lo, hi, unit := 0.0, 100.0, 100.0
		if v.Tag != unhappyTag {
			lo, hi, unit = analysis.Tag(v.Tag).Points()
		}
		tell := func(n *int, value *float64) {
			if n != nil && small(*n) {
				t.Errorf("%s: a number of %d", v.Tag, *n)
			}
			if n == nil || value == nil {
				hidden++
				return
			}
			if from, to := bounds(max(1, *n), *value, lo, hi, unit); from != to {
				t.Errorf("%s: %v of %d tells how few differ", v.Tag, *value, *n)
			}
		}
		tell(v.N, v.Value)
		sum, all := 0, true
		for _, x := range v.Periods {
			tell(x.N, x.Value)
			if all = all && x.N != nil; all {
				sum += *x.N
			}
		}
		if all && v.N != nil && small(sum-*v.N) {
			t.Errorf("%s: %d of the year less %d of the quarter", v.Tag, sum, *v.N)
		}
	}
	if hidden == 0 {
		t.Error("nothing was hidden: nothing was tested")
	}
}

func TestASharedPageSaysNoSmallCountOfPeople(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	small := regexp.MustCompile(`^[1-4]$|\([1-4]\)$|^[1-4] (people|person)`)
	for _, audience := range []Audience{Shared, Internal} {
		o, dir := withInsights(t, s, p), t.TempDir()
		o.Audience = audience
		if _, err := Build(t.Context(), dir, s, []collector.Practice{p}, o); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(dir, p.ID, indexFile))
		if err != nil {
			t.Fatal(err)
		}
		root, found, under := checkPage(t, page), 0, 0
		for _, id := range []string{"#journey", "#touchpoints", "#treated", "#drivers"} {
			for n := range find(root, id)[0].Descendants() {
				if _, weeks, ok := strings.Cut(inner(n), "under 5 people in the weeks of "); ok && n.Data == "p" {
					under += len(strings.Split(weeks, ", "))
				}
				if n.Data != "td" && n.Data != "a" && attr(n, "class") != "n" {
					continue
				}
				switch text := inner(n); {
				case small.MatchString(text):
					found++
					if audience == Shared {
						t.Errorf("%s: the shared page says %q", id, text)
					}
				case regexp.MustCompile(`^\(?under 5`).MatchString(text):
					under++
					if holds(n, "a") {
						t.Errorf("%s: %q leads to as many lines as it hides", id, text)
					}
				}
			}
		}
		if audience == Internal && (found < 50 || under > 0) || audience == Shared && under < 10 {
			t.Errorf("%s: %d small counts and %d hidden ones", audience, found, under)
		}
		for n := range root.Descendants() {
			if n.Type == html.TextNode && n.Data == "withheld" && audience == Internal {
				t.Error("a page for internal use withholds a number")
			}
		}
	}
}
