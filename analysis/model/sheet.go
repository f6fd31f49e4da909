package model

import (
	"slices"

	"percept/analysis"
)

// A sheet is a text being scored: what the rules read, its terms, and those of the words around it.
// Sheets are used again.
type sheet struct {
	analysis.Reading
	terms    terms
	before   terms // the sentences before the text
	after    terms
	question terms
	count    counter
	rated    []float32 // what the lexicon gives each token
	explain  bool      // reasons are asked for
	// keeps is true where vectors outlive the next one, as in training; else they share scratch.
	keeps   bool
	scratch vector
	likely  []float64 // of the labels: of a sentence, of it with its clauses, of each clause
}

func newSheet() *sheet { return &sheet{count: counter{counts: make([]uint8, 1<<maxBits)}} }

// blank returns an empty vector, and done takes it when it is filled.
func (s *sheet) blank() vector {
	if s.keeps {
		return vector{}
	}
	return vector{s.scratch.at[:0], s.scratch.val[:0]}
}

func (s *sheet) done(v vector) vector {
	if s.keeps {
		return vector{slices.Clip(v.at), slices.Clip(v.val)}
	}
	s.scratch = v
	return v
}

// read fills the sheet.
func (s *sheet) read(r *analysis.Rules, t analysis.Text) error {
	if err := r.Read(&s.Reading, t); err != nil {
		return err
	}
	s.explain = t.Explain
	s.terms.read(s.Text, s.Tokens)
	s.before.read(s.Before, analysis.Tokens(s.Before))
	s.after.read(s.After, analysis.Tokens(s.After))
	l, err := readLexicon()
	if err != nil {
		return err
	}
	s.ratings(l)
	question := analysis.Normalise(t.Question).Text
	s.question.read(question, analysis.Tokens(question))
	return nil
}

// asks numbers what a question invites.
func asks(a analysis.Asks) int {
	switch a {
	case analysis.AsksPraise:
		return 1
	case analysis.AsksImprove:
		return 2
	case analysis.AsksWhy:
		return 3
	}
	return 0
}

// whole returns the clauses of the whole text.
func (s *sheet) whole() stretch { return stretch{0, len(s.Clauses)} }

// A stretch is a run of clauses: [first, last).
type stretch struct{ first, last int }

// tokens returns the tokens of a stretch: [first, last). The whole text has the marks at its ends too.
func (s *sheet) tokens(x stretch) (first, last int) {
	if x.last == x.first {
		return 0, len(s.Tokens)
	}
	first, last = 0, len(s.Tokens)
	if x.first > 0 {
		first = s.Clauses[x.first].First
	}
	if x.last < len(s.Clauses) {
		last = s.Clauses[x.last].First
	}
	return first, last
}
