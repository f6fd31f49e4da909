package redact

import (
	"strings"
	"unicode"
)

// names finds persons by lists of names, by titles, and by the words around a capital; then the same names elsewhere
// in the text.
func (s *scanner) names() {
	shouting := s.shouting()
	known := map[string]bool{} // words of the names found, in lower case
	var spans []Span
	past := 0
	for i := 0; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if t.hidden || t.start < past {
			continue
		}
		if end := s.phrase(i); end > t.start {
			past = end
			continue
		}
		var from, to int
		switch {
		case t.class&title != 0, t.class&calling != 0:
			if from, to = s.titled(i, shouting); from == to {
				from, to = s.person(i, shouting)
			}
		default:
			from, to = s.person(i, shouting)
		}
		if from == to {
			continue
		}
		end := s.tokens[to-1].end
		if to-1 > from && end-s.tokens[to-1].start == 1 && s.dotted(to-1) {
			end++ // an initial's
		}
		spans = append(spans, Span{s.tokens[from].start, end, Name})
		for j := from; j < to; j++ {
			if w := s.lower(s.tokens[j]); len(w) > 2 && !s.has(j, particle|never) {
				known[w] = true
			}
		}
		i = to - 1
		past = s.tokens[i].end
	}
	s.again(known, spans, shouting)
	s.found = merge(append(s.found, spans...))
}

// again finds the words of names that were found, where they stand alone.
func (s *scanner) again(known map[string]bool, spans []Span, shouting bool) {
	if len(known) == 0 {
		return
	}
	n := 0
	for i, t := range s.tokens {
		for n < len(spans) && spans[n].End <= t.start {
			n++
		}
		if t.hidden || n < len(spans) && spans[n].Start < t.end || !known[s.lower(t)] {
			continue
		}
		if s.dated(i) || s.phrase(i) > t.start {
			continue
		}
		plain := t.class&(givenWord|givenPlace|particle|never) == 0
		if t.capital && (plain || !t.begins && !shouting) && !s.firm(i+1) || !t.capital && plain && t.class&(given|surname) != 0 && !smallNot[s.lower(t)] {
			s.add(t.start, t.end, Name)
		}
	}
}

// shouting reports whether most of the text is in capitals, so that a capital says nothing.
func (s *scanner) shouting() bool {
	capitals, letters := 0, 0
	for _, r := range s.text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return letters > 12 && 2*capitals > letters
}

// run returns the end of the name that begins with token i: names, initials and particles that follow it.
func (s *scanner) run(i int, shouting bool) int {
	to := i + 1
	initial := func(j int) bool { return s.tokens[j].end-s.tokens[j].start == 1 && s.tokens[j].capital }
	for n := 1; n < 4 && to < len(s.tokens); n++ {
		gap := s.gap(to)
		if !s.joined(to) && !(initial(to-1) && (gap == ". " || gap == ".")) {
			break
		}
		t := s.tokens[to]
		j := to
		for j < len(s.tokens) && s.tokens[j].class&particle != 0 && (j == to || s.joined(j)) {
			j++
		}
		if j > to && j < len(s.tokens) && s.tokens[j].capital && s.joined(j) && s.tokens[j].class&never == 0 && j-to <= 3 {
			to = j + 1
			continue
		}
		if t.hidden || !t.capital || t.end-t.start == 1 && s.is(to, "i", "a") && gap == " " && !s.dotted(to) || t.begins && !initial(to-1) {
			break
		}
		if t.class&surname == 0 && (t.class&(never|after|be|verb|role|title|kin) != 0 || stop[s.lower(t)]) || shouting && t.class&surname == 0 {
			break
		}
		to++
	}
	return to
}

// dotted reports whether a full stop stands right after token i.
func (s *scanner) dotted(i int) bool {
	end := s.tokens[i].end
	return end < len(s.text) && s.text[end] == '.'
}

// firm reports whether token i makes a firm or a place of what stands before it.
func (s *scanner) firm(i int) bool {
	if i >= len(s.tokens) || !s.joined(i) && strings.Trim(s.gap(i), " &'\u2019s") != "" {
		return false
	}
	t := s.tokens[i]
	if t.capital && t.class&after != 0 {
		return true
	}
	return t.capital && t.class&(never|role|surname|given) == 0 && i+1 < len(s.tokens) && s.joined(i+1) && s.tokens[i+1].capital && s.tokens[i+1].class&after != 0
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
