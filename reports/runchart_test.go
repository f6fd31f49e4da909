package reports

import (
	"strings"
	"testing"

	"percept/analysis"
)

func TestRunChartLeavesGapsAndMarksTheChange(t *testing.T) {
	begin := lastWeek.Add(-(year - 1) * week)
	at := func(i, people int, mean float64) analysis.Point {
		return analysis.Point{Week: begin.AddDate(0, 0, 7*i), People: people, Mean: mean}
	}
	points := []analysis.Point{at(0, 1, 1), at(1, 3, 0), at(3, 12, -1), at(51, 1, -1)}

	c := newRunChart(english, "Exam", points, analysis.Verdict{Word: analysis.Steady}, begin)
	if got, want := c.Line, "M24 8L30.1 50M42.2 92M334 92"; got != want {
		t.Errorf("line = %q, want %q: a gap where nobody spoke", got, want)
	}
	if len(c.Dots) != 3 || c.Dots[0].Class != "d1" || strings.Count(c.Dots[0].Path, "M") != 2 || c.Dots[2].Class != "d4" {
		t.Errorf("dots = %v, want two of one person, one of three, one of twelve", c.Dots)
	}
	if len(c.Centres) != 1 || c.Centres[0].Y != runY((1-12-1)/17.) || c.Change != nil {
		t.Errorf("centre = %v, change = %v, want one line at the mean of persons and no change", c.Centres, c.Change)
	}
	if len(c.Weeks) != len(points) {
		t.Errorf("table has %d weeks, want %d", len(c.Weeks), len(points))
	}

	since := begin.AddDate(0, 0, 21)
	v := analysis.Verdict{Word: analysis.Worse, Since: since, SinceLo: since.Add(-week), SinceHi: since.Add(week)}
	c = newRunChart(english, "Exam", points, v, begin)
	if c.Change == nil || c.Change.X != "42.2" || c.Change.BandX != "36.2" || c.Change.BandWidth != "12.2" {
		t.Errorf("change = %+v, want it at 42.2 within 36.2 to 48.4", c.Change)
	}
	if len(c.Centres) != 2 || c.Centres[0].Y != runY(.25) || c.Centres[1].Y != runY(-1) {
		t.Errorf("centres = %v, want one before the change and one since", c.Centres)
	}
	if newRunChart(english, "Exam", nil, v, begin) != nil {
		t.Error("a chart of nothing was drawn")
	}
}

func TestMeanSaysHowSureItIs(t *testing.T) {
	ten := []float64{1, 0, 1, 0, 1, 0, 1, 0, 1, 0}
	var thirty []float64
	for range 3 {
		thirty = append(thirty, ten...)
	}
	for _, tt := range []struct {
		name   string
		scores []float64
		want   string
	}{
		{"nine people: no mean", ten[:9], ""},
		// s = 0.5270, t(9) = 1.833: half = 0.3055
		{"ten people: indicative", ten, "+0.50 (90 % sure: +0.19 to +0.81), indicative: under 30 people"},
		// s = 0.5085, t(29) = 1.699: half = 0.1578
		{"thirty people", thirty, "+0.50 (90 % sure: +0.34 to +0.66)"},
	} {
		if got := mean(tt.scores); got != tt.want {
			t.Errorf("%s: mean = %q, want %q", tt.name, got, tt.want)
		}
	}
}
