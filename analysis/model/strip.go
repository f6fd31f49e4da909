package model

import "slices"

// The parts of a strip.
type part int

const (
	inWords  part = iota // words and pairs of words
	inSingle             // words by themselves
	inChars              // runs of characters
	parts
)

// A strip holds running sums of rows along a text, so that the weights of any stretch between two of its stops are a
// difference. The numbers of a sum are those of its parts, one after another.
type strip struct {
	tables *tables
	width  int // of a sum
	count  [parts]int
	counts [][parts]int // at each stop
	sums   []int32

	words []int32 // where the records of a text's words begin
	pairs []int32 // where the rows of its pairs of words begin
	cuts  []cut   // none once the sums are there
}

func newStrip(t *tables) *strip { return &strip{tables: t, width: t.width()} }

// add adds to b what the features of a column between stops from and to come to.
func (s *strip) add(b *batch, c *column, from, to int) {
	b.add(c, to*s.width, from*s.width, s.counts[to][c.part]-s.counts[from][c.part])
}

// lay lists what lays a text out: the words before it up to stop 1, clause i from stop i+1 on, and after the last the words after it.
func (s *strip) lay(sh *sheet) {
	s.count, s.counts = [parts]int{}, append(s.counts[:0], [parts]int{})
	s.words, s.pairs, s.cuts = s.words[:0], s.pairs[:0], s.cuts[:0]
	s.beside(&sh.before)
	s.list(sh)
	s.beside(&sh.after)
	n := len(s.counts) * s.width
	s.sums = slices.Grow(s.sums[:0], n)[:n]
}

// cut makes a cut.
func (s *strip) cut(stop, beside bool) {
	s.cuts = append(s.cuts, cut{int32(len(s.words)), int32(len(s.pairs)), stop, beside})
	if stop {
		s.counts = append(s.counts, s.count)
	}
}

// list lists the words and pairs of a text, cut by clauses and where no more can be added in one go.
func (s *strip) list(sh *sheet) {
	size := len(sh.terms.list)
	s.words, s.pairs = slices.Grow(s.words, size), slices.Grow(s.pairs, size)
	words, pairs := s.words[:len(s.words)+size], s.pairs[:len(s.pairs)+size] // room for all
	w, p, before, some := len(s.words), len(s.pairs), uint32(0), false
	for c := range sh.Clauses {
		first, last := sh.tokens(stretch{c, c + 1})
		from, runs := w, 0
		s.count[inSingle] -= w
		s.count[inWords] -= w + p
		list := sh.terms.list[first:last]
		for i := range list {
			x := &list[i]
			if x.silent {
				some = false
				continue
			}
			n := int(x.runs)
			if runs+n > most || w-from == most {
				s.words, s.pairs = words[:w], pairs[:p]
				s.cut(false, false)
				from, runs = w, 0
			}
			h := mix(0, x.marked)
			if some {
				pairs[p] = s.tables.words.row(spread(mix(before, h)))
				p++
			}
			words[w] = x.record
			w, runs = w+1, runs+n
			s.count[inChars] += n
			before, some = h, true
		}
		s.count[inSingle] += w
		s.count[inWords] += w + p
		s.words, s.pairs = words[:w], pairs[:p]
		s.cut(true, false)
	}
}

// beside lists the words of a text beside the one that is laid out.
func (s *strip) beside(t *terms) {
	from := len(s.words)
	for i := range t.list {
		x := &t.list[i]
		if x.silent {
			continue
		}
		if len(s.words)-from == most {
			s.cut(false, true)
			from = len(s.words)
		}
		s.words = append(s.words, x.record)
		s.count[inSingle]++
	}
	s.cut(true, true)
}
