package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// With -v every request is one line on standard error, which says what came of it; without it none is.
func TestCollectTellsEveryRequest(t *testing.T) {
	var asked []string
	busy := true
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RequestURI())
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case busy:
			busy = false
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			fmt.Fprint(w, `<html lang="en"><script type="application/ld+json">{"@type":"Optician","name":"Elm","review":{"@type":"Review","author":"Ann","datePublished":"2026-03-02","reviewBody":"Seen on time.","reviewRating":{"ratingValue":"5"}}}</script></html>`)
		}
	}))
	defer site.Close()
	config := filepath.Join(t.TempDir(), "percept.yaml")
	text := fmt.Sprintf("web: {allow: [%q]}\npractices:\n  - {id: elm, sources: [{type: web, url: %q}]}\n", site.Listener.Addr(), site.URL+"/reviews?p=1")
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, verbose := range []bool{true, false} {
		asked = nil
		args := []string{"collect", "--config", config, "--now", "2026-03-20"}
		if verbose {
			args = append(args, "-v")
		}
		var out, errs bytes.Buffer
		if code := run(t.Context(), args, nil, &out, &errs); code != exitDone {
			t.Fatalf("collect = %d\n%s", code, errs.String())
		}
		lines := strings.Count(errs.String(), "msg=request ")
		if verbose && lines != len(asked) || !verbose && errs.Len() > 0 {
			t.Errorf("-v %v: %d lines for the requests %q:\n%s", verbose, lines, asked, errs.String())
		}
		for _, want := range []string{"/robots.txt status=404", "/reviews?p=1\" status=503", "/reviews?p=1\" status=200"} {
			if verbose && !strings.Contains(errs.String(), want) {
				t.Errorf("no line says %q:\n%s", want, errs.String())
			}
		}
	}
}

