package model

import (
	"context"
	"hash/fnv"

	"percept/analysis"
)

// A source is a labelled set to learn from and how much a text of it weighs.
type source struct {
	file   string
	weight float64
}

// homeSet is of the kind of text that percept is for: confidence is calibrated for it and the corpus.
const homeSet = "nhs-sentiment.train.jsonl"

// The sets that sentiment is learnt from. All may be trained on and shipped by their licences.
var sentimentSources = []source{
	{homeSet, 4.5},
	{"nhs-phase1-sentiment.train.jsonl", 1},
	{"vader-amazon.train.jsonl", 1},
	{"vader-tweets.train.jsonl", 3},
	{"vader-movie.train.jsonl", 2},
	{"uci-sentences.train.jsonl", 1},
	{"rt-polarity.train.jsonl", 2},
}

// folds is how many parts are held out in turn for calibration.
const folds = 4

// foldOf puts what shares a key into one fold.
func foldOf(key string) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	return int(h.Sum32() % folds)
}

// wholeRecipe is how the bank for texts as a whole is trained.
var wholeRecipe = recipe{layout: wholeLayout, labels: wholeLabels, cost: 0.85, balanced: true, sides: len(three), seed: 1}

// What the rows of other kinds weigh: clauses of the aspect set, which teach what a clause without an opinion is, and
// units and whole pieces of the corpus. A unit's sentiment is that of its piece's story as much as of its words, but for
// one that is the whole piece.
const (
	clauseWeight = 0.3
	unitWeight   = 0.02
	pieceWeight  = 0.1
)

// wholeRows reads the rows of a set as features.
func (t *trainer) wholeRows(ctx context.Context, s Set, weight float64) ([]row, error) {
	var texts []analysis.Text
	var rows []row
	for _, r := range s.Rows {
		if r.Label == "conflict" || r.Label == "" {
			continue
		}
		in := row{truth: wholeTruth(r.Label, r.Label5), weight: weight, fold: foldOf(r.Text), home: s.Name == homeSet}
		if r.Question == "" && r.QType != "" { // once as the label's author knew it, once as others will ask
			in.weight /= 2
			texts, rows = append(texts, r.told()), append(rows, in)
		}
		texts, rows = append(texts, r.text()), append(rows, in)
	}
	err := t.each(ctx, texts, func(i int, s *sheet) { rows[i].x = s.count(wholeLayout, s.wholeFeatures()) })
	return rows, err
}
