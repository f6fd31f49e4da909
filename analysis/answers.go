package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"percept/collector"
)

// Answers are those of one axis about one thing: they can only be made of one scale from one channel.
type Answers struct {
	axis     Axis
	practice string
	about    string
	question string
	shape    shape
	lo, hi   float64
	moments  moments
	unrated  int    // "don't know", whether counted or not
	cells    []cell // the same by source and block, where they were counted so
}

// Axis is what the answers may be held against.
func (a Answers) Axis() Axis { return a.axis }

// Practice is the practice whose answers they are.
func (a Answers) Practice() string { return a.practice }

// N is how many answers count.
func (a Answers) N() int { return int(a.moments.n) }

// subject is the error of holding answers to two questions against each other.
func (a Answers) subject(b Answers) error {
	if a.about != b.about || a.question != b.question {
		return fmt.Errorf("%q and %q: %w", strings.TrimSpace(a.about+" "+a.question), strings.TrimSpace(b.about+" "+b.question), ErrAxis)
	}
	return nil
}

// A cell is what the answers of one source and one block add up to.
type cell struct {
	source string // a platform: practices share it
	block  int
	moments
}

// add takes in n equal answers.
func (a *Answers) add(source string, block int, points float64, n int) {
	var m moments
	m.add(points, float64(n))
	a.merge(source, block, m)
}

// merge takes in answers from one source and block.
func (a *Answers) merge(source string, block int, m moments) {
	a.moments.merge(m)
	if source == "" {
		return
	}
	source = platform(source)
	i, ok := slices.BinarySearchFunc(a.cells, cell{source: source, block: block}, func(c, x cell) int {
		return cmp.Or(cmp.Compare(c.block, x.block), strings.Compare(c.source, x.source))
	})
	if !ok {
		a.cells = slices.Insert(a.cells, i, cell{source: source, block: block})
	}
	a.cells[i].moments.merge(m)
}

// A RatingCount is how many answers of a practice, a channel and a scale are equal.
type RatingCount struct {
	Practice string
	Channel  collector.Kind
	Scale    string  // "stars", "nps-0-10", ... as collector.Rating tags it
	About    string  // a touchpoint, or empty
	Question string  // as the customer read it; empty for the overall rating
	Rating   float64 // on 1 to 5
	Valid    bool    // false for "don't know"
	N        int
	// Source and Block are where and in which eight weeks the answers were given; both empty where that was
	// not counted.
	Source string
	Block  int
}

// Tally adds counts up, each practice, axis and subject for itself, in the order they first stand.
func Tally(counts []RatingCount) []Answers {
	type key struct {
		practice, about, question string
		axis                      Axis
	}
	at := map[key]int{}
	var all []Answers
	for _, c := range counts {
		d := define(c.Scale)
		k := key{c.Practice, c.About, c.Question, Axis{c.Channel, d.tag}}
		i, ok := at[k]
		if !ok {
			i = len(all)
			at[k] = i
			all = append(all, Answers{axis: k.axis, practice: c.Practice, about: c.About, question: c.Question, shape: d.shape, lo: d.lo, hi: d.hi})
		}
		var points float64 // of "don't know" too, where it counts
		if c.Valid {
			points = d.points(c.Rating)
		} else {
			all[i].unrated += c.N
		}
		if c.Valid || d.unrated {
			all[i].add(c.Source, c.Block, points, c.N)
		}
	}
	return slices.DeleteFunc(all, func(a Answers) bool { return a.moments.n == 0 })
}

// A ScoreSum is what the persons of a practice and channel said of one touchpoint, added up.
type ScoreSum struct {
	Practice   string
	Channel    collector.Kind
	Touchpoint string
	N          int
	Sum        float64 // of the persons' scores, each -1 to 1
	Squares    float64
	Source     string // as of a RatingCount
	Block      int
}

// Answers are the scores as answers on the axis of MeanScore.
func (s ScoreSum) Answers() Answers {
	a := Answers{axis: Axis{s.Channel, MeanScore}, practice: s.Practice, about: s.Touchpoint, lo: -1, hi: 1}
	a.merge(s.Source, s.Block, moments{float64(s.N), s.Sum, s.Squares})
	return a
}

// Gather adds sums up, each practice, channel and touchpoint for itself, in the order they first stand.
func Gather(sums []ScoreSum) []Answers {
	type key struct {
		practice, touchpoint string
		channel              collector.Kind
	}
	at := map[key]int{}
	var all []Answers
	for _, s := range sums {
		k := key{s.Practice, s.Touchpoint, s.Channel}
		if i, ok := at[k]; ok {
			all[i].merge(s.Source, s.Block, moments{float64(s.N), s.Sum, s.Squares})
			continue
		}
		at[k] = len(all)
		all = append(all, s.Answers())
	}
	return all
}
