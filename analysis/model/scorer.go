package model

import (
	"context"
	"slices"
	"sync"

	"percept/analysis"
)

// A Scorer reads by trained weights, with the rules as features and, where the weights know nothing of a
// taxonomy, for its touchpoints. It is safe for concurrent use.
type Scorer struct {
	rules    *analysis.Rules
	taxonomy *analysis.Taxonomy
	weights  *Weights
	tables   *tables
	trained  bool // the weights know the taxonomy's touchpoints and behaviours

	mu     sync.Mutex
	sheets []*sheet // not in use; they know the words they met, so that none is given up
}

// New returns a scorer for the touchpoints of t with the weights that come with percept.
func New(t *analysis.Taxonomy) (*Scorer, error) {
	w, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	return With(t, w)
}

// With returns a scorer for the touchpoints of t with weights w.
func With(t *analysis.Taxonomy, w *Weights) (*Scorer, error) {
	rules, err := analysis.NewRules(t)
	if err != nil {
		return nil, err
	}
	s := &Scorer{rules: rules, taxonomy: t, weights: w, tables: w.tables()}
	s.trained = w.Units != nil && slices.Equal(w.Touchpoints, rules.Touchpoints()) && slices.Equal(w.Behaviours, rules.Behaviours())
	sh, err := newSheet(s.tables)
	if err != nil {
		return nil, err
	}
	s.put(sh)
	return s, nil
}

// Version names the weights and the rules under them, and the taxonomy.
func (s *Scorer) Version() (model, taxonomy string) {
	rules, taxonomy := s.rules.Version()
	return s.weights.Version + "+" + rules, taxonomy
}

// Asks guesses which touchpoint a survey question asks about, "" when unsure.
func (s *Scorer) Asks(question string) string { return s.rules.Asks(question) }

// Knows reports whether the language is English, or unknown: the weights know no other.
func (s *Scorer) Knows(language string) bool { return language == "" || language == "en" }

// Score reads the texts in order. It fails only when ctx ends.
func (s *Scorer) Score(ctx context.Context, texts []analysis.Text) ([]analysis.Scored, error) {
	sh, err := s.take()
	if err != nil {
		return nil, err
	}
	defer s.put(sh)
	sh.kept = nil // whoever has them keeps those of the texts before
	out := make([]analysis.Scored, len(texts))
	for i, t := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sh.left = len(texts) - i
		if err := sh.read(s.rules, t); err != nil {
			return nil, err
		}
		s.whole(sh, &out[i])
		switch {
		case sh.Empty:
			continue
		case s.weights.Themes != nil:
			s.themes(sh, &out[i])
		case s.trained:
			s.units(sh, &out[i])
		default:
			if err := s.ruled(ctx, sh, t, &out[i]); err != nil {
				return nil, err
			}
		}
		if t.Aspect != "" {
			s.aspect(sh, t.Aspect, &out[i])
		}
	}
	return out, nil
}

// take returns a sheet that nobody else uses.
func (s *Scorer) take() (*sheet, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.sheets); n > 0 {
		sh := s.sheets[n-1]
		s.sheets = s.sheets[:n-1]
		return sh, nil
	}
	return newSheet(s.tables)
}

// put gives a sheet back.
func (s *Scorer) put(sh *sheet) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sheets = append(s.sheets, sh)
}

// saysNothing is how sure it is that "n/a" is neutral: as sure as the rules are.
const saysNothing = 0.8

// whole scores the text as a whole, and asks for its sentences.
func (s *Scorer) whole(sh *sheet, out *analysis.Scored) {
	if len(sh.Clauses) == 0 || sh.Empty {
		out.Label, out.Label5, out.Confidence = analysis.Neutral, analysis.Neutral, saysNothing
		return
	}
	u := sh.sums
	u.read(sh)
	asked := u.asked.start()
	u.askWhole(asked, sh)
	if s.trained {
		for _, x := range sh.sentences() {
			u.askUnit(asked, sh, x)
		}
	}
	u.answer(asked, sh.notes.records)
	var p [verdicts]float64
	for j, z := range asked.of(0) {
		p[j] = sigmoid(float64(z))
	}
	feel(p[:]).put(out)
	out.Mixed = sh.Whole.Mixed
}

// keep returns a copy of spans. Those of several texts share their memory.
func (s *sheet) keep(spans []analysis.Span) []analysis.Span {
	n := len(spans)
	if n == 0 {
		return nil
	}
	if cap(s.kept)-len(s.kept) < n {
		s.kept = make([]analysis.Span, 0, max(n, min(2*s.left, 256)))
	}
	from := len(s.kept)
	s.kept = append(s.kept, spans...)
	return s.kept[from : from+n : from+n]
}

// sentences returns the stretches of the sentences, until the next text is read.
func (s *sheet) sentences() []stretch {
	list := s.stretches[:0]
	for c := range s.Clauses {
		if c == 0 || s.Clauses[c].Sentence != s.Clauses[c-1].Sentence {
			list = append(list, stretch{c, c})
		}
		list[len(list)-1].last = c + 1
	}
	s.stretches = list
	return list
}

// extent is the part of the text as given that clauses [x.first, x.last) cover.
func (s *sheet) extent(x stretch) analysis.Extent {
	return s.Given(analysis.Extent{Start: s.Clauses[x.first].Start, End: s.Clauses[x.last-1].End})
}
