package model

import (
	"math"
	"strings"
)

// wholeLayout is of the features of a text as a whole.
var wholeLayout = layout{Blocks: []block{
	{Name: "words", Bits: 16, Length: 1}, {Name: "characters", Bits: 15, Length: 1}, {Name: "question x word", Bits: 14, Length: 1},
}, Dense: 3*verdictSize + ratedSize + kinds*7 + 2 + 12 + 4}

// The kinds of text that features are kept apart for: without a question, after one that invites praise, what to improve
// or why, and posts. postFactor makes up for posts being few: the penalty on large weights does not keep them from being learnt.
const (
	post = iota + 4
	kinds
	postFactor = 8
)

// In texts of up to shortWords tokens rules and lexicon say more than elsewhere; the rules are clear beyond clearScore.
const (
	shortWords = 8
	clearScore = 0.3
)

// wholeFeatures returns what tells the sentiment of the text as a whole. Scoring takes the same from sums.
func (s *sheet) wholeFeatures() features {
	first, last := s.tokens(s.whole())
	return features{
		func(i int, list []uint32) []uint32 {
			switch {
			case i == 0:
				return s.terms.words(list, first, last, 0)
			case i == 1:
				return s.chars(list, first, last)
			case s.kind > 0:
				return s.terms.words(list, first, last, uint32(s.kind))
			}
			return list
		},
		s.wholeRest,
	}
}

// wholeRest writes the features that are not hashed.
func (s *sheet) wholeRest(d *dense) {
	x := s.whole()
	t, words := s.tell(x), float32(len(s.Tokens))
	d.put(t.verdict[:]...)
	d.put(s.tell(stretch{x.first, min(x.first+1, x.last)}).verdict[:]...)
	d.put(s.tell(stretch{max(x.first, x.last-1), x.last}).verdict[:]...)
	d.put(t.rated[:]...)
	d.put(t.counts[:]...)
	whole, compound, posted := float32(s.Whole.Score), t.all.compound(), flag(s.kind == post)
	on := 1 + posted*(postFactor-1)
	d.at += uint32(7 * s.kind)
	d.put(
		on,
		on*whole,
		on*compound,
		on*flag(s.Whole.Mixed),
		on*flag(t.all.up > 0 && t.all.down > 0),
		on*flag(words <= 3),
		on*flag(len(s.Clauses) > 4),
	)
	d.at += uint32(7 * (kinds - 1 - s.kind))
	d.put(
		posted*flag(compound > 0)*postFactor/2,
		posted*flag(compound < 0)*postFactor/2,
		1,
		whole,
		flag(s.Empty),
		flag(s.Whole.Mixed),
	)
	short := flag(words <= shortWords)
	d.put(
		short*whole,
		short*flag(whole > clearScore),
		short*flag(whole < -clearScore),
		short*compound,
	)
}

// kindOf tells which of the kinds the text is.
func (s *sheet) kindOf() int {
	if ask := asks(s.Asks); ask > 0 || !s.posted() {
		return ask
	}
	return post
}

// posted tells a post in a social network, which has words for the network: a name with an @, a tag, an address.
func (s *sheet) posted() bool {
	if strings.IndexByte(s.Text, '@') < 0 && strings.IndexByte(s.Text, '#') < 0 && strings.IndexByte(s.Text, '/') < 0 {
		return false
	}
	for i, t := range s.Tokens {
		start := i == 0 || s.Tokens[i-1].End < t.Start
		if c := s.Text[t.Start]; start && (c == '@' || c == '#') && i+1 < len(s.Tokens) && s.Tokens[i+1].Start == t.End && s.Tokens[i+1].Word {
			return true
		}
		if c := s.Text[t.Start]; c == 'h' && (strings.HasPrefix(s.Text[t.Start:], "http://") || strings.HasPrefix(s.Text[t.Start:], "https://")) {
			return true
		}
	}
	return false
}

// verdictSize is how many features a verdict has.
const verdictSize = 10

// verdict is what the rules make of a stretch.
func (s *sheet) verdict(x stretch) [verdictSize]float32 {
	var sum, said, good, bad, best, worst, mass float64
	for i := x.first; i < x.last; i++ {
		c := &s.Clauses[i]
		w := c.Weight * c.Score
		sum += w
		said += math.Abs(w)
		good += max(w, 0)
		bad -= min(w, 0)
		best, worst = max(best, c.Score), min(worst, c.Score)
		mass += c.Mass
	}
	return [verdictSize]float32{
		float32(sum / (said + 0.35)),
		float32(best),
		float32(worst),
		float32(good / (good + 1)),
		float32(bad / (bad + 1)),
		float32(said / (said + 1)),
		flag(mass == 0),
		flag(good > 0.3 && bad > 0.3),
		float32(max(sum, 0)) / float32(1+said),
		float32(mass / (mass + 2)),
	}
}

// countsSize is how many features counts has.
const countsSize = 8

// counts are of words and marks.
func (x *saying) counts() [countsSize]float32 {
	per := 1 / max(x.words, 1)
	return [countsSize]float32{
		min(x.good*per*3, 1),
		min(x.bad*per*3, 1),
		min(x.marks, 3) / 3,
		min(x.asks, 3) / 3,
		min(x.loud*per, 1),
		min(x.denials, 3) / 3,
		flag(x.good+x.bad == 0),
		lengths[min(int(x.words), len(lengths)-1)],
	}
}

// lengths tell how long a text is, 0 to 1, by the number of its words.
var lengths = func() (list [150]float32) {
	for n := range list {
		list[n] = min(float32(math.Log1p(float64(n)))/5, 1)
	}
	return list
}()
