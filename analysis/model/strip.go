package model

// A strip holds running sums of a table's rows along a text, so that the weights of any stretch between two of its stops are a
// difference.
type strip struct {
	table  *table
	latest []uint32 // features since the last stop
	counts []int    // features before each stop
	sums   []uint64 // of those
	count  int      // features so far; of all but the latest, sum is the sum
	sum    []uint64
}

func newStrip(t *table) *strip { return &strip{table: t, sum: make([]uint64, t.size())} }

// clear begins a text.
func (s *strip) clear() {
	s.latest, s.counts, s.sums, s.count = s.latest[:0], s.counts[:0], s.sums[:0], 0
	clear(s.sum)
}

// put puts features on the strip.
func (s *strip) put(list ...uint32) { s.latest = append(s.latest, list...) }

// putSum puts n features there whose sum is known.
func (s *strip) putSum(n int, sum []uint64) {
	s.count += n
	for i, v := range sum {
		s.sum[i] += v
	}
}

// stop makes a stop.
func (s *strip) stop() {
	s.table.add(s.sum, s.latest)
	s.count += len(s.latest)
	s.latest = s.latest[:0]
	s.counts = append(s.counts, s.count)
	s.sums = append(s.sums, s.sum...)
}

// last is the number of the last stop.
func (s *strip) last() int { return len(s.counts) - 1 }

// between returns the two sums whose difference is of the n features between stops from and to.
func (s *strip) between(from, to int) (upTo, before []uint64, n int) {
	size := s.table.size()
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
