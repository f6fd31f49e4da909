package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"percept/analysis"
	"percept/collector"
)

// hostileWorld is a practice about which every payload was written: in a review or a response, as the question,
// in ratings, addresses, sources and replies. Turn picks those that stand out most and so are quoted.
func hostileWorld(p collector.Practice, turn, turns int) *world {
	w := &world{practice: p}
	taxonomy := testTaxonomy()
	steps := slices.Concat(taxonomy.Touchpoints, []analysis.Touchpoint{taxonomy.General})
	for k, hostile := range payloads {
		f := collector.Feedback{
			ID: fmt.Sprintf("%d-%03d", turn, k), Practice: p.ID, Kind: collector.Review, SourceID: fmt.Sprint(k), Rows: 1, Author: hostile, Title: hostile,
			URL: "https://reviews.example/?q=" + hostile, Subject: hostile,
			Rating: collector.Rating{Raw: hostile, Best: "5", Worst: "1", Value: float64(1 + 4*(k%2)), Valid: true, Tag: "stars"},
			Reply:  &collector.Reply{Text: hostile, State: "published"},
		}
		day := lastWeek.AddDate(0, 0, -k%80)
		f.Date = collector.OnDay(day.Year(), day.Month(), day.Day(), p.Zone)
		m := analysis.Mention{Feedback: f.ID, Version: 1, Touchpoint: steps[k%len(steps)].ID, End: len(hostile), Score: -.3, Confidence: .5, Origin: analysis.FromText}
		if k%2 == 1 {
			m.Score = .3
		}
		if k/(2*len(steps))%turns == turn { // of four about one step with one sign two are quoted
			m.Score, m.Confidence = 3*m.Score, 1
		}
		if k%3 == 0 {
			f.Kind, f.Title, f.URL, f.Reply, m.Part = collector.Response, "", "", nil, 1
			f.Rating.Tag = "csat-5"
			f.Answers = []collector.Answer{
				{Question: hostile, Column: hostile, Text: hostile + " Said one."},
				{Question: hostile, Column: hostile, Touchpoint: m.Touchpoint, Rating: collector.Rating{Raw: hostile, Best: "5", Worst: "1", Value: 2, Valid: true, Tag: "csat-5"}},
			}
			w.responses = append(w.responses, f)
		} else {
			f.Text = hostile + " Said one."
			w.reviews = append(w.reviews, f)
		}
		w.understood = append(w.understood, analysis.Understood{Feedback: f.ID, Version: 1, Mentions: []analysis.Mention{m}})
	}
	w.review = collector.Entry{Source: "web:" + payloads[turn], Kind: payloads[turn], State: collector.Failed, Why: payloads[turn+1]}
	w.survey = collector.Entry{Source: "survey:" + payloads[turn+2], Kind: "survey", State: collector.Complete}
	w.note = payloads[turn+3]
	return w
}

// A witness sees what a page does in the browser besides being shown.
type witness struct {
	log     *browserLog
	dialogs atomic.Int64
}

