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
// difference. The numbers of a row are those of its parts, one after another.
type strip struct {
	tables *tables
	count  [parts]int
	sum    []uint64     // see addRows
	counts [][parts]int // at each stop
	sums   []uint64

	words []int32 // where the rows of a text's words begin
	pairs []int32 // where those of its pairs of words begin
	cuts  []cut   // of what is added in one go, and before each stop

	useless uint64 // see touch
}

// A cut is how many words and pairs of a text come before it, and how many runs of characters after the cut before.
type cut struct {
	words, pairs, runs int
	stop               bool
}

func newStrip(t *tables) *strip { return &strip{tables: t, sum: make([]uint64, 4*t.width())} }

// clear begins a text.
func (s *strip) clear() {
	s.count, s.counts, s.sums = [parts]int{}, s.counts[:0], s.sums[:0]
	clear(s.sum)
}

// stop makes a stop.
func (s *strip) stop() {
	s.counts = append(s.counts, s.count)
	s.sums = append(s.sums, s.sum...)
}

// between returns the two sums whose difference is of the n features of a part between stops from and to.
func (s *strip) between(p part, from, to int) (upTo, before []uint64, n int) {
	size := len(s.sum)
	return s.sums[to*size:][:size], s.sums[from*size:][:size], s.counts[to][p] - s.counts[from][p]
}

// add adds to all, one a label, what the features between stops from and to come to.
func (s *strip) add(c *column, all *[maxLabels]float64, from, to int) {
	if from < to {
		upTo, before, n := s.between(c.part, from, to)
		c.add(all, upTo, before, n)
	}
}

// of returns what add adds to label j.
func (s *strip) of(c *column, j, from, to int) float64 {
	if from >= to {
		return 0
	}
	upTo, before, n := s.between(c.part, from, to)
	return c.of(j, upTo, before, n)
}

// lay lays a text out: the words before it up to stop 1, clause i from stop i+1 on, and after the last the words after it.
func (s *strip) lay(sh *sheet) {
	s.clear()
	s.stop()
	s.beside(&sh.notes, &sh.before)
	s.stop()
	s.list(sh)
	t, rows := s.tables, sh.notes.rows
	width := t.words.width + t.around()
	s.useless += touch(rows, s.words, t.recorded()) + touch(t.words.words, s.pairs, 1)
	words, pairs := 0, 0
	for _, c := range s.cuts {
		addRows(s.sum, rows, s.words[words:c.words], 0, width)
		addNarrow(s.sum[4*width:], rows, s.words[words:c.words], width, t.chars.width)
		addRows(s.sum, t.words.words, s.pairs[pairs:c.pairs], 0, t.words.width)
		s.count[inWords] += c.words - words + c.pairs - pairs
		s.count[inSingle] += c.words - words
		s.count[inChars] += c.runs
		if c.stop {
			s.stop()
		}
		words, pairs = c.words, c.pairs
	}
	s.beside(&sh.notes, &sh.after)
	s.stop()
}

// list sets the words and pairs of a text, cut by clauses and where no more rows can be added in one go.
func (s *strip) list(sh *sheet) {
	s.words, s.pairs, s.cuts = s.words[:0], s.pairs[:0], s.cuts[:0]
	before, some := uint32(0), false
	for c := range sh.Clauses {
		first, last := sh.tokens(stretch{c, c + 1})
		from, runs := len(s.words), 0
		for _, x := range sh.terms.list[first:last] {
			if x.silent {
				some = false
				continue
			}
			at, n := sh.notes.record(x)
			if runs+n > run || len(s.words)-from == run {
				s.cuts = append(s.cuts, cut{len(s.words), len(s.pairs), runs, false})
				from, runs = len(s.words), 0
			}
			h := mix(0, x.marked)
			if some {
				s.pairs = append(s.pairs, s.tables.words.row(spread(mix(before, h))))
			}
			s.words, runs = append(s.words, at), runs+n
			before, some = h, true
		}
		s.cuts = append(s.cuts, cut{len(s.words), len(s.pairs), runs, true})
	}
}

// touch brings rows, of so many words, into the cache, all at once rather than one after another. What it returns is of no use
// but that the rows must be read for it.
func touch(words []uint64, rows []int32, width int) (useless uint64) {
	for _, at := range rows {
		for i := 0; i < width; i += cacheLine {
			useless += words[int(at)+i]
		}
	}
	return useless
}

// cacheLine is how many words a line of the cache has.
const cacheLine = 8

// beside adds the words of a text beside the one that is laid out.
func (s *strip) beside(words *notes, t *terms) {
	s.words = s.words[:0]
	for _, x := range t.list {
		if !x.silent {
			at, _ := words.record(x)
			s.words = append(s.words, at)
		}
	}
	s.count[inSingle] += len(s.words)
	from := s.tables.words.width
	for rows := range slices.Chunk(s.words, run) {
		addRows(s.sum[4*from:], words.rows, rows, from, s.tables.around())
	}
}
