package analysis

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed taxonomy/*.yaml
var taxonomies embed.FS

// A Taxonomy is the journey of a trade's customers: what may be spoken of, and in which words.
type Taxonomy struct {
	Name, Version string
	// Touchpoints are the steps of the journey in order, without General.
	Touchpoints []Touchpoint
	// General takes what is about the practice as a whole. Its ID is always General.
	General Touchpoint
	// Neutral are phrases whose words praise or blame nothing in this trade ("hard lenses").
	Neutral []string
	// Traits are the behaviours that may show at any touchpoint.
	Traits []Trait

	asks *phrases // entries are indexes of Touchpoints; Touchpoints' length is General
}

// A Touchpoint is one step of the journey.
type Touchpoint struct {
	ID    string // slug
	Name  string // as reports write it
	Phase string // the part of the journey it belongs to
	Wording
	// Questions are words by which a survey asks about it, besides Phrases.
	Questions []string
}

// A Trait is a way of treating people: a behaviour of the taxonomy.
type Trait struct {
	ID, Name string
	Wording
}

// Wording is how people speak of something; patterns as the head of a taxonomy file describes.
type Wording struct {
	Phrases []string // name it
	Hints   []string // may mean it: count when nothing else is named, or when the story is at it
	Good    []string // name it and praise
	Bad     []string // name it and blame
	Not     []string // look like it and are not
	// Examples are sentences with what must be found in them.
	Examples []Example
}

// An Example is a sentence and what it says of the touchpoint or behaviour it stands under.
type Example struct {
	Text string
	Is   string // positive, negative, neutral, or none where it is not a mention at all
}

// BuiltInNames lists the taxonomies that come with percept.
func BuiltInNames() []string {
	files, err := fs.Glob(taxonomies, "taxonomy/*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant and well formed
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".yaml"))
	}
	return names
}

// BuiltIn returns the built-in taxonomy of that name.
func BuiltIn(name string) (*Taxonomy, error) {
	if !slices.Contains(BuiltInNames(), name) {
		return nil, fmt.Errorf("no built-in taxonomy %q; there are %s", name, strings.Join(BuiltInNames(), ", "))
	}
	file := "taxonomy/" + name + ".yaml"
	body, err := taxonomies.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("taxonomy %s: %w", name, err)
	}
	return ParseTaxonomy(file, body)
}

// Touchpoint returns the touchpoint with that slug; General is one.
func (t *Taxonomy) Touchpoint(id string) (Touchpoint, bool) {
	if id == General {
		return t.General, true
	}
	for _, p := range t.Touchpoints {
		if p.ID == id {
			return p, true
		}
	}
	return Touchpoint{}, false
}

// Aspect resolves a slug, a name or plain words ("the waiting room") to a touchpoint's slug.
func (t *Taxonomy) Aspect(words string) (id string, ok bool) {
	words = strings.TrimSpace(words)
	for _, p := range t.all() {
		if strings.EqualFold(p.ID, words) || strings.EqualFold(p.Name, words) || strings.EqualFold(strings.ReplaceAll(p.ID, "_", " "), words) {
			return p.ID, true
		}
	}
	id = t.Asks(words)
	return id, id != ""
}

// Asks guesses which touchpoint a survey question asks about, "" when it names none or several.
func (t *Taxonomy) Asks(question string) (touchpoint string) {
	text := Normalise(question).Text
	toks := tokens(nil, text, Extent{0, len(text)})
	reads := t.asks.vocab.read(nil, text, toks)
	found := longest(t.asks.find(nil, toks, reads, 0, len(toks)), len(toks))
	named, general := -1, false
	for _, m := range found {
		switch {
		case m.entry > len(t.Touchpoints): // only looks like a touchpoint
		case m.entry == len(t.Touchpoints):
			general = true
		case named >= 0 && named != m.entry:
			return ""
		default:
			named = m.entry
		}
	}
	switch {
	case named >= 0:
		return t.Touchpoints[named].ID
	case general:
		return General
	}
	return ""
}

// all returns the touchpoints with General at the end.
func (t *Taxonomy) all() []Touchpoint {
	return append(slices.Clip(t.Touchpoints), t.General)
}

// prepare builds what Asks and Aspect look up.
func (t *Taxonomy) prepare() error {
	e, err := readEnglish()
	if err != nil {
		return err
	}
	t.asks = newPhrases(newVocabulary(e))
	for i, p := range t.all() {
		for _, list := range [][]string{p.Phrases, p.Questions, p.Good, p.Bad} {
			for _, s := range list {
				if err := t.asks.add(s, i); err != nil {
					return fmt.Errorf("%s: %w", p.ID, err)
				}
			}
		}
		for _, s := range p.Not {
			if err := t.asks.add(s, len(t.Touchpoints)+1); err != nil {
				return fmt.Errorf("%s: %w", p.ID, err)
			}
		}
		for _, s := range p.Hints {
			if err := t.asks.add(s, len(t.Touchpoints)+1); err != nil {
				return fmt.Errorf("%s: %w", p.ID, err)
			}
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