// A better profile reads the kept pages otherwise, and what of them is said; one that finds nothing on a kept page
// loses nothing, and the other sources are read again all the same.
func TestReparseSaysWhatIsReadOtherwise(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<p class=said><b>Ann</b><i>2</i><u>2026-03-01</u><q>Slow.</q></p><p class=said><b>Ben</b><i>5</i><u>2026-03-02</u><q>Quick.</q><s>Thank you, Ben.</s></p>`)
	}))
	defer site.Close()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("percept.yaml", fmt.Sprintf("web: {allow: [%q]}\npractices:\n  - id: elm\n    sources:\n      - {type: web, url: %q, profile: a.yaml, name: a}\n      - {type: web, url: %q, profile: b.yaml, name: b}\n",
		site.Listener.Addr(), site.URL+"/a", site.URL+"/b"))
	const poor = "{item: .said, id: b, author: b, text: q, date: u}"
	write("a.yaml", poor)
	write("b.yaml", poor)
	collect := func(want int, args ...string) (string, string) {
		t.Helper()
		var out, errs bytes.Buffer
		args = append([]string{"collect", "--config", filepath.Join(dir, "percept.yaml"), "--now", "2026-03-20"}, args...)
		if code := run(t.Context(), args, nil, &out, &errs); code != want {
			t.Fatalf("%v = %d, want %d\n%s", args, code, want, errs.String())
		}
		return out.String(), errs.String()
	}
	collect(exitDone)
	write("a.yaml", "{item: .voice, text: q}")
	write("b.yaml", "{item: .said, id: b, author: b, text: q, rating: i, reply: {text: s}}")
	site.Close()
	out, errs := collect(exitIncomplete, "--reparse")
	const words = "elm  a  1 kept page parsed again: 0 new, 0 read otherwise, 0 gone\nelm  b  1 kept page parsed again: 0 new, 2 read otherwise (rating of 2, date of 2, reply of 1), 0 gone\n"
	if out != words {
		t.Errorf("collect --reparse printed\n%swant\n%s", out, words)
	}
	if !strings.Contains(errs, `percept: a: 1 kept page not read whole: `) || !strings.Contains(errs, `nothing matches ".voice": page changed; what was read of it before stays`) {
		t.Errorf("collect --reparse says\n%s", errs)
	}
	write("a.yaml", poor)
	write("b.yaml", poor)
	out, _ = collect(exitDone, "--reparse", "--json", "--source", "b")
	if !strings.Contains(out, `"edited":2,"gone":0,"unread":0,"otherwise":{"date":2,"rating":2,"reply":1}`) {
		t.Errorf("collect --reparse --json printed %s", out)
	}
}

// A run that is stopped in the middle of a list ends at once and keeps what it read; status says that the source was
// cut off, and the next run reads it to its end.
func TestAStoppedCollectKeepsWhatItRead(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	stopped := false
	said := func(who string) string {
		return fmt.Sprintf(`<div itemscope itemtype="https://schema.org/Review"><b itemprop=author>%s</b><time itemprop=datePublished datetime=2026-03-02></time><p itemprop=reviewBody>%s was here.</p></div>`, who, who)
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.RawQuery == "":
			fmt.Fprint(w, `<link rel=next href="?page=2">`+said("Ann"))
		case !stopped:
			stopped = true
			stop()
			<-r.Context().Done()
		default:
			fmt.Fprint(w, said("Ben"))
		}
	}))
	defer site.Close()
	config := filepath.Join(t.TempDir(), "percept.yaml")
	text := fmt.Sprintf("web: {allow: [%q]}\npractices:\n  - {id: elm, sources: [{type: web, url: %q, name: site}]}\n", site.Listener.Addr(), site.URL+"/r")
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	percept := func(ctx context.Context, want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(ctx, append(args, "--config", config, "--now", "2026-03-20"), nil, &out, &errs); code != want {
			t.Fatalf("%v = %d, want %d\n%s", args, code, want, errs.String())
		}
		return out.String() + errs.String()
	}
	if out := percept(ctx, exitFailed, "collect"); !strings.Contains(out, "nothing stored is lost") {
		t.Errorf("a stopped collect says %s", out)
	}
	if out := percept(t.Context(), exitDone, "status"); !strings.Contains(out, "feedback   1:") || !strings.Contains(out, "site    cut off  20 Mar 2026 00:00  never          0         the run was stopped while it was read") {
		t.Errorf("status after it says\n%s", out)
	}
	if out := percept(t.Context(), exitDone, "collect"); !strings.Contains(out, "site  complete: 2 read = 1 stored + 1 duplicate") {
		t.Errorf("the next collect says %s", out)
	}
}

// Doctor says of the first page of a list what a run will not take of it, where the list goes on, and what was mended.
func TestDoctorSaysWhatAPageLacks(t *testing.T) {
	const said = `{"author":"Ann","datePublished":"2026-03-02","reviewBody":"Seen on time."}`
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		script := map[string]string{
			"/whole": `{"name":"Elm","review":[` + said + `,]}`,
			"/cut":   `{"name":"Elm","review":[` + said + `,{"author":"Ben","rev`,
			"/off":   `{"name":"Elm","review":[` + said + `,{"author":"Ben","reviewBody":"Nobody rang.","reviewRating":11}]}`,
		}[r.URL.Path]
		if script == "" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, `<link rel=next href="?page=2"><script type="application/ld+json">%s</script>`, script)
	}))
	defer site.Close()
	config := filepath.Join(t.TempDir(), "percept.yaml")
	text := fmt.Sprintf("web: {allow: [%q]}\npractices:\n  - id: elm\n    sources:\n", site.Listener.Addr())
	for _, path := range []string{"/whole", "/cut", "/off"} {
		text += fmt.Sprintf("      - {type: web, url: %q}\n", site.URL+path)
	}
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"doctor", "--config", config, "--now", "2026-03-20"}, nil, &out, &errs); code != exitIncomplete {
		t.Fatalf("doctor = %d\n%s", code, errs.String())
	}
	for _, want := range []string{
		"ok       " + site.URL + "/whole: 1 review on the first page", "the list goes on at " + site.URL + "/whole?page=2",
		"JSON-LD script 1 is no JSON and was mended: a comma too many",
		"problem  " + site.URL + "/cut: 1 review on the first page, and not all was read: JSON-LD script 1 is broken: ends in the middle",
		"problem  " + site.URL + `/off: 1 review on the first page, and a run will reject 1 more: rating "11" is outside 1 to 5 and no best is stated`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("doctor does not say %q:\n%s", want, out.String())
		}
	}
}

