package analysis

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/segment"
)

// punkt is prose's English segmenter: loaded once, never changed.
var punkt = sync.OnceValues(segment.New)

// wrapped is how long a line must be, in bytes, for a line break before a small letter to be a wrapped line
// and not the end of a sentence.
const wrapped = 50

// Sentences returns the sentences of a normal text in order, trimmed of space, bullets and the numbers
// of lists. Text that ends in no full stop (a line, a bullet, an emoji) ends a sentence too.
func Sentences(text string) ([]Extent, error) {
	seg, err := punkt()
	if err != nil {
		return nil, err
	}
	var list []Extent
	for _, b := range blocks(text) {
		b = trimBullet(text, b)
		// Without a mark in the middle there is nothing for prose to decide.
		if body := b.In(text); strings.ContainsAny(strings.TrimRight(body, `.!?"')`), ".!?") {
			for _, s := range seg.Segment(body) {
				list = addSentence(list, text, Extent{b.Start + s.Start, b.Start + s.End()})
			}
			continue
		}
		list = addSentence(list, text, b)
	}
	return list, nil
}

// addSentence appends e, trimmed; what holds no letter or digit belongs to the sentence before.
func addSentence(list []Extent, text string, e Extent) []Extent {
	e = trimBullet(text, trim(text, e))
	if e.End == e.Start {
		return list
	}
	spoken := strings.IndexFunc(e.In(text), func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r)
	}) >= 0
	if k := len(list) - 1; k >= 0 && list[k].End <= e.Start && !strings.Contains(text[list[k].End:e.Start], "\n") &&
		(!spoken || titled(list[k].In(text)) || openBracket(list[k].In(text)) && !strings.HasPrefix(e.In(text), "(")) {
		list[k].End = e.End
		return list
	}
	return append(list, e)
}

// titles stand before a name, with a full stop that ends nothing.
var titles = [...]string{"dr.", "mr.", "mrs.", "ms.", "prof.", "st."}

// titled reports whether s ends in a title.
func titled(s string) bool {
	for _, t := range titles {
		if suffix(s, t) && (len(s) == len(t) || s[len(s)-len(t)-1] == ' ') {
			return true
		}
	}
	return false
}

// openBracket reports whether s, of no more than a few hundred bytes, ends inside a bracket.
func openBracket(s string) bool {
	return len(s) < 300 && strings.Count(s, "(") > strings.Count(s, ")")
}

// blocks cuts text where a sentence ends for reasons that prose does not know.
func blocks(text string) []Extent {
	var list []Extent
	start, line := 0, 0 // of the block, of the line
	cut := func(end, next int) {
		if e := trim(text, Extent{start, end}); e.End > e.Start {
			list = append(list, e)
		}
		start = next
	}
	for i, r := range text {
		switch {
		case r == '\n':
			if !softBreak(text, line, i) {
				cut(i, i+1)
			}
			line = i + 1
		case r == '。' || r == '！' || r == '？':
			cut(i+utf8.RuneLen(r), i+utf8.RuneLen(r))
		case (r == '.' || r == '!' || r == '?') && (certain(text, i) || glued(text, i)):
			cut(i+1, i+1)
		case r == '•' || r == '‣' || r == '·' || r == '●' || r == '▪':
			cut(i, i)
		case r > 0x2000 && unicode.Is(unicode.So, r) && emojiEnds(text, i+utf8.RuneLen(r)):
			cut(i+utf8.RuneLen(r), i+utf8.RuneLen(r))
		case r >= '0' && r <= '9' && i > start && enumerated(text, i):
			cut(i, i)
		}
	}
	cut(len(text), len(text))
	return list
}

// certain reports whether the mark at i ends a sentence beyond doubt: a capital follows after a space,
// and before a full stop stands a word too long for an abbreviation, or a common one. What is left is for prose.
func certain(text string, i int) bool {
	if i+2 >= len(text) || text[i+1] != ' ' || text[i+2] < 'A' || text[i+2] > 'Z' || i == 0 {
		return false
	}
	if text[i] != '.' {
		return asciiLetter(text[i-1])
	}
	k := i
	for k > 0 && text[k-1] >= 'a' && text[k-1] <= 'z' {
		k--
	}
	switch {
	case i-k >= 5 || k == 0:
		return i-k >= 5 || final[text[k:i]]
	case text[k-1] == '\'':
		return k > 2 && asciiLetter(text[k-2]) && asciiLetter(text[k-3]) // "didn't", not "d'or"
	}
	return text[k-1] == ' ' && final[text[k:i]]
}

