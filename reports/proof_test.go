package reports

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"percept/analysis"
	"percept/collector"
)

// counted finds numbers that count people, ratings, reviews or what they said.
var counted = regexp.MustCompile(`\b[1-9]\d* (?:people|person|reviews?|answers?|mentions?|feedbacks?|unhappy|raised|open|acknowledged|closed|texts|of \d+)\b`)

// uncounted are counts that are of no feedback, or of feedback that is not in one list: what a test still needs, and what
// sources publish.
var uncounted = []string{"the test needs", "Published by the source", "rated ", "fewer than", "under 10 people", "indicative: under", "two sides", "of 5"}

// TestEveryNumberLeadsToAsManyFeedbacks builds the pages and follows every number.
func TestEveryNumberLeadsToAsManyFeedbacks(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	track(t, s, analysis.Trial{Practice: p.ID, Touchpoint: "fitment", What: "A second fitting, a week later", Channel: collector.Response, Date: lastWeek.Add(-9 * week)})
	dir, o := t.TempDir(), withInsights(t, s, p)
	o.Audience = Internal // the other leaves small counts unsaid
	held, err := s.Holdings(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.Alerts = func(string) AlertRecord {
		a, b := held[0].Feedback, held[1].Feedback
		return AlertRecord{Raised: 3, Open: 1, Acked: 2, Closed: 2, Useless: 1, Ack: time.Hour, Close: 2 * time.Hour,
			Of: AlertLists{Raised: []string{a, b, ""}, Open: []string{""}, Acked: []string{a, b}, Closed: []string{a, b}, Useful: []string{a}}}
	}
	if _, err := Build(t.Context(), dir, s, []collector.Practice{p}, o); err != nil {
		t.Fatal(err)
	}
	read := func(name string) *html.Node {
		page, err := os.ReadFile(filepath.Join(dir, p.ID, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", name, len(page))
		if name == indexFile && len(page) > pageLimit {
			t.Errorf("the weekly page has %d bytes, at most %d wanted", len(page), pageLimit)
		}
		return checkPage(t, page)
	}
	weekly, behind := read(indexFile), read(evidenceFile)
	items := map[string]int{}
	for n := range behind.Descendants() {
		if n.Data == "li" && n.Parent.Data == "ol" {
			items[attr(n.Parent, "id")]++
		}
	}
	number := regexp.MustCompile(`^\d+|\d+ people$`)
	led := map[string]int{}
	for n := range weekly.Descendants() {
		id, ok := strings.CutPrefix(attr(n, "href"), evidenceFile+"#")
		if !ok {
			continue
		}
		text := inner(n)
		if chip := find(n, "n"); len(chip) > 0 {
			text = inner(chip[0])
		}
		want, err := strconv.Atoi(strings.Fields(number.FindString(strings.TrimPrefix(text, "of ")) + " x")[0])
		if err != nil {
			t.Errorf("%q leads to %s and is no number", text, id)
			continue
		}
		led[id]++
		if items[id] != want {
			t.Errorf("%q leads to a list of %d", text, items[id])
		}
	}
	for id := range items {
		if led[id] == 0 {
			t.Errorf("list %s is led to by no number", id)
		}
	}
	for _, sentence := range []string{"Alerts:", "In the survey the overall rating", "pull the mean rating", "first went wrong"} {
		if !slices.ContainsFunc(slices.Collect(weekly.Descendants()), func(n *html.Node) bool {
			return (n.Data == "li" || n.Data == "p") && strings.Contains(inner(n), sentence) && holds(n, "a")
		}) {
			t.Errorf("no sentence with %q has a number that leads anywhere", sentence)
		}
	}
	t.Logf("%d numbers lead to %d lists", sum(led), len(items))
	for _, section := range []string{"#touchpoints", "#year", "#treated", "#health"} {
		for n := range find(weekly, section)[0].Descendants() {
			if n.Data == "td" && regexp.MustCompile(`^\(?[1-9]\d*\)?$`).MatchString(inner(n)) && len(slices.Collect(n.ChildNodes())) > 0 && !holds(n, "a") {
				t.Errorf("%s: a cell of %q leads nowhere", section, inner(n))
			}
		}
	}
	// What looks like a count and is no link has a reason.
	for n := range weekly.Descendants() {
		if n.Type != html.TextNode || within(n, "a", "style", "q", "svg", "footer", "caption", "title") {
			continue
		}
		if at := counted.FindString(n.Data); at != "" && !has(n.Data, uncounted) && !has(inner(n.Parent), uncounted) {
			t.Errorf("%q counts and leads nowhere: %.120q", at, n.Data)
		}
	}
}

// makeEvidence makes the page of the feedback behind the numbers that Build would.
func makeEvidence(t *testing.T, s Store, p collector.Practice, o Options) []byte {
	t.Helper()
	m, err := load(t.Context(), s, p, o)
	if err != nil {
		t.Fatal(err)
	}
	m.proof = newProof()
	if _, err := m.weekly(t.Context(), s, paint, o, "../"+indexFile); err != nil {
		t.Fatal(err)
	}
	page, err := m.evidencePage(t.Context(), newQuoter(s, o.masks()), o)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func sum(of map[string]int) int {
	n := 0
	for _, v := range of {
		n += v
	}
	return n
}

func has(text string, any []string) bool {
	for _, s := range any {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

func holds(n *html.Node, element string) bool {
	for c := range n.Descendants() {
		if c.Data == element {
			return true
		}
	}
	return false
}

func within(n *html.Node, elements ...string) bool {
	for ; n != nil; n = n.Parent {
		for _, e := range elements {
			if n.Data == e {
				return true
			}
		}
	}
	return false
}

// TestAListNeverShowsAnotherNumber holds that a number whose feedback is not all there leads nowhere.
func TestAListNeverShowsAnotherNumber(t *testing.T) {
	p := newProof()
	if got := p.number(2, "2 people", "order", each([]string{"a"})); got.Href != "" {
		t.Errorf("2 people lead to %s, a list of one", got.Href)
	}
	first, again := p.number(1, "1", "order", each([]string{"a"})), p.number(1, "1 person", "order", each([]string{"a"}))
	if first.Href == "" || first.Href != again.Href || len(p.lists) != 1 {
		t.Errorf("the same number twice leads to %q and %q", first.Href, again.Href)
	}
	var none *proof
	if got := none.number(1, "1", "order", each([]string{"a"})); got.Href != "" {
		t.Errorf("a page that stands alone leads to %s", got.Href)
	}
}
