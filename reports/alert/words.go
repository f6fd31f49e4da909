package alert

import (
	"slices"
	"strings"
	"unicode"

	"percept/analysis"
)

// maxFound is how many different words a message names.
const maxFound = 5

// phrases are the words of a rule by their first word; those of prefixes ("refund*") are under "".
type phrases map[string][][]string

func newPhrases(words []string) phrases {
	p := phrases{}
	for _, w := range words {
		parts := wordsOf(w)
		if len(parts) == 0 {
			continue
		}
		first := parts[0]
		if strings.HasSuffix(first, "*") {
			first = ""
		}
		p[first] = append(p[first], parts)
	}
	return p
}

// wordsOf takes a text apart into words of small letters; a * stays with the word before it.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(analysis.Normalise(text).Text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '*'
	})
}

// find returns the words of a text that the phrases name, as small letters, each once. It looks at
// every word once for each phrase that may begin with it.
func (p phrases) find(found []string, text string) []string {
	words := wordsOf(text)
	for i := range words {
		words[i] = strings.Trim(words[i], "'*")
	}
	for i, w := range words {
		for _, candidates := range [][][]string{p[w], p[""]} {
			for _, c := range candidates {
				if at(words[i:], c) {
					if said := strings.Join(words[i:i+len(c)], " "); !slices.Contains(found, said) && len(found) < maxFound {
						found = append(found, said)
					}
				}
			}
		}
	}
	return found
}

// at reports whether a phrase begins the words.
func at(words, phrase []string) bool {
	if len(words) < len(phrase) {
		return false
	}
	for i, want := range phrase {
		if stem, open := strings.CutSuffix(want, "*"); open && strings.HasPrefix(words[i], stem) || words[i] == want {
			continue
		}
		return false
	}
	return true
}
