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
	for _, b := range passages(text) {
		e := trimBullet(text, b.Extent)
		// Without a mark in the middle there is nothing for prose to decide.
		if body := e.In(text); b.doubt && strings.ContainsAny(strings.TrimRight(body, `.!?"')`), ".!?") {
			for _, s := range seg.Segment(body) {
				list = addSentence(list, text, Extent{e.Start + s.Start, e.Start + s.End()})
			}
			continue
		}
		list = addSentence(list, text, e)
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

// A passage is a part of a text that ends where a sentence does. What is in doubt in it is for prose.
type passage struct {
	Extent
	doubt bool
}

// passages cuts text where a sentence ends without doubt.
func passages(text string) []passage {
	var list []passage
	start, line := 0, 0 // of the passage, of the line
	doubt := false
	cut := func(end, next int) {
		if e := trim(text, Extent{start, end}); e.End > e.Start {
			list = append(list, passage{e, doubt})
		}
		start, doubt = next, false
	}
	var w int
	for i := 0; i < len(text); i += w {
		r := rune(text[i])
		if w = 1; r < utf8.RuneSelf && !marksEnd[r] {
			continue
		}
		if r >= utf8.RuneSelf {
			r, w = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case i < start: // a quotation mark after the end
		case r == '\n':
			if !softBreak(text, line, i) {
				cut(i, i+1)
			}
			line = i + 1
		case r == '。' || r == '！' || r == '？':
			cut(i+utf8.RuneLen(r), i+utf8.RuneLen(r))
		case r == '.' || r == '!' || r == '?':
			if certain(text, i) || glued(text, i) {
				cut(i+1, i+1)
			} else if end, known := ending(text, i); end > 0 {
				cut(end, end)
			} else if !known {
				doubt = true
			}
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

// marksEnd are the ASCII characters with which a sentence or a line may end, or an item of a list begin.
var marksEnd = [utf8.RuneSelf]bool{'\n': true, '.': true, '!': true, '?': true, '0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true}

// certain reports whether the mark at i ends a sentence beyond doubt: a capital follows after a space, and before a full stop
// stands a word too long for an abbreviation.
func certain(text string, i int) bool {
	if i == 0 || i+2 >= len(text) || text[i+1] != ' ' || text[i+2] < 'A' || text[i+2] > 'Z' {
		return false
	}
	if text[i] != '.' {
		return asciiLetter(text[i-1])
	}
	k := i
	for k > 0 && i-k < 5 && text[k-1] >= 'a' && text[k-1] <= 'z' {
		k--
	}
	return i-k == 5
}

// maxSpelled is how far from a mark its word is looked for.
const maxSpelled = 40

// ending decides what prose decides of the mark at i where that is plain: it returns the end of a sentence there, or 0 where
// none ends. Where known is false only prose knows.
func ending(text string, i int) (end int, known bool) {
	if i+1 == len(text) {
		return 0, true
	}
	if stops(text[i+1]) {
		return 0, true // the last mark of several decides
	}
	first := i
	for first > 0 && stops(text[first-1]) {
		first--
	}
	from := first
	for from > 0 && !space(text[from-1]) {
		if from--; stops(text[from]) || text[from] >= utf8.RuneSelf || first-from > maxSpelled {
			return 0, false
		}
	}
	word, marks := text[from:first], text[first:i+1]
	end = i + 1
	if next := text[end]; asciiLetter(next) || digit(next) { // "8.05"
		for end < len(text) && !space(text[end]) {
			if stops(text[end]) || text[end] >= utf8.RuneSelf || end-i > maxSpelled {
				return 0, false
			}
			end++
		}
		return 0, len(marks) == 1
	}
	last := marks[len(marks)-1]
	closed := text[end] == '"' || text[end] == ')' || text[end] == '\'' && last != '.'
	if closed {
		end++
	}
	next := end
	for next < len(text) && text[next] == ' ' {
		next++
	}
	switch {
	case next == end || next == len(text) || !asciiLetter(text[next]) && !digit(text[next]):
		return 0, false
	case strings.Count(marks, ".") > 1 || word == "Yahoo":
		return 0, false
	case closed && (text[next] < 'A' || text[next] > 'Z'):
		return 0, false
	case closed:
		return end, true
	case last != '.':
		return end, true
	case len(marks) > 1:
		return 0, false
	case titled(text[from:end]) && (from == 0 || text[from-1] == ' '):
		return 0, true // what prose cuts there is put together again
	case spelledOut(word):
		return end, true
	}
	return 0, false
}

func stops(c byte) bool { return c == '.' || c == '!' || c == '?' }
func space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// spelledOut reports whether a word before a full stop is no initial, number or abbreviation, so that it ends a sentence.
func spelledOut(word string) bool {
	n := len(word)
	if n < 2 || !asciiLetter(word[n-1]) || !asciiLetter(word[n-2]) && word[n-2] != '\'' {
		return false
	}
	word = strings.ToLower(word)
	return !abbreviations[word] && !abbreviations[word[strings.LastIndexByte(word, '-')+1:]]
}

// abbreviations are those of two letters and more that prose knows.
var abbreviations = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`
		adm ala ariz aug ave bros ca calif chg cie co col colo conn corp cos ct dec dr feb fla fri ft ga gen gov ill inc jan jr
		kan ky lt ltd maj messrs mg mich minn mr mrs ms mt nev no nov oct ok okla ore pa ph prof rep reps sen sep sept sgt sr st
		sw tenn tues va vs vt wash wed wis yr`) {
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
