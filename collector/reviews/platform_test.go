package reviews_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"percept/collector"
	"percept/collector/reviews"
	"percept/collector/sourcetest"
	"percept/collector/transport"
)

// client goes out by the real transport, to one server on loopback.
func client(base string) *http.Client {
	return transport.New(transport.Options{Direct: true, Allow: []string{strings.TrimPrefix(base, "http://")}}).Client()
}

// open asks a platform by its built-in format.
func open(slug, id string) func(*testing.T, string, func(context.Context, bool) (string, error)) collector.Source {
	return func(t *testing.T, base string, key func(context.Context, bool) (string, error)) collector.Source {
		t.Helper()
		src, err := reviews.NewAPI(reviews.APIOptions{Format: reviews.BuiltIn(slug), ID: id, Base: base, Key: key, Client: client(base)})
		if err != nil {
			t.Fatal(err)
		}
		return src
	}
}

// number is a parameter of a request, or otherwise.
func number(r *http.Request, param string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(param))
	if err != nil {
		return otherwise
	}
	return n
}

func header(name, prefix string) func(*http.Request) string {
	return func(r *http.Request) string {
		key, ok := strings.CutPrefix(r.Header.Get(name), prefix)
		if !ok {
			return ""
		}
		return key
	}
}

func list(items []string) string { return "[" + strings.Join(items, ",") + "]" }

// ifMore is format with next, or empty where there is no next page.
func ifMore(format string, next int) string {
	if next == 0 {
		return ""
	}
	return fmt.Sprintf(format, next)
}

