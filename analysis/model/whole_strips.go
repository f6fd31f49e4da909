package model

// wholeStrips are the features of a text's words as the bank of whole texts weighs them.
type wholeStrips struct {
	bank                *linear
	words, chars, asked *strip
}

func newWholeStrips(b *linear, m *met) *wholeStrips {
	return &wholeStrips{bank: b, words: newStrip(b, 0, m), chars: newStrip(b, 1, m), asked: newStrip(b, 2, m)}
}

// logits sets out to the logits of the whole text.
func (w *wholeStrips) logits(s *sheet, out []float64) {
	var hashed, scratch [maxLabels]float64
	all, sum := hashed[:len(out)], scratch[:len(out)]
	add := func(block int, t *strip) {
		clear(sum)
		w.bank.Layout.Blocks[block].weigh(t.add(0, len(t.stops)-1, sum), sum, all)
	}
	s.layWords(w.words, 0)
	add(0, w.words)
	s.layChars(w.chars, func(n *note) []uint64 { return n.whole })
	add(1, w.chars)
	if kind := s.kind(); kind > 0 {
		s.layWords(w.asked, uint32(kind))
		add(2, w.asked)
	}
	v := vector{s.scratch.at[:0], s.scratch.val[:0]}
	s.wholeRest(&dense{v: &v, at: uint32(len(w.bank.idf))}, s.whole())
	s.scratch = v
	w.bank.finish(all, v, out)
}
