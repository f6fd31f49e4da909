package model

// tables are weights as scoring adds them up. Any number of scorers read them.
type tables struct {
	weights      *Weights
	words, chars *table // of all banks at once: words with pairs of words, and runs of characters
	named        *table // of an aspect: aspect x word
	kind         *table // of the whole: kind of text x word
	// Of units, nil without them: the words by themselves around a stretch, and those of a question.
	single, question *table

	names []uint32 // of touchpoints, see nameHash

	whole  [3]column // of words, chars and kind
	unit   [5]column // of words, chars, before, after and question
	aspect [4]column // of words, words of the focus, named words of that, named words

	finishes [banks]*finish // of units nil without them
	rows     []float32      // of all of those
	sizes    sizes
}

// The banks that scoring asks.
const (
	ofWhole = iota
	ofUnits
	ofAspect
	banks
)

// In how large groups kernel.go adds up the bytes of the rows of a text, and of other rows.
const (
	inText   = 16
	byItself = 8
)

func newTables(w *Weights) *tables {
	t := &tables{weights: w, finishes: [banks]*finish{ofWhole: newFinish(w.Whole), ofAspect: newFinish(w.Aspect)}}
	t.words = newTable(inText, share{w.Whole, 0, &t.whole[0]}, share{w.Units, 0, &t.unit[0]}, share{w.Aspect, 0, &t.aspect[0]}, share{w.Aspect, 1, &t.aspect[1]})
	t.chars = newTable(byItself, share{w.Whole, 1, &t.whole[1]}, share{w.Units, 1, &t.unit[1]})
	t.named = newTable(byItself, share{w.Aspect, 2, &t.aspect[2]}, share{w.Aspect, 3, &t.aspect[3]})
	t.kind = newTable(byItself, share{w.Whole, 2, &t.whole[2]})
	if w.Units != nil {
		f := newFinish(w.Units)
		for j := len(w.Touchpoints); j < len(w.Units.Labels); j++ {
			f.row(inShift)[j] -= missed
		}
		f.raise(len(w.Touchpoints), trusted+missed)
		t.finishes[ofUnits] = f
		enough, several := f.row(inEnough), f.row(inEnoughSeveral)
		for j, p := range w.Units.Cut {
			enough[j] = float32(oddsOf(float64(p)))
			several[j] = enough[j]
			if j < len(w.Touchpoints) {
				several[j] = min(enough[j], inDoubt)
			}
		}
		for _, slug := range w.Touchpoints {
			t.names = append(t.names, nameHash(slug))
		}
		t.single = newTable(inText, share{w.Units, 2, &t.unit[2]}, share{w.Units, 3, &t.unit[3]})
		t.question = newTable(byItself, share{w.Units, 4, &t.unit[4]})
	}
	for _, c := range []*column{&t.unit[2], &t.unit[3]} {
		c.part, c.at = inSingle, c.at+int(t.words.width)
	}
	for _, c := range []*column{&t.whole[1], &t.unit[1]} {
		c.part, c.at = inChars, c.at+int(t.words.width)+t.around()
	}
	t.sizes = sizes{words: t.words.width, around: int32(t.around()), chars: t.chars.width}
	for i, f := range t.finishes {
		if f != nil {
			t.sizes.banks[i].at, t.sizes.banks[i].stride = int32(len(t.rows)), int32(f.stride)
			t.rows = append(t.rows, f.rows...)
		}
	}
	return t
}

// around is the width of the words around a stretch.
func (t *tables) around() int {
	if t.single == nil {
		return 0
	}
	return int(t.single.width)
}

// width is how many numbers a sum has.
func (t *tables) width() int { return int(t.words.width) + t.around() + int(t.chars.width) }
