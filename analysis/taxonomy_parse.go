package analysis

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// slug is how ids are written.
var slug = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// ParseTaxonomy reads a taxonomy file. file is its name, for messages. The error, a Mistakes, lists
// everything that is wrong with the file and not only the first.
func ParseTaxonomy(file string, yaml []byte) (*Taxonomy, error) {
	d, root, err := openYAML(file, yaml)
	if err != nil {
		return nil, err
	}
	e, err := readEnglish()
	if err != nil {
		return nil, err
	}
	p := taxonomyParser{doc: d, seen: map[string]string{}, try: newPhrases(newVocabulary(e))}
	t := p.taxonomy(root)
	if err := d.mistakes(); err != nil {
		return nil, err
	}
	if err := t.prepare(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

// A taxonomyParser turns the document into a Taxonomy and notes mistakes on the way.
type taxonomyParser struct {
	doc  *yamlDoc
	seen map[string]string // ids by kind and id: where they were first
	try  *phrases          // takes every phrase, to see whether it can be read
}

func (p *taxonomyParser) taxonomy(root ast.Node) *Taxonomy {
	t := &Taxonomy{General: Touchpoint{ID: General, Name: "The practice as a whole"}}
	p.doc.mapping(root, "the taxonomy", []string{"name", "version", "touchpoints"}, fields{
		"name":    func(n ast.Node) { t.Name = p.doc.text(n, "name") },
		"version": func(n ast.Node) { t.Version = p.doc.text(n, "version") },
		"touchpoints": func(n ast.Node) {
			p.doc.list(n, "touchpoints", func(n ast.Node) { t.Touchpoints = append(t.Touchpoints, p.touchpoint(n)) })
		},
		"neutral": p.patterns("neutral", &t.Neutral),
		"general": func(n ast.Node) { p.general(n, &t.General) },
		"behaviours": func(n ast.Node) {
			p.doc.list(n, "behaviours", func(n ast.Node) { t.Traits = append(t.Traits, p.trait(n)) })
		},
	})
	return t
}

func (p *taxonomyParser) touchpoint(n ast.Node) Touchpoint {
	var t Touchpoint
	f := p.wording(&t.Wording)
	f["id"] = func(n ast.Node) { t.ID = p.id(n, "touchpoint") }
	f["name"] = func(n ast.Node) { t.Name = p.doc.text(n, "name") }
	f["phase"] = func(n ast.Node) { t.Phase = p.doc.text(n, "phase") }
	f["questions"] = p.patterns("questions", &t.Questions)
	p.doc.mapping(n, "a touchpoint", []string{"id", "name", "phase"}, f)
	return t
}

// general reads what is about the whole: a touchpoint whose id is given.
func (p *taxonomyParser) general(n ast.Node, t *Touchpoint) {
	f := p.wording(&t.Wording)
	f["name"] = func(n ast.Node) { t.Name = p.doc.text(n, "name") }
	f["questions"] = p.patterns("questions", &t.Questions)
	p.doc.mapping(n, "general", nil, f)
}

func (p *taxonomyParser) trait(n ast.Node) Trait {
	var t Trait
	f := p.wording(&t.Wording)
	f["id"] = func(n ast.Node) { t.ID = p.id(n, "behaviour") }
	f["name"] = func(n ast.Node) { t.Name = p.doc.text(n, "name") }
	p.doc.mapping(n, "a behaviour", []string{"id", "name"}, f)
	return t
}

func (p *taxonomyParser) wording(w *Wording) fields {
	return fields{
		"phrases": p.patterns("phrases", &w.Phrases),
		"hints":   p.patterns("hints", &w.Hints),
		"good":    p.patterns("good", &w.Good),
		"bad":     p.patterns("bad", &w.Bad),
		"not":     p.patterns("not", &w.Not),
		"examples": func(n ast.Node) {
			p.doc.list(n, "examples", func(n ast.Node) { w.Examples = append(w.Examples, p.example(n)) })
		},
	}
}

// patterns reads a list of phrases, each of which must compile.
func (p *taxonomyParser) patterns(name string, to *[]string) func(ast.Node) {
	return func(n ast.Node) {
		p.doc.list(n, name, func(n ast.Node) {
			s := p.doc.text(n, name)
			if s == "" {
				return
			}
			if err := p.try.add(s, 0); err != nil {
				p.doc.mistake(n, "%v", err)
			}
			*to = append(*to, s)
		})
	}
}

func (p *taxonomyParser) example(n ast.Node) Example {
	var e Example
	p.doc.mapping(n, "an example", []string{"text", "is"}, fields{
		"text": func(n ast.Node) { e.Text = p.doc.text(n, "text") },
		"is": func(n ast.Node) {
			e.Is = p.doc.text(n, "is")
			if words := []string{"positive", "negative", "neutral", "none"}; e.Is != "" && !slices.Contains(words, e.Is) {
				p.doc.mistake(n, "is %q; it must be one of %s", e.Is, strings.Join(words, ", "))
			}
		},
	})
	return e
}

// id reads a slug that no other of its kind has.
func (p *taxonomyParser) id(n ast.Node, kind string) string {
	id := p.doc.text(n, "id")
	switch {
	case id == "":
	case !slug.MatchString(id):
		p.doc.mistake(n, "id %q: small letters, digits and _ only, a letter first, at most 40", id)
	case kind == "touchpoint" && id == General:
		p.doc.mistake(n, "id %q is taken: what is about the whole stands under the key general", id)
	case p.seen[kind+" "+id] != "":
		p.doc.mistake(n, "%s %q is already at %s", kind, id, p.seen[kind+" "+id])
	default:
		p.seen[kind+" "+id] = p.doc.place(n)
	}
	return id
}
