package analysis

import (
	"slices"
	"strings"
)

// A Clause is the part of a sentence that holds one thought.
type Clause struct {
	Extent
	Sentence int // which sentence of the text, from 0
	// Lead is the contrast word it starts with ("but", "although"), lower case, or empty.
	Lead string

	first, last int // its tokens: [first, last)
}

// Clauses cuts the sentences of a normal text at ; : , dashes and brackets, before words of contrast,
// and at "and" where both halves have three words or more. A clause starts with its word of contrast.
func Clauses(text string, sentences []Extent) []Clause {
	_, clauses := clausesOf(nil, nil, text, sentences)
	return clauses
}

// clausesOf appends the tokens and clauses of all sentences.
func clausesOf(list []token, clauses []Clause, text string, sentences []Extent) ([]token, []Clause) {
	list, clauses = slices.Grow(list, len(text)/4+4), slices.Grow(clauses, 2*len(sentences))
	for i, s := range sentences {
		first := len(list)
		list = tokens(list, text, s)
		clauses = cutClauses(clauses, text, list, first, i)
	}
	return list, clauses
}

// cutClauses appends the clauses of the sentence whose tokens are list[first:].
func cutClauses(clauses []Clause, text string, list []token, first, sentence int) []Clause {
	start, lead := first, ""
	cut := func(end int) {
		clauses = cutAnd(clauses, text, list[:end], start, Clause{Sentence: sentence, Lead: lead})
	}
	for i := first; i < len(list); i++ {
		if divides(text, list, i) {
			if i > start {
				cut(i)
			}
			start, lead = i+1, ""
			continue
		}
		if list[i].kind != wordToken {
			continue
		}
		if w := contrastWord(list[i].extent().In(text)); w != "" {
			if i > start {
				cut(i)
			}
			start, lead = i, w
		}
	}
	if start < len(list) {
		cut(len(list))
	}
	return clauses
}

// cutAnd appends the piece list[start:], cut at each "and" with three words on both sides.
func cutAnd(clauses []Clause, text string, list []token, start int, c Clause) []Clause {
	after := 0 // words from i on
	for _, t := range list[start:] {
		if t.kind != markToken {
			after++
		}
	}
	before := 0
	for i := start; i < len(list); i++ {
		if list[i].kind == markToken {
			continue
		}
		after--
		if before >= 3 && after >= 3 && equalFold(list[i].extent().In(text), "and") {
			clauses = appendClause(clauses, list[:i], start, c)
			start, before, c.Lead = i+1, 0, ""
			continue
		}
		before++
	}
	return appendClause(clauses, list, start, c)
}

// appendClause appends list[start:] as a clause unless it holds nothing but marks.
func appendClause(clauses []Clause, list []token, start int, c Clause) []Clause {
	for start < len(list) && list[start].kind == markToken {
		start++
	}
	if start == len(list) {
		return clauses
	}
	c.first, c.last = start, len(list)
	c.Extent = Extent{list[start].start, list[len(list)-1].end}
	return append(clauses, c)
}

// divides reports whether token i is a mark between clauses.
func divides(text string, list []token, i int) bool {
	if list[i].kind != markToken {
		return false
	}
	mark := list[i].extent().In(text)
	switch mark[0] {
	case ';', ':', ',', '(', ')':
		return true
	case '-':
		if len(mark) > 1 {
			return true
		}
		spaced := list[i].start > 0 && text[list[i].start-1] == ' ' && list[i].end < len(text) && text[list[i].end] == ' '
		return spaced
	case '.':
		return len(mark) > 1
	}
	return mark == "–" || mark == "—" || mark == "、" || mark == "，"
}

// contrastWords start a clause of their own.
var contrastWords = [...]string{"but", "however", "although", "though", "tho", "while", "whilst", "yet", "except", "whereas", "despite", "nevertheless"}

// contrastWord returns w in lower case if it is a word of contrast, else "".
func contrastWord(w string) string {
	if len(w) < 3 || !strings.ContainsRune("abdehntwy", rune(w[0]|0x20)) {
		return ""
	}
	for _, c := range contrastWords {
		if equalFold(w, c) {
			return c
		}
	}
	return ""
}

func equalFold(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }
