package redact

import (
	"regexp"
	"strings"
)

// addresses finds a house number with a street, post boxes, and postcodes after a word that names them. A street that is
// said to be where a practice is stays.
func (s *scanner) addresses() {
	next := 0
	for gi, g := range s.groups {
		for next < len(s.tokens) && s.tokens[next].start < g.end {
			next++
		}
		if s.is(next-1, "code", "zip", "postcode", "poskode") && g.end-g.start >= 4 && g.start-s.tokens[next-1].end < 6 {
			s.add(g.start, g.end, Address)
			continue
		}
		if s.is(next-1, "box", "posbus", "bag", "x") && g.start-s.tokens[next-1].end < 2 {
			if start, ok := s.box(next - 1); ok {
				s.add(start, s.onwards(g.end, next), Address)
				continue
			}
		}
		if g.end-g.start > 5 || gi > 0 && s.groups[gi-1].end == g.start-1 && s.text[g.start-1] != ' ' && s.text[g.start-1] != '-' && s.text[g.start-1] != '/' {
			continue
		}
		if end := s.street(next, g.end); end > g.end && !s.atWork(next-1) {
			start := g.start
			if s.is(next-1, "flat", "unit", "apartment", "apt", "no", "number", "suite") && g.start-s.tokens[next-1].end < 3 {
				start = s.tokens[next-1].start
			}
			if gi > 0 { // "Flat 3, 9 Mill Lane"
				if p := s.groups[gi-1]; strings.TrimLeft(s.text[p.end:g.start], flatLetters) == ", " && g.start-p.end <= 3 {
					j := next - 1
					if j > 0 && s.tokens[j].start == p.end { // "Flat 3b"
						j--
					}
					if s.is(j, "flat", "unit", "apartment", "apt", "suite") && p.start-s.tokens[j].end < 3 {
						start = s.tokens[j].start
					}
				}
			}
			end += len(unit.FindString(s.text[end:min(len(s.text), end+24)]))
			s.add(start, s.onwards(end, s.tokenAt(next, end)), Address)
		}
	}
}

// flatLetters may follow the number of a flat; unit is what may follow a street in its address.
const flatLetters = "abcdefghABCDEFGH"

var unit = regexp.MustCompile(`^,? (?:#|(?i:apartment|apt|unit|suite|ste|flat)\.? ?#?)\d{1,5}[A-Za-z]?\b`)

// box reads back from the word before the number: "PO Box", "P.O. Box", "Private Bag X".
func (s *scanner) box(i int) (start int, ok bool) {
	if s.is(i, "posbus") {
		return s.tokens[i].start, true
	}
	if s.is(i, "x") {
		i--
	}
	switch {
	case s.is(i, "box") && s.is(i-1, "po"):
		return s.tokens[i-1].start, true
	case s.is(i, "box") && s.is(i-1, "o") && s.is(i-2, "p"):
		return s.tokens[i-2].start, true
	case s.is(i, "bag") && s.is(i-1, "private"):
		return s.tokens[i-1].start, true
	}
	return 0, false
}

// street returns the end of the street's name that follows a house number, at where there is none.
func (s *scanner) street(i, at int) int {
	first := i
	for ; i < len(s.tokens) && i < first+5; i++ {
		t := s.tokens[i]
		gap := s.text[at:t.start]
		if i > first {
			gap = s.gap(i)
		}
		if gap != " " && gap != "" && gap != ", " || gap == "" && t.end-t.start > 1 || gap == ", " && i > first && s.text[t.start-2] != ',' {
			return at
		}
		if i == first && gap == "" && t.end-t.start == 1 { // 12a
			continue
		}
		word := s.lower(t)
		if i > first && street(word) {
			return t.end
		}
		if !t.capital && !s.is(i, "of", "the", "van", "de", "la") {
			return at
		}
		if strings.HasSuffix(word, "straat") || strings.HasSuffix(word, "laan") || strings.HasSuffix(word, "weg") {
			return t.end
		}
	}
	return at
}

// street reports whether a word ends a street's name.
func street(word string) bool {
	switch word {
	case "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "close", "crescent", "cres", "way", "court", "ct", "place", "pl", "terrace", "gardens",
		"square", "boulevard", "blvd", "hill", "grove", "park", "row", "mews", "walk", "rise", "straat", "weg", "laan", "heights", "circle", "view", "villas", "parade":
		return true
	}
	return false
}

// atWork reports whether the words up to token i say that an address is that of a practice: "the branch at".
func (s *scanner) atWork(i int) bool {
	if s.is(i, "at", "on", "in") {
		i--
	}
	return s.is(i, "branch", "store", "shop", "practice", "office", "opticians", "clinic", "salon", "premises", "showroom")
}

// tokenAt returns the first token from i that begins at the place or after it.
func (s *scanner) tokenAt(i, at int) int {
	for i < len(s.tokens) && s.tokens[i].start < at {
		i++
	}
	return i
}

// onwards goes on over the suburb, the town and the code that follow an address after commas.
func (s *scanner) onwards(end, i int) int {
	for n := 0; n < 3; n++ {
		rest := s.text[end:]
		if !strings.HasPrefix(rest, ", ") {
			break
		}
		j, words := i, 0
		for j < len(s.tokens) && words < 3 && s.tokens[j].capital && (words == 0 && s.tokens[j].start == end+2 || words > 0 && s.joined(j)) {
			j++
			words++
		}
		if words == 0 || s.has(i, be|verb) {
			break
		}
		end, i = s.tokens[j-1].end, j
	}
	rest := strings.TrimLeft(s.text[end:], ", ")
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	if skipped := len(s.text) - len(rest) - end; digits >= 4 && digits <= 5 && skipped > 0 && skipped <= 2 && (digits == len(rest) || !isASCIILetter(rest[digits])) {
		end += skipped + digits
		if more := s.text[end:]; len(more) > 4 && more[0] == '-' && more[1] >= '0' && more[1] <= '9' { // ZIP+4
			end += 5
		}
	}
	return end
}
