package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
	"percept/collector/sourcetest"
	"percept/collector/transport"
)

var _ collector.Source = (*Source)(nil)

var fetched = time.Date(2025, 6, 15, 8, 0, 0, 0, time.UTC)

// serve starts a server on loopback and returns its address and host:port.
func serve(t *testing.T, h http.HandlerFunc) (address, hostport string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

// site serves a txtar archive on loopback: a file's name is "PATH" or "PATH STATUS". A path that is
// not listed fails the test; robots.txt allows everything where it is not listed. $SITE in a file is
// the address of the site.
func site(t *testing.T, archive string) (address, hostport string) {
	t.Helper()
	files := make(map[string]txtar.File)
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path, _, _ := strings.Cut(f.Name, " ")
		files[path] = f
	}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		f, ok := files[r.URL.RequestURI()]
		if !ok {
			if r.URL.Path != "/robots.txt" {
				t.Errorf("%s was asked for, which the site has not", r.URL.RequestURI())
			}
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, status, _ := strings.Cut(f.Name, " ")
		body := strings.ReplaceAll(string(f.Data), "$SITE", "http://"+r.Host)
		switch code, _ := strconv.Atoi(status); {
		case code >= 300 && code < 400:
			w.Header().Set("Location", strings.TrimSpace(body))
			w.WriteHeader(code)
		case code > 0:
			w.WriteHeader(code)
			fallthrough
		default:
			fmt.Fprint(w, body)
		}
	})
}

func source(t *testing.T, archive, path string, change func(*Options)) *Source {
	t.Helper()
	address, hostport := site(t, archive)
	o := Options{URL: address + path, Transport: transport.New(transport.Options{Allow: []string{hostport}})}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// walk collects and returns the texts of the reviews page by page, and the errors.
func walk(t *testing.T, s *Source) (texts [][]string, errs []error) {
	t.Helper()
	for p, err := range s.Pages(t.Context(), collector.Query{Now: fetched}) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		parsed, err := s.Parse(p)
		if err != nil {
			t.Errorf("Parse(%s): %v", p.URL, err)
		}
		var page []string
		for _, f := range parsed.Feedback {
			page = append(page, f.Text)
		}
		texts = append(texts, page)
	}
	return texts, errs
}

// review is a page's mark-up of one review.
func review(author, text string) string {
	return `<div itemscope itemtype="https://schema.org/Review"><b itemprop="author">` + author +
		`</b><meta itemprop="ratingValue" content="4"><time itemprop="datePublished" datetime="2025-05-01">1 May</time><p itemprop="reviewBody">` + text + `</p></div>`
}

func next(href string) string { return `<link rel="next" href="` + href + `">` }

// stating is the mark-up of a list that says how many reviews it has.
func stating(n int) string {
	return fmt.Sprintf("<div itemscope itemtype=https://schema.org/AggregateRating><b itemprop=ratingValue>4.1</b><b itemprop=reviewCount>%d</b></div>", n)
}

var twoPages = "-- /reviews --\n<html lang=en>" + next("?page=2") + review("Ann", "The exam was thorough.") + review("Ben", "I waited an hour.") +
	"\n-- /reviews?page=2 --\n<html lang=en>" + review("Ben", "I waited an hour.") + review("Cat", "Lovely frames.") + "\n"

func TestSourceKeepsItsPromises(t *testing.T) {
	s := source(t, twoPages, "/reviews", nil)
	parsed := sourcetest.Run(t, s, collector.Query{Now: fetched})
	if len(parsed) != 2 || len(parsed[0].Feedback) != 2 || len(parsed[1].Feedback) != 2 {
		t.Fatalf("parsed = %+v, want two pages of two reviews", parsed)
	}
	f := parsed[0].Feedback[0]
	if f.Author != "Ann" || f.Text != "The exam was thorough." || f.Rating.Value != 4 || f.Language != "en" ||
		f.Date != collector.OnDay(2025, 5, 1, time.UTC) || f.URL != s.o.URL {
		t.Errorf("first review = %+v", f)
	}
}

