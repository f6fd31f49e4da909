package model

import "math"

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
	s.said = s.said[:0]
	for c := range s.Clauses {
		first, last := s.tokens(stretch{c, c + 1})
		from, to := s.Clauses[c].First, s.Clauses[c].Last
		x := s.sayingOf(from, to)
		x.inner = x.compound()
		if first < from {
			marks := s.sayingOf(first, from)
			x.add(&marks)
		}
		if to < last {
			marks := s.sayingOf(to, last)
			x.add(&marks)
		}
		s.said = append(s.said, x)
	}
}

// saying is that of a stretch.
func (s *sheet) saying(x stretch) saying {
	if x.first == x.last {
		return s.sayingOf(s.tokens(x))
	}
	sum := s.said[x.first]
	for c := x.first + 1; c < x.last; c++ {
		sum.add(&s.said[c])
	}
	return sum
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

// sayingOf is that of tokens [first, last).
func (s *sheet) sayingOf(first, last int) (x saying) {
	for i := range s.Tokens[first:last] {
		t, rated := &s.Tokens[first+i], s.rated[first+i]
		x.rating += float64(rated)
		x.up += flag(rated > 0)
		x.down += flag(rated < 0)
		if t.Mark {
			switch s.Text[t.Start] {
			case '!':
				x.marks++
				x.length += t.End - t.Start
			case '?':
				x.asks++
			}
			continue
		}
		x.words++
		x.good += flag(t.Judges > 0)
		x.bad += flag(t.Judges < 0)
		x.denials += flag(t.Denies)
		x.loud += flag(s.terms.list[first+i].loud)
	}
	return x
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

// ratedOf is what the lexicon makes of a stretch, whose words come to all: of all, of its best, worst, first and last clause, their mean, and
// the shares of words for and against. The first five count double: few features stand for what many words say.
func (s *sheet) ratedOf(x stretch, all *saying) [ratedSize]float32 {
	var best, worst, mean, opening, ending float32
	for c := x.first; c < x.last; c++ {
		v := s.said[c].inner
		best, worst, mean = max(best, v), min(worst, v), mean+v
		if c == x.first {
			opening = v
		}
		ending = v
	}
	words := max(all.words, 1)
	return [ratedSize]float32{
		2 * all.compound(),
		2 * best,
		2 * worst,
		2 * opening,
		2 * ending,
		mean / float32(max(1, x.last-x.first)),
		min(3*all.up/words, 1),
		min(3*all.down/words, 1),
		flag(all.up+all.down == 0),
	}
}
