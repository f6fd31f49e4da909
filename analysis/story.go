package analysis

import (
	"cmp"
	"slices"
	"time"

	"percept/collector"
)

// A Story is one feedback as it was understood: the rating of the whole and what was said of the
// touchpoints, in the order in which it was told.
type Story struct {
	Practice, Feedback string
	// Day is midnight UTC of its day in the practice's zone; Week is false where the date cannot name a week.
	Day      time.Time
	Week     bool
	Rating   collector.Rating // only Value, Valid and Tag
	Mentions []Mention        // by part and place in it
}

// scores are the mean scores of the touchpoints of a story, General left out. A rating question about
// a touchpoint says more than words beside it: where there is one, it alone counts if rated is set.
func (s Story) scores(rated bool) map[string]float64 {
	type tally struct{ said, ratings moments }
	all := map[string]*tally{}
	for _, m := range s.Mentions {
		if m.Touchpoint == General {
			continue
		}
		t := all[m.Touchpoint]
		if t == nil {
			t = &tally{}
			all[m.Touchpoint] = t
		}
		t.said.add(m.Score, 1)
		if m.Origin == FromRating {
			t.ratings.add(m.Score, 1)
		}
	}
	scores := make(map[string]float64, len(all))
	for id, t := range all {
		scores[id] = t.said.mean()
		if rated && t.ratings.n > 0 {
			scores[id] = t.ratings.mean()
		}
	}
	return scores
}

// overall picks the stories with an overall rating of the scale that most of them use, and names it.
func overall(stories []Story) (rated []Story, scale string) {
	counts := map[string]int{}
	for _, s := range stories {
		if s.Rating.Valid {
			counts[s.Rating.Tag]++
		}
	}
	for tag, n := range counts {
		if most := counts[scale]; n > most || n == most && tag < scale {
			scale = tag
		}
	}
	for _, s := range stories {
		if s.Rating.Valid && s.Rating.Tag == scale {
			rated = append(rated, s)
		}
	}
	return rated, scale
}

// named are the feedbacks of stories.
func named(stories []Story) []string {
	of := make([]string, len(stories))
	for i, s := range stories {
		of[i] = s.Feedback
	}
	return of
}

// mentioned are the touchpoints of stories with how many of them speak of each, most first.
func mentioned(scores []map[string]float64) (ids []string, counts map[string]int) {
	counts = map[string]int{}
	for _, s := range scores {
		for id := range s {
			counts[id]++
		}
	}
	for id := range counts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return ids, counts
}
