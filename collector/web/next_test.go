package web

import "testing"

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
