package analysis

// A reading is what the vocabulary knows of a token: numbers of its form and its stem, 0 unknown.
type reading struct {
	form, stem int32
	word       *word // sentiment and grammar, nil for most
}

// A vocabulary numbers the words that phrases are made of.
type vocabulary struct {
	english *english
	forms   map[string]int32
	stems   map[string]int32
	known   map[string]reading // by form, once settled: of every form that is listed anywhere
}

func newVocabulary(e *english) *vocabulary {
	return &vocabulary{english: e, forms: map[string]int32{}, stems: map[string]int32{}}
}

// read appends what is known of the tokens of text.
func (v *vocabulary) read(list []reading, text string, toks []token) []reading {
	var scratch [64]byte
	for _, t := range toks {
		var r reading
		switch t.kind {
		case wordToken:
			lower := appendLower(scratch[:0], text[t.start:t.end])
			known, ok := v.known[string(lower)]
			if r = known; !ok {
				r = v.look(lower)
			}
		case numberToken:
			lower := appendLower(scratch[:0], text[t.start:t.end])
			r.form = v.forms[string(lower)]
		}
		list = append(list, r)
	}
	return list
}

// look returns what is known of a lower-case word, which it may stem in place.
func (v *vocabulary) look(lower []byte) reading {
	var r reading
	if v.known == nil {
		r.form = v.forms[string(lower)]
		r.word = v.english.words[string(lower)]
		if base, irregular := v.english.bases[string(lower)]; irregular {
			r.stem = v.stems[base]
			if r.word == nil {
				r.word = v.english.stems[base]
			}
			return r
		}
	}
	root := stem(lower)
	r.stem = v.stems[string(root)]
	if r.word == nil {
		r.word = v.english.stems[string(root)]
	}
	return r
}

// settle looks every word up that is known by its form, once for all texts. No word may be numbered after it.
func (v *vocabulary) settle() {
	known := map[string]reading{}
	learn := func(form string) { known[form] = v.look([]byte(form)) }
	for form := range v.forms {
		learn(form)
	}
	for form := range v.english.words {
		learn(form)
	}
	for form := range v.english.bases {
		learn(form)
	}
	v.known = known
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
