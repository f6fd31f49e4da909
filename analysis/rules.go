package analysis

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// rulesVersion goes up with every change to the rules that can change a score.
const rulesVersion = "rules-1"

// Rules is a Scorer that reads by rules: the phrases of a taxonomy, words of praise and blame, and
// cues such as waits, promises and refusals. It knows English only. It is safe for concurrent use.
type Rules struct {
	taxonomy *Taxonomy
	english  *english
	find     *phrases
	entries  []entry
	slugs    []string // of touchpoints; the last is General
	pages    sync.Pool
}

// A role is what a phrase does.
type role uint8

const (
	names   role = iota // names a touchpoint
	hints               // may mean a touchpoint
	praises             // names and praises a touchpoint, or shows a behaviour
	blames
	hides // looks like a touchpoint or behaviour and is none
	cues  // sentiment only
	inert // its words carry no sentiment here
	asks  // words of a question
)

// An entry is what a phrase stands for.
type entry struct {
	role              role
	touchpoint, trait int // -1 for none
	weight            float64
	source            string // the phrase as the taxonomy has it, or the cue's name
	single            bool   // one word
	ask               int    // of a question: 0 praise, 1 improve, 2 why
}

// polar is what a taxonomy's own words of praise and blame weigh.
const polar = 0.55

// NewRules returns a scorer for the touchpoints of t.
func NewRules(t *Taxonomy) (*Rules, error) {
	e, err := readEnglish()
	if err != nil {
		return nil, err
	}
	r := &Rules{taxonomy: t, english: e, find: newPhrases(newVocabulary(e))}
	for i, p := range t.all() {
		r.slugs = append(r.slugs, p.ID)
		if err := r.wording(p.Wording, entry{touchpoint: i, trait: -1}); err != nil {
			return nil, fmt.Errorf("taxonomy %s: %s: %w", t.Name, p.ID, err)
		}
	}
	for i, b := range t.Traits {
		if err := r.wording(b.Wording, entry{touchpoint: -1, trait: i}); err != nil {
			return nil, fmt.Errorf("taxonomy %s: %s: %w", t.Name, b.ID, err)
		}
	}
	for _, c := range e.cues {
		if err := r.addAll(c.Patterns, entry{role: cues, touchpoint: -1, trait: -1, weight: c.Weight, source: c.Name}); err != nil {
			return nil, fmt.Errorf("cue %s: %w", c.Name, err)
		}
	}
	for _, list := range [][]string{e.neutral, t.Neutral} {
		if err := r.addAll(list, entry{role: inert, touchpoint: -1, trait: -1}); err != nil {
			return nil, fmt.Errorf("neutral words: %w", err)
		}
	}
	for i, list := range [][]string{e.asks.Praise, e.asks.Improve, e.asks.Why} {
		if err := r.addAll(list, entry{role: asks, touchpoint: -1, trait: -1, ask: i}); err != nil {
			return nil, fmt.Errorf("question words: %w", err)
		}
	}
	r.pages.New = func() any { return newPage(r.find) }
	return r, nil
}

func (r *Rules) wording(w Wording, e entry) error {
	for _, l := range []struct {
		list   []string
		role   role
		weight float64
	}{{w.Phrases, names, 0}, {w.Hints, hints, 0}, {w.Good, praises, polar}, {w.Bad, blames, -polar}, {w.Not, hides, 0}} {
		e.role, e.weight = l.role, l.weight
		if err := r.addAll(l.list, e); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rules) addAll(list []string, e entry) error {
	for _, s := range list {
		if e.role != cues {
			e.source = s
		}
		if err := r.find.add(s, len(r.entries)); err != nil {
			return err
		}
		e.single = r.find.patterns[len(r.find.patterns)-1].words == 1
		r.entries = append(r.entries, e)
	}
	return nil
}

// Version names the rules and the edition of the taxonomy: "rules-1", "optometry@1+5ad0e1f2".
func (r *Rules) Version() (model, taxonomy string) {
	return rulesVersion + "." + r.english.version, r.taxonomy.Edition()
}

// Asks guesses which touchpoint a survey question asks about, "" when unsure.
func (r *Rules) Asks(question string) string { return r.taxonomy.Asks(question) }

// Score reads the texts in order. It fails only when ctx ends.
func (r *Rules) Score(ctx context.Context, texts []Text) ([]Scored, error) {
	out := make([]Scored, len(texts))
	for i, t := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s, err := r.score(t)
		if err != nil {
			return nil, err
		}
		out[i] = s
	}
	return out, nil
}

// score reads one text.
func (r *Rules) score(t Text) (Scored, error) {
	n := Normalise(t.Text)
	p := r.pages.Get().(*page)
	defer r.pages.Put(p)
	ask := r.asked(p, t)
	p.explain = t.Explain
	if err := r.read(p, n.Text, ask); err != nil {
		return Scored{}, err
	}
	if r.answered(p, n.Text, ask) {
		return Scored{Label: Neutral, Label5: Neutral, Confidence: 0.8}, nil
	}
	story, err := r.story(t, n.Text)
	if err != nil {
		return Scored{}, err
	}
	whole := p.whole()
	if !story.known {
		story.score = whole.Score
	}
	if i, ok := r.index(t.Touchpoint); ok {
		story.asked = i
	}
	r.assign(p, story)
	out := whole
	out.Mentions = r.mentions(p, n)
	out.Behaviours = r.behaviours(p, n)
	if t.Aspect != "" {
		r.aspect(&out, p, t.Aspect)
	}
	return out, nil
}

// index returns the number of a touchpoint's slug.
func (r *Rules) index(slug string) (int, bool) {
	if slug == "" {
		return 0, false
	}
	i := slices.Index(r.slugs, slug)
	return max(i, 0), i >= 0
}