var platforms = map[string]sourcetest.Platform{
	"google": {
		Size: 50, States: true, Key: header("Authorization", "Bearer "),
		From: func(r *http.Request) int { return number(r, "pageToken", 0) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"reviewId": %q, "reviewer": {"displayName": "Ann %[1]s", "profilePhotoUrl": "https://p.example/a@b"}, "starRating": "FOUR",
				"comment": "Good %[1]s", "createTime": "2026-03-01T10:00:00Z", "updateTime": "2026-03-01T10:00:00Z", "name": "accounts/1/locations/2/reviews/%[1]s"}`, id)
		},
		Page: func(items []string, next, total int) string {
			if total == 0 {
				return "{}"
			}
			return fmt.Sprintf(`{"reviews": %s, "averageRating": 4, "totalReviewCount": %d%s}`, list(items), total, ifMore(`, "nextPageToken": "%d"`, next))
		},
		Open: open("google", "accounts/1/locations/2"),
	},
	"trustpilot": {
		Size: 100, Key: header("apikey", ""),
		From: func(r *http.Request) int { return 100 * (number(r, "page", 1) - 1) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"id": %q, "consumer": {"id": "c", "displayName": "Ann"}, "stars": 4, "title": "Fine", "text": "All fine %[1]s", "language": "en",
				"createdAt": "2026-03-01T10:00:00Z", "updatedAt": null, "companyReply": null, "referralEmail": "ann@home.example"}`, id)
		},
		Page: func(items []string, _, _ int) string { return `{"reviews": ` + list(items) + `}` },
		Open: open("trustpilot", "5f0000000000000000000001"),
	},
	"facebook": {
		Size: 100, Key: header("Authorization", "Bearer "),
		From: func(r *http.Request) int { return number(r, "after", 0) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"created_time": "2026-03-01T10:00:00+0000", "recommendation_type": "positive", "review_text": "Good %s", "reviewer": {"name": "Ann", "id": "7"},
				"open_graph_story": {"id": %[1]q, "comments": {"data": [{"from": {"name": "Bob", "id": "8"}, "message": "bob@home.example", "created_time": "2026-03-01T11:00:00+0000"}]}}}`, id)
		},
		Page: func(items []string, next, _ int) string {
			if next == 0 { // the last page has cursors too, and nothing behind them
				return fmt.Sprintf(`{"data": %s, "paging": {"cursors": {"before": "0", "after": "9999"}}}`, list(items))
			}
			return fmt.Sprintf(`{"data": %s, "paging": {"cursors": {"before": "0", "after": "%d"}, "next": "https://graph.example/x?access_token=t"}}`, list(items), next)
		},
		Open: open("facebook", "1234567890"),
	},
	"feefo": {
		Size: 100, States: true,
		From: func(r *http.Request) int { return 100 * (number(r, "page", 1) - 1) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"merchant": {"identifier": "elm"}, "customer": {"display_name": "Ann", "email": "ann@home.example"}, "locale": "en-GB",
				"service": {"id": %q, "review": "Quick %[1]s", "rating": {"min": 1, "max": 5, "rating": 4}, "created_at": "2026-03-01T10:00:00.000Z", "moderation_status": "published"}}`, id)
		},
		Page: func(items []string, _, total int) string {
			return fmt.Sprintf(`{"summary": {"meta": {"count": %d, "pages": %d, "page_size": 100}}, "reviews": %s}`, total, (total+99)/100, list(items))
		},
		Open: open("feefo", "elm-eyecare"),
	},
	"reviewsio": {
		Size: 100, States: true, Key: func(r *http.Request) string { return r.URL.Query().Get("apikey") },
		From: func(r *http.Request) int { return 100 * (number(r, "page", 1) - 1) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"store_review_id": %q, "rating": 4, "review": "Smooth %[1]s", "date_created": "2026-03-01 10:00:00", "reviewer": {"first_name": "Ann", "last_name": "B", "email": "a@b"}, "replies": []}`, id)
		},
		Page: func(items []string, _, total int) string {
			return fmt.Sprintf(`{"stats": {"average_rating": "4.00"}, "reviews": {"total": %d, "per_page": 100, "data": %s}}`, total, list(items))
		},
		Open: open("reviewsio", "elm-eyecare"),
	},
	"hellopeter": {
		Size: 10, States: true, Key: header("apiKey", ""),
		From: func(r *http.Request) int { return 10 * (number(r, "page", 1) - 1) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"id": %q, "created_at": "2026-03-01 10:00:00", "authorDisplayName": "Ann", "authorAvatar": "x@y", "review_title": "T", "review_rating": 2, "review_content": "Late %[1]s"}`, id)
		},
		Page: func(items []string, _, total int) string {
			return fmt.Sprintf(`{"current_page": 1, "data": %s, "last_page": %d, "total": %d}`, list(items), max(1, (total+9)/10), total)
		},
		Open: open("hellopeter", ""),
	},
	"nhsuk": {
		Size: 100, Key: header("subscription-key", ""),
		From: func(r *http.Request) int { return number(r, "offset", 0) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"comment": {"commentId": %q, "title": "T", "commentText": "Thorough %[1]s", "dateSubmitted": "2026-03-01T10:00:00Z", "screenName": "Anonymous", "status": "published",
				"ratings": [{"question": "Waiting", "rating": 1}, {"question": "Overall rating", "rating": 4}]}, "response": null}`, id)
		},
		Page: func(items []string, _, _ int) string { return `{"comments": ` + list(items) + `}` },
		Open: open("nhsuk", "TP1AB"),
	},
	"podium": {
		Size: 100, Key: header("Authorization", "Bearer "),
		From: func(r *http.Request) int { return number(r, "cursor", 0) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"uid": %q, "createdAt": "2026-03-01T10:00:00Z", "author": {"id": "a", "name": "Ann"}, "isRecommendation": false, "locations": [{"uid": "elm"}],
				"review": {"body": "Kind %[1]s", "rating": 4, "siteName": "Google", "siteReviewId": "g%[1]s"}, "responses": []}`, id)
		},
		Page: func(items []string, next, total int) string {
			return fmt.Sprintf(`{"data": %s, "metadata": {"totalItems": %d, "url": "https://p.example"%s}}`, list(items), total, ifMore(`, "nextCursor": "%d"`, next))
		},
		Open: open("podium", "elm"),
	},
	"careopinion": {
		Size: 100, Key: header("Authorization", "SUBSCRIPTION_KEY "),
		From: func(r *http.Request) int { return number(r, "skip", 0) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"id": %q, "title": "T", "body": "A story %[1]s", "dateOfPublication": "2026-03-01T10:00:00Z", "criticality": 1}`, id)
		},
		Page: func(items []string, _, _ int) string { return list(items) },
		Open: open("careopinion", ""),
	},
}

// Every platform with an interface bears whatever goes wrong on the way.
func TestPlatforms(t *testing.T) {
	for _, slug := range reviews.Names() {
		f := reviews.BuiltIn(slug)
		if !f.Asked() || f.Counts {
			continue
		}
		p, ok := platforms[slug]
		if !ok {
			t.Errorf("%s is asked, and no test speaks for it", slug)
			continue
		}
		t.Run(slug, func(t *testing.T) { sourcetest.RunPlatform(t, p) })
	}
}

// The format that the documentation gives as an example bears what the built-in ones do.
func TestFormatOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```yaml\n# podopinions.yaml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("docs/sources.md has no example of a format")
	}
	f, err := reviews.ParseFormat("podopinions.yaml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	sourcetest.RunPlatform(t, sourcetest.Platform{
		Size: 50, States: true, Key: header("Authorization", "Bearer "),
		From: func(r *http.Request) int { return 50 * (number(r, "page", 1) - 1) },
		Item: func(id string) string {
			return fmt.Sprintf(`{"id": %q, "who": {"nick": "Ann", "phone": "@1"}, "created": "2026-03-01 10:00", "body": "Fine", "points": 8, "answers": [{"kind": "owner", "text": "Thanks.", "at": "2026-03-02"}]}`, id)
		},
		Page: func(items []string, _, total int) string {
			return fmt.Sprintf(`{"data": {"items": %s, "total": %d}}`, list(items), total)
		},
		Open: func(t *testing.T, base string, key func(context.Context, bool) (string, error)) collector.Source {
			t.Helper()
			src, err := reviews.NewAPI(reviews.APIOptions{Format: f, ID: "77", Base: base, Key: key, Client: client(base)})
			if err != nil {
				t.Fatal(err)
			}
			return src
		},
	})
}

