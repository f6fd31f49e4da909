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
func Sentences(text string) ([]Extent, error) { return sentences(nil, text) }

// sentences appends the sentences of text to list, which has none of another text.
func sentences(list []Extent, text string) ([]Extent, error) {
	seg, err := punkt()
	if err != nil {
		return nil, err
	}
	s := splitter{text: text, prose: seg, list: list, doubt: -1}
	s.split()
	return s.list, nil
}

// A splitter cuts a text where a sentence ends without doubt, and asks prose about the rest.
type splitter struct {
	text  string
	prose *segment.Segmenter
	list  []Extent
	start int // of what is not in the list
	doubt int // the first mark after it that only prose knows to end a sentence or not, -1 for none
}

func (s *splitter) split() {
	text, line := s.text, 0
	for i := 0; i < len(text); {
		if i = nextEnd(text, i); i == len(text) {
			break
		}
		c := text[i]
		r, w := rune(c), 1
		if c >= utf8.RuneSelf {
			r, w = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r == '\n':
			if !softBreak(text, line, i) {
				s.cut(i, i+1)
			}
			line = i + 1
		case stops(c):
			if certain(text, i) || glued(text, i) {
				s.cut(i+1, i+1)
			} else if end, known := ending(text, i); end > 0 {
				s.cut(end, end)
			} else if !known && s.doubt < 0 {
				s.doubt = i
			}
		case digit(c):
			if i > s.start && enumerated(text, i) {
				s.cut(i, i)
			}
		case r == '•' || r == '‣' || r == '·' || r == '●' || r == '▪':
			s.cut(i, i)
		case r == '。' || r == '！' || r == '？' || r > 0x2000 && unicode.Is(unicode.So, r) && emojiEnds(text, i+w):
			s.cut(i+w, i+w)
		}
		i = max(i+w, s.start) // past a quotation mark after the end
	}
	s.cut(len(text), len(text))
}

// mayEnd are the bytes with which a sentence or a line may end, or an item of a list begin.
var mayEnd = func() (may [256]bool) {
	for c := range may {
		may[c] = c == '\n' || stops(byte(c)) || digit(byte(c)) || c >= utf8.RuneSelf
	}
	return may
}()

// nextEnd returns where the next of those bytes is from i on, len(text) without one. It passes eight letters and spaces at once.
func nextEnd(text string, i int) int {
	for i < len(text) {
		if i+8 <= len(text) {
			n := lettersOrSpaces(eightBytes(text, i))
			if i += n; n == 8 {
				continue
			}
		}
		if mayEnd[text[i]] {
			break
		}
		i++
	}
	return i
}

// cut ends a sentence at end; the next begins at next.
func (s *splitter) cut(end, next int) {
	e := trim(s.text, Extent{s.start, end})
	if e.End > e.Start {
		e = trimBullet(s.text, e)
		if s.doubt >= 0 {
			e.Start = s.ask(e)
		}
		s.add(e)
	}
	s.start, s.doubt = next, -1
}

// ask adds the sentences of e that prose ends before its last word, and returns where the rest begins.
func (s *splitter) ask(e Extent) (start int) {
	start = e.Start
	body := e.In(s.text)
	at := wordStart(body, max(0, s.doubt-e.Start))
	for {
		word, rest := firstWord(body[at:])
		if rest == "" {
			return start
		}
		end := at + len(word)
		if strings.ContainsAny(word, ".!?") && s.breaks(body, at, end) {
			s.add(Extent{start, e.Start + end})
			start = e.Start + end
		}
		at = len(body) - len(rest)
	}
}

// firstWord returns the word that s, of no space at either end, starts with, and what begins with the next.
func firstWord(s string) (word, rest string) {
	n := strings.IndexFunc(s, unicode.IsSpace)
	if n < 0 {
		return s, ""
	}
	return s[:n], strings.TrimLeftFunc(s[n:], unicode.IsSpace)
}

// wordStart returns where the word of s begins that goes on or ends at i.
func wordStart(s string, i int) int {
	for i > 0 {
		r, w := utf8.DecodeLastRuneInString(s[:i])
		if unicode.IsSpace(r) {
			break
		}
		i -= w
	}
	return i
}

// breaks reports whether prose ends a sentence after the word body[at:end]. What it goes by is the two words after it,
// and for a mark by itself the word before.
func (s *splitter) breaks(body string, at, end int) bool {
	from := at
	if end-at == 1 {
		from = wordStart(body, len(strings.TrimRightFunc(body[:at], unicode.IsSpace)))
	}
	_, next := firstWord(body[at:])
	_, rest := firstWord(next)
	last, _ := firstWord(rest)
	to := len(body) - len(rest) + len(last)
	if to < len(body) {
		_, w := utf8.DecodeRuneInString(body[to:])
		to += w // prose wants to see where the word ends
	}
	for _, x := range s.prose.Segment(body[from:to]) {
		if from+x.End() == end {
			return true
		}
	}
	return false
}

