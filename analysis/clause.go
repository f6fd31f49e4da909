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
	Lead        string
	First, Last int // its tokens: [First, Last)
}

// cutClauses appends the clauses of sentence number sentence, the tokens [first, last). It cuts at ; : , dashes and brackets,
// before words of contrast, and at "and" where both halves have three words or more. A clause starts with its word of contrast.
func cutClauses(clauses []ReadClause, text string, list []Token, reads []*reading, first, last, sentence int) []ReadClause {
	start, lead := first, ""
	cut := func(end int) {
		clauses = cutAnd(clauses, list[:end], reads, start, Clause{Sentence: sentence, Lead: lead})
	}
	for i := first; i < last; i++ {
		switch class := reads[i].class; {
		case class&(isMark|isContrast) == 0:
		case class&isContrast != 0:
			if i > start {
				cut(i)
			}
			start, lead = i, reads[i].lower
		case divides(text, list, i):
			if i > start {
				cut(i)
			}
			start, lead = i+1, ""
		}
	}
	if start < last {
		cut(last)
	}
	return clauses
}

// cutAnd appends the piece list[start:], cut at each "and" with three words on both sides.
func cutAnd(clauses []ReadClause, list []Token, reads []*reading, start int, c Clause) []ReadClause {
	after := 0 // words from i on
	for _, t := range list[start:] {
		if !t.Mark {
			after++
		}
	}
	before := 0
	for i := start; i < len(list); i++ {
		if list[i].Mark {
			continue
		}
		after--
		if before >= 3 && after >= 3 && reads[i].class&isAnd != 0 {
			clauses = appendClause(clauses, list[:i], start, c)
			start, before, c.Lead = i+1, 0, ""
			continue
		}
		before++
	}
	return appendClause(clauses, list, start, c)
}

// appendClause appends list[start:] as a clause unless it holds nothing but marks.
func appendClause(clauses []ReadClause, list []Token, start int, c Clause) []ReadClause {
	for start < len(list) && list[start].Mark {
		start++
	}
	if start == len(list) {
		return clauses
	}
	c.First, c.Last = start, len(list)
	c.Extent = Extent{list[start].Start, list[len(list)-1].End}
	n := len(clauses)
	clauses = slices.Grow(clauses, 1)[:n+1]
	x := &clauses[n] // keeps the room of its lists
	*x = ReadClause{Clause: c, Names: x.Names[:0], Traits: x.Traits[:0], Why: x.Why[:0]}
	return clauses
}

// divides reports whether token i is a mark between clauses.
func divides(text string, list []Token, i int) bool {
	if !list[i].Mark {
		return false
	}
	mark := list[i].In(text)
	switch mark[0] {
	case ';', ':', ',', '(', ')':
		return true
	case '-':
		if len(mark) > 1 {
			return true
		}
		spaced := list[i].Start > 0 && text[list[i].Start-1] == ' ' && list[i].End < len(text) && text[list[i].End] == ' '
		return spaced
	case '.':
		return len(mark) > 1
	}
	return mark == "–" || mark == "—" || mark == "、" || mark == "，"
}

func equalFold(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }
