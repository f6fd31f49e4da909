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
	openings []opening
}

// An opening is a token that may begin a phrase, and the marks of what is there for its other words.
type opening struct {
	near, far uint64 // the next word; any later one
	token     int
}

// find appends the matches that start within one sentence, toks[from:to], in the order of their first tokens.
func (f *finder) find(list []match, toks []Token, reads []*reading, from, to int) []match {
	f.openings = f.openings[:0]
	// The marks of the next token and of the one and two after it where the ones before are passable; of all up to the
	// next mark that no phrase reaches over.
	var near, two, one, far uint64
	for i := to - 1; i >= from; i-- {
		r := reads[i]
		if b := r.begins; b != nil && b.next[follows]&(near|markAny)|b.next[afterGap]&(far|markAny) != 0 {
			f.openings = append(f.openings, opening{near | markAny, far | markAny, i})
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
	for k := len(f.openings) - 1; k >= 0; k-- {
		list = f.try(list, &f.openings[k], toks, reads, to)
	}
	return list
}

// try appends the matches of the patterns that begin with a token.
func (p *phrases) try(list []match, s *opening, toks []Token, reads []*reading, to int) []match {
	i, here := s.token, [2]uint64{s.near, s.far}
	candidates := reads[i].begins.list
	for c := range candidates {
		n := &candidates[c]
		if n.marks&here[n.after&1] == 0 || n.ends&s.far == 0 {
			continue
		}
		pat, last := &p.patterns[n.pattern], i+1
		if pat.to-pat.from > 1 {
			last = p.follow(p.steps[pat.from+1:pat.to], toks, reads, i+1, to)
		}
		if last > 0 {
			list = append(list, match{int(pat.entry), i, last, int(pat.words)})
		}
	}
	return list
}

// follow returns the end of the match of steps from token i on, 0 without one. Gaps try at most
// maxGap words, so that the work for a pattern is bounded.
func (p *phrases) follow(steps []step, toks []Token, reads []*reading, i, to int) int {
	for k := range steps {
		s := &steps[k]
		if s.gap {
			for skipped := 0; ; skipped++ {
				if end := p.follow(steps[k+1:], toks, reads, i, to); end > 0 {
					return end
				}
				if skipped == maxGap || i >= to || toks[i].Mark && !hyphen(toks, i) {
					return 0
				}
				i++
			}
		}
		for between := 0; i < to && !p.matches(s, reads[i]); between++ {
			if between == maxBetween || !passable(toks, reads, i) {
				return 0
			}
			i++
		}
		if i >= to {
			return 0
		}
		i++
	}
	return i
}

// passable reports whether token i may stand between two words of a phrase.
func passable(toks []Token, reads []*reading, i int) bool {
	class := reads[i].class
	return class&isArticle != 0 || class&isMark != 0 && hyphen(toks, i)
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
