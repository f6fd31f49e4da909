package survey

import "slices"

// kind refuses a file that is no survey by its headings: its rows would be read as responses, and what they say would be
// lost or counted twice. A file whose columns the config names is what the config says.
func (d *decider) kind() {
	switch {
	case d.mapped:
	case d.reviews():
		d.l.Problems = nil // whatever else it lacks as a survey
		d.problem("it is an export of reviews and no survey: read it with a source {type: reviews, path: ...} of its own, and have this one's path leave it out")
	case d.failed():
		d.problem("it is the answer to a request that failed, and holds no answers: export it again")
	}
}

// reviews reports whether the columns are those of public reviews: stars, words, and who wrote them or what the business
// replied.
func (d *decider) reviews() bool {
	has := func(names map[string]bool) bool {
		return slices.ContainsFunc(d.keys, func(k string) bool { return names[k] })
	}
	return has(reviewStars) && has(reviewWords) && has(reviewOnly)
}

var (
	reviewStars = phrases("stars; star rating; review stars; review rating; rating; rating value; score; review score; reviewer rating")
	reviewWords = phrases("review; review text; review content; review body; review comment; comment; comments; content; text")
	reviewOnly  = phrases("reviewer; reviewer name; reviewer nick name; review author; review username; owner reply; owner response; owner answer; company response; business response; review reply; " +
		"review url; review title; review site; review site name; review site review id")
)

// failed reports whether a document is what an interface answers when it refuses.
func (d *decider) failed() bool {
	if d.l.Kind != "json" || d.l.find(Rating) >= 0 || d.l.find(When) >= 0 || d.l.find(ID) >= 0 {
		return false
	}
	return slices.ContainsFunc(d.keys, func(k string) bool { return k == "error" || k == "errors" || k == "error message" || k == "error code" })
}
