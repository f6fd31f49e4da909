// Package redact finds in what people wrote what tells who somebody is: names, telephone numbers, mail
// addresses, dates of birth, numbers of identity, postal addresses, references and links.
//
// It knows lists of names and the words around them, and no person: a rare name without a word that gives
// it away stays. Its labelled set in testdata holds how much it finds. It does no I/O and its work grows
// with the length of the text.
package redact

import (
	"cmp"
	"slices"
	"strings"
)

// A Kind is what a span tells.
type Kind string

// The kinds.
const (
	Name      Kind = "name"      // of a person, staff or customer
	Phone     Kind = "phone"     // telephone number
	Mail      Kind = "mail"      // mail address
	Birth     Kind = "birth"     // date of birth, or its year
	Identity  Kind = "identity"  // of a person: South African ID, NHS, National Insurance, social security, card
	Address   Kind = "address"   // postal address or postcode
	Reference Kind = "reference" // of an order, an account, a policy, a file
	Link      Kind = "link"      // web address: it may hold a token or lead to a profile
)

// Kinds are all, in the order of their precedence where two overlap.
var Kinds = []Kind{Link, Mail, Identity, Phone, Birth, Reference, Address, Name}

// Mask stands where the span was.
func (k Kind) Mask() string {
	switch k {
	case Identity, Reference:
		return "[number]"
	case Birth:
		return "[date of birth]"
	}
	return "[" + string(k) + "]"
}

// A Span is a run of bytes, End exclusive.
type Span struct {
	Start, End int
	Kind       Kind
}

// Find returns the spans in order; none touches another.
func Find(text string) []Span {
	s := &scanner{text: text, lists: lists()}
	s.links()
	s.tokenize()
	s.numbers()
	s.written()
	s.addresses()
	s.settle()
	s.names()
	return merge(s.found)
}

// Text is the text with a mask in place of every span.
func Text(text string) string { return TextIn(text, func(mask string) string { return mask }) }

// TextIn is Text with the masks as a language says them.
func TextIn(text string, say func(mask string) string) string {
	spans := Find(text)
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, f := range spans {
		b.WriteString(text[at:f.Start])
		b.WriteString(say(f.Kind.Mask()))
		at = f.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// scanner reads one text.
type scanner struct {
	text   string
	lists  *words
	tokens []token
	groups []group
	found  []Span
}

func (s *scanner) add(start, end int, kind Kind) {
	s.found = append(s.found, Span{start, end, kind})
}

// taken reports whether the span found last ends after the place.
func (s *scanner) taken(at int) bool {
	return len(s.found) > 0 && at < s.found[len(s.found)-1].End
}

// settle merges what was found and takes the words in it out of the search for names.
func (s *scanner) settle() {
	s.found = merge(s.found)
	i := 0
	for n := range s.tokens {
		t := &s.tokens[n]
		for i < len(s.found) && s.found[i].End <= t.start {
			i++
		}
		t.hidden = i < len(s.found) && s.found[i].Start < t.end
	}
}

// merge puts spans into order. Of two that overlap the whole run is of the kind that goes before.
func merge(found []Span) []Span {
	slices.SortFunc(found, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var out []Span
	for _, f := range found {
		n := len(out)
		if n == 0 || f.Start > out[n-1].End || f.Start == out[n-1].End && f.Kind != out[n-1].Kind {
			out = append(out, f)
			continue
		}
		last := &out[n-1]
		last.End = max(last.End, f.End)
		if slices.Index(Kinds, f.Kind) < slices.Index(Kinds, last.Kind) {
			last.Kind = f.Kind
		}
	}
	return out
}
