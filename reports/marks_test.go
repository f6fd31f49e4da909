package reports

import (
	"regexp"
	"slices"
	"testing"

	"percept/analysis"
)

// TestMarksStandWhereEChartsPutsThem paints the same numbers as series of the library and compares what it draws: the
// frame comes from it, and marks drawn elsewhere would tell of other weeks and touchpoints.
func TestMarksStandWhereEChartsPutsThem(t *testing.T) {
	p := harbour(t)
	m, err := load(t.Context(), newStore(t, invent(p, 1)), p, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	for _, channel := range m.heard() {
		h, err := m.heatMap(t.Context(), paint, channel)
		if err != nil || h == nil {
			t.Fatalf("heat map of %s: %v, %v", channel, h, err)
		}
		theirs, err := paint.paint(t.Context(), h.options(), "x", "", 1)
		if err != nil {
			t.Fatal(err)
		}
		tiles := regexp.MustCompile(`<path d="[^"]*Z" class="f-h\d">`)
		same := tiles.FindAllString(string(theirs.Inside), -1)
		if got := tiles.FindAllString(h.marks(), -1); len(got) < 10 || !slices.Equal(got, same) {
			t.Errorf("tiles of %s are %q, want %q", channel, got, same)
		}
		labels := regexp.MustCompile(`class="f-ink">([+\x{2212}0][^<]*)<`)
		if got, want := submatches(labels, h.marks()), submatches(labels, string(theirs.Inside)); len(got) < 10 || !slices.Equal(got, want) {
			t.Errorf("labels of %s are %q, want %q", channel, got, want)
		}
	}
	// Of three panels: every month; a gap, a month alone and the ends of the scale; nothing in the last months.
	months := m.months()
	one := func(i int, mean float64) trendMonth {
		return trendMonth{RatingPoint: analysis.RatingPoint{Month: months[i], Mean: mean, N: 5 + i*10}}
	}
	trends := []trend{{Name: "a"}, {Name: "b", Months: []trendMonth{one(0, 1), one(1, 5), one(3, 2.5), one(6, 3.25)}}, {Name: "c", Months: []trendMonth{one(2, 4.6)}}}
	for i := range months {
		trends[0].Months = append(trends[0].Months, one(i, 1+.25*float64(i)))
	}
	theirs, err := paint.paint(t.Context(), m.trendOptions(trends, months), "x", "", 1)
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`<path d="([^"]*)" fill="none" stroke-width="2" stroke-linejoin="bevel" class="s-line">`)
	drawn := submatches(line, string(theirs.Inside))
	if len(drawn) != len(trends) {
		t.Fatalf("the library draws %d lines, want %d", len(drawn), len(trends))
	}
	for i, x := range trends {
		if got := submatches(line, x.marks(months, trendTop+i*(trendHeight+trendGap))); !slices.Equal(got, drawn[i:i+1]) {
			t.Errorf("line %s is %q, want %q", x.Name, got, drawn[i])
		}
	}
}

// submatches are what the first group of a pattern matches in text, in order.
func submatches(pattern *regexp.Regexp, text string) []string {
	var all []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}