// add adds e, trimmed; what holds no letter or digit belongs to the sentence before.
func (s *splitter) add(e Extent) {
	e = trimBullet(s.text, trim(s.text, e))
	if e.End == e.Start {
		return
	}
	if k := len(s.list) - 1; k >= 0 {
		before := s.list[k].In(s.text)
		goesOn := titled(before) || openBracket(before) && s.text[e.Start] != '(' || !says(e.In(s.text))
		if goesOn && s.list[k].End <= e.Start && !strings.Contains(s.text[s.list[k].End:e.Start], "\n") {
			s.list[k].End = e.End
			return
		}
	}
	s.list = append(s.list, e)
}

// says reports whether s holds a letter, digit or emoji.
func says(s string) bool {
	return asciiLetter(s[0]) || strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r)
	})
}

// titles stand before a name, with a full stop that ends nothing.
var titles = [...]string{"dr.", "mr.", "mrs.", "ms.", "prof.", "st."}

// titled reports whether s ends in a title.
func titled(s string) bool {
	if s[len(s)-1] != '.' {
		return false
	}
	for _, t := range titles {
		if suffix(s, t) && (len(s) == len(t) || s[len(s)-len(t)-1] == ' ') {
			return true
		}
	}
	return false
}

// openBracket reports whether s, of no more than a few hundred bytes, ends inside a bracket.
func openBracket(s string) bool {
	return len(s) < 300 && strings.Contains(s, "(") && strings.Count(s, "(") > strings.Count(s, ")")
}

// certain reports whether the mark at i ends a sentence beyond doubt: a capital follows after a space, and before a full stop
// stands a word too long for an abbreviation.
func certain(text string, i int) bool {
	if i == 0 || i+2 >= len(text) || text[i+1] != ' ' || !capital(text[i+2]) {
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
	switch dots := strings.Count(marks, "."); {
	case end == len(text):
		return 0, true
	case next == end || next == len(text) || !opens(text[next:]):
		return 0, false
	case dots > 2 && dots == len(marks) && !closed && capital(text[next]):
		return end, true
	case dots > 1 || word == "Yahoo":
		return 0, false
	case closed && text[next] >= 'a' && text[next] <= 'z':
		return 0, false
	case closed:
		return end, true
	case last != '.':
		return end, true
	case len(marks) > 1:
		return 0, false
	case titled(text[from:end]) && (from == 0 || text[from-1] == ' '):
		return 0, true // what prose cuts there is put together again
	case spelledOut(word), capital(text[next]) && counted(text, from, word):
		return end, true
	}
	return 0, false
}

// opens reports whether s starts with what a sentence may start with, and is no bullet.
func opens(s string) bool {
	c := s[0]
	return asciiLetter(c) || digit(c) || c == '"' || c == '\'' || c == '(' || c == '$' || strings.HasPrefix(s, "£") || strings.HasPrefix(s, "€")
}

func stops(c byte) bool   { return c == '.' || c == '!' || c == '?' }
func capital(c byte) bool { return c >= 'A' && c <= 'Z' }
func space(c byte) bool   { return c == ' ' || c >= '\t' && c <= '\r' }

// spelledOut reports whether a word before a full stop is no initial, number or abbreviation, so that it ends a sentence.
func spelledOut(word string) bool {
	n := len(word)
	if n > 2 && (word[n-1] == '"' || word[n-1] == ')') {
		n--
		word = word[:n]
		if digit(word[n-1]) {
			return false
		}
	}
	if n < 2 {
		return false
	}
	if digit(word[n-1]) { // "$20", "9:30", "A4"
		return strings.Trim(word, "0123456789,-") != ""
	}
	if !asciiLetter(word[n-1]) || !asciiLetter(word[n-2]) && word[n-2] != '\'' {
		return false
	}
	word = strings.ToLower(word)
	return !abbreviations[word] && !abbreviations[word[strings.LastIndexByte(word, '-')+1:]]
}

// counted reports whether the word that starts at from is a number after another word, and so not that of an item of a list.
func counted(text string, from int, word string) bool {
	return word != "" && from > 1 && text[from-1] == ' ' && asciiLetter(text[from-2]) && strings.Trim(word, "0123456789,") == ""
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
	if i < 2 || i+2 >= len(text) || !capital(text[i+1]) {
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
	if s == "" || asciiLetter(s[0]) {
		return e
	}
	if n := enumerator(s); n > 0 && n < len(s) {
		return trim(text, Extent{e.Start + n, e.End})
	}
	r, w := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-*•‣·●▪–—", r) && len(s) > w {
		return trim(text, Extent{e.Start + w, e.End})
	}
	return e
}

// seen reports whether c is an ASCII character and no space.
func seen(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// trim takes the space off both ends of e.
func trim(text string, e Extent) Extent {
	if e.Start < e.End && seen(text[e.Start]) && seen(text[e.End-1]) {
		return e
	}
	s := strings.TrimLeftFunc(e.In(text), unicode.IsSpace)
	e.Start = e.End - len(s)
	e.End = e.Start + len(strings.TrimRightFunc(s, unicode.IsSpace))
	return e
}
