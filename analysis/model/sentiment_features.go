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
	f := d.room(3*verdictSize + ratedSize + countsSize)
	f = t.verdict.to(f)
	f = s.tell(stretch{x.first, min(x.first+1, x.last)}).verdict.to(f)
	f = s.tell(stretch{max(x.first, x.last-1), x.last}).verdict.to(f)
	t.counts.to(t.rated.to(f))
	whole, compound, posted := float32(s.Whole.Score), t.all.compound(), flag(s.kind == post)
	on := 1 + posted*(postFactor-1)
	d.at += uint32(7 * s.kind)
	f = d.room(7)
	f[0] = on
	f[1] = on * whole
	f[2] = on * compound
	f[3] = on * flag(s.Whole.Mixed)
	f[4] = on * flag(t.all.up > 0 && t.all.down > 0)
	f[5] = on * flag(words <= 3)
	f[6] = on * flag(len(s.Clauses) > 4)
	d.at += uint32(7 * (kinds - 1 - s.kind))
	short := flag(words <= shortWords)
	f = d.room(10)
	f[0] = posted * flag(compound > 0) * postFactor / 2
	f[1] = posted * flag(compound < 0) * postFactor / 2
	f[2] = 1
	f[3] = whole
	f[4] = flag(s.Empty)
	f[5] = flag(s.Whole.Mixed)
	f[6] = short * whole
	f[7] = short * flag(whole > clearScore)
	f[8] = short * flag(whole < -clearScore)
	f[9] = short * compound
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

// judge sets v to what the rules make of a stretch.
func (s *sheet) judge(v *verdict, x stretch) {
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
	v[0] = float32(sum / (said + 0.35))
	v[1] = float32(best)
	v[2] = float32(worst)
	v[3] = float32(good / (good + 1))
	v[4] = float32(bad / (bad + 1))
	v[5] = float32(said / (said + 1))
	v[6] = flag(mass == 0)
	v[7] = flag(good > 0.3 && bad > 0.3)
	v[8] = float32(max(sum, 0)) / float32(1+said)
	v[9] = float32(mass / (mass + 2))
}

// countsSize is how many features counts has.
const countsSize = 8

// count sets v to counts of words and marks.
func (x *saying) count(v *shares) {
	per := 1 / max(x.words, 1)
	v[0] = min(x.good*per*3, 1)
	v[1] = min(x.bad*per*3, 1)
	v[2] = min(x.marks, 3) / 3
	v[3] = min(x.asks, 3) / 3
	v[4] = min(x.loud*per, 1)
	v[5] = min(x.denials, 3) / 3
	v[6] = flag(x.good+x.bad == 0)
	v[7] = lengths[min(int(x.words), len(lengths)-1)]
}

// lengths tell how long a text is, 0 to 1, by the number of its words.
var lengths = func() (list [150]float32) {
	for n := range list {
		list[n] = min(float32(math.Log1p(float64(n)))/5, 1)
	}
	return list
}()
