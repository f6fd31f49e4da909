package main

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed demo
var demoFiles embed.FS

// demoPractices are the practices of the demo: how each site marks its reviews up, and what fails.
var demoPractices = []demoPractice{
	{ID: "harbour-street", Name: "Harbour Street Optometry", linked: true},
	{ID: "milkwood", Name: "Milkwood Eye Care"},
	{ID: "baobab-lane", Name: "Baobab Lane Opticians", linked: true, failsAt: 2},
}

// demoPageSize is how many reviews stand on a page.
const demoPageSize = 25

// A demoPractice is one of the demo's sites.
type demoPractice struct {
	ID, Name string
	linked   bool // reviews as JSON-LD, else microdata
	failsAt  int  // the page that answers 500, 0 for none
	reviews  []demoReview
}

type demoReview struct {
	ID     string     `json:"id"`
	Date   string     `json:"date"`
	Author string     `json:"author"`
	Stars  int        `json:"stars"`
	Title  string     `json:"title"`
	Text   string     `json:"text"`
	Reply  *demoReply `json:"reply"`
	URL    string     `json:"-"`
}

type demoReply struct {
	Date string `json:"date"`
	Text string `json:"text"`
}

// A demoPage is what the site's template shows.
type demoPage struct {
	Name    string
	Page    int
	Next    string
	Total   int
	Mean    string
	Reviews []demoReview
	Linked  map[string]any
}

// demoSites serves the pages of the demo's practices.
func demoSites() (http.Handler, error) {
	page, err := template.ParseFS(demoFiles, "demo/site.html")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "User-agent: *\nAllow: /")
	})
	for _, p := range demoPractices {
		if p.reviews, err = demoReviews(p.ID); err != nil {
			return nil, err
		}
		mux.HandleFunc("GET /"+p.ID+"/reviews", func(w http.ResponseWriter, r *http.Request) {
			n, err := strconv.Atoi(cmp.Or(r.URL.Query().Get("page"), "1"))
			if err != nil || n < 1 || (n-1)*demoPageSize >= len(p.reviews) {
				http.NotFound(w, r)
				return
			}
			if n == p.failsAt {
				http.Error(w, "the reviews could not be loaded", http.StatusInternalServerError)
				return
			}
			var body bytes.Buffer
			if err := page.Execute(&body, p.page(n)); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body.Bytes()) // the reader going away is its own affair
		})
	}
	return mux, nil
}

func demoReviews(id string) ([]demoReview, error) {
	data, err := demoFiles.ReadFile("demo/sites/" + id + ".jsonl")
	if err != nil {
		return nil, err
	}
	var all []demoReview
	for d := json.NewDecoder(bytes.NewReader(data)); d.More(); {
		var r demoReview
		if err := d.Decode(&r); err != nil {
			return nil, fmt.Errorf("demo/sites/%s.jsonl: review %d: %w", id, len(all)+1, err)
		}
		r.URL = fmt.Sprintf("https://%s.example/reviews#%s", id, r.ID)
		all = append(all, r)
	}
	return all, nil
}

func (p demoPractice) page(n int) demoPage {
	end := min(n*demoPageSize, len(p.reviews))
	sum := 0
	for _, r := range p.reviews {
		sum += r.Stars
	}
	page := demoPage{
		Name: p.Name, Page: n, Total: len(p.reviews), Mean: fmt.Sprintf("%.1f", float64(sum)/float64(len(p.reviews))),
		Reviews: p.reviews[(n-1)*demoPageSize : end],
	}
	if end < len(p.reviews) {
		page.Next = fmt.Sprintf("/%s/reviews?page=%d", p.ID, n+1)
	}
	if p.linked {
		page.Linked = linkedData(page)
	}
	return page
}

// linkedData is the page's reviews as schema.org in JSON-LD.
func linkedData(p demoPage) map[string]any {
	var reviews []map[string]any
	for _, r := range p.Reviews {
		m := map[string]any{
			"@type": "Review", "identifier": r.ID, "url": r.URL, "datePublished": r.Date, "reviewBody": r.Text,
			"author":       map[string]any{"@type": "Person", "name": r.Author},
			"reviewRating": map[string]any{"@type": "Rating", "ratingValue": r.Stars, "bestRating": 5},
		}
		if r.Title != "" {
			m["headline"] = r.Title
		}
		if r.Reply != nil {
			m["comment"] = map[string]any{"@type": "Comment", "text": r.Reply.Text, "dateCreated": r.Reply.Date}
		}
		reviews = append(reviews, m)
	}
	return map[string]any{
		"@context": "https://schema.org", "@type": "Optician", "name": p.Name,
		"aggregateRating": map[string]any{"@type": "AggregateRating", "ratingValue": p.Mean, "reviewCount": p.Total},
		"review":          reviews,
	}
}
