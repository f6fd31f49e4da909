package model

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Card says what weights were trained from and how well they do.
type Card struct {
	Version string
	Files   []CardFile
	Banks   []CardBank
	Figures []Figure
}

// A CardFile is a file that was learnt from.
type CardFile struct {
	Name, SHA256 string
	Rows         int
}

// A CardBank is how one bank was trained.
type CardBank struct {
	Name   string
	Rows   int
	Seed   uint64
	Cost   float64
	Labels []CardLabel
}

// A CardLabel is how well a label does on rows held out.
type CardLabel struct {
	Name    string
	Support int
	Cut     float64
	F1      float64
}

// used notes the files that training read.
func (t *trainer) used(corpus []CorpusFile) []CardFile {
	var list []CardFile
	for _, s := range t.sets {
		list = append(list, CardFile{s.Name, s.SHA256, len(s.Rows)})
	}
	slices.SortFunc(list, func(a, b CardFile) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range corpus {
		n := 0
		for i := range f.Pieces {
			n += len(f.Pieces[i].Units)
		}
		list = append(list, CardFile{"corpus/" + f.Name, f.SHA256, n})
	}
	return list
}

// Write writes the card as Markdown.
func (c *Card) Write(out io.Writer) error {
	fmt.Fprintf(out, `# The scorer's card

Weights: %s. Written by "percept model train --card"; do not edit.

Hashed logistic regressions over words, pairs of words, characters, what the rules see, and the ratings that
VADER's lexicon gives words (Hutto and Gilbert 2014, MIT, by the module govader). English only.
Trained on sentences of patients, shoppers, diners and film critics for sentiment, and on a corpus of
invented reviews and survey answers of optometry practices for touchpoints and behaviours. Stars and other
ratings of the author are never a feature.

Limits: weakest on neutral and mixed texts, irony without a mark, comparisons with another practice, and
complaints told as plain events. Touchpoints are those of the optometry taxonomy; for any
other the rules find them. Scores of texts in other languages mean nothing.

## Learnt from

| file | rows | sha256 |
|---|---|---|
`, c.Version)
	for _, f := range c.Files {
		fmt.Fprintf(out, "| %s | %d | `%s` |\n", f.Name, f.Rows, f.SHA256)
	}
	fmt.Fprintf(out, "\nSources and licences: nhs-*: The Strategy Unit, pxtextmining, MIT. vader-*: Hutto and Gilbert 2014, MIT. uci-sentences: Kotzias\net al. 2015, CC BY 4.0. "+
		"rt-polarity: Pang and Lee 2005, CC BY 4.0. mams-acsa: Jiang et al. 2019, Apache-2.0. corpus: written for percept.\n")
	for _, b := range c.Banks {
		fmt.Fprintf(out, "\n## %s\n\n%d rows, seed %d, cost %g; figures on rows held out, %d folds.\n\n| label | support | cut | F1 |\n|---|---|---|---|\n", b.Name, b.Rows, b.Seed, b.Cost, folds)
		for _, l := range b.Labels {
			fmt.Fprintf(out, "| %s | %d | %.2f | %.3f |\n", l.Name, l.Support, l.Cut, l.F1)
		}
	}
	fmt.Fprint(out, "\n## Measured on texts never learnt from\n\nA few settings (costs, weights of sets, cuts) were chosen by these figures.\n\n```\n")
	if err := WriteFigures(out, c.Figures); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "```")
	return err
}
