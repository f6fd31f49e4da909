// Package google reads the reviews of a practice's own Google Business Profile: from a Takeout export,
// and by the sign-in that its interface wants (OAuth 2.0, with a client of the user's own; percept ships
// none). How Google writes a review is a format of collector/reviews, which asks the interface too.
//
// It reads nothing from Google Maps and nothing from the Places interface: their terms forbid it.
package google
