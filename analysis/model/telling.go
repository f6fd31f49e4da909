package model

import "slices"

// A telling is what rules and lexicon make of a stretch.
type telling struct {
	last    int // the clause after the stretch, -1 where it is not known
	all     saying
	verdict verdict
	rated   rated
	counts  shares
}

// What a telling is made of, as features.
type (
	verdict [verdictSize]float32
	rated   [ratedSize]float32
	shares  [countsSize]float32
)

// to writes it, and returns what comes after.
func (v *verdict) to(f []float32) []float32 { *(*verdict)(f) = *v; return f[len(v):] }
func (v *rated) to(f []float32) []float32   { *(*rated)(f) = *v; return f[len(v):] }
func (v *shares) to(f []float32) []float32  { *(*shares)(f) = *v; return f[len(v):] }

// untold forgets the tellings of the text before.
func (s *sheet) untold() {
	n := len(s.Clauses) + 1
	for k := range s.told {
		s.told[k] = slices.Grow(s.told[k][:0], n)[:n]
		for c := range s.told[k] {
			s.told[k][c].last = -1
		}
	}
}

// tell returns the telling of a stretch. It is kept, that of a clause apart from those of longer stretches that begin with it: the same
// stretch is asked for as the whole text, as a sentence and by every touchpoint in it.
func (s *sheet) tell(x stretch) *telling {
	longer := 0
	if x.last-x.first > 1 {
		longer = 1
	}
	t := &s.told[longer][x.first]
	if t.last != x.last {
		t.last = x.last
		s.saying(&t.all, x)
		s.judge(&t.verdict, x)
		s.rate(&t.rated, x, &t.all)
		t.all.count(&t.counts)
	}
	return t
}
