package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"percept/analysis"
	"percept/collector"
)

// fewestPeers is how many practices a funnel needs.
const fewestPeers = 5

// peers are practices on one public metric, each by how many answers it has.
type peers struct {
	Name string // of the metric
	Tag  string
	Says string // where the practice lies
	Rows []peerRow
	Plot *chart
}

type peerRow struct {
	Name     string
	Own      bool
	N, Value Figure
	Limits   Figure
	Place    string
}

func (a *auditor) peers(ctx context.Context) error {
	for _, c := range a.o.Comparisons {
		if c.Channel != collector.Review {
			continue // a survey of one's own is not comparable with that of another
		}
		p, ok := a.compared(c, len(a.page.Peers)+1)
		if !ok {
			continue
		}
		var err error
		if p.Plot, err = a.paint.paint(ctx, funnel(c, a.practice.ID), "funnel"+strconv.Itoa(len(a.page.Peers)),
			"Funnel of the practices by number of ratings, with 95 and 99.8 percent limits. The numbers are in the table below.", plotHeight); err != nil {
			return err
		}
		p.Plot.Name = "Peers, " + p.Tag + ", the chart"
		a.page.Peers = append(a.page.Peers, p)
	}
	if len(a.page.Peers) == 0 {
		a.page.PeerNote = fmt.Sprintf("No comparison: a funnel needs at least %d practices with %d public ratings each on one scale.", fewestPeers, enough)
	}
	return nil
}

// compared is the table of a comparison; ok is false where there is no funnel or the practice is not in it.
func (a *auditor) compared(c analysis.Comparison, number int) (p peers, ok bool) {
	standings := slices.DeleteFunc(slices.Clone(c.Practices), func(s analysis.Standing) bool { return s.Limits == nil || s.Value == nil })
	own := slices.IndexFunc(standings, func(s analysis.Standing) bool { return s.Practice == a.practice.ID })
	if own < 0 || len(standings) < fewestPeers {
		return p, false
	}
	slices.SortFunc(standings, func(a, b analysis.Standing) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Practice, b.Practice))
	})
	p.Name, p.Tag = metricName(analysis.Metric{Axis: c.Axis}), string(c.Tag)
	others := 0
	for _, s := range standings {
		row := peerRow{Name: a.practice.Name, Own: s.Practice == a.practice.ID}
		key := s.Practice
		if !row.Own {
			others++
			row.Name = s.Practice
			if a.o.masks() { // another client is nobody's business
				row.Name, key = "Practice "+strconv.Itoa(others), "practice"+strconv.Itoa(others)
			}
		}
		at, what := fmt.Sprintf("peers%d.%s", number, key), "Peers, "+p.Tag+", "+row.Name
		row.N = a.f.count(at+".n", what+": ratings", s.N)
		row.Value = a.estimate(at+".value", what, c.Tag, s.Level(), false)
		row.Limits = a.f.add(at+".limits", what+": 95 % and 99.8 % limits",
			fmt.Sprintf("%.2f to %.2f; %.2f to %.2f", s.Limits.Lo95, s.Limits.Hi95, s.Limits.Lo998, s.Limits.Hi998),
			strings.Join([]string{precise(s.Limits.Lo95), precise(s.Limits.Hi95), precise(s.Limits.Lo998), precise(s.Limits.Hi998)}, " "))
		row.Place = cmp.Or(string(s.Outside), "within the limits")
		p.Rows = append(p.Rows, row)
	}
	switch standings[own].Outside {
	case "":
		p.Says = a.practice.Name + " cannot be told from its peers on this metric."
	case analysis.Low, analysis.High:
		p.Says = a.practice.Name + " differs from its peers by more than chance and their usual spread: " + string(standings[own].Outside) + "."
	default:
		p.Says = a.practice.Name + " lies near the limits: one in twenty practices like all others does."
	}
	if standings[own].Adjusted != nil {
		p.Says += " Adjusted for the mix of sources."
	}
	return p, true
}

// funnel draws the practices by n, with the limits of each joined to lines.
func funnel(c analysis.Comparison, practice string) *charts.Line {
	standings := slices.DeleteFunc(slices.Clone(c.Practices), func(s analysis.Standing) bool { return s.Limits == nil || s.Value == nil })
	slices.SortFunc(standings, func(a, b analysis.Standing) int {
		return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.Practice, b.Practice))
	})
	line := charts.NewLine()
	lines := make([][][2]float64, 4)
	lo, hi, most := c.Mean, c.Mean, 0
	var others, own [][2]float64
	for _, s := range standings {
		for i, v := range []float64{s.Limits.Lo998, s.Limits.Lo95, s.Limits.Hi95, s.Limits.Hi998} {
			lines[i] = append(lines[i], [2]float64{float64(s.N), v})
			lo, hi = min(lo, v), max(hi, v)
		}
		level := s.Level().Value
		lo, hi, most = min(lo, level), max(hi, level), max(most, s.N)
		if s.Practice == practice {
			own = append(own, [2]float64{float64(s.N), level})
		} else {
			others = append(others, [2]float64{float64(s.N), level})
		}
	}
	pad := max(.05, (hi-lo)/10)
	frame(line, "funnel", opts.XAxis{Name: "ratings", NameLocation: "middle", NameGap: 28, Min: 0, Max: most + most/10 + 1},
		opts.YAxis{Name: metricName(analysis.Metric{Axis: c.Axis}), NameLocation: "middle", NameGap: 40, Min: float64(int(10*(lo-pad))) / 10, Max: float64(int(10*(hi+pad))+1) / 10})
	for i, of := range lines {
		dash := "dashed"
		if i == 0 || i == 3 {
			dash = "solid"
		}
		stroke(line, "limit", dash, of...)
	}
	stroke(line, "mean", "solid", [2]float64{0, c.Mean}, [2]float64{float64(most + most/10 + 1), c.Mean})
	dots(line, dimPaint, others, make([]string, len(others)))
	dots(line, linePaint, own, []string{"this practice"})
	return line
}
