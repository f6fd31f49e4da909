package reports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestChartsAreExplorableOnDemand opens an audit with the script: each chart stands still until it is asked for, then
// it is drawn anew from the same numbers, and goes back.
func TestChartsAreExplorableOnDemand(t *testing.T) {
	if !Explorable() {
		if os.Getenv("PERCEPT_BUNDLE") == "required" {
			t.Fatal("built without the script for explorable charts, and PERCEPT_BUNDLE=required")
		}
		t.Skip("SKIPPED: built without the script for explorable charts; go generate ./reports makes it")
	}
	ctx := browser(t)
	w := watch(t, ctx)
	ps, s := six(t)
	with := newPainter()
	with.option = true
	a, err := newAudit(t.Context(), s, ps[0], auditOptions(t, s, ps...), with)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "audit.html")
	if err := os.WriteFile(name, a.Page, 0o600); err != nil {
		t.Fatal(err)
	}
	if found, _ := w.trouble(t, ctx, name); len(found) > 0 { // it clicks every button
		t.Errorf("%.600s", strings.Join(found, "; "))
	}
	for _, is := range []struct{ what, script string }{
		{"a canvas for each chart, and no still one", `(() => { const n = document.querySelectorAll('button.explore').length; return n > 2 && document.querySelectorAll('canvas').length === n && document.querySelectorAll('svg.chart:not([hidden])').length === 0 })()`},
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
