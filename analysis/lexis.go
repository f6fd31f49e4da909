package analysis

import (
	"slices"
	"strings"
)

// A lexis keeps what is known of words by how they are written: nearly every word of a text was read before. It is emptied
// when it is full, so that no text can make it grow.
type lexis struct {
	vocab   *vocabulary
	numbers map[string]int32
	list    []reading
	letters int // of all, in bytes
	round   int // goes up when it is emptied: words are numbered anew
}

const (
	maxSpellings = 1 << 15
	maxLetters   = 1 << 20
)

func newLexis(v *vocabulary) lexis { return lexis{vocab: v, numbers: map[string]int32{}} }

// read appends what is known of the tokens of text. It empties a full lexis before, never on the way.
func (l *lexis) read(list []reading, text string, toks []token) []reading {
	if len(l.list) >= maxSpellings || l.letters >= maxLetters {
		clear(l.numbers)
		l.list, l.letters = l.list[:0], 0
		l.round++
	}
	for _, t := range toks {
		list = append(list, l.list[l.number(text, t)])
	}
	return list
}

// number returns the number of a token's spelling.
func (l *lexis) number(text string, t token) int32 {
	n, ok := l.numbers[text[t.start:t.end]]
	if !ok {
		n = l.learn(text, t)
	}
	return n
}

// learn looks a token up that was not written so before.
func (l *lexis) learn(text string, t token) int32 {
	s, n := strings.Clone(text[t.start:t.end]), int32(len(l.list))
	r := l.vocab.reading(text, t)
	r.number, r.lower = n, strings.ToLower(s)
	if t.kind == wordToken && slices.Contains(contrastWords, r.lower) {
		r.contrast = r.lower
	}
	l.numbers[s] = n
	l.list = append(l.list, r)
	l.letters += len(s)
	return n
}
