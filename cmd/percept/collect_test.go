package main

import (
	"bytes"
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
