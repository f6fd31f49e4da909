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

	edition string

	asks  *phrases // entries are numbers of asking
	names []string // of the touchpoints and General, as Asks compares them
}

// A Touchpoint is one step of the journey.
type Touchpoint struct {
	ID    string `yaml:"id,required"`    // slug
	Name  string `yaml:"name,required"`  // as reports write it
	Phase string `yaml:"phase,required"` // the part of the journey it belongs to
	Wording
	// Questions are words by which a survey asks about it; they come before Phrases.
	Questions []string `yaml:"questions"`
}

// A Trait is a way of treating people: a behaviour of the taxonomy.
type Trait struct {
	ID   string `yaml:"id,required"`
	Name string `yaml:"name,required"`
	Wording
}

// Wording is how people speak of something; patterns as the head of a taxonomy file describes.
type Wording struct {
	Phrases []string `yaml:"phrases"` // name it
	Hints   []string `yaml:"hints"`   // may mean it: count when nothing else is named, or when the story is at it
	Good    []string `yaml:"good"`    // name it and praise
	Bad     []string `yaml:"bad"`     // name it and blame
	Not     []string `yaml:"not"`     // look like it and are not
	// Examples are sentences with what must be found in them.
	Examples []Example `yaml:"examples"`
}

// An Example is a sentence and what it says of the touchpoint or behaviour it stands under.
type Example struct {
	Text string `yaml:"text,required"`
	Is   string `yaml:"is,required"` // positive, negative, neutral, or none where it is not a mention at all
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
	id = t.asked(Normalise(words).Text, namesOne)
	return id, id != ""
}

// all returns the touchpoints with General at the end.
func (t *Taxonomy) all() []Touchpoint {
	return append(slices.Clip(t.Touchpoints), t.General)
}
