package analysis

import (
	"fmt"
	"slices"
	"strings"
)

// maxGap is how many words a * in a pattern may stand for.
const maxGap = 3

// maxBetween is how many articles and hyphens may stand before a word of a phrase.
const maxBetween = 2

// maxWords is how many words a phrase may have, maxGaps how many gaps.
const (
	maxWords = 12
	maxGaps  = 2
)

// maxSpan is more tokens than any match has.
const maxSpan = maxWords*(1+maxBetween) + maxGaps*maxGap + 1

// A step of a pattern: one word out of several, a number, or a gap.
type step struct {
	marks       uint64 // of all that it may be, see mark
	from, to    int32  // phrases.words[from:to]
	number, gap bool
}

// A pattern is a phrase, ready to be matched.
type pattern struct {
	from, to int32 // phrases.steps[from:to]
	words    int32 // steps that are no gap
	entry    int32 // what it stands for, see phrases.add
}

// phrases finds many patterns at once. It is built once and read by many.
type phrases struct {
	vocab    *vocabulary
	patterns []pattern
	steps    []step      // of all patterns
	words    []int32     // of all steps: numbers of stems, and of forms below 0
	byStem   []beginning // by the stem of the first word
	byForm   []beginning
	byNumber beginning
}

// A beginning is the patterns that begin with one word, and the marks of what may be next in any of them, or the last where a
// gap is next.
type beginning struct {
	near, far uint64
	list      []candidate
}

// A candidate is a pattern whose first word is there. Most are dropped without a look at their pattern, by the marks of
// what may be its next word and its last.
type candidate struct {
	near    uint64 // of the word that follows, any where there is none or a gap
	far     uint64 // of the last word, any where that is the first or follows it
	pattern int32
}

func (b *beginning) add(list ...candidate) {
	for _, c := range list {
		if c.near != markAny || c.far == markAny {
			b.near |= c.near
		} else {
			b.far |= c.far
		}
	}
	b.list = append(b.list, list...)
}

// mark is the bit of the number of a stem or form, one of 62 which several share.
func mark(n int32) uint64 {
	if n == 0 {
		return 0
	}
	return 1 << (uint64(uint32(n)*0x9e3779b1) * 62 >> 32)
}

// The marks of a number and of any word.
const (
	markNumber = 1 << 62
	markAny    = 1 << 63
)

// step adds a step that is one of the words from that number on.
func (p *phrases) step(from int) {
	s := step{from: int32(from), to: int32(len(p.words))}
	for _, n := range p.words[from:] {
		s.marks |= mark(max(n, -n))
	}
	p.steps = append(p.steps, s)
}

func newPhrases(v *vocabulary) *phrases { return &phrases{vocab: v} }

// maxVariants is how many patterns one phrase with hyphenated alternatives may stand for.
const maxVariants = 8

// add adds the phrase as written in a taxonomy; entry comes back with each match.
func (p *phrases) add(source string, entry int) error {
	written := [][]string{nil}
	for field := range strings.FieldsSeq(strings.ToLower(source)) {
		var grown [][]string
		for _, choice := range choices(field) {
			for _, w := range written {
				grown = append(grown, append(slices.Clip(w), choice))
			}
		}
		if written = grown; len(written) > maxVariants {
			return fmt.Errorf("phrase %q has too many hyphenated alternatives", source)
		}
	}
	for _, fields := range written {
		if err := p.addPattern(source, fields, entry); err != nil {
			return err
		}
	}
	return nil
}

// choices takes alternatives of several words ("check-up/checkup") apart from those of one.
func choices(field string) []string {
	if !strings.Contains(field, "/") || !strings.Contains(field, "-") {
		return []string{field}
	}
	var list, single []string
	for alt := range strings.SplitSeq(field, "/") {
		if strings.Contains(alt, "-") {
			list = append(list, alt)
		} else {
			single = append(single, alt)
		}
	}
	if len(single) > 0 {
		list = append(list, strings.Join(single, "/"))
	}
	return list
}

