package reports

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"percept/collector"
)

// spans reports whether the sums over the windows that are shown give the sum over another, by elimination.
func spans(shown [][]float64, secret []float64) bool {
	rows := slices.Clone(shown)
	secret = slices.Clone(secret)
	for col := range secret {
		pivot := slices.IndexFunc(rows, func(r []float64) bool { return math.Abs(r[col]) > 1e-9 })
		if pivot < 0 {
			continue
		}
		p := rows[pivot]
		rows = slices.Delete(slices.Clone(rows), pivot, pivot+1)
		clear := func(r []float64) []float64 {
			out, f := slices.Clone(r), r[col]/p[col]
			for i := range out {
				out[i] -= f * p[i]
			}
			return out
		}
		for i := range rows {
			rows[i] = clear(rows[i])
		}
		secret = clear(secret)
	}
	return !slices.ContainsFunc(secret, func(v float64) bool { return math.Abs(v) > 1e-9 })
}

// TestNoSmallCountCanBeToldFromTheOthers adds and subtracts all that is shown.
func TestNoSmallCountCanBeToldFromTheOthers(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		var people [year]int
		for i := range people {
			people[i] = max(0, r.IntN(9+int(seed))-2)
		}
		windows := []window{{year - quarter, year}, {0, year}, {30, year}, {0, 30}}
		for i := range blocks {
			windows = append(windows, window{i * blockWeeks, (i + 1) * blockWeeks})
		}
		for i := range year {
			windows = append(windows, window{i, i + 1})
		}
		vector := func(s window) []float64 {
			v := make([]float64, year)
			for i := s.From; i < s.To; i++ {
				v[i] = 1
			}
			return v
		}
		hidden := untold(people, windows)
		var shown [][]float64
		for _, s := range windows {
			if !hidden[s] {
				shown = append(shown, vector(s))
			}
		}
		for i, n := range people { // a gap of the chart
			if n == 0 {
				shown = append(shown, vector(window{i, i + 1}))
			}
		}
		withheld := 0
		for s := range hidden {
			n := s.total(people)
			if n >= smallCell {
				withheld++
			} else if spans(shown, vector(s)) {
				t.Errorf("seed %d: the %d people of weeks %d to %d can be told", seed, n, s.From, s.To)
			}
		}
		if withheld == 0 || withheld > len(windows)/2 {
			t.Errorf("seed %d: %d counts are withheld for the sake of %d small ones", seed, withheld, len(hidden)-withheld)
		}
		if hidden[window{year - quarter, year}] {
			t.Errorf("seed %d: the count of the quarter is withheld before smaller ones", seed)
		}
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
		if audience == Internal && (found < 50 || under > 0) || audience == Shared && under < 50 {
			t.Errorf("%s: %d small counts and %d hidden ones", audience, found, under)
		}
		for n := range root.Descendants() {
			if n.Type == html.TextNode && n.Data == "withheld" && audience == Internal {
				t.Error("a page for internal use withholds a number")
			}
		}
	}
}