// Every counter of the ledger, from the first run to one that finds again what was gone; status says when the source
// last was read whole.
func TestLedgerCountsEveryOutcome(t *testing.T) {
	page := ""
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if page == "" {
			w.WriteHeader(http.StatusInternalServerError)
		}
		fmt.Fprint(w, page)
	}))
	defer site.Close()
	config := filepath.Join(t.TempDir(), "percept.yaml")
	text := fmt.Sprintf("web: {allow: [%q]}\npractices:\n  - {id: elm, sources: [{type: web, url: %q, name: site}]}\n", site.Listener.Addr(), site.URL+"/r")
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	stating := func(n int) string {
		return fmt.Sprintf(`<div itemscope itemtype="https://schema.org/AggregateRating"><b itemprop=ratingValue>4</b><b itemprop=reviewCount>%d</b></div>`, n)
	}
	said := func(id, words string, stars int) string {
		return fmt.Sprintf(`<div itemscope itemtype="https://schema.org/Review" data-review-id=%s><b itemprop=author>%s</b><time itemprop=datePublished datetime=2026-03-02></time><b itemprop=ratingValue>%d</b><p itemprop=reviewBody>%s</p></div>`, id, id, stars, words)
	}
	ann, ben, cat := said("ann9", "Seen on time.", 5), said("ben7", "Nobody rang.", 2), said("cat8", "Lovely frames.", 4)
	shell := `<div itemscope itemtype="https://schema.org/Review"><b itemprop=author>Eve</b></div>`
	steps := []struct {
		page, want string
		code       int
	}{
		{stating(3) + ann + ben + cat, `"state":"complete","expected":3,"read":3,"stored":3,"new":3,"edited":0,"duplicate":0,"unchanged":0,"empty":0,"rejected":0,"removed":0,"back":0}`, exitDone},
		{stating(4) + ann + ann + said("ben7", "They rang after all.", 4) + cat + said("dot3", "Off the scale.", 11) + shell,
			`"state":"complete","expected":4,"read":6,"stored":1,"new":0,"edited":1,"duplicate":3,"unchanged":0,"empty":1,"rejected":1,"removed":0,"back":0`, exitIncomplete},
		{stating(2) + ann + ben, `"state":"complete","expected":2,"read":2,"stored":1,"new":0,"edited":1,"duplicate":1,"unchanged":0,"empty":0,"rejected":0,"removed":1,"back":0}`, exitDone},
		{"", `"state":"failed","why":"web: ` + site.URL + `/r: status 500 Internal Server Error","expected":0,"read":0,"stored":0,"new":0,"edited":0,"duplicate":0,"unchanged":0,"empty":0,"rejected":0,"removed":0,"back":0}`, exitIncomplete},
		{stating(3) + ann + ben + cat, `"state":"complete","expected":3,"read":3,"stored":0,"new":0,"edited":0,"duplicate":3,"unchanged":0,"empty":0,"rejected":0,"removed":0,"back":1}`, exitDone},
	}
	for i, step := range steps {
		page = step.page
		var out, errs bytes.Buffer
		day := fmt.Sprintf("2026-03-%02d", 20+i)
		if code := run(t.Context(), []string{"collect", "--json", "--config", config, "--now", day}, nil, &out, &errs); code != step.code || !strings.Contains(out.String(), step.want) {
			t.Errorf("run %d = %d, want %d\n%swant %s\n%s", i+1, code, step.code, out.String(), step.want, errs.String())
		}
		if step.page != "" {
			continue
		}
		out.Reset()
		if code := run(t.Context(), []string{"status", "--config", config, "--now", day}, nil, &out, &errs); code != exitDone ||
			!strings.Contains(out.String(), "site    failed  23 Mar 2026 00:00  22 Mar 2026 00:00  0         web: ") {
			t.Errorf("status = %d\n%s", code, out.String())
		}
	}
}
