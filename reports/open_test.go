package reports

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/go-echarts/go-echarts/v2/components"
)

// opened is the median time in which Chromium opens a page and lays it out, of an odd number of times.
func opened(b *testing.B, ctx context.Context, name string) time.Duration {
	b.Helper()
	times := make([]time.Duration, 7)
	for i := range times {
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(name))); err != nil {
			b.Fatal(err)
		}
		height, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollHeight"))
		if err != nil {
			b.Fatal(err)
		}
		if times[i] = time.Since(began); height < 500 {
			b.Fatalf("%s is %d high: nothing was drawn", name, height)
		}
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// BenchmarkOpen opens the weekly page, and the page that go-echarts itself makes of the same charts alone, and says how
// long each takes: go test ./reports -run '^$' -bench Open -benchtime 1x
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
	page := components.NewPage()
	for _, channel := range m.heard() {
		h, err := m.heatMap(b.Context(), paint, channel)
		if err != nil {
			b.Fatal(err)
		}
		page.AddCharts(h.options().HeatMap)
	}
	page.AddCharts(m.trendOptions(m.trends()).Line)
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
	page.SetAssetsHost("./")
	var theirs strings.Builder
	if err := page.Render(io.Writer(&theirs)); err != nil {
		b.Fatal(err)
	}
	files := map[string]string{"ours.html": weekly.String(), "theirs.html": theirs.String(), "echarts.min.js": string(script)}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	ctx := browser(b)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		b.Fatal(err)
	}
	var ours, echarts time.Duration
	for b.Loop() {
		ours, echarts = opened(b, ctx, filepath.Join(dir, "ours.html")), opened(b, ctx, filepath.Join(dir, "theirs.html"))
	}
	// What was measured is a page with charts.
	drawn, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.querySelectorAll('canvas, svg').length"))
	if err != nil || drawn == 0 {
		b.Fatalf("go-echarts drew %d charts: %v", drawn, err)
	}
	b.ReportMetric(float64(ours.Microseconds())/1000, "weekly-ms")
	b.ReportMetric(float64(echarts.Microseconds())/1000, "go-echarts-ms")
	b.ReportMetric(ours.Seconds()/echarts.Seconds(), "ratio")
	b.ReportMetric(float64(weekly.Len()), "bytes")
}
