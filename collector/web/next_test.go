package web

import (
	"strings"
	"testing"
)

func TestSameList(t *testing.T) {
	tests := []struct {
		name, page, next string
		want             bool
	}{
		{"another query", "https://a.example/reviews", "https://a.example/reviews?page=2", true},
		{"a page in the path", "https://a.example/reviews/", "https://a.example/reviews/page/2/", true},
		{"from page two to three", "https://a.example/reviews/page/2", "https://a.example/reviews/page/3", true},
		{"a bare number", "https://a.example/reviews", "https://a.example/reviews/2", true},
		{"a number in the file's name", "https://a.example/reviews.html", "https://a.example/reviews-p2.html", true},
		{"a number in the middle", "https://a.example/Shop-Reviews-Elm.html", "https://a.example/Shop-Reviews-or10-Elm.html", true},
		{"from the shop to its reviews", "https://a.example/elm-row", "https://a.example/elm-row/reviews?page=2", true},
		{"the next article", "https://a.example/blog/frames", "https://a.example/blog/lenses", false},
		{"the next article by number", "https://a.example/news/123", "https://a.example/news/124", false},
		{"an article below", "https://a.example/blog", "https://a.example/blog/lenses", false},
		{"another shop", "https://a.example/shops/1/reviews", "https://a.example/shops/2/reviews", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sameList(parseURL(tt.next), parseURL(tt.page)); got != tt.want {
				t.Errorf("sameList(%s after %s) = %v, want %v", tt.next, tt.page, got, tt.want)
			}
		})
	}
}

func TestLinksOffTheListAreSaid(t *testing.T) {
	one := review("Ann", "The exam was thorough.")
	tests := []struct {
		name, page, next string
		noted            string // in the note, "" for none
	}{
		{"another page of the list", next("?page=2") + one, "https://a.example/reviews?page=2", ""},
		{"another site", next("https://b.example/reviews?page=2") + one, "", "https://b.example/reviews?page=2, leads off"},
		{"the same name on another port", next("https://a.example:8443/reviews?page=2") + one, "", "leads off"},
		{"the next article", next("/blog/lenses") + one, "", "https://a.example/blog/lenses, leads off"},
		{"a name and password are never shown", next("https://u:secret@a.example/reviews?page=2") + one, "", "u:xxxxx@a.example"},
		{"a button of a script", `<a rel=next href="javascript:more()">more</a>` + one, "", ""},
		{"off the list first, then on it", next("/blog/lenses") + next("?page=2") + one, "https://a.example/reviews?page=2", ""},
		{"a page without reviews", next("/blog/lenses") + "<p>Hello</p>", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := Extract([]byte(tt.page), ExtractOptions{URL: "https://a.example/reviews"})
			if err != nil {
				t.Fatal(err)
			}
			notes := strings.Join(e.Notes, "\n")
			if e.Next != tt.next || (notes == "") != (tt.noted == "") || !strings.Contains(notes, tt.noted) {
				t.Errorf("next %q, notes %q; want %q and a note with %q", e.Next, notes, tt.next, tt.noted)
			}
		})
	}
}

func TestNothingIsSaidInTheLanguageOfThePage(t *testing.T) {
	for _, said := range []string{
		"No reviews yet.", "Noch keine Bewertungen", "Pas encore d’avis", "Aún no hay opiniones", "Nog geen beoordelingen",
		"Nog geen resensies nie", "Ancora nessuna recensione", "Ainda não há avaliações", "Brak opinii", "Henüz yorum yok",
	} {
		if e, err := Extract([]byte("<body><p>"+said+"</p></body>"), ExtractOptions{}); err != nil || !e.zero || e.None() != "" {
			t.Errorf("%q: zero %v, %q, %v; want a page that says that it has none", said, e.zero, e.None(), err)
		}
	}
}
