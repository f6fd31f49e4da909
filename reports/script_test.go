package reports

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestChartsAreExplorableOnDemand opens pages with the script: each chart stands still until it is asked for, then it is
// drawn anew from the same numbers, and goes back.
func TestChartsAreExplorableOnDemand(t *testing.T) {
	if !Explorable() {
		if os.Getenv("PERCEPT_BUNDLE") == "required" {
			t.Fatal("built without the script for explorable charts, and PERCEPT_BUNDLE=required")
		}
		t.Skip("SKIPPED: built without the script for explorable charts; go generate ./reports makes it")
	}
	ps, s := six(t)
	ao := auditOptions(t, s, ps...)
	ao.Explorable = true
	a, err := newAudit(t.Context(), s, ps[0], ao, paint)
	if err != nil {
		t.Fatal(err)
	}
	o := withInsights(t, s, ps[0])
	still := makeWeekly(t, s, ps[0], o)
	o.Explorable = true
	explorable := makeWeekly(t, s, ps[0], o)
	o.Language = func(string) string { return "af" }
	afrikaans := makeWeekly(t, s, ps[0], o)
	t.Logf("weekly page: %d bytes, %d with the script", len(still), len(explorable))
	if bytes.Contains(still, []byte("<script")) || bytes.Contains(still, []byte("explore")) {
		t.Error("the page with still charts has something of the script")
	}
	if grown := len(explorable) - len(script()) - len(still); grown > 20_000 {
		t.Errorf("the page has %d bytes more than the script, at most 20,000 wanted", grown)
	}
	ctx := browser(t)
	w := watch(t, ctx)
	dir := t.TempDir()
	for page, data := range map[string][]byte{"audit": a.Page, "weekly": explorable, "weekly in Afrikaans": afrikaans} {
		t.Run(page, func(t *testing.T) {
			name := filepath.Join(dir, strings.ReplaceAll(page, " ", "-")+".html")
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
			explored(t, ctx, w, name)
		})
	}
}

// explored opens a page and explores all of its charts.
func explored(t *testing.T, ctx context.Context, w *witness, name string) {
	t.Helper()
	if found, _ := w.trouble(t, ctx, name); len(found) > 0 { // it clicks every button
		t.Errorf("%.600s", strings.Join(found, "; "))
	}
	for _, is := range []struct{ what, script string }{
		{"a canvas for each chart, and no still one", `(() => { const n = document.querySelectorAll('button.explore').length; return n > 2 && [...document.querySelectorAll('button.explore')].every(b => b.previousElementSibling.querySelector('canvas')) && document.querySelectorAll('svg.chart:not([hidden])').length === 0 })()`},
		{"something drawn", `[...document.querySelectorAll('canvas')].every(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v))`},
		{"words for each canvas", `[...document.querySelectorAll('canvas')].every(c => c.closest('[role=img]').getAttribute('aria-label').length > 20)`},
		{"still ones again", `(() => { document.querySelectorAll('button.explore').forEach(b => b.click()); return document.querySelectorAll('canvas').length === 0 && document.querySelectorAll('svg.chart[hidden]').length === 0 })()`},
	} {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](is.script))
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			t.Errorf("not so: %s", is.what)
		}
	}
}
