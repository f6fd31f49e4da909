package collector_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"percept/collector"
	"percept/collector/transport"
	"percept/collector/web"
	"percept/store/storetest"
)

// webJob serves h on loopback and returns the job that reads its /reviews.
func webJob(t *testing.T, h http.HandlerFunc) collector.Job {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	src, err := web.New(web.Options{URL: s.URL + "/reviews", Transport: transport.New(transport.Options{Allow: []string{strings.TrimPrefix(s.URL, "http://")}})})
	if err != nil {
		t.Fatal(err)
	}
	return collector.Job{Practice: "elm", Name: "site", Kind: "web", Source: src}
}

// reviewed is the mark-up of one review.
func reviewed(author, text string) string {
	return `<div itemscope itemtype="https://schema.org/Review"><b itemprop="author">` + author +
		`</b><meta itemprop="ratingValue" content="4"><time itemprop="datePublished" datetime="2026-05-01">1 May</time><p itemprop="reviewBody">` + text + `</p></div>`
}

func options(t *testing.T, k collector.Keeper, run string) collector.Options {
	t.Helper()
	return collector.Options{Keeper: k, Identity: identity, Run: run, Now: storetest.Now, Log: slog.New(slog.DiscardHandler)}
}

func TestASourceOverItsLimitIsIncompleteAndTheRestGoesOn(t *testing.T) {
	slow := webJob(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.RawQuery == "":
			fmt.Fprint(w, `<link rel=next href="?page=2">`, reviewed("Ann", "The exam was thorough."))
		default:
			<-r.Context().Done() // until the reader gives up
		}
	})
	slow.Limit = 300 * time.Millisecond
	other := collector.Job{Practice: "elm", Source: twoPages{"other", []error{nil}}}
	entries, err := collector.Collect(t.Context(), []collector.Job{slow, other}, options(t, storetest.New(t), "00000001"))
	if err != nil {
		t.Fatal(err)
	}
	if e := entries[0]; e.State != collector.Incomplete || e.New != 1 || e.Why != "not read to its end within 300ms: the limit of this source" {
		t.Errorf("slow source: %s, %d new, %q; want what came by then, and the limit named", e.State, e.New, e.Why)
	}
	if e := entries[1]; e.State != collector.Complete {
		t.Errorf("the next source: %s, %q; want complete", e.State, e.Why)
	}
}
