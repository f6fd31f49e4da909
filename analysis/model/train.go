package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"percept/analysis"
)

// Train trains everything from the labelled sets in o.Data and the corpus, for the touchpoints and behaviours of
// taxonomy. The same files give the same bytes. The card has no figures yet.
func Train(ctx context.Context, taxonomy *analysis.Taxonomy, corpus []CorpusFile, o Options) (*Weights, *Card, error) {
	rules, err := analysis.NewRules(taxonomy)
	if err != nil {
		return nil, nil, err
	}
	t := &trainer{Options: o, rules: rules, sets: map[string]Set{}}
	w := &Weights{Touchpoints: rules.Touchpoints(), Behaviours: rules.Behaviours()}

	mams, err := t.set(aspectFile)
	if err != nil {
		return nil, nil, err
	}
	sentences := aspectSentences(mams)
	if w.Topics, err = t.topics(ctx, sentences); err != nil {
		return nil, nil, err
	}
	if w.Units, err = t.units(ctx, taxonomy, corpus); err != nil {
		return nil, nil, err
	}
	clauses, err := t.aspects(ctx, w, sentences, corpus)
	if err != nil {
		return nil, nil, err
	}
	if w.Whole, err = t.whole(ctx, clauses, corpus); err != nil {
		return nil, nil, err
	}
	if err := w.name(); err != nil {
		return nil, nil, err
	}
	return w, &Card{Version: w.Version, Files: t.used(corpus), Banks: t.banks}, nil
}

// name sets the version from what was learnt.
func (w *Weights) name() error {
	w.Version = ""
	h := sha256.New()
	if _, err := w.WriteTo(h); err != nil {
		return err
	}
	w.Version = "model-" + hex.EncodeToString(h.Sum(nil))[:12]
	return nil
}

// fit weighs the rows, holds parts of them out to calibrate by, and learns from all.
func (t *trainer) fit(what string, r recipe, rows []row) (*linear, error) {
	if len(rows) == 0 {
		return nil, errors.New(what + ": nothing to learn from")
	}
	if len(r.labels) > maxLabels {
		return nil, fmt.Errorf("%s: %d labels; at most %d can be learnt", what, len(r.labels), maxLabels)
	}
	r.workers = t.Workers
	squares := weighAll(r.layout, rows)
	held := r.heldOut(squares, rows, folds)
	b := r.learn(squares, rows, -1)
	if r.sides > 0 {
		b.temper(held, rows, r.sides)
	} else {
		b.calibrate(held, rows)
	}
	for j := range b.Cut {
		if r.cut > 0 {
			b.Cut[j] = float32(r.cut)
		}
	}
	list, all := b.heldF1(held, rows)
	t.banks = append(t.banks, CardBank{what, len(rows), r.seed, r.cost, list})
	t.Say("%s: %d rows, %d labels, held out F1 %.3f", what, len(rows), len(r.labels), all)
	return b, nil
}

// heldF1 is the F1 of each label, and of all pooled, on rows held out.
func (l *linear) heldF1(held [][]float64, rows []row) (list []CardLabel, pooled float64) {
	var all counts
	for j, name := range l.Labels {
		var c counts
		for i, r := range rows {
			if r.truth[j] != unknown && held[i] != nil {
				c.add(r.truth[j] == yes, sigmoid(float64(l.Slope[j])*held[i][j]+float64(l.Shift[j])) >= float64(l.Cut[j]))
			}
		}
		list = append(list, CardLabel{name, c.hit + c.missed, float64(l.Cut[j]), c.f1()})
		all = counts{all.hit + c.hit, all.wrong + c.wrong, all.missed + c.missed}
	}
	return list, all.f1()
}

// topics learns which aspects a sentence speaks of.
func (t *trainer) topics(ctx context.Context, list []aspectSentence) (*linear, error) {
	var labels []string
	for _, s := range list {
		for a := range s.labels {
			if !slices.Contains(labels, a) {
				labels = append(labels, a)
			}
		}
	}
	slices.Sort(labels)
	rows, err := t.topicRows(ctx, list, labels)
	if err != nil {
		return nil, err
	}
	return t.fit("aspects of a sentence", recipe{layout: topicLayout, labels: labels, cost: 3, seed: 11}, rows)
}

