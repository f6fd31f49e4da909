package model

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
	tables   *tables
	low, top []uint64   // of what is not in sum yet, see addRow
	rows     [parts]int // in those
	count    [parts]int // in sum
	sum      []uint64   // of all others so far, see widen
	counts   [][parts]int
	sums     []uint64 // sum at each stop

	pairs   []uint32 // scratch: of a text
	touched uint64   // see table.touch
}

func newStrip(t *tables) *strip {
	n := t.width()
	return &strip{tables: t, low: make([]uint64, n), top: make([]uint64, n), sum: make([]uint64, 4*n)}
}

// clear begins a text.
func (s *strip) clear() {
	s.settle()
	s.count, s.counts, s.sums = [parts]int{}, s.counts[:0], s.sums[:0]
	clear(s.sum)
}

// settle moves what was added last into the sum.
func (s *strip) settle() {
	for i, n := range s.rows {
		s.count[i] += n
	}
	s.rows = [parts]int{}
	widen(s.sum, s.low, s.top)
	clear(s.low)
	clear(s.top)
}

// room makes room for rows.
func (s *strip) room(words, single, chars int) {
	s.rows[inWords] += words
	s.rows[inSingle] += single
	s.rows[inChars] += chars
	if max(s.rows[inWords], s.rows[inSingle], s.rows[inChars]) > run {
		now := [parts]int{words, single, chars}
		for i := range now {
			s.rows[i] -= now[i]
		}
		s.settle()
		s.rows = now
	}
}

// word adds a word.
func (s *strip) word(r record) {
	s.room(1, 1, r.runs)
	rows, half := s.tables.words.width+s.tables.around(), s.tables.chars.width
	addRow(s.low, s.top, r.rows[:rows])
	low, top := s.low[rows:][:half], s.top[rows:][:half]
	for i, x := range r.rows[rows:][:half] {
		low[i] += x
	}
	for i, x := range r.rows[rows+half:][:half] {
		top[i] += x
	}
}

// single adds a word that stands around the text.
func (s *strip) single(r record) {
	s.room(0, 1, 0)
	from, n := s.tables.words.width, s.tables.around()
	addRow(s.low[from:], s.top[from:], r.rows[from:][:n])
}

// pair adds a pair of words.
func (s *strip) pair(feature uint32) {
	s.room(1, 0, 0)
	addRow(s.low, s.top, s.tables.words.row(feature))
}

// stop makes a stop.
func (s *strip) stop() {
	s.settle()
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
	s.beside(sh, &sh.before)
	s.stop()
	s.pairs = sh.terms.pairs(s.pairs[:0])
	pairs, at := s.pairs, 0
	some := false
	for c := range sh.Clauses {
		first, last := sh.tokens(stretch{c, c + 1})
		for _, x := range sh.terms.list[first:last] {
			if x.silent {
				some = false
				continue
			}
			s.word(sh.notes.record(x))
			if some {
				if at%ahead == 0 {
					s.touched = s.tables.words.touch(pairs[at:min(at+ahead, len(pairs))])
				}
				s.pair(pairs[at])
				at++
			}
			some = true
		}
		s.stop()
	}
	s.beside(sh, &sh.after)
	s.stop()
}

// beside adds the words of a text beside the one that is laid out.
func (s *strip) beside(sh *sheet, t *terms) {
	for _, x := range t.list {
		if !x.silent {
			s.single(sh.notes.record(x))
		}
	}
}

// ahead is how many rows are brought into the cache at once.
const ahead = 64
