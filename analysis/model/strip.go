package model

import (
	"math"
	"math/bits"
	"slices"
)

// A strip holds the features of one block along a text, with running sums of their rows, so that those of any run of clauses
// are summed up by a subtraction: only features that a run has more than once are looked at again. Runs begin and end at
// stops.
type strip struct {
	rows  rows // of the block
	shift int  // a feature's row is its hash, spread, without this many low bits
	stops []stop
	sums  []uint64 // packed: sums[i*rows.size():] is of all before stop i
	found []uint32 // the features, by their rows
	links []int32  // of every feature: which repeat it is, -1 for none
	again []repeat // features that stand before too
	met   *met

	tallies []tally // scratch of add
	groups  []group // scratch of add
}

// A stop is how many features and repeats come before it.
type stop struct{ features, again int32 }

// A repeat is a feature that stands before: as feature number before of the text, which may be a repeat itself.
type repeat struct {
	row    uint32
	before int32
	link   int32 // of before
	tally  int32 // scratch of tallyUp
}

// A tally is how often a repeated feature stands in a run.
type tally struct {
	row   uint32
	count int32
}

// A group is the sum of the rows of features that stand as often as each other.
type group struct {
	count int32
	sum   [room]int64
}

// A met tells where a row was met last in a text. It is as large as the text needs, so that it stays in the processor's cache;
// strips share one, as each is filled at one go.
type met struct {
	table []uint64 // the number of a feature, counted from the first text of all, and its row
	mask  uint32
	next  uint32 // the number of the next text's first feature
}

// begin makes room for a text of n features and returns the number of its first. What is left of other texts has lower numbers
// and counts for nothing.
func (m *met) begin(n int) uint32 {
	size := 1 << bits.Len(uint(2*n|511))
	if size > len(m.table) || m.next > math.MaxInt32 {
		m.table, m.next = make([]uint64, max(size, len(m.table))), 1
	}
	m.mask = uint32(size - 1)
	first := m.next
	m.next += uint32(n)
	return first
}

// newStrip returns a strip for block i of a bank.
func newStrip(l *linear, i int, m *met) *strip {
	from := 0
	for _, b := range l.Layout.Blocks[:i] {
		from += 1 << b.Bits
	}
	bits := l.Layout.Blocks[i].Bits
	return &strip{rows: l.layOut().part(from, 1<<bits), shift: 32 - bits, met: m}
}

// clear begins a text.
func (s *strip) clear() {
	s.found, s.stops = s.found[:0], s.stops[:0]
	s.sums = slices.Grow(s.sums[:0], s.rows.size())[:s.rows.size()]
	clear(s.sums)
}

// put puts a feature on the strip.
func (s *strip) put(spread uint32) { s.found = append(s.found, spread>>s.shift) }

// putAll puts several there, whose packed sum is known.
func (s *strip) putAll(spread []uint32, sum []uint64) {
	for _, h := range spread {
		s.found = append(s.found, h>>s.shift)
	}
	all := s.sums[len(s.sums)-len(sum):]
	for i, v := range sum {
		all[i] += v
	}
}

// stop makes a stop. What is put after it goes to the sum of the next.
func (s *strip) stop() {
	s.stops = append(s.stops, stop{features: int32(len(s.found))})
	s.sums = append(s.sums, s.sums[len(s.sums)-s.rows.size():]...)
}

// end ends a text whose features were put one by one; link is enough for one whose sums are known.
func (s *strip) end() {
	s.link()
	if s.rows.width > 1 {
		s.rows.fetch(s.found)
	}
	n, here := s.rows.size(), int32(0)
	var sum [packed]uint64
	for i, x := range s.stops {
		s.rows.addRows(sum[:], s.found[here:x.features])
		copy(s.sums[i*n:][:n], sum[:])
		here = x.features
	}
}

// link finds the repeats.
func (s *strip) link() {
	first := s.met.begin(len(s.found))
	table, mask := s.met.table, s.met.mask
	s.links, s.again = slices.Grow(s.links[:0], len(s.found))[:len(s.found)], s.again[:0]
	here := 0
	for i := range s.stops {
		next := &s.stops[i]
		for ; here < int(next.features); here++ {
			row := s.found[here]
			s.links[here] = -1
			at := row & mask
			for ; uint32(table[at]>>32) >= first; at = (at + 1) & mask {
				if uint32(table[at]) == row {
					before := int32(uint32(table[at]>>32) - first)
					s.links[here] = int32(len(s.again))
					s.again = append(s.again, repeat{row: row, before: before, link: s.links[before]})
					break
				}
			}
			table[at] = uint64(first+uint32(here))<<32 | uint64(row)
		}
		next.again = int32(len(s.again))
	}
}

// sum returns the packed sum of the rows of features, for putAll. A nil strip has none.
func (s *strip) sum(spread []uint32) []uint64 {
	if s == nil {
		return nil
	}
	sum := make([]uint64, s.rows.size())
	for _, h := range spread {
		s.rows.addTo(sum, h>>s.shift)
	}
	return sum
}

// add adds to sum, one a label, the features between stops from and to, each damped by how often it stands there, and
// returns the square of their length. It comes to the same as rows.addAll of what a counter counts.
func (s *strip) add(from, to int, sum []float64) (square float64) {
	if from >= to || s.stops[from].features == s.stops[to].features {
		return 0
	}
	all, n := s.group(0, 1), s.rows.size()
	s.rows.unpack(s.sums[to*n:][:n], s.sums[from*n:][:n], all)
	s.tallyUp(from, to)
	// Those that stand several times are taken out of the sum of all, and put in once by how often that is.
	groups := 1
	for low := int32(1); ; groups++ {
		next := int32(math.MaxInt32)
		for _, t := range s.tallies {
			if t.count > low {
				next = min(next, t.count)
			}
		}
		if next == math.MaxInt32 {
			break
		}
		var some [packed]uint64
		for _, t := range s.tallies {
			if t.count == next {
				s.rows.addTo(some[:], t.row)
			}
		}
		these := s.group(groups, next)
		all = &s.groups[0].sum
		s.rows.unpack(some[:s.rows.size()], nil, these)
		for j := range all[:s.rows.labels+1] {
			all[j] -= int64(next) * these[j]
		}
		low = next
	}
	for g := range s.groups[:groups] {
		x := &s.groups[g]
		f := float64(damped[min(x.count, math.MaxUint8)])
		for j, v := range x.sum[:len(sum)] {
			sum[j] += f * float64(v)
		}
		square += f * f * float64(x.sum[len(sum)])
	}
	return square
}

// group returns room for the sum of group g.
func (s *strip) group(g int, count int32) *[room]int64 {
	if g == len(s.groups) {
		s.groups = append(s.groups, group{})
	}
	s.groups[g].count = count
	return &s.groups[g].sum
}

// tallyUp counts the features that stand between stops from and to more than once.
func (s *strip) tallyUp(from, to int) {
	first := s.stops[from].features
	s.tallies = s.tallies[:0]
	for i := s.stops[from].again; i < s.stops[to].again; i++ {
		r := &s.again[i]
		switch {
		case r.before < first:
		case r.link >= 0 && s.again[r.link].before >= first:
			r.tally = s.again[r.link].tally
			s.tallies[r.tally].count++
		default:
			r.tally = int32(len(s.tallies))
			s.tallies = append(s.tallies, tally{r.row, 2})
		}
	}
}
