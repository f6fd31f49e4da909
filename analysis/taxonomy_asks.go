package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An asking is what a phrase in a question tells. Of two that overlap and are as long as each other the
// earlier kind counts.
type asking int

const (
	asksFact  asking = iota // nothing is judged: "which branch did you visit?"
	asksAbout               // words of questions about a touchpoint
	namesOne                // words that name a touchpoint in a text
	seemsTo                 // words that may mean a touchpoint, or only look like it
)

// Asks guesses which touchpoint a survey question asks about, "" when it names none or several. A
// question that begins with the name of a touchpoint asks about that, and one that holds a name of
// several words too, unless its other words name another.
func (t *Taxonomy) Asks(question string) (touchpoint string) {
	text := strings.ToLower(Normalise(question).Text)
	if i := t.opens(text); i >= 0 {
		return t.all()[i].ID
	}
	if i := t.holds(text); i >= 0 {
		id := t.all()[i].ID
		switch other := t.asked(strings.Replace(text, t.names[i], "", 1), asksAbout); other {
		case "", id, General:
			return id
		}
		return ""
	}
	return t.asked(text, asksAbout)
}

// asked returns the touchpoint that text names by its phrases: the one step of the journey, or where
// it names no step General, if a phrase of a kind up to whole names that.
func (t *Taxonomy) asked(text string, whole asking) string {
	toks, found := t.asks.in(text)
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(a.entry, b.entry) })
	if len(found) > 0 && t.kind(found[0]) == asksFact {
		return ""
	}
	named, general := -1, false
	for _, m := range longest(found, len(toks)) {
		switch kind, i := t.kind(m), m.entry%len(t.names); {
		case kind == seemsTo:
		case i == len(t.Touchpoints):
			general = general || kind <= whole
		case named == -1:
			named = i
		case named != i:
			named = several
		}
	}
	switch {
	case named >= 0:
		return t.Touchpoints[named].ID
	case named != several && general:
		return General
	}
	return ""
}

// several stands for the number of a touchpoint where more than one is named.
const several = -2

func (t *Taxonomy) kind(m match) asking { return asking(m.entry / len(t.names)) }

// opens returns which touchpoint's name a question, in lower case, begins with, but for its number
// ("12. ", "q3: "); -1 for none.
func (t *Taxonomy) opens(text string) int {
	if rest := strings.TrimLeft(strings.TrimPrefix(text, "q"), "0123456789.:) "); len(rest) != len(text)-1 {
		text = rest // and not a word that begins with q
	}
	first := -1
	for i, name := range t.names {
		if strings.HasPrefix(text, name) && wordEnds(text[len(name):]) && (first < 0 || len(name) > len(t.names[first])) {
			first = i
		}
	}
	return first
}

// holds returns the one touchpoint whose name of several words a question, in lower case, holds; -1
// for none and several for more.
func (t *Taxonomy) holds(text string) int {
	found := -1
	for i, name := range t.names {
		switch {
		case !strings.Contains(name, " ") || !holdsWords(text, name):
		case found == -1:
			found = i
		default:
			return several
		}
	}
	return found
}

// holdsWords reports whether text holds name as words of their own.
func holdsWords(text, name string) bool {
	for {
		before, after, ok := strings.Cut(text, name)
		if !ok {
			return false
		}
		if last, _ := utf8.DecodeLastRuneInString(before); !unicode.IsLetter(last) && wordEnds(after) {
			return true
		}
		text = after
	}
}

// wordEnds reports whether a word ends where rest begins.
func wordEnds(rest string) bool {
	for _, r := range rest {
		return !unicode.IsLetter(r)
	}
	return true
}

// prepare builds what Asks and Aspect look up.
func (t *Taxonomy) prepare(e *english) error {
	all := t.all()
	for _, p := range all {
		t.names = append(t.names, strings.ToLower(Normalise(p.Name).Text))
	}
	t.asks = newPhrases(newVocabulary(e))
	add := func(kind asking, i int, lists ...[]string) error {
		for _, list := range lists {
			for _, s := range list {
				if err := t.asks.add(s, int(kind)*len(all)+i); err != nil {
					return fmt.Errorf("%s: %w", all[i].ID, err)
				}
			}
		}
		return nil
	}
	if err := add(asksFact, 0, e.asks.Fact); err != nil {
		return err
	}
	for i, p := range all {
		if err := add(asksAbout, i, p.Questions); err != nil {
			return err
		}
		if err := add(namesOne, i, p.Phrases, p.Good, p.Bad); err != nil {
			return err
		}
		if err := add(seemsTo, i, p.Not, p.Hints); err != nil {
			return err
		}
	}
	return nil
}

// longest keeps, of matches that overlap, the one with most words, and of equals the first. n is
// the number of tokens.
func longest(found []match, n int) []match {
	slices.SortStableFunc(found, func(a, b match) int {
		if a.words != b.words {
			return b.words - a.words
		}
		return (a.last - a.first) - (b.last - b.first)
	})
	taken := make([]bool, n)
	kept := found[:0]
next:
	for _, m := range found {
		for i := m.first; i < m.last; i++ {
			if taken[i] {
				continue next
			}
		}
		for i := m.first; i < m.last; i++ {
			taken[i] = true
		}
		kept = append(kept, m)
	}
	return kept
}
