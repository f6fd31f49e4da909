package model

// A strip holds running sums of a table's rows along a text, so that the weights of any stretch between two of its stops are a
// difference.
type strip struct {
	table  *table
	latest tally    // rows that are not in sum yet
	count  int      // rows in sum
	sum    []uint64 // of all others so far, see tally.moveTo
	counts []int    // count at each stop
	sums   []uint64 // sum at each stop

	list    []uint32 // scratch: features of a text
	ends    []int    // scratch: how many come before each stop
	touched uint64   // see table.touch
}

func newStrip(t *table) *strip {
	return &strip{table: t, latest: tally{sums: make([]uint64, t.tallied())}, sum: make([]uint64, 4*t.width)}
}

// clear begins a text.
func (s *strip) clear() {
	s.settle()
	s.count, s.counts, s.sums = 0, s.counts[:0], s.sums[:0]
	clear(s.sum)
}

// put puts a feature on the strip.
func (s *strip) put(feature uint32) {
	if s.latest.rows == run {
		s.settle()
	}
	s.table.add(&s.latest, feature)
}

// putSum puts features there that are added up.
func (s *strip) putSum(t tally) {
	if s.latest.rows+t.rows > run {
		s.settle()
	}
	s.latest.addAll(t)
}

func (s *strip) settle() {
	s.count += s.latest.rows
	s.latest.moveTo(s.sum)
}

// stop makes a stop.
func (s *strip) stop() {
	s.settle()
	s.counts = append(s.counts, s.count)
	s.sums = append(s.sums, s.sum...)
}

// last is the number of the last stop.
func (s *strip) last() int { return len(s.counts) - 1 }

// between returns the two sums whose difference is of the n features between stops from and to.
func (s *strip) between(from, to int) (upTo, before []uint64, n int) {
	size := len(s.sum)
	return s.sums[to*size:][:size], s.sums[from*size:][:size], max(0, s.counts[to]-s.counts[from])
}

// add adds to all, one a label, what the features between stops from and to come to.
func (s *strip) add(c *column, all []float64, from, to int) {
	if from < to {
		upTo, before, n := s.between(from, to)
		c.add(all, upTo, before, n)
	}
}

// of returns what add adds to label j.
func (s *strip) of(c *column, j, from, to int) float64 {
	if from >= to {
		return 0
	}
	upTo, before, n := s.between(from, to)
	return c.of(j, upTo, before, n)
}

// lay lays the words and pairs of words of a stretch out, each mixed with salt; stop i is where its clause i begins.
func (s *strip) lay(sh *sheet, x stretch, salt uint32) {
	s.list, s.ends = s.list[:0], s.ends[:0]
	for c := x.first; c < x.last; c++ {
		s.ends = append(s.ends, len(s.list))
		first, last := sh.tokens(stretch{c, c + 1})
		s.list = sh.terms.words(s.list, first, last, salt)
	}
	s.ends = append(s.ends, len(s.list))
	s.putAll()
}

// ahead is how many rows are brought into the cache at once.
const ahead = 64

// putAll begins a text anew and puts what is listed there, with its stops.
func (s *strip) putAll() {
	s.clear()
	at := 0
	for _, end := range s.ends {
		for at < end {
			if at%ahead == 0 {
				s.touched = s.table.touch(s.list[at:min(at+ahead, len(s.list))])
			}
			s.put(s.list[at])
			at++
		}
		s.stop()
	}
}