// units learns touchpoints and behaviours of a clause or sentence.
func (t *trainer) units(ctx context.Context, taxonomy *analysis.Taxonomy, corpus []CorpusFile) (*linear, error) {
	touchpoints, behaviours := t.rules.Touchpoints(), t.rules.Behaviours()
	if err := known(corpus, touchpoints, behaviours); err != nil {
		return nil, err
	}
	rows, err := t.unitRows(ctx, corpus)
	if err != nil {
		return nil, err
	}
	l := unitLayout(len(touchpoints), len(behaviours))
	phrases, err := t.phraseRows(ctx, taxonomy)
	if err != nil {
		return nil, err
	}
	b, err := t.fit("touchpoints and behaviours", recipe{
		layout: l, labels: unitLabels(touchpoints, behaviours), cost: unitCost, cut: behaviourCut, seed: 21,
	}, append(rows, phrases...))
	if err != nil {
		return nil, err
	}
	for j := range touchpoints {
		b.Cut[j] = touchpointCut
	}
	return b, nil
}

// aspects learns the sentiment of an aspect, and returns clauses with the sentiment of theirs.
func (t *trainer) aspects(ctx context.Context, w *Weights, list []aspectSentence, corpus []CorpusFile) ([]Labelled, error) {
	rows, clauses, err := t.aspectRows(ctx, list, w.Topics)
	if err != nil {
		return nil, err
	}
	felt, err := t.feltRows(ctx, corpus, w.Units)
	if err != nil {
		return nil, err
	}
	w.Aspect, err = t.fit("sentiment of an aspect", recipe{layout: aspectLayout, labels: three, cost: aspectCost, seed: 31}, append(rows, felt...))
	return clauses, err
}

// whole learns the sentiment of a text.
func (t *trainer) whole(ctx context.Context, clauses []Labelled, corpus []CorpusFile) (*linear, error) {
	var rows []row
	for _, s := range sentimentSources {
		set, err := t.set(s.file)
		if err != nil {
			return nil, err
		}
		more, err := t.wholeRows(ctx, set, s.weight)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	more, err := t.wholeRows(ctx, Set{Rows: clauses}, clauseWeight)
	if err != nil {
		return nil, err
	}
	rows = append(rows, more...)
	if more, err = t.corpusRows(ctx, corpus); err != nil {
		return nil, err
	}
	return t.fit("sentiment of a text", wholeRecipe, append(rows, more...))
}

// corpusRows are the units of the corpus and its whole pieces with their sentiment.
func (t *trainer) corpusRows(ctx context.Context, files []CorpusFile) ([]row, error) {
	texts, units, keys := corpusTexts(files, t.rules.Asks)
	of := map[string]int{} // units of each piece
	for _, id := range keys {
		of[id]++
	}
	var rows []row
	kept := texts[:0]
	for i, u := range units {
		if slices.Contains(u.Unsure, "s") {
			continue
		}
		weight := unitWeight
		if of[keys[i]] == 1 {
			weight = pieceWeight
		}
		kept = append(kept, texts[i])
		rows = append(rows, row{truth: sentimentTruth(u.S), weight: weight, fold: foldOf(keys[i]), home: true})
	}
	texts = kept
	for _, f := range files {
		for i := range f.Pieces {
			p := &f.Pieces[i]
			if len(p.Units) == 1 {
				continue // the unit is the piece
			}
			whole, _ := p.text()
			texts = append(texts, analysis.Text{Text: whole, Question: p.Question, Asks: p.Asks})
			rows = append(rows, row{truth: sentimentTruth(p.Outcome), weight: pieceWeight, fold: foldOf(p.ID), home: true})
		}
	}
	err := t.each(ctx, texts, func(i int, s *sheet) { rows[i].x = s.count(wholeLayout, s.wholeFeatures()) })
	return rows, err
}

// sentimentTruth turns five steps into what is known of the heads.
func sentimentTruth(s int) []truth {
	label := three[min(max(s, -1), 1)+1]
	return wholeTruth(label, five[s+2])
}