func TestSourceSaysWhatKeptItFromTheEnd(t *testing.T) {
	one := review("Ann", "The exam was thorough.")
	tests := []struct {
		name, site string
		change     func(*Options)
		pages      int
		want       string // in the error, "" for none
	}{
		{"a list to its end", twoPages, nil, 2, ""},
		{"a page that is not there", "-- /reviews 404 --\nno\n", nil, 0, "status 404 Not Found"},
		{"a broken second page, after the first was read", "-- /reviews --\n" + next("?page=2") + one + "\n-- /reviews?page=2 500 --\noops\n", nil, 1, "?page=2: status 500"},
		{"a second page in a new layout", "-- /reviews --\n" + next("?page=2") + one + "\n-- /reviews?page=2 --\n<p>New!</p>\n", nil, 1, "no reviews found, and nothing"},
		{"a list that leads in a circle", "-- /reviews --\n" + next("?page=2") + one + "\n-- /reviews?page=2 --\n" + next("/reviews") + review("B", "Other words here.") + "\n", nil, 2, "leads back"},
		{"a last page that leads to itself", "-- /reviews --\n" + next("?page=2") + one + "\n-- /reviews?page=2 --\n" + stating(2) + next("?page=2") + review("B", "Other words here.") + "\n", nil, 2, ""},
		{"a last page that leads back to the first", "-- /reviews --\n" + stating(2) + next("?page=2") + one + "\n-- /reviews?page=2 --\n" + next("/reviews") + review("B", "Other words here.") + "\n", nil, 2, ""},
		{"a page that leads back before the count is reached", "-- /reviews --\n" + stating(3) + next("?page=2") + one + "\n-- /reviews?page=2 --\n" + next("/reviews") + review("B", "Other words here.") + "\n", nil, 2, "leads back"},
		{"a page that leads to itself", "-- /reviews --\n" + next("/reviews") + one + "\n", nil, 1, "leads back"},
		{"a second page like the first", "-- /reviews --\n" + next("?page=2") + one + "\n-- /reviews?page=2 --\n" + next("?page=3") + one + "\n", nil, 1, "no review that earlier pages did not have"},
		{"more pages than allowed", twoPages, func(o *Options) { o.MaxPages = 1 }, 1, "page limit reached"},
		{"a challenge", "-- /reviews --\n<title>Just a moment...</title><p>Verify you are human</p>\n", nil, 0, "asks for a person"},
		{"a review list with a captcha in its form is none", "-- /reviews --\n" + one + "<form class=g-recaptcha></form>\n", nil, 1, ""},
		{"an empty page", "-- /reviews --\n", nil, 0, "empty page"},
		{"a page with nothing on it", "-- /reviews --\n<p>Welcome</p>\n", nil, 0, "nothing on the page says that there are none; a page without mark-up for reviews needs a profile"},
		{"a script that nobody can read", "-- /reviews --\n<script type=application/ld+json>x = load()</script>\n", nil, 0, "that there are none (JSON-LD script 1 is broken: byte 2: unexpected '='); a page without mark-up"},
		{"a script of reviews that nobody can read", "-- /reviews --\n<script type=application/ld+json>{\"review\":[=]}</script>\n", nil, 0, "no reviews found: JSON-LD script 1 is broken: byte 11: unexpected '='"},
		{"a page that says it has none", "-- /reviews --\n<p>No reviews yet. Be the first!</p>\n", nil, 1, ""},
		{"a page that states a count and shows nothing", "-- /reviews --\n<div itemscope itemtype=https://schema.org/AggregateRating><b itemprop=ratingValue>4.1</b><b itemprop=reviewCount>87</b></div>\n", nil, 0, "states 87"},
		{"a page that states a count of zero", "-- /reviews --\n<div itemscope itemtype=https://schema.org/AggregateRating><b itemprop=reviewCount>0</b></div>\n", nil, 1, ""},
		{"a redirect on the same site", "-- /reviews 301 --\n$SITE/new/\n-- /new/ --\n" + one + "\n", nil, 1, ""},
		{"a redirect to another site", "-- /reviews 302 --\nhttp://parked.example/\n", nil, 0, "redirected to another site, parked.example"},
		{"redirects without end", "-- /reviews 302 --\n/reviews\n", nil, 0, "more than 5 redirects"},
		{"the next article is not followed", "-- /reviews --\n" + next("/next-article") + one + "\n", nil, 1, ""},
		{"another site is not followed", "-- /reviews --\n" + next("http://other.example/reviews?page=2") + one + "\n", nil, 1, ""},
		{"robots.txt forbids", "-- /robots.txt --\nUser-agent: percept\nDisallow: /reviews\n-- /other --\n", nil, 0, "forbids /reviews to percept"},
		{"a profile that finds nothing", "-- /reviews --\n" + one + "\n", func(o *Options) { o.Profile = profile("{item: .gone, text: p}") }, 0, "page changed"},
		{"one thing of several", "-- /reviews --\n" + one + "\n", func(o *Options) { o.Subject = "Elm Row" }, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			texts, errs := walk(t, source(t, tt.site, "/reviews", tt.change))
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
}

func profile(s string) *Profile {
	p, err := ParseProfile("p.yaml", []byte(s))
	if err != nil {
		panic(err) // the profile is written in the test
	}
	return p
}

func TestSourceEndsWithTheContext(t *testing.T) {
	s := source(t, twoPages, "/reviews", nil)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for _, err := range s.Pages(ctx, collector.Query{Now: fetched}) {
		if err != nil {
			t.Errorf("error %v after the context had ended", err)
		}
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestSourceReadsEncodings(t *testing.T) {
	tests := []struct{ name, contentType, body string }{
		{"UTF-8 without a word about it", "text/html", review("A", "Très bien, café offert")},
		{"the header says", "text/html; charset=windows-1252", review("A", "Tr\xe8s bien, caf\xe9 offert")},
		{"the page says", "text/html", "<meta charset=iso-8859-1>" + review("A", "Tr\xe8s bien, caf\xe9 offert")},
		{"the header is wrong", "text/html; charset=iso-8859-1", review("A", "Très bien, café offert")},
		{"with a mark in front", "text/html", "\ufeff" + review("A", "Très bien, café offert")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			address, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", tt.contentType)
				fmt.Fprint(w, tt.body)
			})
			s, err := New(Options{URL: address + "/avis", Transport: transport.New(transport.Options{Allow: []string{hostport}})})
			if err != nil {
				t.Fatal(err)
			}
			texts, errs := walk(t, s)
			if len(errs) > 0 || len(texts) != 1 || len(texts[0]) != 1 || texts[0][0] != "Très bien, café offert" {
				t.Errorf("texts %q, errors %v", texts, errs)
			}
		})
	}
}

func TestSourceKeepsThePracticeOnly(t *testing.T) {
	page := "-- /doctors --\n" + `<div itemscope itemtype="https://schema.org/Physician"><b itemprop="name">Dr A</b>` + review("P", "About A.") +
		`</div><div itemscope itemtype="https://schema.org/Physician"><b itemprop="name">Dr B</b>` + review("Q", "About B.") + "</div>\n"
	for subject, want := range map[string]int{"": 2, "dr a": 1, "Dr C": 0} {
		texts, errs := walk(t, source(t, page, "/doctors", func(o *Options) { o.Subject = subject }))
		if len(errs) == 0 && len(texts[0]) != want || len(errs) > 0 && want > 0 {
			t.Errorf("subject %q: %q, %v, want %d reviews", subject, texts, errs, want)
		}
	}
}

func TestNew(t *testing.T) {
	tests := []struct{ name, url, source, err string }{
		{"host and path", "https://Harbour.example/reviews#top", "web:harbour.example/reviews", ""},
		{"two lists of one path", "https://harbour.example/reviews?branch=2", "web:harbour.example/reviews?branch=2", ""},
		{"another scheme", "ftp://harbour.example/", "", "no http or https address"},
		{"no host", "/reviews", "", "no http or https address"},
		{"a password", "https://a:b@harbour.example/", "", "carries a name or password"},
		{"a denied operator", "https://www.yelp.com/biz/x", "", "use the Yelp Places API"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := New(Options{URL: tt.url})
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) || strings.Contains(err.Error(), "a:b@") {
					t.Errorf("New(%q) = %v, want %q", tt.url, err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.Name() != tt.source {
				t.Errorf("Name() = %q, want %q", s.Name(), tt.source)
			}
		})
	}
	if _, err := New(Options{URL: "https://www.google.com/maps/place/x"}); !errors.Is(err, transport.ErrRefused) {
		t.Errorf("New of a denied operator = %v, want transport.ErrRefused", err)
	}
}
