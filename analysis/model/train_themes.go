package model

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"percept/analysis"
)

// themeCut is the probability from which a text is about a theme.
const themeCut = 0.3

// TrainThemes learns a user's own taxonomy: texts with their themes, for a scorer that reads sentiment by w.
func TrainThemes(ctx context.Context, w *Weights, set Set, o Options) (*Weights, error) {
	taxonomy, err := analysis.BuiltIn("optometry")
	if err != nil {
		return nil, err
	}
	rules, err := analysis.NewRules(taxonomy)
	if err != nil {
		return nil, err
	}
	t := &trainer{Options: o, rules: rules, sets: map[string]Set{}}
	labels := map[string]bool{}
	for _, r := range set.Rows {
		for _, theme := range r.Themes {
			labels[theme] = true
		}
	}
	names := slices.Sorted(maps.Keys(labels))
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no text has themes", set.Name)
	}
	if len(names) > maxLabels {
		return nil, fmt.Errorf("%s: %d themes; at most %d can be learnt", set.Name, len(names), maxLabels)
	}
	texts, rows := make([]analysis.Text, len(set.Rows)), make([]row, len(set.Rows))
	for i, r := range set.Rows {
		texts[i] = r.text()
		rows[i] = row{weight: 1, fold: foldOf(r.Text), truth: make([]truth, len(names))}
		for j, name := range names {
			rows[i].truth[j] = no
			if slices.Contains(r.Themes, name) {
				rows[i].truth[j] = yes
			}
		}
	}
	if err := t.each(ctx, texts, func(i int, s *sheet) { rows[i].x = s.count(topicLayout, s.topicFeatures(s.whole())) }); err != nil {
		return nil, err
	}
	themes, err := t.fit("themes of "+set.Name, recipe{layout: topicLayout, labels: names, cost: 6, cut: themeCut, seed: 41}, rows)
	if err != nil {
		return nil, err
	}
	out := &Weights{Whole: w.Whole, Topics: w.Topics, Aspect: w.Aspect, Themes: themes}
	return out, out.name()
}
