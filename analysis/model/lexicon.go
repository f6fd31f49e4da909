package model

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	vader "github.com/jonreiter/govader/data"
)

// A lexicon gives words and emoji, by the hash of their shape, the mean of ten people's ratings from -4 to 4.
type lexicon struct {
	ratings map[uint32]float32
	faces   [256][256]bool // the first and the last byte of what is no word
}

// readLexicon reads the lexicon of VADER (Hutto and Gilbert, ICWSM 2014), once.
var readLexicon = sync.OnceValues(func() (*lexicon, error) {
	words, err := vader.Asset("rawdata/vaderLexicon.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	emoji, err := vader.Asset("rawdata/emojiUTF8Lexicon.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	l := &lexicon{ratings: make(map[uint32]float32, 1<<13)}
	var buf []byte
	hash := func(s string) uint32 {
		buf = appendShape(buf[:0], s)
		return hashBytes(buf)
	}
	for line := range bytes.Lines(words) {
		word, rest, _ := strings.Cut(string(bytes.TrimRight(line, "\r\n")), "\t")
		rating, _, _ := strings.Cut(rest, "\t")
		if v, err := strconv.ParseFloat(rating, 32); err == nil && word != "" && !strings.ContainsAny(word, "0123456789") { // all digits have one shape
			l.ratings[hash(word)] = float32(v)
			l.faces[buf[0]][buf[len(buf)-1]] = true
		}
	}
	for line := range bytes.Lines(emoji) { // told in words
		sign, words, _ := strings.Cut(string(bytes.TrimSpace(line)), "\t")
		sum := float32(0)
		for w := range strings.FieldsSeq(words) {
			sum += l.ratings[hash(w)]
		}
		if sum != 0 && sign != "" {
			l.ratings[hash(sign)] = sum
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
func (s *sheet) ratings() {
	s.rated = slices.Grow(s.rated[:0], len(s.Tokens))[:len(s.Tokens)]
	left, list := 0, s.terms.list
	for i := range s.rated {
		x := &list[i]
		v := x.rating
		if v != 0 && x.capital && s.terms.shouted {
			v += float32(math.Copysign(loudly, float64(v)))
		}
		switch {
		case s.Tokens[i].Denies:
			left = deniedFor
			if i+1 < len(list) && s.note(i+1).rating != 0 {
				v = 0
			}
		case x.stops:
			left = 0
		case left > 0:
			left--
			v *= denied
		}
		s.rated[i] = v
	}
	s.faces(s.notes.lexicon)
	if s.terms.buts {
		s.weighBut()
	}
}

// longestFace is how many bytes an emoticon has at most.
const longestFace = 6

// faces rates emoticons that are more than one token: runs with a mark and without white space that the lexicon knows.
func (s *sheet) faces(l *lexicon) {
	var buf [longestFace]byte
	end := 0 // of the run before
	for _, i := range s.terms.marks {
		if i < end {
			continue
		}
		first := i
		for first > 0 && s.Tokens[first-1].End == s.Tokens[first].Start {
			first--
		}
		for end = i + 1; end < len(s.Tokens) && s.Tokens[end].Start == s.Tokens[end-1].End; {
			end++
		}
		from, to := s.Tokens[first].Start, s.Tokens[end-1].End
		if end-first < 2 || to-from > longestFace {
			continue
		}
		if v := l.face(appendShape(buf[:0], s.Text[from:to])); v != 0 {
			clear(s.rated[first:end])
			s.rated[first] = v
		}
	}
}

// face is the rating of a shape that is no word, mostly 0.
func (l *lexicon) face(shape []byte) float32 {
	if !l.faces[shape[0]][shape[len(shape)-1]] {
		return 0
	}
	return l.ratings[hashBytes(shape)]
}

// weighBut weighs the ratings before and after the first "but" of each sentence.
func (s *sheet) weighBut() {
	i := 0
	for _, x := range s.Sentences {
		first, but := i, -1
		for ; i < len(s.Tokens) && s.Tokens[i].Start < x.End; i++ {
			if but < 0 && s.terms.list[i].but {
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

// note returns what is noted of the word of token i.
func (s *sheet) note(i int) *note { return &s.notes.list[s.Tokens[i].Spelling] }

func allCapitals(word string) bool {
	for i := range len(word) {
		if c := word[i]; c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}