// Of a platform that lets nobody keep its words, the counts alone are kept.
func TestCountsAlone(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v3/businesses/elm" || r.Header.Get("Authorization") != "Bearer k" {
			w.WriteHeader(http.StatusForbidden)
		}
		fmt.Fprint(w, `{"id": "elm", "name": "Elm", "phone": "+27", "rating": 4.5, "review_count": 87, "hours": [{"open": []}]}`)
	}))
	defer web.Close()
	key := func(context.Context, bool) (string, error) { return "k", nil }
	for p, err := range open("yelp", "elm")(t, web.URL, key).Pages(t.Context(), collector.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if string(p.Body) != `{"rating":"4.5","total":"87"}` {
			t.Errorf("the page keeps %s", p.Body)
		}
		parsed, err := open("yelp", "elm")(t, web.URL, key).Parse(p)
		if err != nil || parsed.Aggregate.Count != 87 || len(parsed.Feedback) != 0 || len(parsed.Notes) != 1 || parsed.Notes[0] != "Yelp counts 87 reviews of 4.5 stars on average" {
			t.Errorf("parsed %+v, %v", parsed, err)
		}
	}
}

// Podium lists the reviews of every location that its sign-in may see: those of others are no reviews of the practice.
func TestOtherLocationsAreLeftOut(t *testing.T) {
	item := func(uid, location string) string {
		return fmt.Sprintf(`{"uid": %q, "createdAt": "2026-03-01T10:00:00Z", "review": {"body": "Kind.", "rating": 5, "siteName": "Google"}, "locations": [{"uid": "north"}, {"uid": %q}]}`, uid, location)
	}
	page := collector.Page{URL: "https://p.example", Body: []byte(`{"data": [` + item("u1", "elm") + "," + item("u2", "oak") + `]}`)}
	key := func(context.Context, bool) (string, error) { return "k", nil }
	parsed, err := open("podium", "elm")(t, "http://127.0.0.1:1", key).Parse(page)
	if err != nil || len(parsed.Feedback) != 1 || parsed.Feedback[0].SourceID != "u1" || parsed.Notes[0] != "1 entry of other places than elm: left out" {
		t.Errorf("parsed %+v, %v", parsed, err)
	}
}

// The reply to a recommendation is a comment by the Page: what others comment is no reply, and is not kept.
func TestReplyIsTheCommentOfThePage(t *testing.T) {
	comment := func(id, words string) string {
		return fmt.Sprintf(`{"from": {"name": "N%s", "id": %[1]q}, "message": %q, "created_time": "2026-03-0%[1]sT11:00:00+0000"}`, id, words)
	}
	item := func(id string, comments ...string) string {
		return fmt.Sprintf(`{"created_time": "2026-03-01T10:00:00+0000", "recommendation_type": "negative", "review_text": "Late %s", "reviewer": {"name": "Ann", "id": "7"},
			"open_graph_story": {"id": %[1]q, "comments": {"data": %s}}}`, id, list(comments))
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Query().Get("fields"), "comments{from,message,created_time}") {
			t.Errorf("asked for %s", r.URL)
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"data": %s}`, list([]string{item("s1", comment("8", "Me too"), comment("5", "We are sorry."), comment("5", "Please ring us.")), item("s2", comment("8", "Same here")), item("s3")}))
	}))
	defer web.Close()
	key := func(context.Context, bool) (string, error) { return "k", nil }
	src := open("facebook", "5")(t, web.URL, key)
	for p, err := range src.Pages(t.Context(), collector.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if body := string(p.Body); strings.Contains(body, "Me too") || strings.Contains(body, "N8") || !strings.Contains(body, "We are sorry.") {
			t.Errorf("the page keeps %s", body)
		}
		parsed, err := src.Parse(p)
		if err != nil || len(parsed.Feedback) != 3 {
			t.Fatalf("parsed %+v, %v", parsed, err)
		}
		for i, want := range []string{"We are sorry.", "", ""} {
			reply := parsed.Feedback[i].Reply
			if got := reply != nil; got != (want != "") || got && (reply.Text != want || reply.Date.Start.Day() != 5) {
				t.Errorf("reply %d is %+v, want %q", i, reply, want)
			}
		}
	}
}

func TestNewAPIRefuses(t *testing.T) {
	key := func(context.Context, bool) (string, error) { return "k", nil }
	tests := []struct {
		name, slug, id, err string
		keyed               bool
	}{
		{"a platform that forbids it", "google_places", "x", "terms forbid", true},
		{"a platform without an interface", "trustpilot_export", "x", "no interface to ask", true},
		{"no id", "trustpilot", "", "needs id: the id of the business unit", true},
		{"an id that leads out of the list", "google", "accounts/1/../../x", "want accounts/ACCOUNT", true},
		{"an id with a query", "trustpilot", "x?y=1", "want the id", true},
		{"no key", "trustpilot", "x", "needs a key: the API key", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := reviews.APIOptions{Format: reviews.BuiltIn(tt.slug), ID: tt.id, Client: http.DefaultClient}
			if tt.keyed {
				o.Key = key
			}
			if _, err := reviews.NewAPI(o); err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("NewAPI = %v, want %q", err, tt.err)
			}
		})
	}
}
