package web

import (
	"net/http"
	"strings"
	"testing"

	"percept/collector"
	"percept/collector/transport"
)

func TestPagesByNumber(t *testing.T) {
	item := func(who, words string) string { return "<li class=said><b>" + who + "</b><p>" + words + "</p></li>" }
	one, two, three := item("Ann", "The exam was thorough."), item("Ben", "I waited an hour."), item("Cat", "Lovely frames.")
	counted := `<div itemscope itemtype=https://schema.org/AggregateRating><b itemprop=ratingValue>4.1</b><b itemprop=reviewCount>2</b></div>`
	const plain = "{item: .said, author: b, text: p, pages: {param: page}}"
	tests := []struct {
		name, profile, first, site string
		pages                      int
		want                       string // in the error, "" for none
	}{
		{"until a page is not there", plain, "/r", "-- /r --\n" + one + "\n-- /r?page=2 --\n" + two + "\n-- /r?page=3 404 --\nno\n", 2, ""},
		{"until one repeats the last", plain, "/r", "-- /r --\n" + one + "\n-- /r?page=2 --\n" + two + "\n-- /r?page=3 --\n" + two + "\n", 2, ""},
		{"until one says that there are none", plain, "/r", "-- /r --\n" + one + "\n-- /r?page=2 --\n<p>No reviews found</p>\n", 1, ""},
		{"until the count is reached", plain, "/r", "-- /r --\n" + counted + one + "\n-- /r?page=2 --\n" + counted + two + "\n-- /r?page=3 --\n<p>Book now</p>\n", 2, ""},
		{"an empty page before the count is reached", plain, "/r", "-- /r --\n" + counted + one + "\n-- /r?page=2 --\n<p>Book now</p>\n", 1, "page changed"},
		{"an empty page may be a new layout", plain, "/r", "-- /r --\n" + one + "\n-- /r?page=2 --\n<p>Book now</p>\n", 1, "say what marks its last page"},
		{"a page that fails is no end", plain, "/r", "-- /r --\n" + one + "\n-- /r?page=2 500 --\nno\n", 1, "status 500"},
		{"a challenge is no end", plain, "/r", "-- /r --\n" + one + "\n-- /r?page=2 --\nVerify you are human\n", 1, "asks for a person"},
		{"what marks the last page", "{item: .said, author: b, text: p, pages: {param: page, end: .end}}", "/r", "-- /r --\n" + one + "\n-- /r?page=2 --\n" + two + "<i class=end></i>\n", 2, ""},
		{"from nought", "{item: .said, author: b, text: p, pages: {param: p, second: 1}}", "/r", "-- /r --\n" + one + "\n-- /r?p=1 --\n" + two + "\n-- /r?p=2 404 --\n\n", 2, ""},
		{"by tens, beside another parameter", "{item: .said, author: b, text: p, pages: {param: start, second: 10, step: 10}}", "/r?sort=new", "-- /r?sort=new --\n" + one +
			"\n-- /r?sort=new&start=10 --\n" + two + "\n-- /r?sort=new&start=20 --\n" + three + "\n-- /r?sort=new&start=30 404 --\n\n", 3, ""},
		{"a link goes before a number", plain, "/r", "-- /r --\n" + next("?page=7") + one + "\n-- /r?page=7 --\n" + two + "\n-- /r?page=8 404 --\n\n", 2, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			texts, errs := walk(t, source(t, tt.site, tt.first, func(o *Options) { o.Profile = profile(tt.profile) }))
			if len(texts) != tt.pages {
				t.Errorf("%d pages, want %d", len(texts), tt.pages)
			}
			switch {
			case tt.want == "" && len(errs) > 0:
				t.Errorf("errors %v, want none", errs)
			case tt.want != "" && (len(errs) != 1 || !strings.Contains(errs[0].Error(), tt.want)):
				t.Errorf("errors %v, want one with %q", errs, tt.want)
			}
		})
	}
	for _, bad := range []string{"{item: a, pages: {step: 2}}", "{item: a, pages: {param: p, step: -1}}"} {
		if _, err := ParseProfile("p.yaml", []byte(bad)); err == nil {
			t.Errorf("ParseProfile(%s) gave no error", bad)
		}
	}
}

func TestARedirectedPageIsAskedForWithoutCondition(t *testing.T) {
	var conditions []string
	address, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conditions = append(conditions, r.URL.Path+r.Header.Get("If-None-Match"))
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusFound)
		}
	})
	s, err := New(Options{URL: address + "/old", Transport: transport.New(transport.Options{Allow: []string{hostport}})})
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.fetch(t.Context(), s.o.URL, collector.Page{URL: s.o.URL, ETag: `"1"`})
	if err != nil || p.Unchanged || p.ETag != "" {
		t.Errorf("fetch = %+v, %v, want the new page, by no name", p, err)
	}
	if got := strings.Join(conditions, " "); got != `/robots.txt /old"1" /new` {
		t.Errorf("asked for %s, want the condition at the first address only", got)
	}
}
