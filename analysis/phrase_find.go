package analysis

// A match is a pattern found: tokens [first, last).
type match struct {
	entry       int
	first, last int
	words       int
}

// A finder finds phrases in one text after another. Most beginnings of phrases are none: what follows them is not what
// may. So the tokens of a sentence are passed from the last to the first, with the marks of those after, and the few that may
// be the first of a phrase are kept for a closer look.
type finder struct {
	*phrases
	toks     []Token
	reads    []*reading
	last     int // of a sentence: its tokens end there
	openings []opening
	tries    []attempt // room for them
	found    []attempt
	touched  uint64 // of no use but that memory is read early, all at once rather than one after another
	classes  class  // of the tokens passed last
}

// An opening is a token that may begin a phrase, and the marks of what is there for its other words.
type opening struct {
	near, far uint64 // the next word; any later one
	token     int
	list      []candidate // the phrases
}

// An attempt is a pattern that may be found from a token on.
type attempt struct {
	pattern, token int32
}

// find appends the matches that start within one sentence, toks[from:to], in the order of their first tokens.
func (f *finder) find(list []match, toks []Token, reads []*reading, from, to int) []match {
	f.toks, f.reads, f.last, f.openings = toks, reads, to, f.openings[:0]
	// The marks of the next token and of the one and two after it where the ones before are passable; of all up to the
	// next mark that no phrase reaches over.
	var near, two, one, far uint64
	var classes class
	for i := to - 1; i >= from; i-- {
		r := reads[i]
		classes |= r.class
		if r.next&(far|markAny) != 0 {
			if s := (opening{near | markAny, far | markAny, i, r.begins.list}); r.begins.near&s.near|r.begins.far&s.far != 0 {
				f.openings = append(f.openings, s)
				f.touched += s.list[0].near
			}
		}
		passes, open := -uint64(r.class&isArticle), ^uint64(0)
		if r.class&isMark != 0 {
			open = 0
			if hyphen(toks, i) {
				passes, open = ^uint64(0), ^uint64(0)
			}
		}
		near, two, one = r.marks|two&passes, r.marks|one&passes, r.marks
		far = (r.marks | far) & open
	}
	f.classes = classes
	f.try()
	for _, t := range f.found {
		f.touched += f.steps[f.patterns[t.pattern].from].marks
	}
	for _, t := range f.found {
		pat, token := &f.patterns[t.pattern], int(t.token)
		last := token + 1
		if pat.to-pat.from > 1 {
			last = f.follow(pat.from+1, pat.to, last)
		}
		if last > 0 {
			list = append(list, match{int(pat.entry), token, last, int(pat.words)})
		}
	}
	return list
}

// try sets f.tries to the patterns that the marks leave, without a jump where few are left: those could not be foreseen.
func (f *finder) try() {
	n, tries := 0, f.tries
	for k := len(f.openings) - 1; k >= 0; k-- {
		s := &f.openings[k]
		if more := n + len(s.list); more > len(tries) {
			tries = append(tries, make([]attempt, more)...)
		}
		token := int32(s.token)
		for c := range s.list {
			x := &s.list[c]
			tries[n] = attempt{x.pattern, token}
			near, far := 0, 0
			if x.near&s.near != 0 {
				near = 1
			}
			if x.far&s.far != 0 {
				far = 1
			}
			n += near & far
		}
	}
	f.tries, f.found = tries, tries[:n]
}

// follow returns the end of the match of steps [k, last) from token i on, 0 without one. Gaps try at most
// maxGap words, so that the work for a pattern is bounded.
func (f *finder) follow(k, last int32, i int) int {
	for ; k < last; k++ {
		s := &f.steps[k]
		if s.gap {
			next := &f.steps[k+1]
			for skipped := 0; ; skipped++ {
				if next.gap || i < f.last && (next.marks&f.reads[i].marks != 0 || f.passable(i)) {
					if end := f.follow(k+1, last, i); end > 0 {
						return end
					}
				}
				if skipped == maxGap || i >= f.last || f.toks[i].Mark && !hyphen(f.toks, i) {
					return 0
				}
				i++
			}
		}
		for between := 0; i < f.last && !f.matches(s, f.reads[i]); between++ {
			if between == maxBetween || !f.passable(i) {
				return 0
			}
			i++
		}
		if i >= f.last {
			return 0
		}
		i++
	}
	return i
}

// passable reports whether token i may stand between two words of a phrase.
func (f *finder) passable(i int) bool {
	class := f.reads[i].class
	return class&isArticle != 0 || class&isMark != 0 && hyphen(f.toks, i)
}

// hyphen reports whether the mark i is one byte that touches both neighbours: "follow-up".
func hyphen(toks []Token, i int) bool {
	return toks[i].End-toks[i].Start == 1 && i > 0 && i+1 < len(toks) &&
		toks[i-1].End == toks[i].Start && toks[i+1].Start == toks[i].End
}

func (p *phrases) matches(s *step, r *reading) bool {
	if s.number {
		return r.class&isNumber != 0
	}
	if s.marks&r.marks == 0 {
		return false
	}
	for _, n := range p.words[s.from:s.to] {
		if n == r.stem || n == -r.form {
			return true
		}
	}
	return false
}