func watch(t *testing.T, ctx context.Context) *witness {
	w := &witness{log: listen(t, ctx)}
	if err := chromedp.Listen(ctx, func(ev any) {
		if _, ok := ev.(*cdp.EventJavascriptDialogOpening); ok {
			w.dialogs.Add(1)
			go func() {
				_, _ = chromedp.Call(ctx, cdp.HandleJavaScriptDialog, cdp.HandleJavaScriptDialogParams{Accept: true})
			}()
		}
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

// trouble opens a page, every detail of it, and says what it did; the text it shows is the second result.
func (w *witness) trouble(t *testing.T, ctx context.Context, name string) (found []string, text string) {
	t.Helper()
	w.log.mu.Lock()
	w.log.messages, w.log.requests = nil, nil
	w.log.mu.Unlock()
	w.dialogs.Store(0)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(name))); err != nil {
		t.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
		document.querySelectorAll('details').forEach(d => { d.open = true });
		document.querySelectorAll('button.explore').forEach(b => b.click());
		document.querySelectorAll('main *, header *').forEach(e => { for (const kind of ['mouseover', 'focus', 'click']) if (!e.closest('a, button')) e.dispatchEvent(new MouseEvent(kind, {bubbles: false})) });
		return document.documentElement.textContent })()`))
	if err != nil {
		t.Fatal(err)
	}
	ran, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`window.ran === true || document.title.startsWith('ran') || !!document.querySelector('script:not([type="application/json"]):not([data-own]):not(body > script:last-child), iframe, object, embed, base, form, input, link, video, audio, math, [onload], [onerror], [onfocus], [onmouseover]')`))
	if err != nil {
		t.Fatal(err)
	}
	if ran {
		found = append(found, "something ran, or an element stands in it that is not ours")
	}
	if n := w.dialogs.Load(); n > 0 {
		found = append(found, fmt.Sprint(n, " dialogs"))
	}
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	for _, m := range w.log.messages {
		found = append(found, "console: "+m)
	}
	for i, r := range w.log.requests {
		if i > 0 && r != "file://"+filepath.ToSlash(name) {
			found = append(found, "request: "+r)
		}
	}
	if len(w.log.requests) == 0 {
		found = append(found, "not even the page was asked for: nothing was listened to")
	}
	return found, text
}

func TestNothingWrittenRunsInABrowser(t *testing.T) {
	ctx := browser(t)
	w := watch(t, ctx)
	dir := t.TempDir()
	save := func(name string, page []byte) string {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, page, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	t.Run("a page that takes text for more is seen", func(t *testing.T) {
		for i, hostile := range []string{`<script>pwned(1)</script>`, `<img src=x onerror=pwned(1)>`, `<img src=https://evil.example/pixel.gif>`, `<script>console.error("x")</script>`, `<script>alert(1)</script>`} {
			control := save(fmt.Sprintf("control%d.html", i), []byte("<!DOCTYPE html><title>x</title><script data-own>window.pwned=()=>{window.ran=true}</script><main>"+hostile+"</main>"))
			if found, _ := w.trouble(t, ctx, control); len(found) == 0 {
				t.Errorf("nothing was seen of %s", hostile)
			}
		}
	})
	const turns = 3
	var worlds []*world
	var practices []collector.Practice
	for turn := range turns {
		p := collector.Practice{ID: fmt.Sprintf("hostile-%d", turn), Name: breaking[turn], Zone: zone(t)}
		practices, worlds = append(practices, p), append(worlds, hostileWorld(p, turn, turns))
	}
	for k, hostile := range payloads {
		p := collector.Practice{ID: fmt.Sprintf("named-%d", k), Name: hostile, Zone: zone(t)}
		practices, worlds = append(practices, p), append(worlds, &world{practice: p})
	}
	s := newStore(t, worlds...)
	o := testOptions()
	o.Audience = Internal // a mask would hide what is to be looked at
	taxonomy := testTaxonomy()
	taxonomy.Traits[0].Name, taxonomy.Touchpoints[0].Name = breaking[0], breaking[1]
	o.Taxonomy = func(string) *analysis.Taxonomy { return taxonomy }
	builds := map[string]bool{"": false}
	if Explorable() {
		builds[" with explorable charts"] = true
	} else if os.Getenv("PERCEPT_BUNDLE") == "required" {
		t.Fatal("built without the script for explorable charts, and PERCEPT_BUNDLE=required")
	}
	pages := map[string][]string{"portfolio": {save("index.html", makeIndex(t, s, practices, o))}}
	for turn, p := range practices[:turns] {
		ao := auditOptions(t, s, p)
		ao.Options = o
		ao.Model, ao.Owner = breaking[turn], func(string) string { return breaking[turn] }
		var err error
		if ao.Brand, err = NewBrand(breaking[turn], "#1d5b86", nil); err != nil {
			t.Fatal(err)
		}
		for name, explorable := range builds {
			o.Explorable, ao.Explorable = explorable, explorable
			a, err := newAudit(t.Context(), s, p, ao, paint)
			if err != nil {
				t.Fatal(err)
			}
			pages["audit"+name] = append(pages["audit"+name], save(fmt.Sprintf("audit%d%v.html", turn, explorable), a.Page))
			pages["weekly"+name] = append(pages["weekly"+name], save(fmt.Sprintf("weekly%d%v.html", turn, explorable), makeWeekly(t, s, p, o)))
		}
	}
	for document, files := range pages {
		t.Run(document, func(t *testing.T) {
			var all strings.Builder
			for _, file := range files {
				found, text := w.trouble(t, ctx, file)
				for _, f := range found {
					t.Errorf("%s: %.300s", filepath.Base(file), f)
				}
				all.WriteString(text)
			}
			plain := func(s string) string {
				return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x01", "\ufffd")), " ")
			}
			shown := plain(all.String())
			for _, hostile := range payloads {
				if !strings.Contains(shown, plain(hostile)) && !strings.Contains(shown, plain(strings.ReplaceAll(hostile, "\x01", ""))) {
					t.Errorf("%q is not shown as text", hostile)
				}
			}
		})
	}
}
