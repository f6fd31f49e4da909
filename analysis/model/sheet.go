package model

import "percept/analysis"

// A sheet is a text being scored: what the rules read, its terms, and those of the words around it.
// Sheets are used again.
type sheet struct {
	analysis.Reading
	terms                terms
	before               terms // the sentences before the text
	after                terms
	question             terms
	asked                string           // the question as given
	more                 []analysis.Token // of one of those
	notes                notes
	sums                 *sums           // of the words, nil in training
	kind                 int             // of text, see kindOf
	hashes               []uint32        // scratch
	rated                []float32       // what the lexicon gives each token
	said                 []saying        // what the words of each clause come to
	told                 [2][]telling    // of clauses; of the latest longer stretch that begins with each
	explain              bool            // reasons are asked for
	labels               []int           // scratch: those that a sentence may have
	odds                 []float64       // scratch: of one in its clauses
	found                []finding       // scratch
	views                []view          // scratch
	mentions, behaviours []analysis.Span // scratch
	kept                 []analysis.Span // of texts scored together
	left                 int             // how many of those are to come
	stretches            []stretch       // scratch: sentences
	bounds               []stretch       // of each clause, see bound
}

// newSheet returns a sheet for scoring by k, or without it one for training.
func newSheet(k *tables) (*sheet, error) {
	l, err := readLexicon()
	if err != nil {
		return nil, err
	}
	s := &sheet{notes: notes{lexicon: l}}
	if k != nil {
		s.sums, s.notes.tables = newSums(k), k
	}
	return s, nil
}

// read fills the sheet.
func (s *sheet) read(r *analysis.Rules, t analysis.Text) error {
	if err := r.Read(&s.Reading, t); err != nil {
		return err
	}
	s.explain = t.Explain
	s.notes.start(s.Round)
	s.terms.read(s.Text, s.Tokens, &s.notes)
	s.readMore(&s.before, s.Before)
	s.readMore(&s.after, s.After)
	s.asked = t.Question
	s.bound()
	s.ratings()
	s.sayings()
	s.untold()
	s.kind = s.kindOf()
	if s.sums == nil {
		s.readQuestion()
	}
	return nil
}

// readMore reads a text beside the one at hand.
func (s *sheet) readMore(t *terms, text string) {
	s.more = s.Reading.More(s.more[:0], text)
	t.read(text, s.more, &s.notes)
}

// readQuestion reads the question that the text answers.
func (s *sheet) readQuestion() { s.readMore(&s.question, analysis.Normalise(s.asked).Text) }

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
