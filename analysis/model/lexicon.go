package model

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	vader "github.com/jonreiter/govader/data"
)

// A lexicon gives words and emoji, by the hash of their shape, the mean of ten people's ratings from -4 to 4.
type lexicon map[uint32]float32

// readLexicon reads the lexicon of VADER (Hutto and Gilbert, ICWSM 2014), once.
var readLexicon = sync.OnceValues(func() (lexicon, error) {
	words, err := vader.Asset("rawdata/vaderLexicon.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	emoji, err := vader.Asset("rawdata/emojiUTF8Lexicon.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	l := make(lexicon, 1<<13)
	var buf []byte
	hash := func(s string) uint32 {
		buf = appendShape(buf[:0], s)
		return hashBytes(buf)
	}
	for line := range bytes.Lines(words) {
		word, rest, _ := strings.Cut(string(bytes.TrimRight(line, "\r\n")), "\t")
		rating, _, _ := strings.Cut(rest, "\t")
		if v, err := strconv.ParseFloat(rating, 32); err == nil && word != "" && !strings.ContainsAny(word, "0123456789") { // all digits have one shape
			l[hash(word)] = float32(v)
		}
	}
	for line := range bytes.Lines(emoji) { // told in words
		sign, words, _ := strings.Cut(string(bytes.TrimSpace(line)), "\t")
		sum := float32(0)
		for w := range strings.FieldsSeq(words) {
			sum += l[hash(w)]
		}
		if sum != 0 && sign != "" {
			l[hash(sign)] = sum
		}
	}
	return l, nil
})

// The constants of VADER: what a negation before a word makes of its rating, what capitals and exclamation marks add, and
// how much less and more the words before and after a "but" count.
const (
	denied     = -0.74
	deniedFor  = 3 // words after a negation
	loudly     = 0.733
	beforeBut  = 0.5
	afterBut   = 1.5
	exclaimed  = 0.292
	exclaims   = 4  // marks that count
	compoundOf = 15 // how fast the sum of ratings saturates
)

// ratings sets s.rated to the rating of each token: turned by a negation up to three words before, stronger in capitals
// among small letters, weighed by a "but" of its sentence. A "no" that turns no rated word has its own.
func (s *sheet) ratings(l lexicon) {
	s.rated = s.rated[:0]
	loud, quiet := false, false
	for _, t := range s.Tokens {
		if t.Word && t.End-t.Start > 1 {
			if s.allCapitals(t.Start, t.End) {
				loud = true
			} else {
				quiet = true
			}
		}
	}
	left := 0
	for i, t := range s.Tokens {
		x := s.terms.list[i]
		v := float32(0)
		if !t.Mark {
			v = l[x.hash]
		}
		if v != 0 && loud && quiet && t.Word && t.End-t.Start > 1 && s.allCapitals(t.Start, t.End) {
			v += float32(math.Copysign(loudly, float64(v)))
		}
		switch {
		case t.Denies:
			left = deniedFor
			if i+1 < len(s.Tokens) && l[s.terms.list[i+1].hash] != 0 {
				v = 0
			}
		case t.Mark && s.Text[t.Start] != '-' && s.Text[t.Start] != '"' && s.Text[t.Start] != '\'':
			left = 0
		case left > 0:
			left--
			v *= denied
		}
		s.rated = append(s.rated, v)
	}
	s.faces(l)
	s.weighBut()
}

// longestFace is how many bytes an emoticon has at most.
const longestFace = 6

// faces rates emoticons that are more than one token: runs with a mark and without white space that the lexicon knows.
func (s *sheet) faces(l lexicon) {
	var buf [longestFace]byte
	for i := 0; i < len(s.Tokens); {
		end, marked := i+1, s.Tokens[i].Mark
		for end < len(s.Tokens) && s.Tokens[end].Start == s.Tokens[end-1].End {
			marked = marked || s.Tokens[end].Mark
			end++
		}
		if from, to := s.Tokens[i].Start, s.Tokens[end-1].End; marked && end > i+1 && to-from <= longestFace {
			if v := l[hashBytes(appendShape(buf[:0], s.Text[from:to]))]; v != 0 {
				clear(s.rated[i:end])
				s.rated[i] = v
			}
		}
		i = end
	}
}

// weighBut weighs the ratings before and after the first "but" of each sentence.
func (s *sheet) weighBut() {
	i := 0
	for _, x := range s.Sentences {
		first, but := i, -1
		for ; i < len(s.Tokens) && s.Tokens[i].Start < x.End; i++ {
			if but < 0 && s.Tokens[i].Word && s.terms.list[i].hash == butHash {
				but = i
			}
		}
		for k := first; but >= 0 && k < i; k++ {
			if k < but {
				s.rated[k] *= beforeBut
			} else {
				s.rated[k] *= afterBut
			}
		}
	}
}

var butHash = hashString("but")

func (s *sheet) allCapitals(from, to int) bool {
	for _, c := range []byte(s.Text[from:to]) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// compound is the sum of the ratings of tokens [first, last), emphasised, brought to -1 to 1.
func (s *sheet) compound(first, last int) float32 {
	sum, marks := 0.0, 0
	for i, v := range s.rated[first:last] {
		sum += float64(v)
		if t := s.Tokens[first+i]; t.Mark && s.Text[t.Start] == '!' {
			marks += t.End - t.Start
		}
	}
	if sum != 0 {
		sum += math.Copysign(exclaimed*float64(min(marks, exclaims)), sum)
	}
	return float32(sum / math.Sqrt(sum*sum+compoundOf))
}

// ratedSize is how many features rated writes.
const ratedSize = 9

// rated writes what the lexicon makes of a stretch: of all, of its best, worst, first and last clause, their mean, and
// the shares of words for and against. The first five count double: few features stand for what many words say.
func (d *dense) rated(s *sheet, x stretch) {
	first, last := s.tokens(x)
	var best, worst, mean, opening, ending float32
	for c := x.first; c < x.last; c++ {
		v := s.compound(s.Clauses[c].First, s.Clauses[c].Last)
		best, worst, mean = max(best, v), min(worst, v), mean+v
		if c == x.first {
			opening = v
		}
		ending = v
	}
	var good, bad, words float32
	for i, v := range s.rated[first:last] {
		good += flag(v > 0)
		bad += flag(v < 0)
		words += flag(!s.Tokens[first+i].Mark)
	}
	all := s.compound(first, last)
	d.put(2 * all)
	d.put(2 * best)
	d.put(2 * worst)
	d.put(2 * opening)
	d.put(2 * ending)
	d.put(mean / float32(max(1, x.last-x.first)))
	d.put(min(3*good/max(words, 1), 1))
	d.put(min(3*bad/max(words, 1), 1))
	d.put(flag(good+bad == 0))
}
