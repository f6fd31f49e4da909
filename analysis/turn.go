package analysis

import (
	"cmp"
	"slices"
)

// A Turn is where one text went wrong.
type Turn struct {
	At        int  // index of the mention in what was given
	Recovered bool // whether the text ends well: the last thing said after it that is not neutral is good
	Last      bool // whether nothing but neutral is said after it
}

// FindTurn returns the first mention of a touchpoint in one text that is bad, in the order in which it
// is told; ok is false where there is none. General is no touchpoint, but a good end may be general. A
// mention from a rating is no part of the text.
func FindTurn(mentions []Mention) (turn Turn, ok bool) {
	order := make([]int, 0, len(mentions))
	for i, m := range mentions {
		if m.Origin != FromRating {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(mentions[a].Start, mentions[b].Start) })
	for k, i := range order {
		if m := mentions[i]; m.Score >= 0 || m.Touchpoint == General {
			continue
		}
		turn = Turn{At: i, Last: true}
		for _, j := range order[k+1:] {
			if m := mentions[j]; m.Score != 0 && m.Start > mentions[i].Start {
				turn.Last, turn.Recovered = false, m.Score > 0
			}
		}
		return turn, true
	}
	return Turn{}, false
}

// A TurningPoint is a touchpoint at which texts went wrong first.
type TurningPoint struct {
	Touchpoint string `json:"touchpoint"`
	Texts      int    `json:"texts"`     // that went wrong first here
	Recovered  int    `json:"recovered"` // of those, that end well
	Last       int    `json:"last"`      // of those, that say nothing more
	// Of are the feedbacks of the Texts, Ended of the Recovered; one of two texts is in it twice.
	Of, Ended []string `json:"-"`
	// Rate is the share that recovered, 0 to 1; nil under FewAnswers texts.
	Rate *Estimate `json:"recovery_rate,omitempty"`
}

// TurningPoints counts where the texts of stories went wrong first, most first. Each part of a story is
// a text of its own: the answers to two questions are told apart.
func TurningPoints(stories []Story) []TurningPoint {
	by := map[string]*TurningPoint{}
	for _, s := range stories {
		for _, text := range texts(s.Mentions) {
			turn, ok := FindTurn(text)
			if !ok {
				continue
			}
			id := text[turn.At].Touchpoint
			t := by[id]
			if t == nil {
				t = &TurningPoint{Touchpoint: id}
				by[id] = t
			}
			t.Texts++
			t.Of = append(t.Of, s.Feedback)
			if turn.Recovered {
				t.Recovered++
				t.Ended = append(t.Ended, s.Feedback)
			}
			if turn.Last {
				t.Last++
			}
		}
	}
	var all []TurningPoint
	for _, t := range by {
		if t.Texts >= FewAnswers {
			rate := wilson(float64(t.Recovered), float64(t.Texts))
			t.Rate = &rate
		}
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b TurningPoint) int {
		return cmp.Or(cmp.Compare(b.Texts, a.Texts), cmp.Compare(a.Touchpoint, b.Touchpoint))
	})
	return all
}

// texts parts the mentions of a story, which are in the order of its parts.
func texts(mentions []Mention) [][]Mention {
	var all [][]Mention
	for i, m := range mentions {
		if i == 0 || m.Part != mentions[i-1].Part {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], m)
	}
	return all
}
