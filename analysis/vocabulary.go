package analysis

// A reading is what the vocabulary knows of a token: numbers of its form and its stem, 0 unknown.
type reading struct {
	form, stem int32
	marks      uint64 // of both, see mark
	word       *word  // sentiment and grammar, nil for most
	// Of a lexis only:
	number   int32  // of how it is written
	lower    string // the same in lower case
	contrast string // the same if it is a word of contrast
}

// A vocabulary numbers the words that phrases are made of.
type vocabulary struct {
	english *english
	forms   map[string]int32
	stems   map[string]int32
}

func newVocabulary(e *english) *vocabulary {
	return &vocabulary{english: e, forms: map[string]int32{}, stems: map[string]int32{}}
}

// read appends what is known of the tokens of text.
func (v *vocabulary) read(list []reading, text string, toks []token) []reading {
	for _, t := range toks {
		list = append(list, v.reading(text, t))
	}
	return list
}

// reading returns what is known of a token.
func (v *vocabulary) reading(text string, t token) (r reading) {
	var scratch [64]byte
	switch t.kind {
	case wordToken:
		r = v.look(appendLower(scratch[:0], text[t.start:t.end]))
	case numberToken:
		r.form = v.forms[string(appendLower(scratch[:0], text[t.start:t.end]))]
	}
	r.marks = mark(r.stem) | mark(r.form)
	return r
}

// look returns what is known of a lower-case word, which it may stem in place.
func (v *vocabulary) look(lower []byte) reading {
	r := reading{form: v.forms[string(lower)], word: v.english.words[string(lower)]}
	if base, irregular := v.english.bases[string(lower)]; irregular {
		r.stem = v.stems[base]
		if r.word == nil {
			r.word = v.english.stems[base]
		}
		return r
	}
	root := stem(lower)
	r.stem = v.stems[string(root)]
	if r.word == nil {
		r.word = v.english.stems[string(root)]
	}
	return r
}

// number returns the number of key, which it gives out if need be.
func number(m map[string]int32, key string) int32 {
	n, ok := m[key]
	if !ok {
		n = int32(len(m) + 1)
		m[key] = n
	}
	return n
}

// root returns what a lower-case word's forms have in common.
func (v *vocabulary) root(w string) string {
	if base, ok := v.english.bases[w]; ok {
		return base
	}
	return string(stem([]byte(w)))
}
