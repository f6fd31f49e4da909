package reports

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"percept/analysis"
)

// Blocks of the heat map.
const (
	blockWeeks = 4
	blocks     = year / blockWeeks
	fewPeople  = 5 // a block with fewer shows no mean
)

// A heatMap is the journey over a year as one channel tells it: the mean score of each touchpoint
// in blocks of four weeks.
type heatMap struct {
	Name    string
	Starts  []time.Time
	Rows    []heatRow
	Chart   *chart
	channel string
	in      *language
}

type heatRow struct {
	Name  string
	Cells []heatCell
}

// A heatCell is a block of a touchpoint. Mean says nothing where Shown is false.
type heatCell struct {
	People int
	N      part // People, with what it counts
	Mean   float64
	Shown  bool
	near   bool // so near an end of the scale that only that is said
}

// heatMap returns the map of a channel, nil where no block has enough people to colour.
func (m *material) heatMap(ctx context.Context, p *painter, channel string) (*heatMap, error) {
	h := &heatMap{Name: m.in.channel(channel), channel: channel, in: m.in}
	for i := range blocks {
		h.Starts = append(h.Starts, m.begin.Add(time.Duration(i)*blockWeeks*week))
	}
	any := false
	for _, t := range m.journey {
		row := heatRow{t.Name, heatCells(m.points[place{channel, t.ID}], m.begin)}
		for x := range row.Cells {
			c := &row.Cells[x]
			from, to := bounds(max(1, c.People), c.Mean, -1, 1, scoreStep)
			c.near = m.masks && answers(channel) && from != to
		}
		any = any || slices.ContainsFunc(row.Cells, func(c heatCell) bool { return c.Shown })
		h.Rows = append(h.Rows, row)
	}
	if !any {
		return nil, nil
	}
	var err error
	label := m.in.say("%s: mean score of each touchpoint in blocks of four weeks over a year. The numbers are in the table below.", h.Name)
	h.Chart, err = p.paint(ctx, h.options(), "heat-"+channel, label, heatTop+len(h.Rows)*heatRowHeight+4)
	if err != nil {
		return nil, err
	}
	h.Chart.Name = m.in.say("%s, the year", h.Name)
	return h, nil
}

// count fills in what the cells count.
func (m *material) count(h *heatMap) {
	for y, t := range m.journey {
		for x := range h.Rows[y].Cells {
			c, from := &h.Rows[y].Cells[x], h.Starts[x]
			c.N = m.counts(place{h.channel, t.ID}, from, from.Add(blockWeeks*week), c.People, m.in.count(c.People), m.weeksOf(h.channel, t.ID, from, blockWeeks), m.spoke(h.channel, t.ID, from, from.Add(blockWeeks*week), false))
		}
	}
}

func heatCells(points []analysis.Point, begin time.Time) []heatCell {
	cells := make([]heatCell, blocks)
	for _, p := range points {
		c := &cells[int(p.Week.Sub(begin)/(blockWeeks*week))]
		c.People += p.People
		c.Mean += float64(p.People) * p.Mean
	}
	for i := range cells {
		if c := &cells[i]; c.People > 0 {
			c.Mean /= float64(c.People)
			c.Shown = c.People >= fewPeople
		}
	}
	return cells
}

// The heat map's layout, in pixels.
const (
	heatLeft, heatTop = 234, 26
	heatRowHeight     = 26
	longestName       = 35 // letters that fit beside it
)

// A heatChart is a heat map without ticks on its upright axis, which go-echarts has no word for.
type heatChart struct{ *charts.HeatMap }

// JSON returns the options without the ticks.
func (c heatChart) JSON() map[string]any {
	type axis struct {
		opts.YAxis
		AxisTick opts.AxisTick `json:"axisTick"`
	}
	o := c.HeatMap.JSON()
	var axes []axis
	for _, y := range c.YAxisList {
		axes = append(axes, axis{y, opts.AxisTick{Show: opts.Bool(false)}})
	}
	o["yAxis"] = axes
	return o
}

func (h *heatMap) options() heatChart {
	c := heatChart{charts.NewHeatMap()}
	var columns, rows []string
	for _, t := range h.Starts {
		columns = append(columns, h.in.date(t, "2 Jan"))
	}
	var cells []opts.HeatMapData
	for y, row := range h.Rows {
		rows = append(rows, shorten(row.Name, longestName))
		for x, cell := range row.Cells {
			if cell.Shown {
				cells = append(cells, opts.HeatMapData{Value: []any{x, y, tone(cell), cell.label(h.in)}})
			}
		}
	}
	c.SetGlobalOptions(
		charts.WithInitializationOpts(opts.Initialization{ChartID: "heat"}),
		charts.WithAnimation(false),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{
			Left: strconv.Itoa(heatLeft), Top: strconv.Itoa(heatTop),
			Width:  strconv.Itoa(canvasWidth - heatLeft - 4),
			Height: strconv.Itoa(len(rows) * heatRowHeight),
		}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", Position: "top", Data: columns,
			AxisLine: &opts.AxisLine{Show: opts.Bool(false)}, AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
			AxisLabel: &opts.AxisLabel{Color: dimPaint, FontSize: 10, Interval: "0"},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Inverse: opts.Bool(true), Data: rows,
			AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rulePaint, Width: 1}},
			AxisLabel: &opts.AxisLabel{Color: inkPaint, FontSize: 12, Interval: "0"},
		}),
		charts.WithVisualMapOpts(opts.VisualMap{Type: "piecewise", Show: opts.Bool(false), Dimension: "2", Pieces: []opts.Piece{
			{Lte: 1.5, Color: "#000011"}, {Gt: 1.5, Lte: 2.5, Color: "#000012"},
			{Gt: 2.5, Lte: 3.5, Color: "#000013"}, {Gt: 3.5, Lte: 4.5, Color: "#000014"}, {Gt: 4.5, Color: "#000015"},
		}}),
	)
	c.AddSeries("mean score", cells,
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Formatter: "{@[3]}", Color: inkPaint, FontSize: 11}))
	return c
}

// tone is the step of a cell's colour: 1 very unhappy to 5 very happy.
func tone(c heatCell) int {
	switch {
	case c.Mean < -.5:
		return 1
	case c.Mean < -.15:
		return 2
	case c.Mean <= .15:
		return 3
	case c.Mean <= .5:
		return 4
	}
	return 5
}

// Text is the mean in the table behind the map.
func (c heatCell) Text(in *language) string {
	if c.near {
		return c.label(in)
	}
	return in.signed(c.Mean)
}

// label is the mean with one decimal.
func (c heatCell) label(in *language) string {
	if c.near && c.Mean > 0 {
		return "> " + in.number(.5, 1)
	} else if c.near {
		return "< −" + in.number(.5, 1)
	}
	s := in.number(c.Mean, 1)
	switch {
	case strings.Trim(s, "-0.,") == "":
		return "0"
	case c.Mean < 0:
		return "\u2212" + s[1:]
	}
	return "+" + s
}

// shorten cuts a name to n letters, with an ellipsis for the rest.
func shorten(name string, n int) string {
	r := []rune(name)
	if len(r) <= n {
		return name
	}
	return string(r[:n-1]) + "\u2026"
}