// final are short words that end sentences and abbreviate nothing. They spare prose most of its work.
var final = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`
		am an as at be by do go he if in is it me my of on or so to up us we ago all and any are ask bad big bit but can
		car cut day did due end eye far few fit for get got had has her him how job led let lot low man men new not now
		off old one out own pay per put red run saw say see set sit six son ten too top try two use was way who why yes
		yet you also away back been best both call came card care case chat come cost dark date days desk does done door
		down each easy else even ever eyes face fast feel felt find fine five form four free from full gave gone good
		hand hard have help here hers high hold home hope hour hurt idea into just keep kept kind knew know last late
		left lens less life like line list live long look lost made mail main make many mind mine miss mood more most
		move much must name near need next nice nine none note okay once only open over paid pair part past post read
		real rest room said same seat seen sent shop shut sign site soon sort stay such sure take talk team tell test
		that them then this time told took town true used very view wait walk want weak wear week well went were what
		when wide will wish with word work yard year your`) {
		set[w] = true
	}
	return set
}()

// softBreak reports whether the line break at i only wraps a long line.
func softBreak(text string, line, i int) bool {
	if i-line < wrapped || i+1 >= len(text) || text[i+1] < 'a' || text[i+1] > 'z' {
		return false
	}
	c := text[i-1]
	return asciiLetter(c) || c == ',' || c == ' '
}

// glued reports whether the mark at i ends a sentence with no space after it, as in "staff.Clean".
func glued(text string, i int) bool {
	if i < 2 || i+2 >= len(text) || text[i+1] < 'A' || text[i+1] > 'Z' {
		return false
	}
	small := func(c byte) bool { return c >= 'a' && c <= 'z' }
	if text[i] != '.' {
		return small(text[i-1]) || text[i-1] == text[i]
	}
	if i >= 3 && suffix(text[i-3:i], "www") {
		return false
	}
	// "e.g.Next" and "J.Smith" are no ends; "good.I" and "good.Very" are.
	return (small(text[i-1]) || digit(text[i-1])) && (small(text[i-2]) || digit(text[i-2])) && (small(text[i+2]) || text[i+2] == ' ' || text[i+2] == '\'')
}

// emojiEnds reports whether an emoji that ends at i ends a sentence: a capital or nothing follows.
func emojiEnds(text string, i int) bool {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsUpper(r)
}

// enumerated reports whether a list number such as "2) " or "3. " starts at i.
func enumerated(text string, i int) bool {
	if text[i-1] != ' ' && text[i-1] != '(' {
		return false
	}
	n := enumerator(text[i:])
	if n == 0 || i+n >= len(text) {
		return false
	}
	before := strings.TrimRight(text[max(0, i-8):i], " (")
	if before == "" {
		return true
	}
	bracket := text[i+n-2] == ')'
	c := before[len(before)-1]
	ended := c == '.' || c == '!' || c == '?' || c == ':' || c == ';'
	return text[i-1] == ' ' && (ended || bracket)
}

// enumerator returns the length of the list number that s starts with ("1. ", "12) "), 0 without one.
func enumerator(s string) int {
	i := 0
	for i < len(s) && i < 3 && digit(s[i]) {
		i++
	}
	if i == 0 || i > 2 || i+1 >= len(s) || (s[i] != '.' && s[i] != ')') || s[i+1] != ' ' {
		return 0
	}
	return i + 2
}

// trimBullet takes a bullet or list number off the start.
func trimBullet(text string, e Extent) Extent {
	s := e.In(text)
	if n := enumerator(s); n > 0 && n < len(s) {
		return trim(text, Extent{e.Start + n, e.End})
	}
	r, w := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-*•‣·●▪–—", r) && len(s) > w {
		return trim(text, Extent{e.Start + w, e.End})
	}
	return e
}

// trim takes the space off both ends of e.
func trim(text string, e Extent) Extent {
	s := e.In(text)
	left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	return Extent{e.Start + left, e.Start + max(left, len(strings.TrimRightFunc(s, unicode.IsSpace)))}
}
