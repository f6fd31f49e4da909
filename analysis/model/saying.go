package model

import (
	"math"
	"slices"
)

// A saying is what the words of a clause, or of several, come to.
type saying struct {
	words, marks, asks, loud, denials float32 // how many; marks are "!", asks "?"
	good, bad                         float32 // words that the rules weigh
	up, down                          float32 // words that the lexicon rates
	rating                            float64 // sum of those ratings
	length                            int     // of the "!" in bytes
	inner                             float32 // compound of a clause without the marks around it
}

// sayings sets s.said, one for each clause with the marks around it.
func (s *sheet) sayings() {
	s.said = slices.Grow(s.said[:0], len(s.Clauses))[:len(s.Clauses)]
	for c := range s.Clauses {
		first, last := s.tokens(stretch{c, c + 1})
		from, to := s.Clauses[c].First, s.Clauses[c].Last
		x := &s.said[c]
		*x = saying{}
		s.say(x, from, to)
		x.inner = x.compound()
		s.say(x, first, from)
		s.say(x, to, last)
	}
}

// saying sets sum to that of a stretch.
func (s *sheet) saying(sum *saying, x stretch) {
	if x.first == x.last {
		*sum = saying{}
		first, last := s.tokens(x)
		s.say(sum, first, last)
		return
	}
	*sum = s.said[x.first]
	for c := x.first + 1; c < x.last; c++ {
		sum.add(&s.said[c])
	}
}

func (x *saying) add(y *saying) {
	x.words += y.words
	x.marks += y.marks
	x.asks += y.asks
	x.loud += y.loud
	x.denials += y.denials
	x.good += y.good
	x.bad += y.bad
	x.up += y.up
	x.down += y.down
	x.rating += y.rating
	x.length += y.length
}

// say adds what tokens [first, last) say.
func (s *sheet) say(x *saying, first, last int) {
	rating, length := x.rating, 0
	var words, marks, asks, loud, denials, good, bad, up, down float32
	for i := range s.Tokens[first:last] {
		t, rated := &s.Tokens[first+i], s.rated[first+i]
		rating += float64(rated)
		up += flag(rated > 0)
		down += flag(rated < 0)
		if t.Mark {
			switch s.Text[t.Start] {
			case '!':
				marks++
				length += t.End - t.Start
			case '?':
				asks++
			}
			continue
		}
		words++
		good += flag(t.Judges > 0)
		bad += flag(t.Judges < 0)
		denials += flag(t.Denies)
		loud += flag(s.terms.list[first+i].loud)
	}
	x.words += words
	x.marks += marks
	x.asks += asks
	x.loud += loud
	x.denials += denials
	x.good += good
	x.bad += bad
	x.up += up
	x.down += down
	x.rating, x.length = rating, x.length+length
}

// compound is the sum of the ratings, emphasised, brought to -1 to 1.
func (x *saying) compound() float32 {
	sum := x.rating
	if sum == 0 {
		return 0
	}
	sum += math.Copysign(exclaimed*float64(min(x.length, exclaims)), sum)
	return float32(sum / math.Sqrt(sum*sum+compoundOf))
}

// ratedSize is how many features ratedOf has.
const ratedSize = 9

// rate sets v to what the lexicon makes of a stretch, whose words come to all: of all, of its best, worst, first and last clause, their mean,
// and the shares of words for and against. The first five count double: few features stand for what many words say.
func (s *sheet) rate(v *rated, x stretch, all *saying) {
	var best, worst, mean, opening, ending float32
	for c := x.first; c < x.last; c++ {
		inner := s.said[c].inner
		best, worst, mean = max(best, inner), min(worst, inner), mean+inner
		if c == x.first {
			opening = inner
		}
		ending = inner
	}
	words := max(all.words, 1)
	v[0] = 2 * all.compound()
	v[1] = 2 * best
	v[2] = 2 * worst
	v[3] = 2 * opening
	v[4] = 2 * ending
	v[5] = mean / float32(max(1, x.last-x.first))
	v[6] = min(3*all.up/words, 1)
	v[7] = min(3*all.down/words, 1)
	v[8] = flag(all.up+all.down == 0)
}
