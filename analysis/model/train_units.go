package model

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"percept/analysis"
)

// lacking marks the label of a behaviour that is missed, not shown.
const lacking = "-"

// The probabilities from which a unit is about a touchpoint, and from which it shows a behaviour. That of touchpoints
// is higher to leave background without any.
const (
	touchpointCut = 0.42
	behaviourCut  = 0.3
)

// unitCost is the cost of errors for touchpoints and behaviours.
const unitCost = 3

// always is the fold of rows that are never held out.
const always = -2

// phraseWeight is what a phrase of the taxonomy weighs beside a unit.
const phraseWeight = 0.3

// phraseRows are the phrases and examples of the taxonomy as short texts.
func (t *trainer) phraseRows(ctx context.Context, taxonomy *analysis.Taxonomy) ([]row, error) {
	touchpoints, behaviours := t.rules.Touchpoints(), t.rules.Behaviours()
	l := unitLayout(len(touchpoints), len(behaviours))
	var texts []analysis.Text
	var rows []row
	add := func(list []string, u Unit) {
		for _, s := range list {
			texts = append(texts, analysis.Text{Text: plainPhrase(s)})
			rows = append(rows, row{truth: unitTruth(u, touchpoints, behaviours), weight: phraseWeight, fold: always})
		}
	}
	for _, p := range taxonomy.Touchpoints {
		add(slices.Concat(p.Phrases, p.Good, p.Bad), Unit{Touchpoints: map[string]int{p.ID: 0}})
	}
	for _, b := range taxonomy.Traits {
		add(b.Good, Unit{Behaviours: map[string]int{b.ID: 1}, Unsure: touchpoints})
		add(b.Bad, Unit{Behaviours: map[string]int{b.ID: -1}, Unsure: touchpoints})
	}
	err := t.each(ctx, texts, func(i int, s *sheet) {
		rows[i].x = s.count(l, s.unitFeatures(len(touchpoints), len(behaviours), s.whole()))
	})
	return rows, err
}

// plainPhrase writes a pattern of the taxonomy as words: the first of alternatives, a number for <n>, no gaps.
func plainPhrase(pattern string) string {
	var words []string
	for w := range strings.FieldsSeq(pattern) {
		w, _, _ = strings.Cut(strings.TrimPrefix(w, "="), "/")
		switch w {
		case "*":
			continue
		case "<n>":
			w = "3"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// unitLabels are the touchpoints, then each behaviour as shown and as lacking.
func unitLabels(touchpoints, behaviours []string) []string {
	labels := slices.Clone(touchpoints)
	for _, b := range behaviours {
		labels = append(labels, b, lacking+b)
	}
	return labels
}

// unitTruth is what a unit says of the labels.
func unitTruth(u Unit, touchpoints, behaviours []string) []truth {
	var t []truth
	for _, slug := range touchpoints {
		_, on := u.Touchpoints[slug]
		t = append(t, u.sure(slug, on))
	}
	for _, slug := range behaviours {
		t = append(t, u.sure(slug, u.Behaviours[slug] > 0), u.sure(slug, u.Behaviours[slug] < 0))
	}
	return t
}

// known reports labels of the corpus that the taxonomy does not have.
func known(corpus []CorpusFile, touchpoints, behaviours []string) error {
	var unknown []error
	for _, f := range corpus {
		for _, p := range f.Pieces {
			for _, u := range p.Units {
				for _, slug := range slices.Sorted(maps.Keys(u.Touchpoints)) {
					if !slices.Contains(touchpoints, slug) {
						unknown = append(unknown, fmt.Errorf("%s: %s: the taxonomy has no touchpoint %q", f.Name, p.ID, slug))
					}
				}
				for _, slug := range slices.Sorted(maps.Keys(u.Behaviours)) {
					if !slices.Contains(behaviours, slug) {
						unknown = append(unknown, fmt.Errorf("%s: %s: the taxonomy has no behaviour %q", f.Name, p.ID, slug))
					}
				}
			}
		}
	}
	return errors.Join(unknown[:min(len(unknown), 10)]...)
}

// sure is unknown for what readers disagree on.
func (u Unit) sure(slug string, on bool) truth {
	switch {
	case slices.Contains(u.Unsure, slug):
		return unknown
	case on:
		return yes
	}
	return no
}

// corpusTexts returns the units of the corpus, each in the context of its piece.
func corpusTexts(files []CorpusFile, asks func(question string) string) (texts []analysis.Text, units []Unit, keys []string) {
	for _, f := range files {
		for i := range f.Pieces {
			p := &f.Pieces[i]
			whole, _ := p.text()
			touchpoint := ""
			if p.Question != "" {
				touchpoint = asks(p.Question)
			}
			for _, u := range p.Units {
				texts = append(texts, analysis.Text{
					ID: p.ID, Text: u.Text, Context: whole, Question: p.Question, Asks: p.Asks, Touchpoint: touchpoint,
				})
				units, keys = append(units, u), append(keys, p.ID)
			}
		}
	}
	return texts, units, keys
}

// unitRows reads the units of the corpus as features.
func (t *trainer) unitRows(ctx context.Context, files []CorpusFile) ([]row, error) {
	touchpoints, behaviours := t.rules.Touchpoints(), t.rules.Behaviours()
	l := unitLayout(len(touchpoints), len(behaviours))
	texts, units, keys := corpusTexts(files, t.rules.Asks)
	rows := make([]row, len(texts))
	err := t.each(ctx, texts, func(i int, s *sheet) {
		rows[i] = row{
			x:     s.count(l, s.unitFeatures(len(touchpoints), len(behaviours), s.whole())),
			truth: unitTruth(units[i], touchpoints, behaviours), weight: 1, fold: foldOf(keys[i]),
		}
	})
	return rows, err
}
