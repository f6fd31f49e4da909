package reports

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"percept/analysis"
	"percept/collector"
)

// A trend is the monthly mean of one definition of rating from one channel.
type trend struct {
	Name   string
	Tag    string
	Months []trendMonth
}

// A trendMonth is a month of a trend, or some that are counted as one, with what its N counts.
type trendMonth struct {
	analysis.RatingPoint // of the month in the middle
	Name                 string
	Count                part
	first, last          time.Time // the months
}

// trends returns every definition that has ratings, reviews first.
func (m *material) trends() []trend {
	byTag := map[place][]analysis.RatingPoint{}
	var keys []place
	for _, r := range m.ratings {
		k := place{string(r.Channel), r.Tag}
		if byTag[k] == nil {
			keys = append(keys, k)
		}
		byTag[k] = append(byTag[k], r)
	}
	slices.SortFunc(keys, func(a, b place) int {
		return cmp.Or(
			slices.Index(channels, a.channel)-slices.Index(channels, b.channel),
			cmp.Compare(a.touchpoint, b.touchpoint))
	})
	var out []trend
	for _, k := range keys {
		t := trend{m.in.channel(k.channel) + ": " + m.in.scale(k.touchpoint), k.touchpoint, m.months(byTag[k])}
		for i := range t.Months {
			x := &t.Months[i]
			x.Count = m.proof.number(x.N, m.in.count(x.N), m.in.say("%s: ratings of %s", t.Name, x.Name), m.ratedIn(k.channel, k.touchpoint, x.first, x.last))
		}
		if len(t.Months) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// months are the ratings of one kind by month. On a page for sharing months of few persons' answers go with others, and
// those in which few gave another answer than all; there are none where all together are few.
func (m *material) months(of []analysis.RatingPoint) []trendMonth {
	people, top, bottom := make([]int, len(of)), make([]int, len(of)), make([]int, len(of))
	for i, r := range of {
		people[i], top[i], bottom[i] = r.N, steps(r.N, r.Mean, 5, 1), steps(r.N, r.Mean, 1, 1)
	}
	joins := apart(people)
	if m.masks && of[0].Channel == collector.Response { // stars stand in public one by one
		if small(total(people)) {
			return nil
		}
		joins = between(edges(upTo(len(of)), people, top, bottom))
	}
	out := make([]trendMonth, len(joins))
	for i, j := range joins {
		part := of[j[0]:j[1]]
		x := trendMonth{RatingPoint: part[len(part)/2], first: part[0].Month, last: part[len(part)-1].Month}
		x.Name = m.in.date(x.first, "January 2006")
		if len(part) > 1 {
			x.Name = m.in.say("%s to %s", x.Name, m.in.date(x.last, "January 2006"))
		}
		x.N, x.Mean = 0, 0
		for _, r := range part {
			x.N += r.N
			x.Mean += float64(r.N) * r.Mean
		}
		x.Mean /= float64(x.N)
		out[i] = x
	}
	return out
}

// ratedIn are the ratings under one tag from a month to another.
func (m *material) ratedIn(channel, tag string, first, last time.Time) [][]string {
	var out [][]string
	for _, r := range m.rated {
		if string(r.Channel) == channel && r.Scale == tag && r.Valid && !r.Month.Before(first) && !r.Month.After(last) && !r.Day.Before(m.begin) {
			out = append(out, []string{r.Feedback})
		}
	}
	return out
}

// The layout of the trends, one under the other, in pixels.
const (
	trendTop, trendHeight, trendGap = 30, 96, 62
	trendMost                       = 6 // definitions drawn; all are in the table
)

// paintTrends draws a panel for each definition: two of them never share an axis.
func (m *material) paintTrends(ctx context.Context, p *painter, trends []trend) (*chart, error) {
	trends = trends[:min(trendMost, len(trends))]
	if len(trends) == 0 {
		return nil, nil
	}
	height := trendTop + len(trends)*(trendHeight+trendGap) - trendGap + 26
	c, err := p.paint(ctx, m.trendOptions(trends), "trend",
		m.in.say("Mean rating by month on a scale of 1 to 5, a panel for each kind of rating. The numbers are in the table below."), height)
	if err != nil {
		return nil, err
	}
	c.Name = m.in.say("Ratings, the year")
	return c, nil
}

// A trendChart is a line chart with a title for each panel, which go-echarts has no word for.
type trendChart struct {
	*charts.Line
	titles []opts.Title
}

// JSON returns the options with the titles.
func (c trendChart) JSON() map[string]any {
	o := c.Line.JSON()
	o["title"] = c.titles
	return o
}

func (m *material) trendOptions(trends []trend) trendChart {
	first := time.Date(m.begin.Year(), m.begin.Month(), 1, 0, 0, 0, 0, time.UTC)
	var months []time.Time
	var names []string
	for t := first; !t.After(m.now); t = t.AddDate(0, 1, 0) {
		months = append(months, t)
		names = append(names, m.in.date(t, "Jan ’06"))
	}
	c := trendChart{Line: charts.NewLine()}
	var grids []opts.Grid
	for i, t := range trends {
		grids = append(grids, opts.Grid{
			Left: "34", Top: strconv.Itoa(trendTop + i*(trendHeight+trendGap)),
			Width: strconv.Itoa(canvasWidth - 34 - 30), Height: strconv.Itoa(trendHeight),
		})
		c.titles = append(c.titles, opts.Title{
			Title: t.Name, Left: "0", Top: strconv.Itoa(i * (trendHeight + trendGap)),
			TitleStyle: &opts.TextStyle{Color: inkPaint, FontSize: 13, FontWeight: "normal"},
		})
		x, y := trendAxes(i, names)
		if i > 0 {
			c.ExtendXAxis(x)
			c.ExtendYAxis(y)
		} else {
			c.SetGlobalOptions(charts.WithXAxisOpts(x), charts.WithYAxisOpts(y))
			c.SetXAxis(names) // Validate takes the first axis's names from here
		}
		c.AddSeries(t.Name, trendData(t, months),
			charts.WithLineChartOpts(opts.LineChart{XAxisIndex: i, YAxisIndex: i, ShowSymbol: opts.Bool(true)}),
			charts.WithLineStyleOpts(opts.LineStyle{Color: linePaint, Width: 2}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: linePaint}))
	}
	c.SetGlobalOptions(
		charts.WithInitializationOpts(opts.Initialization{ChartID: "trend"}),
		charts.WithAnimation(false),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}),
		charts.WithGridOpts(grids...),
	)
	return c
}

func trendAxes(i int, months []string) (opts.XAxis, opts.YAxis) {
	return opts.XAxis{
			GridIndex: i, Type: "category", Data: months,
			AxisLine: &opts.AxisLine{LineStyle: &opts.LineStyle{Color: rulePaint}}, AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
			AxisLabel: &opts.AxisLabel{Color: dimPaint, FontSize: 11},
		}, opts.YAxis{
			GridIndex: i, Type: "value", Min: 1, Max: 5, SplitNumber: 4,
			AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rulePaint}},
			AxisLabel: &opts.AxisLabel{Color: dimPaint, FontSize: 11},
		}
}

// trendData is a value for each month; a month without ratings is a gap, one with few a hollow dot.
func trendData(t trend, months []time.Time) []opts.LineData {
	data := make([]opts.LineData, len(months))
	for i, month := range months {
		data[i] = opts.LineData{Value: "-"}
		for _, r := range t.Months {
			if r.Month.Equal(month) {
				data[i] = opts.LineData{Value: r.Mean, Symbol: "circle", SymbolSize: 7}
				if r.N < enough {
					data[i].Symbol, data[i].SymbolSize = "emptyCircle", 6
				}
			}
		}
	}
	return data
}
