package web

import "percept/collector"

// summary picks the rating summary that the page states of what it is about: the one whose owner has
// the reviews, else the first with a count.
func (x *extractor) summary() {
	owner := make(map[*item]*item)
	busy := make(map[*item]bool)
	for _, it := range x.graph.items {
		for _, p := range it.props {
			switch {
			case p.value.item == nil:
			case p.name == "aggregaterating" || p.name == "hasaggregaterating":
				owner[p.value.item] = it
			case p.name == "review" || p.name == "reviews":
				busy[it] = true
			}
		}
	}
	best := -1
	for _, it := range x.graph.items {
		o, led := owner[it]
		if !led && !it.is("aggregaterating", "review-aggregate") {
			continue
		}
		a, counted, any := aggregate(it)
		if !any {
			continue
		}
		score := 0
		if counted {
			score++
		}
		if busy[o] {
			score += 2
		}
		if score > best {
			best = score
			x.Aggregate, x.owner = a, o
			x.zero = counted && a.Count == 0
			for _, v := range it.values("itemreviewed", "item") {
				if x.owner == nil && v.item != nil {
					x.owner = v.item
				}
			}
		}
	}
}

// aggregate reads a rating summary; false where the item states no count and no rating.
func aggregate(it *item) (collector.Aggregate, bool, bool) {
	raw := it.raw("ratingvalue", "rating", "average", "value")
	if v := it.values("rating"); raw == "" && len(v) > 0 && v[0].item != nil {
		raw = v[0].item.raw("average", "ratingvalue", "value")
	}
	rating, _, err := ParseRating(raw, it.raw("bestrating", "best"), it.raw("worstrating", "worst"))
	if err != nil {
		rating.Valid = false
	}
	var count int
	stated := false
	for _, name := range []string{"reviewcount", "ratingcount", "count", "votes"} {
		if n, ok := parseCount(it.raw(name)); ok {
			count, stated = n, true
			break
		}
	}
	return collector.Aggregate{Rating: rating, Count: count}, stated, stated || rating.Raw != ""
}

// inheritedBest is the summary's best where the reviews state none and go beyond 5: the same scale.
func (x *extractor) inheritedBest(list []candidate) string {
	for _, c := range list {
		v, scale, ok := ratingValue(c.rating)
		if best, stated := decimal(x.Aggregate.Rating.Best); ok && scale == 0 && c.best == "" && v > 5 && stated && v <= best {
			return x.Aggregate.Rating.Best
		}
	}
	return ""
}
