package model

// clauseEnds calls fn for the tokens of each clause, [first, last), the first from the start of the text and the last to its end.
func (s *sheet) clauseEnds(fn func(first, last int)) {
	for c := range s.Clauses {
		fn(s.tokens(stretch{c, c + 1}))
	}
}

// layWords puts the words of the text, each mixed with salt, and the pairs of them on a strip. A clause has two stops, before
// and after the pair that its first word makes with the word before: a run that begins with the second has no pair that
// reaches out of it.
func (s *sheet) layWords(t *strip, salt uint32) {
	t.clear()
	before, some := uint32(0), false
	s.clauseEnds(func(first, last int) {
		t.stop()
		for i := first; i < last; i++ {
			x := &s.terms.list[i]
			h := mix(salt, x.marked)
			if !x.silent && some {
				t.put(spread(mix(before, h)))
			}
			if i == first {
				t.stop()
			}
			if !x.silent {
				t.put(spread(h))
			}
			before, some = h, !x.silent
		}
	})
	t.stop()
	t.end()
}

// layChars puts the runs of characters of the text's words on a strip; sum picks their sum of a note.
func (s *sheet) layChars(t *strip, sum func(*note) []uint64) {
	t.clear()
	s.clauseEnds(func(first, last int) {
		t.stop()
		for _, x := range s.terms.list[first:last] {
			if !x.silent && !x.whole {
				n := &s.notes.list[x.spelling]
				t.putAll(n.chars, sum(n))
			}
		}
	})
	t.stop()
	t.link()
}

// laySingle puts the words of the text on a strip that holds more.
func (s *sheet) laySingle(t *strip) {
	s.clauseEnds(func(first, last int) {
		t.stop()
		s.terms.laySingle(t, first, last)
	})
	t.stop()
}

// laySingle puts the words of terms [first, last) on a strip.
func (t *terms) laySingle(s *strip, first, last int) {
	for _, x := range t.list[first:last] {
		if !x.silent {
			s.put(spread(mix(0, x.marked)))
		}
	}
}
