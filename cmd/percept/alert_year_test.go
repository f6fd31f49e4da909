package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"percept/reports/alert/alerttest"
)

// reviewsOf are the demo's public reviews of a practice, with their days.
func reviewsOf(t *testing.T, practice string) (reviews []map[string]any) {
	t.Helper()
	data, err := demoFiles.ReadFile("demo/sites/" + practice + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r map[string]any
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		reviews = append(reviews, r)
	}
	return reviews
}

// page is a page with the reviews given up to a day.
func page(reviews []map[string]any, until string) string {
	var list []map[string]any
	for _, r := range reviews {
		if day, _ := r["date"].(string); day <= until {
			list = append(list, map[string]any{"@type": "Review", "@id": r["id"], "datePublished": day, "name": r["title"], "reviewBody": r["text"],
				"author": map[string]any{"@type": "Person", "name": r["author"]}, "reviewRating": map[string]any{"@type": "Rating", "ratingValue": r["stars"], "bestRating": 5}})
		}
	}
	data, err := json.Marshal(map[string]any{"@context": "https://schema.org", "@type": "Optician", "name": "Harbour Street Optometry", "review": list})
	if err != nil {
		panic(err) // strings and numbers
	}
	return `<html><script type="application/ld+json">` + string(data) + "</script></html>"
}

// The demo's reviews and responses, as they came in week by week, with a run a week: no more than the
// budget of interruptions a week but for the severe ones, every severe one told at once, nothing twice.
// PERCEPT_WEEKS sets how many weeks; 52 is what the design asks for.
func TestDemoReplayedStaysWithinTheBudget(t *testing.T) {
	t.Parallel()
	weeks := 6
	if n, err := strconv.Atoi(os.Getenv("PERCEPT_WEEKS")); err == nil {
		weeks = n
	}
	const budget = 2
	reviews := reviewsOf(t, "harbour-street")
	responses, err := demoFiles.ReadFile("demo/surveys/harbour-street.csv")
	if err != nil {
		t.Fatal(err)
	}
	var today atomic.Value
	today.Store("")
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/reviews" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, page(reviews, today.Load().(string)))
	}))
	defer site.Close()
	dir := t.TempDir()
	config := fmt.Sprintf(`zone: Africa/Johannesburg
web: {allow: [%q]}
practices:
  - id: harbour-street
    sources:
      - {type: web, name: site, url: %q}
      - {type: survey, path: responses.csv}
alerts:
  budget: %d
  receivers: [{name: desk, type: folder, path: out}]
`, strings.TrimPrefix(site.URL, "http://"), site.URL+"/reviews", budget)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("percept.yaml", config)
	percept := func(now time.Time, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		args = append(args, "--config", filepath.Join(dir, "percept.yaml"), "--now", now.Format(time.RFC3339))
		if code := run(t.Context(), args, nil, &out, &errs); code != exitDone {
			t.Fatalf("percept %s = %d\n%s%s", strings.Join(args, " "), code, out.String(), errs.String())
		}
		return out.String()
	}
	for week := range weeks + 1 {
		now := demoNow.AddDate(0, 0, 7*(week-weeks))
		today.Store(now.AddDate(0, 0, -1).Format(time.DateOnly))
		var known strings.Builder
		for l := range strings.Lines(string(responses)) {
			fields := strings.SplitN(l, ",", 3)
			if known.Len() == 0 || len(fields) > 1 && fields[1] < now.Format(time.DateOnly) {
				known.WriteString(l)
			}
		}
		write("responses.csv", known.String())
		percept(now, "run")
	}
	published := alerttest.Published(t, filepath.Join("..", "..", "docs", "alert.schema.json"))
	interruptions, told := map[string]int{}, map[string][]string{}
	files, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		body := readFile(t, filepath.Join(dir, "out", f.Name()))
		if wrong := published.Check(body); len(wrong) > 0 {
			t.Errorf("%s is not what docs/alert.schema.json says: %q\n%s", f.Name(), wrong, body)
		}
		var m struct {
			Type      string
			Timestamp time.Time
			Data      struct {
				Severity string
				Items    []struct{ ID, Severity string }
			}
		}
		if err := json.Unmarshal(body, &m); err != nil {
			t.Fatal(err)
		}
		for _, i := range m.Data.Items {
			told[i.ID] = append(told[i.ID], m.Type)
		}
		if m.Data.Severity != "severe" && !slices.Contains([]string{"percept.first", "percept.digest"}, m.Type) {
			interruptions[m.Timestamp.Format(time.DateOnly)]++
		}
	}
	for day, n := range interruptions {
		if n > budget {
			t.Errorf("%d interruptions on %s, the budget of a week is %d", n, day, budget)
		}
	}
	severe, slips := 0, 0
	for l := range strings.Lines(percept(demoNow, "alert", "list", "--all", "--json")) {
		var task taskJSON
		if err := json.Unmarshal([]byte(l), &task); err != nil {
			t.Fatal(err)
		}
		how := told[task.ID]
		if len(how) > 1 {
			t.Errorf("alert %s was told as %v", task.ID, how)
		}
		if task.Kind == "slip" && len(how) == 1 {
			slips++
		}
		if task.Severity == "severe" {
			severe++
			if len(how) != 1 || how[0] != "percept.alert" && how[0] != "percept.first" {
				t.Errorf("the severe alert %s was told as %v", task.ID, how)
			}
		}
	}
	t.Logf("%d weeks, %d messages, %d severe alerts, %d slips, %d weeks with interruptions that are not severe", weeks, len(files), severe, slips, len(interruptions))
	if severe == 0 || slips == 0 {
		t.Errorf("%d severe alerts and %d slips: the test shows nothing", severe, slips)
	}
}
