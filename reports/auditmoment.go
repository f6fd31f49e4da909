package reports

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"percept/analysis"
)

// moments are the touchpoints by importance and performance.
type moments struct {
	Why  string // why there are none, or how far to trust them
	R2   *Figure
	N    Figure
	Rows []momentRow
	Left []labelled // too thin to place, with how many spoke
	Plot *chart
}

type momentRow struct {
	No                      int
	Name                    string
	Importance, Performance Figure
	Verdict                 string
}

func (a *auditor) moments(ctx context.Context) error {
	m := &a.page.Moments
	m.Why = "No survey answers in the year: importance needs an overall rating beside what was said of touchpoints."
	for _, in := range a.o.Insights {
		d := in.Drivers
		if in.Channel != "response" {
			continue
		}
		m.Why = capital(d.Why)
		m.N = a.f.count("moments.n", "Survey responses with an overall rating", d.N)
		if len(d.List) > 0 {
			r := a.f.number("moments.r2", "R squared: share of the overall rating’s variance that touchpoints explain", whole(d.R2)+" %", d.R2)
			m.R2 = &r
		}
		for i, x := range in.Moments {
			name := a.name(x.Touchpoint)
			says := places[x.Quadrant]
			if x.Quadrant == "" {
				says = "not placed: " + x.Why
			}
			m.Rows = append(m.Rows, momentRow{
				No: i + 1, Name: name, Verdict: says,
				Importance: a.f.number(id("moments", x.Touchpoint, "importance"), name+": share of R squared",
					fmt.Sprintf("%.0f %% (90 %% sure: %.0f to %.0f)", 100*x.Importance.Value, 100*x.Importance.Lo, 100*x.Importance.Hi), x.Importance.Value),
				Performance: a.f.number(id("moments", x.Touchpoint, "performance"), name+": mean score in the survey",
					fmt.Sprintf("%s (95 %% sure: %s to %s)", signed(x.Performance.Value), signed(x.Performance.Lo), signed(x.Performance.Hi)), x.Performance.Value),
			})
		}
		for _, l := range d.Left {
			m.Left = append(m.Left, labelled{a.name(l.Touchpoint), a.f.count(id("moments", l.Touchpoint, "n"), a.name(l.Touchpoint)+": people, too few to place", l.N)})
		}
		if len(in.Moments) > 1 {
			var err error
			m.Plot, err = a.paint.paint(ctx, quadrant(in.Moments), "quadrant",
				"Importance against performance of touchpoints, by the numbers of the table below, with intervals.", plotHeight)
			if err != nil {
				return err
			}
			m.Plot.Name = "Moments of truth, the chart"
		}
	}
	return nil
}

// places are the quadrants in words that blame nobody.
var places = map[analysis.Quadrant]string{
	analysis.ConcentrateHere: "work here first", analysis.KeepUp: "keep it up", analysis.LowPriority: "can wait",
	analysis.PossibleOverkill: "felt well, and weighs little",
}

// The layout of the quadrant and the funnel, in pixels.
const (
	plotHeight = 360
	plotLeft   = 54
	plotTop    = 16
)

// frame is what the quadrant and the funnel have alike: two axes of values.
func frame(c *charts.Line, name string, x opts.XAxis, y opts.YAxis) {
	axis := &opts.AxisLine{LineStyle: &opts.LineStyle{Color: dimPaint}} // its name has its colour
	x.Type, x.AxisLine, x.AxisLabel = "value", axis, &opts.AxisLabel{Color: dimPaint, FontSize: 11}
	x.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	y.Type, y.AxisLine, y.AxisLabel = "value", axis, &opts.AxisLabel{Color: dimPaint, FontSize: 11}
	y.SplitLine = &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rulePaint}}
	c.SetGlobalOptions(
		charts.WithInitializationOpts(opts.Initialization{ChartID: name}),
		charts.WithAnimation(false),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Left: strconv.Itoa(plotLeft), Top: strconv.Itoa(plotTop),
			Width: strconv.Itoa(canvasWidth - plotLeft - 40), Height: strconv.Itoa(plotHeight - plotTop - 52)}),
		charts.WithXAxisOpts(x), charts.WithYAxisOpts(y),
	)
}

// stroke adds a line through points, in a colour that steps back behind the dots.
func stroke(c *charts.Line, name, dash string, points ...[2]float64) {
	data := make([]opts.LineData, len(points))
	for i, p := range points {
		data[i] = opts.LineData{Value: []float64{p[0], p[1]}}
	}
	c.AddSeries(name, data, charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(false)}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: dimPaint, Width: 1, Type: dash}))
}

// dots adds points with the letters above them, to the right of a line through the point.
func dots(c *charts.Line, paint string, points [][2]float64, labels []string) {
	for i, p := range points {
		c.AddSeries("dot", []opts.LineData{{Value: []float64{p[0], p[1]}, Symbol: "circle", SymbolSize: 9}},
			charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(true)}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: paint}),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(labels[i] != ""), Formatter: types.FuncStr("\u00a0" + labels[i]), Position: "top", Align: "left", Color: inkPaint, FontSize: 12}))
	}
}

// quadrant draws importance (upright) against performance, with intervals; labels are the numbers of the table.
func quadrant(all []analysis.Moment) *charts.Line {
	c := charts.NewLine()
	var usual, top float64
	lo, hi := 1.0, -1.0
	for _, m := range all {
		usual += m.Performance.Value / float64(len(all))
		top = max(top, 100*m.Importance.Hi)
		lo, hi = min(lo, m.Performance.Lo), max(hi, m.Performance.Hi)
	}
	lo, hi = max(-1, math.Floor(lo*5)/5), min(1, math.Ceil(hi*5)/5)
	top = math.Ceil(top/10) * 10
	alike := 0.0
	for _, m := range all {
		alike += 100 * m.Importance.Value / float64(len(all))
	}
	frame(c, "quadrant", opts.XAxis{Name: "mean score", NameLocation: "middle", NameGap: 28, Min: lo, Max: hi},
		opts.YAxis{Name: "importance, %", NameLocation: "middle", NameGap: 36, Min: 0, Max: top})
	stroke(c, "usual", "dashed", [2]float64{usual, 0}, [2]float64{usual, top})
	stroke(c, "alike", "dashed", [2]float64{lo, alike}, [2]float64{hi, alike})
	var points [][2]float64
	var labels []string
	for i, m := range all {
		x, y := m.Performance.Value, 100*m.Importance.Value
		stroke(c, "range", "solid", [2]float64{m.Performance.Lo, y}, [2]float64{m.Performance.Hi, y})
		stroke(c, "range", "solid", [2]float64{x, 100 * m.Importance.Lo}, [2]float64{x, 100 * m.Importance.Hi})
		points, labels = append(points, [2]float64{x, y}), append(labels, strconv.Itoa(i+1))
	}
	dots(c, linePaint, points, labels)
	return c
}
