package collector_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/collector/transport"
	"percept/collector/web"
	"percept/store"
	"percept/store/storetest"
)

func TestKeptPagesAreParsedAgainWithoutTheNetwork(t *testing.T) {
	s := &site{pages: map[string]string{"": `<p class=said><b>Ann</b><i>2</i><q>Slow.</q></p><p class=said><b>Ben</b><i>5</i><q>Quick.</q></p><p class=note><b>The team</b><q>Book now.</q></p>`}}
	server := httptest.NewServer(http.HandlerFunc(s.ServeHTTP))
	job := func(profile string) collector.Job {
		p, err := web.ParseProfile("p.yaml", []byte(profile))
		if err != nil {
			t.Fatal(err)
		}
		src, err := web.New(web.Options{URL: server.URL + "/reviews", Profile: p, Transport: transport.New(transport.Options{Allow: []string{strings.TrimPrefix(server.URL, "http://")}})})
		if err != nil {
			t.Fatal(err)
		}
		return collector.Job{Practice: "elm", Name: "site", Kind: "web", Source: src}
	}
	k := elm(t)
	poor := job("{item: p, id: b, author: b, text: q}")
	run := runs(t, poor, k)
	check(t, "first", run(), told{collector.Complete, 1, 0, 3, 3, 0, 0})
	s.set("", strings.Replace(s.pages[""], "Slow.", "Slow, and then quick.", 1))
	check(t, "edited", run(), told{collector.Complete, 1, 0, 3, 0, 0, 0})
	server.Close()

	reparse := func(j collector.Job, runID string) store.Reparsed {
		r, err := k.Reparse(t.Context(), "elm", "site", runID, func(p collector.Page) ([]collector.Feedback, error) { return j.Reparse(p, identity) })
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if diff := cmp.Diff(store.Reparsed{Pages: 2}, reparse(poor, "00000003")); diff != "" {
		t.Errorf("the same parser (-want +got):\n%s", diff)
	}
	good := job("{item: .said, id: b, author: b, text: q, rating: i}")
	if diff := cmp.Diff(store.Reparsed{Pages: 2, Edited: 2, Gone: 1, Otherwise: store.Otherwise{Rating: 2}}, reparse(good, "00000004")); diff != "" {
		t.Errorf("a parser that finds the ratings, and that one item is none (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(store.Reparsed{Pages: 2}, reparse(good, "00000005")); diff != "" {
		t.Errorf("once more (-want +got):\n%s", diff)
	}
	found, err := k.Find(t.Context(), "Ann")
	if err != nil || len(found) != 1 || found[0].Text != "Slow, and then quick." || found[0].Rating.Value != 2 {
		t.Errorf("Ann's review = %+v, %v, want her last words with the rating", found, err)
	}
	if c, err := k.Counts(t.Context()); err != nil || c.Feedback != 2 {
		t.Errorf("%d feedback, %v, want 2: what is no review does not count", c.Feedback, err)
	}
	if diff := cmp.Diff(store.Reparsed{Pages: 2, Edited: 2, Otherwise: store.Otherwise{Rating: 2}}, reparse(poor, "00000006")); diff != "" {
		t.Errorf("the poor parser again (-want +got):\n%s", diff)
	}
	if c, err := k.Counts(t.Context()); err != nil || c.Feedback != 3 {
		t.Errorf("%d feedback, %v, want 3: what is found again counts again", c.Feedback, err)
	}
}

// A new profile for a new layout finds nothing on the pages of the old one: what they said stays, and it is said.
func TestAPageThatCannotBeParsedAgainIsNoLoss(t *testing.T) {
	s := &site{pages: map[string]string{"": `<p class=said><b>Ann</b><q>Slow.</q></p><p class=said><b>Ben</b><q>Quick.</q></p>`}}
	server := httptest.NewServer(http.HandlerFunc(s.ServeHTTP))
	defer server.Close()
	job := func(profile string) collector.Job {
		p, err := web.ParseProfile("p.yaml", []byte(profile))
		if err != nil {
			t.Fatal(err)
		}
		src, err := web.New(web.Options{URL: server.URL + "/reviews", Profile: p, Transport: transport.New(transport.Options{Allow: []string{strings.TrimPrefix(server.URL, "http://")}})})
		if err != nil {
			t.Fatal(err)
		}
		return collector.Job{Practice: "elm", Name: "site", Kind: "web", Source: src}
	}
	k := elm(t)
	check(t, "the old layout", runs(t, job("{item: .said, id: b, author: b, text: q}"), k)(), told{collector.Complete, 1, 0, 2, 2, 0, 0})
	s.set("", `<div class=voice><b>Ann</b><q>Slow.</q></div>`)
	better := job("{item: .voice, id: b, author: b, text: q}")
	entries, err := collector.Collect(t.Context(), []collector.Job{better}, options(t, k, "00000002"))
	if err != nil {
		t.Fatal(err)
	}
	check(t, "the new layout", entries[0], told{collector.Complete, 1, 0, 1, 0, 0, 0})
	r, err := k.Reparse(t.Context(), "elm", "site", "00000003", func(p collector.Page) ([]collector.Feedback, error) { return better.Reparse(p, identity) })
	if err != nil || r.Pages != 2 || r.Unread != 1 || r.Gone != 0 || !strings.Contains(r.Why, "page changed") {
		t.Errorf("reparsed %+v, %v; want one page unread and nothing gone", r, err)
	}
	if c, err := k.Counts(t.Context()); err != nil || c.Feedback != 2 {
		t.Errorf("%d feedback, %v, want 2", c.Feedback, err)
	}
}

func TestPagesAreForgottenWhenNoRunMeetsThem(t *testing.T) {
	s := &site{pages: map[string]string{"": reviewed("Ann", "The exam was thorough.")}}
	k := elm(t)
	job := webJob(t, s.ServeHTTP)
	collect := func() {
		t.Helper()
		id, err := k.BeginRun(t.Context(), "collect", "test")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := collector.Collect(t.Context(), []collector.Job{job}, options(t, k, id)); err != nil {
			t.Fatal(err)
		}
	}
	collect()
	for _, tt := range []struct {
		when  string
		since time.Time
		want  int
	}{
		{"met since", storetest.Now, 0},
		{"not met since", storetest.Now.Add(time.Hour), 1},
	} {
		if n, err := k.PrunePages(t.Context(), tt.since); err != nil || n != tt.want {
			t.Errorf("%s: %d forgotten, %v, want %d", tt.when, n, err, tt.want)
		}
	}
	s.log()
	collect()
	asked(t, "a page that was forgotten", s, " 200")
}
