package analysis

import (
	"math"
	"slices"
	"strings"

	"percept/collector"
)

// A telling is what is known of a text from outside it: the feedback it is a part of and the
// question it answers.
type telling struct {
	at    int     // touchpoint that the words before it named last, -1 for none
	asked int     // touchpoint that the question asks about, -1 for none
	score float64 // sentiment of the feedback as a whole
	known bool    // whether score comes from more than the text itself
}

// window is how many bytes of the feedback around a text are read for its story.
const window = 1200

// recent is how many sentences before a text may say what "it" is.
const recent = 2

// story reads the feedback around the text.
func (r *Rules) story(t Text, normal string) (telling, error) {
	s := telling{at: -1, asked: -1}
	if t.Context == "" || len(t.Context) <= len(t.Text) {
		return s, nil
	}
	around := t.Context
	if at := strings.Index(around, t.Text); at >= 0 {
		around = around[max(0, at-window):min(len(around), at+len(t.Text)+window)]
	} else {
		around = around[:min(len(around), 2*window)]
	}
	p := r.pages.Get().(*page)
	defer r.pages.Put(p)
	n := Normalise(around)
	p.explain = false
	if err := r.read(p, n.Text, collector.AsksAnything); err != nil {
		return s, err
	}
	s.score, s.known = p.whole().Score, true
	here := strings.Index(n.Text, normal)
	general := len(r.slugs) - 1
	sentence := len(p.sentences)
	if here >= 0 {
		sentence, _ = slices.BinarySearchFunc(p.sentences, here, func(e Extent, at int) int { return e.Start - at })
	}
	for c := range p.clauses {
		if p.clauses[c].Sentence >= sentence {
			break
		}
		if p.clauses[c].Sentence < sentence-recent {
			continue
		}
		for _, m := range p.clauses[c].Names {
			if m.Touchpoint != general && m.Strength >= byPhrase {
				s.at = m.Touchpoint
				break
			}
		}
	}
	return s, nil
}

// assign decides what every clause is about and what it says of that, in the order of the text.
func (r *Rules) assign(p *page, s telling) {
	general := len(r.slugs) - 1
	at, since := s.at, 0 // the touchpoint the story is at, and for how many clauses nothing confirmed it
	for c := range p.clauses {
		q := &p.clauses[c]
		if len(q.Names) == 0 && q.Mass > 0 {
			switch near := p.neighbour(c); {
			case near >= 0:
				q.Names = append(q.Names, Named{Touchpoint: near, Strength: byCarry, how: "taken from the words beside it in the sentence"})
			case s.asked >= 0:
				q.Names = append(q.Names, Named{Touchpoint: s.asked, Strength: byAsked, how: "the question asks about it"})
			case q.Carries && at >= 0 && at != general && since < 4:
				q.Names = append(q.Names, Named{Touchpoint: at, Strength: byCarry, how: "taken from what was said just before"})
			default:
				q.Names = append(q.Names, Named{Touchpoint: general, Strength: byHint, how: "no touchpoint is named, so it is about the practice as a whole"})
			}
		}
		q.prefer(at, s.asked)
		since++
		for i := range q.Names {
			n := &q.Names[i]
			if n.Touchpoint != general && n.Strength >= byCarry {
				if i == 0 {
					at = n.Touchpoint
				}
				since = 0
			}
			n.Score, n.Judged = q.Score, q.Mass > 0
		}
	}
	for c := range p.clauses {
		p.settleScore(c, s)
	}
}

// prefer settles hints: the touchpoint of the story or the question if it is among them, else the
// likeliest alone.
func (q *ReadClause) prefer(at, asked int) {
	if len(q.Names) < 2 || q.Names[0].Strength >= byPhrase {
		return
	}
	best := 0
	for i, n := range q.Names {
		if n.Touchpoint == at || n.Touchpoint == asked {
			best = i
			break
		}
	}
	q.Names[0] = q.Names[best]
	q.Names = q.Names[:1]
}

// neighbour returns the touchpoint that another clause of the same sentence names, the nearest
// before c or else the nearest after it, -1 for none.
func (p *page) neighbour(c int) int {
	for b := c - 1; b >= 0 && p.clauses[b].Sentence == p.clauses[c].Sentence && c-b < 4; b-- {
		if named := p.clauses[b].Names; len(named) > 0 {
			return named[0].Touchpoint
		}
	}
	for a := c + 1; a < len(p.clauses) && p.clauses[a].Sentence == p.clauses[c].Sentence && a-c < 4; a++ {
		if named := p.clauses[a].Names; len(named) > 0 && named[0].Strength >= byPhrase {
			return named[0].Touchpoint
		}
	}
	return -1
}

// settleScore gives a clause that names and does not judge the verdict of the clauses beside it, and
// failing that a shade of how the whole story is told.
func (p *page) settleScore(c int, s telling) {
	q := &p.clauses[c]
	if q.Mass > 0 || len(q.Names) == 0 {
		return
	}
	score := 0.0
	for _, b := range []int{c + 1, c - 1} {
		if b >= 0 && b < len(p.clauses) && p.clauses[b].Sentence == p.clauses[c].Sentence && p.clauses[b].Mass > 0 {
			score = p.clauses[b].Score * 0.7
			q.Why = append(q.Why, "it takes the verdict of the words beside it")
			break
		}
	}
	if score == 0 && math.Abs(s.score) > 0.3 {
		score = s.score * 0.25
		q.Why = append(q.Why, "it takes a little of how the whole is told")
	}
	for i := range q.Names {
		q.Names[i].Score = score
	}
}
