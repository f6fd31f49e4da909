package redact

import "strings"

// answered reports whether the words after a name, from token i, are about a person.
func (s *scanner) answered(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	if (s.joined(i) && s.is(i, "and", "en") || strings.TrimSpace(s.gap(i)) == "&") && i+1 < len(s.tokens) && s.tokens[i+1].capital && s.has(i+1, given|givenWord) && !s.has(i+1, never) {
		return true
	}
	return s.answeredFirm(i) || s.joined(i) && s.has(i, verb) && !s.tokens[i].capital || s.gap(i) == ", " && s.is(i, "who") || s.joined(i) && s.is(i, "who")
}

// answeredFirm is answered by words that are never said of a firm.
func (s *scanner) answeredFirm(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	gap := s.gap(i)
	switch {
	case s.joined(i) && s.is(i, "and") && s.is(i+1, "her", "his", "the", "their") && (s.is(i+1, "her", "his") || s.is(i+2, "team", "rest", "staff", "girls", "guys", "crew", "ladies", "gang")),
		strings.HasSuffix(gap, " & ") && s.is(i, "her", "his"):
		return true
	case (gap == ", " || gap == " (" || s.joined(i)) && (s.is(i, "the", "my", "our", "your", "their", "a") && (s.has(i+1, role|kin) || s.joined(i+1) && s.joined(i+2) && s.has(i+2, role) && !s.has(i+1, be))):
		return true
	case gap == " (" && s.has(i, role), gap == ", " && s.has(i, role):
		return true
	case s.joined(i) && s.is(i, "at", "from", "in", "on", "behind") && (s.is(i+1, "reception", "dispensing", "accounts") || s.is(i+1, "the") && (s.is(i+2, "desk", "counter", "till", "reception", "front", "phone") || s.has(i+2, role))):
		return true
	case s.joined(i) && s.has(i, verb) && !s.tokens[i].capital && s.is(i+1, "me", "my", "us", "him", "her", "through", "everything", "at", "up", "over", "and", "the", "time", "above", "out", "patiently", "that"):
		return true
	}
	return false
}

// described reports whether token i and on say how somebody was: "was so kind".
func (s *scanner) described(i int) bool {
	if i+1 >= len(s.tokens) || !s.joined(i) || !s.has(i, be) || s.tokens[i].capital || !s.joined(i+1) {
		return false
	}
	return s.has(i+1, degree|manner|be|verb) || s.is(i+1, "no") && s.is(i+2, "longer") || s.star(i+1)
}

// star reports whether token i and on call somebody a star.
func (s *scanner) star(i int) bool {
	if !s.is(i, "a", "an", "the") {
		return false
	}
	for j := i + 1; j < i+4 && j < len(s.tokens); j++ {
		if s.is(j, "gem", "star", "legend", "hoot", "treasure", "angel", "credit", "asset", "lifesaver", "hero", "delight", "gentleman", "lady", "sweetheart", "darling", "pro", "professional", "person", "breath", "pleasure", "bully") || s.has(j, role|somebody) {
			return true
		}
	}
	return false
}

// mannered is described by words that are said of persons alone; of a word that begins a sentence fewer are.
func (s *scanner) mannered(i int, begins bool) bool {
	if i+1 >= len(s.tokens) || !s.joined(i) || !s.is(i, "was", "is") {
		return false
	}
	j := i + 1
	if !begins && s.star(j) && !s.is(j+1, "lifesaver", "delight", "pleasure", "breath", "pro") {
		return true
	}
	if s.has(j, degree) {
		j++
	}
	return s.is(j, "patient", "kind", "sweet", "gentle", "rude", "polite", "personable", "caring", "dismissive", "arrogant", "courteous", "compassionate", "impatient", "condescending") ||
		!begins && s.is(j, "knowledgeable", "lovely", "thorough", "attentive", "abrupt")
}
