package reports

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/components"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// observe makes pages say when they were loaded and laid out, and when their first picture after that was made, both in
// milliseconds since they were asked for.
const observe = `addEventListener('load', () => {
	if (document.documentElement.scrollHeight < 500) return; // it is laid out now, and empty
	window.laidOut = performance.now();
	requestAnimationFrame(() => {
		const {port1, port2} = new MessageChannel();
		port1.onmessage = () => { window.seen = performance.now() };
		port2.postMessage(0);
	});
})`

// opened is how long Chromium takes from leaving an empty page to having this one loaded, what its scripts draw in that
// time drawn, and laid out; and to having it shown.
func opened(b *testing.B, ctx context.Context, name string) (laidOut, seen time.Duration) {
	b.Helper()
	for _, at := range []string{"about:blank", "file://" + filepath.ToSlash(name)} {
		if err := chromedp.Do(ctx, chromedp.Navigate(at)); err != nil {
			b.Fatal(err)
		}
	}
	took, err := chromedp.Run(ctx, chromedp.Evaluate[[2]float64](`(async () => {
		for (let i = 0; !window.seen && i < 500; i++) await new Promise((done) => setTimeout(done, 10));
		return [window.laidOut ?? 0, window.seen ?? 0] })()`, chromedp.EvalAwaitPromise))
	if err != nil || took[0] == 0 || took[1] < took[0] {
		b.Fatalf("%s was not opened: %v %v", name, took, err)
	}
	return time.Duration(took[0] * float64(time.Millisecond)), time.Duration(took[1] * float64(time.Millisecond))
}

// median is the one in the middle of an odd number of times.
func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// BenchmarkOpen opens the weekly page, and in turn with it the pages that go-echarts itself makes of its detail charts
// alone and of all its charts over time. It says how long each takes in the middle of 21 times, and the ratios of that, of
// the first picture, and to all charts. A script counts with what the browser has kept of it since the time before.
// go test ./reports -run '^$' -bench Open -benchtime 1x
func BenchmarkOpen(b *testing.B) {
	p := harbour(b)
	s := newStore(b, invent(p, 1))
	o := withInsights(b, s, p)
	m, err := load(b.Context(), s, p, o)
	if err != nil {
		b.Fatal(err)
	}
	var weekly strings.Builder
	if err := Weekly(b.Context(), &weekly, s, p, o); err != nil {
		b.Fatal(err)
	}
	detail, every := components.NewPage(), components.NewPage()
	n := 0 // of detail charts
	add := func(c components.Charter, init *opts.Initialization, id string, height int, pages ...*components.Page) {
		init.ChartID, init.Width, init.Height = id, fmt.Sprintf("%dpx", canvasWidth), fmt.Sprintf("%dpx", height)
		for _, p := range pages {
			p.AddCharts(c)
		}
	}
	for _, channel := range m.heard() {
		h, err := m.heatMap(b.Context(), paint, channel)
		if err != nil {
			b.Fatal(err)
		}
		c := h.options().HeatMap
		add(c, &c.Initialization, "heat"+channel, h.Chart.Height, detail, every)
		n++
	}
	trend := m.trendOptions(m.trends()).Line
	add(trend, &trend.Initialization, "trend", 600, detail, every)
	n++
	for i, section := range strings.SplitAfter(weekly.String(), `<svg class="run" `)[1:] {
		c := lineOf(b, section)
		add(c, &c.Initialization, fmt.Sprintf("run%d", i), runHeight, every)
	}
	// The ECharts that our own charts are painted with, from disk: no network.
	module, err := exec.CommandContext(b.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/xo/echartsgoja").Output()
	if err != nil {
		b.Fatal(err)
	}
	scripts, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(module)), "*echarts*.js"))
	if err != nil || len(scripts) == 0 {
		b.Fatalf("no ECharts in %s: %v", module, err)
	}
	dir := b.TempDir()
	script, err := os.ReadFile(scripts[0])
	if err != nil {
		b.Fatal(err)
	}
	files := map[string]string{"ours.html": weekly.String(), "echarts.min.js": string(script)}
	for name, page := range map[string]*components.Page{"detail.html": detail, "every.html": every} {
		page.SetAssetsHost("./")
		var theirs strings.Builder
		if err := page.Render(io.Writer(&theirs)); err != nil {
			b.Fatal(err)
		}
		files[name] = theirs.String()
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	ctx := browser(b)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, cdp.AddScriptToEvaluateOnNewDocument, cdp.AddScriptToEvaluateOnNewDocumentParams{Source: observe}); err != nil {
		b.Fatal(err)
	}
	laidOut, seen := map[string][]time.Duration{}, map[string][]time.Duration{}
	open := func(times int, names ...string) { // in turn
		for range times {
			for _, name := range names {
				l, s := opened(b, ctx, filepath.Join(dir, name))
				laidOut[name], seen[name] = append(laidOut[name], l), append(seen[name], s)
			}
		}
	}
	for b.Loop() {
		open(21, "ours.html", "detail.html")
		open(3, "every.html")
	}
	for name, charts := range map[string]int{"detail.html": n, "every.html": len(every.Charts)} {
		opened(b, ctx, filepath.Join(dir, name))
		drawn, err := chromedp.Run(ctx, chromedp.Evaluate[int](`[...document.querySelectorAll('canvas')].filter(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)).length`))
		if err != nil || drawn != charts {
			b.Fatalf("go-echarts drew %d charts of %d: %v", drawn, charts, err)
		}
	}
	ours, echarts := median(laidOut["ours.html"]), median(laidOut["detail.html"])
	b.ReportMetric(float64(ours.Microseconds())/1000, "weekly-ms")
	b.ReportMetric(float64(echarts.Microseconds())/1000, "go-echarts-ms")
	b.ReportMetric(ours.Seconds()/echarts.Seconds(), "ratio")
	b.ReportMetric(median(seen["ours.html"]).Seconds()/median(seen["detail.html"]).Seconds(), "ratio-seen")
	b.ReportMetric(ours.Seconds()/median(laidOut["every.html"]).Seconds(), "ratio-all-charts")
	b.ReportMetric(float64(weekly.Len()), "bytes")
}

// lineOf is the line chart of go-echarts with as many points as the first small chart of a page's text has.
func lineOf(b *testing.B, text string) *charts.Line {
	b.Helper()
	svg, _, _ := strings.Cut(text, "</svg>")
	var names []string
	var data []opts.LineData
	for _, at := range regexp.MustCompile(`[ML]([0-9.]+) ([0-9.]+)h0`).FindAllStringSubmatch(svg, -1) {
		names, data = append(names, at[1]), append(data, opts.LineData{Value: at[2]})
	}
	if len(data) == 0 {
		b.Fatalf("a small chart without dots: %.200s", svg)
	}
	c := charts.NewLine()
	c.SetGlobalOptions(charts.WithAnimation(false))
	c.SetXAxis(names).AddSeries("", data)
	return c
}
