package model

import (
	"context"
	"slices"

	"percept/analysis"
)

// aspectFile is the set of sentences with several aspects.
const aspectFile = "mams-acsa.train.jsonl"

// corpusWeight is how much a corpus row weighs beside one of the aspect set.
const corpusWeight = 0.25

// aspectCost is the cost of errors for the sentiment of an aspect.
const aspectCost = 3

// An aspectSentence is one text of the aspect set with the labels of its aspects.
type aspectSentence struct {
	text   string
	labels map[string]string
}

// aspectSentences gathers the rows of a set by sentence, in order.
func aspectSentences(s Set) []aspectSentence {
	at := map[string]int{}
	var list []aspectSentence
	for _, r := range s.Rows {
		i, ok := at[r.SID]
		if !ok {
			i = len(list)
			at[r.SID] = i
			list = append(list, aspectSentence{text: r.Text, labels: map[string]string{}})
		}
		list[i].labels[r.Aspect] = r.Label
	}
	return list
}

// topicRows are sentences with the aspects that they speak of.
func (t *trainer) topicRows(ctx context.Context, list []aspectSentence, labels []string) ([]row, error) {
	texts, rows := make([]analysis.Text, len(list)), make([]row, len(list))
	for i, a := range list {
		texts[i].Text = a.text
		rows[i] = row{weight: 1, fold: foldOf(a.text), truth: make([]truth, len(labels))}
		for j, l := range labels {
			rows[i].truth[j] = no
			if _, on := a.labels[l]; on {
				rows[i].truth[j] = yes
			}
		}
	}
	err := t.each(ctx, texts, func(i int, s *sheet) { rows[i].x = s.count(topicLayout, s.topicFeatures(s.whole())) })
	return rows, err
}

// aspectRows are the aspects of the set's sentences, and clauses of those aspects with their labels for the bank that reads
// texts as a whole: they teach it what a clause without an opinion is.
func (t *trainer) aspectRows(ctx context.Context, list []aspectSentence, topics *linear) (rows []row, clauses []Labelled, err error) {
	texts := make([]analysis.Text, len(list))
	for i, a := range list {
		texts[i].Text = a.text
	}
	found, said := make([][]row, len(list)), make([][]Labelled, len(list))
	err = t.each(ctx, texts, func(i int, s *sheet) {
		probs := topics.byClause(s, s.topicFeatures)
		for j, aspect := range topics.Labels {
			label, on := list[i].labels[aspect]
			if !on || len(s.Clauses) == 0 {
				continue
			}
			focus := focusOf(s.whole(), probs[j])
			found[i] = append(found[i], row{
				x: s.count(aspectLayout, s.aspectFeatures(s.whole(), focus, aspect, -1)), truth: wholeTruth(label, "")[:len(three)], weight: 1, fold: foldOf(list[i].text),
			})
			at := s.extent(focus)
			said[i] = append(said[i], Labelled{Text: list[i].text[at.Start:at.End], Label: label})
		}
	})
	return slices.Concat(found...), slices.Concat(said...), err
}

// feltRows are the touchpoints of the corpus' units with what is felt there.
func (t *trainer) feltRows(ctx context.Context, files []CorpusFile, units *linear) ([]row, error) {
	touchpoints, behaviours := t.rules.Touchpoints(), t.rules.Behaviours()
	texts, list, keys := corpusTexts(files, t.rules.Asks)
	found := make([][]row, len(texts))
	err := t.each(ctx, texts, func(i int, s *sheet) {
		if len(s.Clauses) == 0 {
			return
		}
		probs := units.byClause(s, func(x stretch) features { return s.unitFeatures(len(touchpoints), len(behaviours), x) })
		for j, slug := range touchpoints {
			sign, on := list[i].Touchpoints[slug]
			if !on || slices.Contains(list[i].Unsure, slug) || slices.Contains(list[i].Unsure, slug+":sentiment") {
				continue
			}
			focus := focusOf(s.whole(), probs[j])
			found[i] = append(found[i], row{
				x: s.count(aspectLayout, s.aspectFeatures(s.whole(), focus, slug, j)), truth: wholeTruth(three[sign+1], "")[:len(three)], weight: corpusWeight, fold: foldOf(keys[i]),
			})
		}
	})
	return slices.Concat(found...), err
}

// byClause returns the probabilities of each label, one for each clause of the text.
func (l *linear) byClause(s *sheet, of func(stretch) features) [][]float64 {
	probs := make([][]float64, len(l.Labels))
	for c := range s.Clauses {
		for j, p := range l.read(s, of(stretch{c, c + 1})) {
			probs[j] = append(probs[j], p)
		}
	}
	return probs
}
