package redact

import (
	_ "embed" // the lists
	"strings"
	"sync"
)

//go:embed words.txt
var wordsFile string

//go:embed phrases.txt
var phrasesFile string

// A class is what a word says about names; a word may be of several.
type class uint32

const (
	given      class = 1 << iota // a given name and hardly anything else
	givenWord                    // a given name and an everyday word
	givenPlace                   // a given name and a month, a place or a maker
	surname
	title    // Dr, Mrs
	calling  // doctor, nurse, aunt
	role     // optometrist
	kin      // husband
	somebody // lady
	verb     // helped
	be       // was
	degree   // very
	manner   // kind
	after    // Street, Opticians: what stands before is a place or a firm
	before   // Saint, Port: what stands after is one
	particle // van
	never    // no name
	month    // a month or its abbreviation
	numeral  // a digit in words
	opens    // the first word of a phrase
)

var headings = map[string]class{
	"given": given, "given word": givenWord, "given place": givenPlace, "surname": surname, "title": title, "calling": calling,
	"role": role, "kin": kin, "somebody": somebody, "verb": verb, "be": be, "degree": degree, "manner": manner,
	"place after": after, "place before": before, "particle": particle, "not": never,
}

// words are the lists.
type words struct {
	class   map[string]class
	phrases map[string][]string // by their first word
}

// lists reads the lists once.
var lists = sync.OnceValue(func() *words {
	w := &words{class: map[string]class{}, phrases: map[string][]string{}}
	var c class
	for line := range strings.Lines(wordsFile) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			c = headings[strings.Trim(line, "[]")]
			if c == 0 {
				panic("redact: words.txt: no such heading: " + line) // our own file, held by a test
			}
		default:
			for word := range strings.FieldsSeq(line) {
				w.class[strings.ReplaceAll(word, "'", "")] |= c
			}
		}
	}
	for line := range strings.Lines(phrasesFile) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			first, _, _ := strings.Cut(line, " ")
			first = strings.TrimSuffix(strings.Trim(first, ",."), "'s")
			w.phrases[first] = append(w.phrases[first], line)
			w.class[strings.ReplaceAll(first, "'", "")] |= opens
		}
	}
	for m := range months {
		w.class[m] |= month
	}
	for d := range spelledDigits {
		w.class[d] |= numeral
	}
	return w
})

// phrase returns the end of the known phrase that begins with token i, its start where there is none.
func (s *scanner) phrase(i int) int {
	t := s.tokens[i]
	if t.class&opens == 0 {
		return t.start
	}
	best := t.start
	for _, p := range s.lists.phrases[s.lower(t)] {
		end := t.start + len(p)
		if end > len(s.text) || end <= best || !strings.EqualFold(s.text[t.start:end], p) {
			continue
		}
		if end < len(s.text) && isLetter(rune(s.text[end])) {
			continue
		}
		best = end
	}
	return best
}
