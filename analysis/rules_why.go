package analysis

import (
	"slices"
	"strings"

	"percept/collector"
)

// Reasons are sentences for the owner of a practice. "It" is the touchpoint or behaviour that they
// stand under.

// speaks is the reason that words moved a verdict by v. by is the word that denies them, "" for none.
func speaks(words, by string, v float64) string {
	s := quoted(words)
	if by != "" {
		s += ", denied by " + quoted(by) + ","
	}
	if v < 0 {
		return s + " speaks against it"
	}
	return s + " speaks for it"
}

// cued is the reason that words moved a verdict by v, with the name of what they tell where that is
// another.
func cued(words, name string, v float64) string {
	s := speaks(words, "", v)
	if strings.Contains(strings.ToLower(words), name) {
		return s
	}
	return s + ": " + name
}

// reason says why a clause is about the touchpoint of n.
func (p *page) reason(n *Named, general bool) string {
	what := "the touchpoint"
	if general {
		what = "the practice as a whole"
	}
	switch {
	case n.how != "":
		return n.how
	case n.Strength >= byPhrase:
		return quoted(p.words(n.from, n.to)) + " names " + what
	}
	return quoted(p.words(n.from, n.to)) + " may mean " + what
}

// answers is the reason that a whole answer ("nothing", "everything") moved a verdict.
func answers(word string, ask collector.Asks) string {
	switch ask {
	case collector.AsksImprove:
		return quoted(word) + " is the answer to what could be better"
	case collector.AsksPraise:
		return quoted(word) + " is the answer to what was good"
	}
	return quoted(word) + " is the answer"
}

// few is how many reasons are compared one by one.
const few = 16

// distinct returns the reasons of list once each, in their order. It works in place.
func distinct(list []string) []string {
	if len(list) <= few {
		kept := list[:0]
		for _, s := range list {
			if !slices.Contains(kept, s) {
				kept = append(kept, s)
			}
		}
		return kept
	}
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

func quoted(s string) string { return "“" + s + "”" }
