package analysis

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"percept/collector/yamlfile"
)

// A taxonomyFile is a taxonomy as written.
type taxonomyFile struct {
	Name        string       `yaml:"name,required"`
	Version     string       `yaml:"version,required"`
	Touchpoints []Touchpoint `yaml:"touchpoints,required"`
	General     struct {
		Name      string   `yaml:"name"`
		Questions []string `yaml:"questions"`
		Wording
	} `yaml:"general"`
	Neutral    []string `yaml:"neutral"`
	Behaviours []Trait  `yaml:"behaviours"`
}

// ParseTaxonomy reads a taxonomy file. file is its name, for messages. The error, a
// yamlfile.Mistakes, lists everything that is wrong with the file and not only the first.
func ParseTaxonomy(file string, body []byte) (*Taxonomy, error) {
	var f taxonomyFile
	place, err := yamlfile.Decode(file, body, &f)
	c := taxonomyChecker{file: file, place: place, ids: map[string]int{}}
	if errors.Is(err, yamlfile.ErrUnread) || err != nil && !errors.As(err, &c.mistakes) {
		return nil, err
	}
	e, err := readEnglish()
	if err != nil {
		return nil, err
	}
	c.phrases = newPhrases(newVocabulary(e))
	c.check(&f)
	if len(c.mistakes) > 0 {
		return nil, c.mistakes.InOrder()
	}
	t := f.taxonomy()
	if err := errors.Join(t.prepare(e), t.seal()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

// taxonomy turns a checked file into a Taxonomy.
func (f *taxonomyFile) taxonomy() *Taxonomy {
	t := &Taxonomy{
		Name: strings.TrimSpace(f.Name), Version: strings.TrimSpace(f.Version), Touchpoints: f.Touchpoints, Neutral: f.Neutral, Traits: f.Behaviours,
		General: Touchpoint{ID: General, Name: strings.TrimSpace(f.General.Name), Wording: f.General.Wording, Questions: f.General.Questions},
	}
	if t.General.Name == "" {
		t.General.Name = "The practice as a whole"
	}
	for i := range t.Touchpoints {
		t.Touchpoints[i].Name = strings.TrimSpace(t.Touchpoints[i].Name)
	}
	for i := range t.Traits {
		t.Traits[i].Name = strings.TrimSpace(t.Traits[i].Name)
	}
	return t
}

// A taxonomyChecker adds what no decoder can know to the mistakes of a taxonomy file.
type taxonomyChecker struct {
	file     string
	place    yamlfile.Place
	mistakes yamlfile.Mistakes
	ids      map[string]int // kind and id to the line that has it first
	phrases  *phrases       // takes every phrase, to see whether it can be read
}

func (c *taxonomyChecker) wrong(path, format string, args ...any) {
	line, column := c.place(path)
	c.mistakes = append(c.mistakes, yamlfile.Mistake{File: c.file, Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
}

func (c *taxonomyChecker) check(f *taxonomyFile) {
	for i, p := range f.Touchpoints {
		at := fmt.Sprintf("touchpoints[%d]", i)
		if p.ID == General {
			c.wrong(at+".id", "id %q is taken: what is about the whole stands under the key general", p.ID)
		} else {
			c.id(at, "touchpoint", p.ID)
		}
		c.wording(at, p.Wording)
		c.patterns(at+".questions", p.Questions)
	}
	c.wording("general", f.General.Wording)
	c.patterns("general.questions", f.General.Questions)
	c.patterns("neutral", f.Neutral)
	for i, b := range f.Behaviours {
		at := fmt.Sprintf("behaviours[%d]", i)
		c.id(at, "behaviour", b.ID)
		c.wording(at, b.Wording)
	}
}

// slug is how ids are written.
var slug = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// id checks that an id is a slug that no other of its kind has. What is missing is known already.
func (c *taxonomyChecker) id(at, kind, id string) {
	at += ".id"
	switch first := c.ids[kind+" "+id]; {
	case strings.TrimSpace(id) == "":
	case !slug.MatchString(id):
		c.wrong(at, "id %q: want small letters, digits and _, at most 40, a letter first", id)
	case first > 0:
		c.wrong(at, "id %q is taken by the %s on line %d", id, kind, first)
	default:
		c.ids[kind+" "+id], _ = c.place(at)
	}
}

func (c *taxonomyChecker) wording(at string, w Wording) {
	c.patterns(at+".phrases", w.Phrases)
	c.patterns(at+".hints", w.Hints)
	c.patterns(at+".good", w.Good)
	c.patterns(at+".bad", w.Bad)
	c.patterns(at+".not", w.Not)
	verdicts := []string{"positive", "negative", "neutral", "none"}
	for i, e := range w.Examples {
		if e.Is != "" && !slices.Contains(verdicts, e.Is) {
			c.wrong(fmt.Sprintf("%s.examples[%d].is", at, i), "is %q; want one of %s", e.Is, strings.Join(verdicts, ", "))
		}
	}
}

// patterns checks that every phrase can be read. Empty ones are known already.
func (c *taxonomyChecker) patterns(at string, list []string) {
	for i, s := range list {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if err := c.phrases.add(s, 0); err != nil {
			c.wrong(fmt.Sprintf("%s[%d]", at, i), "%v", err)
		}
	}
}