// addPattern adds one reading of a phrase.
func (p *phrases) addPattern(source string, fields []string, entry int) error {
	pat := pattern{from: int32(len(p.steps)), entry: int32(entry)}
	for _, field := range fields {
		switch field {
		case "*":
			p.steps = append(p.steps, step{gap: true})
			continue
		case "<n>":
			p.steps = append(p.steps, step{number: true, marks: markNumber})
		default:
			if err := p.word(field); err != nil {
				return fmt.Errorf("phrase %q: %w", source, err)
			}
		}
	}
	gaps, steps := 0, p.steps[pat.from:]
	for _, s := range steps {
		if s.gap {
			gaps++
		} else {
			pat.words++
		}
	}
	switch {
	case pat.words == 0:
		return fmt.Errorf("phrase %q has no word", source)
	case steps[0].gap || steps[len(steps)-1].gap:
		return fmt.Errorf("phrase %q: * stands between words", source)
	case gaps > maxGaps:
		return fmt.Errorf("phrase %q has more than two *", source)
	case pat.words > maxWords:
		return fmt.Errorf("phrase %q has more than 12 words", source)
	}
	n := candidate{near: markAny, far: markAny, pattern: int32(len(p.patterns))}
	if len(steps) > 1 && !steps[1].gap {
		n.near = steps[1].marks
	}
	if len(steps) > 2 {
		n.far = steps[len(steps)-1].marks
	}
	pat.to = int32(len(p.steps))
	p.patterns = append(p.patterns, pat)
	first := steps[0]
	for _, w := range p.words[first.from:first.to] {
		if w > 0 {
			p.byStem = index(p.byStem, w, n)
		} else {
			p.byForm = index(p.byForm, -w, n)
		}
	}
	if first.number {
		p.byNumber.add(n)
	}
	return nil
}

func index(lists []beginning, at int32, n candidate) []beginning {
	for len(lists) <= int(at) {
		lists = append(lists, beginning{})
	}
	lists[at].add(n)
	return lists
}

// word compiles one field of a pattern: alternatives of one word each, or a single contraction or
// hyphenated word of several.
func (p *phrases) word(field string) error {
	from := len(p.words)
	alternatives := strings.Split(field, "/")
	if allDigits(field) {
		alternatives = []string{"=" + field}
	}
	for _, alt := range alternatives {
		exact := strings.HasPrefix(alt, "=")
		alt = strings.TrimPrefix(alt, "=")
		var words []string
		for _, t := range tokens(nil, alt, Extent{0, len(alt)}) {
			switch w := t.In(alt); {
			case t.Word || t.Number:
				words = append(words, w)
			case w != "-":
				return fmt.Errorf("%q is no word", alt)
			}
		}
		switch {
		case len(words) == 0:
			return fmt.Errorf("%q is no word", field)
		case len(words) > 1 && len(alternatives) > 1:
			return fmt.Errorf("%q: an alternative is a single word", field)
		case len(words) > 1:
			for _, w := range words {
				p.words = append(p.words, number(p.vocab.stems, p.vocab.root(w)))
				p.step(len(p.words) - 1)
			}
			return nil
		case exact || digit(words[0][0]):
			p.words = append(p.words, -number(p.vocab.forms, words[0]))
		default:
			p.words = append(p.words, number(p.vocab.stems, p.vocab.root(words[0])))
		}
	}
	p.step(from)
	return nil
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789/") == "" && strings.Trim(s, "/") != ""
}

// read adds to r, of a spelling, what is known of a token of that kind.
func (p *phrases) read(r *reading, kind uint8) {
	p.vocab.read(r, kind)
	if n := int(r.stem); n < len(p.byStem) {
		r.begin(&p.byStem[n])
	}
	if n := int(r.form); n < len(p.byForm) {
		r.begin(&p.byForm[n])
	}
	if r.class&isNumber != 0 {
		r.begin(&p.byNumber)
	}
}

// begin adds patterns that begin with r.
func (r *reading) begin(b *beginning) {
	r.next |= b.near | b.far
	switch {
	case len(b.list) == 0:
	case r.begins == nil:
		r.begins = b
	default:
		both := &beginning{}
		both.add(r.begins.list...)
		both.add(b.list...)
		r.begins = both
	}
}

// in returns the tokens of a text and the matches among them.
func (p *phrases) in(text string) ([]Token, []match) {
	l := newLexis(p)
	toks, reads := l.read(nil, nil, text, Extent{0, len(text)})
	f := finder{phrases: p}
	return toks, f.find(nil, toks, reads, 0, len(toks))
}
