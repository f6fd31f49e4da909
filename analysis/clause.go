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
	start, lead, ands := first, "", false
	for i := first; i < last; i++ {
		class := reads[i].class
		if class&(isMark|isContrast|isAnd) == 0 {
			continue
		}
		ands = ands || class&isAnd != 0
		if class&isContrast == 0 && (class&isMark == 0 || !divides(text, list, i)) {
			continue
		}
		if i > start {
			clauses = cutAnd(clauses, list[:i], reads, start, sentence, lead, ands)
		}
		if start, lead, ands = i+1, "", false; class&isContrast != 0 {
			start, lead = i, reads[i].lower
		}
	}
	if start < last {
		clauses = cutAnd(clauses, list[:last], reads, start, sentence, lead, ands)
	}
	return clauses
}

// cutAnd appends the piece list[start:], cut at each "and" with three words on both sides. Where ands is false there is none.
func cutAnd(clauses []ReadClause, list []Token, reads []*reading, start, sentence int, lead string, ands bool) []ReadClause {
	if !ands {
		return appendClause(clauses, list, start, sentence, lead)
	}
	after := 0 // words from i on
	for _, r := range reads[start:len(list)] {
		if r.class&isMark == 0 {
			after++
		}
	}
	before := 0
	for i := start; i < len(list); i++ {
		if reads[i].class&isMark != 0 {
			continue
		}
		after--
		if before >= 3 && after >= 3 && reads[i].class&isAnd != 0 {
			clauses = appendClause(clauses, list[:i], start, sentence, lead)
			start, before, lead = i+1, 0, ""
			continue
		}
		before++
	}
	return appendClause(clauses, list, start, sentence, lead)
}

// appendClause appends list[start:] as a clause unless it holds nothing but marks.
func appendClause(clauses []ReadClause, list []Token, start, sentence int, lead string) []ReadClause {
	for start < len(list) && list[start].Mark {
		start++
	}
	if start == len(list) {
		return clauses
	}
	n := len(clauses)
	clauses = slices.Grow(clauses, 1)[:n+1]
	c := &clauses[n]
	*c = ReadClause{Names: c.Names[:0], Traits: c.Traits[:0], Why: c.Why[:0]} // keeps the room of its lists
	c.Start, c.End, c.Sentence, c.Lead = list[start].Start, list[len(list)-1].End, sentence, lead
	c.First, c.Last = start, len(list)
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
