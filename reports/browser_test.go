package reports

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"percept/collector"
)

// browser starts Chromium with no way to any network. Where there is none the test is skipped, aloud,
// unless PERCEPT_BROWSER=required.
func browser(t testing.TB) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("PERCEPT_BROWSER") == "required" {
			t.Fatal("no Chromium in PATH, and PERCEPT_BROWSER=required")
		}
		t.Skip("SKIPPED: no Chromium in PATH; the page was not opened in a browser")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.ProxyServer("127.0.0.1:9"),
	)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// A browserLog is what a page made the browser say and ask for.
type browserLog struct {
	mu       sync.Mutex
	messages []string
	requests []string
}

func listen(t *testing.T, ctx context.Context) *browserLog {
	t.Helper()
	l := &browserLog{}
	err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok {
			l.mu.Lock()
			l.requests = append(l.requests, e.Request.URL)
			l.mu.Unlock()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	messages := chromedp.Console(ctx)
	go func() { // ends with ctx
		for m, err := range messages {
			if err != nil {
				return
			}
			l.mu.Lock()
			l.messages = append(l.messages, m.String())
			l.mu.Unlock()
		}
	}()
	return l
}

func TestPagesOpenInABrowserWithoutNetwork(t *testing.T) {
	ctx := browser(t)
	log := listen(t, ctx)
	run := func(a chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"weekly.html", "broken.html", "empty.html", "index.html"} {
		path, err := filepath.Abs(golden(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{390, 1280} {
			run(chromedp.EmulateViewport(width, 900))
			run(chromedp.Navigate("file://" + filepath.ToSlash(path)))
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
			if err != nil {
				t.Fatal(err)
			}
			if wide > width {
				t.Errorf("%s is %d wide on a screen of %d", name, wide, width)
			}
			style, err := chromedp.Run(ctx, chromedp.Evaluate[string]("getComputedStyle(document.body).fontVariantNumeric"))
			if err != nil {
				t.Fatal(err)
			}
			if style != "tabular-nums" {
				t.Errorf("%s: the policy keeps the style sheet out", name)
			}
		}
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			t.Fatal(err)
		}
		if sides := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1)); sides < 1 || sides > 2 {
			t.Errorf("%s prints on %d sides, want 1 or 2", name, sides)
		}
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if len(log.messages) > 0 {
		t.Errorf("console says %q", log.messages)
	}
	if len(log.requests) == 0 {
		t.Error("not even the page was asked for: nothing was listened to")
	}
	for _, r := range log.requests {
		if !strings.HasPrefix(r, "file://") {
			t.Errorf("page asked for %s", r)
		}
	}
}

// TestAuditOpensInABrowserWithoutNetwork holds the audit to the same, but that it prints on as many sides as it takes.
func TestAuditOpensInABrowserWithoutNetwork(t *testing.T) {
	ctx := browser(t)
	log := listen(t, ctx)
	for name, sides := range map[string][2]int{"audit.html": {10, 30}, "audit_empty.html": {2, 12}} {
		path, err := filepath.Abs(golden(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{390, 1280} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
				t.Fatal(err)
			}
			if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(path))); err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
			if err != nil {
				t.Fatal(err)
			}
			if wide > width {
				t.Errorf("%s is %d wide on a screen of %d", name, wide, width)
			}
		}
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1)); got < sides[0] || got > sides[1] {
			t.Errorf("%s prints on %d sides, want %d to %d", name, got, sides[0], sides[1])
		}
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if len(log.messages) > 0 {
		t.Errorf("console says %q", log.messages)
	}
	if len(log.requests) == 0 {
		t.Error("not even the page was asked for: nothing was listened to")
	}
	for _, r := range log.requests {
		if !strings.HasPrefix(r, "file://") {
			t.Errorf("page asked for %s", r)
		}
	}
}

// TestAuditPrintsAllThatItShows holds that print leaves nothing out of an audit but what is folded away.
func TestAuditPrintsAllThatItShows(t *testing.T) {
	ctx := browser(t)
	path, err := filepath.Abs(golden("audit.html"))
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(720, 900), chromedp.Navigate("file://"+filepath.ToSlash(path))); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	const rows = "main tbody tr, footer tbody tr, .todo > li, .voice, main svg.run, main svg.chart, main svg.bridge"
	hidden, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(() => {
		const all = [...document.querySelectorAll('`+rows+`')].filter((e) => !e.closest('details'));
		return [String(all.length), ...all.filter((e) => !e.getClientRects().length).map((e) => e.textContent.trim().slice(0, 60))]; })()`))
	if err != nil {
		t.Fatal(err)
	}
	if hidden[0] == "0" {
		t.Fatal("nothing was looked at")
	}
	if len(hidden) > 1 {
		t.Errorf("of %s parts print leaves out %q", hidden[0], hidden[1:])
	}
}

func TestANumberLeadsToTheEvidencePage(t *testing.T) {
	ctx := browser(t)
	p, dir := harbour(t), t.TempDir()
	if _, err := Build(t.Context(), dir, newStore(t, invent(p, 1)), []collector.Practice{p}, testOptions()); err != nil {
		t.Fatal(err)
	}
	log := listen(t, ctx)
	at := "file://" + filepath.ToSlash(filepath.Join(dir, p.ID, indexFile))
	run := func(a chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	run(chromedp.EmulateViewport(390, 900))
	run(chromedp.Navigate(at))
	number, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.querySelector('.why a').href"))
	if err != nil {
		t.Fatal(err)
	}
	run(chromedp.Navigate(number))
	const seen = "location.pathname.endsWith('evidence.html') && document.querySelector(location.hash).closest('details').open && document.documentElement.scrollWidth <= 390"
	if open, err := chromedp.Run(ctx, chromedp.Evaluate[bool](seen)); err != nil || !open {
		t.Errorf("the first number of the page does not open its list on a telephone: %v", err)
	}
	if len(log.messages) > 0 {
		t.Errorf("console says %q", log.messages)
	}
}

func TestANumberOpensItsFeedbackWithoutScript(t *testing.T) {
	ctx := browser(t)
	path, err := filepath.Abs(golden("weekly.html"))
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(path)+"#words-collection_call")); err != nil {
		t.Fatal(err)
	}
	open, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("document.getElementById('words-collection_call').closest('details').open"))
	if err != nil {
		t.Fatal(err)
	}
	if !open {
		t.Error("the link of a number leaves the list of its feedback closed")
	}
}
