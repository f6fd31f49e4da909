package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"percept/collector"
)

var identity = collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("fedcba9876543210")}

// named extracts a page fetched at asOf and returns its reviews with their ids.
func named(t *testing.T, page string, asOf time.Time) []Review {
	t.Helper()
	e, err := Extract([]byte(page), ExtractOptions{URL: "https://elm.example/reviews", AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	for i := range e.Reviews {
		identity.Name(&e.Reviews[i].Feedback)
	}
	return e.Reviews
}

// told is one review; what is empty is not told.
func told(attrs, author, date, rating, text string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<div itemscope itemtype="https://schema.org/Review" %s>`, attrs)
	for _, p := range [][2]string{{"author", author}, {"datePublished", date}, {"ratingValue", rating}, {"reviewBody", text}} {
		if p[1] != "" {
			fmt.Fprintf(&b, `<p itemprop="%s">%s</p>`, p[0], p[1])
		}
	}
	return b.String() + "</div>"
}

// A list grows, loses a review and its pages shift; no review that stays may be named anew, nor take
// the name of another.
func TestKnownReviewsKeepTheirIdentity(t *testing.T) {
	number := func(format string) func(int, int) string {
		return func(_, id int) string { return fmt.Sprintf(format, id) }
	}
	place := func(format string, from int) func(int, int) string {
		return func(at, _ int) string { return fmt.Sprintf(format, at+from) }
	}
	tests := []struct {
		name          string
		attrs         func(at, id int) string // at is the place on the page
		before, after []int                   // ids in the order of the list
	}{
		{"ids in a row, newest first", number(`id="comment-%d"`), []int{9, 8, 7, 6, 5}, []int{11, 9, 8, 6, 5}},
		{"ids in a row, oldest first", number(`id="comment-%d"`), []int{5, 6, 7}, []int{5, 6, 7, 9}},
		{"ids in a row that one leaves", number(`id="comment-%d"`), []int{5, 6, 7, 8}, []int{5, 7, 8, 12}},
		{"ids down to the first", number(`id="review-%d"`), []int{4, 3, 2, 1}, []int{5, 4, 3, 2, 1}},
		{"the first id alone, then not", number(`id="review-%d"`), []int{1}, []int{2, 1}},
		{"ids up from the first", number(`id="review-%d"`), []int{1, 2, 3}, []int{1, 3, 4}},
		{"ids far apart", number(`data-review-id="%d"`), []int{9041, 8877, 310}, []int{9100, 9041, 310}},
		{"places from one", place(`id="review-%d"`, 1), []int{9, 8, 7, 6, 5}, []int{11, 9, 8, 6, 5}},
		{"places from nought", place(`itemid="#review-%d"`, 0), []int{9, 8, 7, 6, 5}, []int{11, 9, 8, 6, 5}},
		{"one id for all", place(`data-id="shop7"`+"%.0d", 0), []int{9, 8, 7, 6, 5, 4}, []int{11, 9, 8, 6, 5, 4}},
		{"no ids", place("%.0d", 0), []int{9, 8, 7, 6, 5}, []int{11, 9, 8, 6, 5}},
	}
	const perPage = 3
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			collect := func(list []int, asOf time.Time) map[string]string {
				ids := make(map[string]string) // by text
				for page := range slices.Chunk(list, perPage) {
					var b strings.Builder
					for at, id := range page {
						b.WriteString(told(tt.attrs(at, id), fmt.Sprintf("Person %d", id), "2025-05-01", "4", fmt.Sprintf("This is what visit %d was like.", id)))
					}
					for _, r := range named(t, b.String(), asOf) {
						ids[r.Text] = r.ID
					}
				}
				if len(ids) != len(list) {
					t.Fatalf("%d reviews, want %d", len(ids), len(list))
				}
				return ids
			}
			before, after := collect(tt.before, fetched), collect(tt.after, fetched.AddDate(0, 0, 7))
			names := make(map[string]string)
			for text, id := range before {
				names[id] = text
				if now, stays := after[text]; stays && now != id {
					t.Errorf("%q was named anew", text)
				}
			}
			for text, id := range after {
				if was := names[id]; was != "" && was != text {
					t.Errorf("%q took the name of %q", text, was)
				}
			}
		})
	}
}

// The reviews of one page are as many feedbacks, each next to the same ones next week.
func TestReviewsOfOnePageAreAsManyFeedbacks(t *testing.T) {
	const day = "2025-05-01"
	tests := []struct {
		name, page string
		twins      []int
	}{
		{"stars of nobody on one day", told("", "", day, "5", "") + told("", "", day, "1", "") + told("", "", day, "5", ""), []int{0, 0, 1}},
		{"stars of several nobodies", told("", "Anonymous", day, "5", "") + told("", "A Google user", day, "5", ""), []int{0, 1}},
		{"white space is no difference", told("", "", day, "4", "Very good.") + told("", "", day, "4", "Very\u2003 good."), []int{0, 1}},
		{"normal form is no difference", told("", "", day, "4", "caf\u00e9") + told("", "", day, "4", "cafe\u0301"), []int{0, 1}},
		{"nor the stars beside words", told("", "", day, "4", "Very good.") + told("", "", day, "3", "Very good."), []int{0, 1}},
		{"nor what a review is about", told("", "", day, "4", `Very good.<meta itemprop="itemReviewed" content="A">`) + told("", "", day, "4", `Very good.<meta itemprop="itemReviewed" content="B">`), []int{0, 1}},
		{"nor dates that move", told("", "", "2 weeks ago", "4", "Very good.") + told("", "", "3 weeks ago", "4", "Very good."), []int{0, 1}},
		{"capitals are", told("", "", day, "4", "Very good.") + told("", "", day, "4", "VERY GOOD."), []int{0, 0}},
		{"days are", told("", "", day, "4", "Very good.") + told("", "", "2025-05-02", "4", "Very good."), []int{0, 0}},
		{"days to come are", told("", "Ann", "2031-05-01", "4", "Very good.") + told("", "Ann", "2031-05-02", "4", "Very good."), []int{0, 0}},
		{"an id counts no twins", told(`data-id="q2"`, "", day, "4", "Very good.") + told(`data-id="q9"`, "", day, "4", "Very good."), []int{0, 0}},
		{"an id shared by stars of nobody", told(`data-id="s7"`, "", day, "5", "") + told(`data-id="s7"`, "", day, "1", ""), []int{0, 0}},
		{"one @id for all stars", `<script type="application/ld+json">[
			{"@type":"Review","@id":"#review","author":{"name":"Di"},"itemReviewed":{"name":"Elm"},"reviewRating":{"ratingValue":5}},
			{"@type":"Review","@id":"#review","author":{"name":"Ed"},"itemReviewed":{"name":"Elm"},"reviewRating":{"ratingValue":1}}]</script>`, []int{0, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ids := make(map[string]bool)
			var twins []int
			for _, r := range named(t, tt.page, fetched) {
				ids[r.ID] = true
				twins = append(twins, r.Twin)
			}
			if !slices.Equal(twins, tt.twins) || len(ids) != len(tt.twins) {
				t.Errorf("twins %v and %d ids, want %v and %d", twins, len(ids), tt.twins, len(tt.twins))
			}
		})
	}
}

func TestReviewsOfOthersDoNotCountAsTwins(t *testing.T) {
	about := func(who string) string {
		return told("", "", "2025-05-01", "5", `Very good.<meta itemprop="itemReviewed" content="`+who+`">`)
	}
	s, err := New(Options{URL: "https://elm.example/reviews", Subject: "Elm Row"})
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := s.Parse(collector.Page{URL: s.o.URL, FetchedAt: fetched, Body: []byte(about("Oak Hill") + about("Elm Row"))})
	if err != nil || len(parsed.Feedback) != 1 || parsed.Feedback[0].Twin != 0 {
		t.Errorf("Parse = %+v, %v, want one review with Twin 0", parsed.Feedback, err)
	}
}

// A page says the same next year; what its dates are taken for may change, who its reviews are may not.
func TestIdentityDoesNotRestOnTheDayOfFetching(t *testing.T) {
	tests := []struct {
		name, lang, date, beside string // beside is the date of another review, on the later page only
		later                    int    // days
		changes                  bool   // what the date is taken for
	}{
		{"a day that has not come", "en", "2025-06-20", "", 7, true},
		{"words for a day that has not come", "en", "June 20, 2025", "", 7, true},
		{"an instant that has not come", "en", "2025-06-20T10:00:00Z", "", 7, true},
		{"years to come", "en", "2031-01-01", "", 7, false},
		{"before there were reviews", "en", "1970-01-01", "", 7, false},
		{"two readings, one of them to come", "en-CA", "05/12/2025", "", 300, true},
		{"two readings, settled by another review", "en-CA", "05/06/2024", "27/12/2024", 7, true},
		{"two readings, settled the other way", "en-GB", "05/06/2024", "12/27/2024", 7, true},
		{"a date that moves", "en", "a week ago", "", 7, true},
		{"no date", "en", "soon", "", 7, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := "<html lang=" + tt.lang + ">" + told("", "Ann", tt.date, "4", "The exam was thorough.")
			first := named(t, page, fetched)[0]
			if tt.beside != "" {
				page += told("", "Ben", tt.beside, "4", "I waited an hour.")
			}
			again := named(t, page, fetched.AddDate(0, 0, tt.later))[0]
			if first.ID != again.ID {
				t.Errorf("%q is another feedback %d days later", tt.date, tt.later)
			}
			if changed := first.Date != again.Date; changed != tt.changes {
				t.Errorf("%q is read as %+v, then %+v", tt.date, first.Date, again.Date)
			}
		})
	}
}

func TestNobodyIsNoAuthor(t *testing.T) {
	tests := []struct{ byline, want string }{
		{"Anonymous", ""}, {"ANONYMOUS.", ""}, {"A Google user", ""}, {"Ein Google-Nutzer", ""}, {"Un utilisateur Google", ""},
		{"Anónimo", ""}, {"Verified Customer", ""}, {"Name withheld", ""}, {"* * *", ""},
		{"Ann", "Ann"}, {"Ann Guest", "Ann Guest"}, {"An", "An"}, {"Guest 17", "Guest 17"}, {"山田", "山田"},
	}
	for _, tt := range tests {
		r := named(t, told("", tt.byline, "2025-05-01", "4", "The exam was thorough."), fetched)[0]
		if r.Author != tt.want || (r.AuthorKey == "") != (tt.want == "") {
			t.Errorf("author of %q = %q with key %q, want %q", tt.byline, r.Author, r.AuthorKey, tt.want)
		}
		if r.Byline != strings.TrimRight(tt.byline, " ") {
			t.Errorf("Byline = %q, want %q as written", r.Byline, tt.byline)
		}
	}
}
