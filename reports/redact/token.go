package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word: letters, with apostrophes and hyphens between them; a possessive ending is not in it.
type token struct {
	start, end int
	class      class
	capital    bool // begins with a capital
	shouted    bool // two or more letters, all capitals
	hidden     bool // within a span that is no name
	begins     bool // a sentence, a line or words in quotation marks
}

// A group is a run of digits.
type group struct{ start, end int }

// tokenize cuts the text into words and groups of digits.
func (s *scanner) tokenize() {
	begins := true
	buf := make([]byte, 0, 64)
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case isDigit(r):
			from := i
			for i < len(s.text) {
				r, size := utf8.DecodeRuneInString(s.text[i:])
				if !isDigit(r) {
					break
				}
				i += size
			}
			s.groups = append(s.groups, group{from, i})
			begins = false
		case isLetter(r):
			t := s.word(i, &buf)
			t.begins, begins = begins, false
			s.tokens = append(s.tokens, t)
			i = t.end
			if strings.HasPrefix(s.text[i:], "'s") || strings.HasPrefix(s.text[i:], "\u2019s") || strings.HasPrefix(s.text[i:], "'S") {
				i += strings.IndexAny(s.text[i:], "sS") + 1
			}
		default:
			switch r {
			case '.':
				begins = begins || !s.abbreviated(i)
			case '!', '?', '\n', '\u2022', '"', '\u201c', '\u2026':
				begins = true
			}
			i += size
		}
	}
}

// word reads the word that begins at i.
func (s *scanner) word(i int, buf *[]byte) token {
	t := token{start: i, shouted: true}
	b := (*buf)[:0]
	for n := 0; i < len(s.text); n++ {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if !isLetter(r) {
			if n == 0 || !inner(r) || possessive(s.text[i+size:]) {
				break
			}
			next, _ := utf8.DecodeRuneInString(s.text[i+size:])
			if !isLetter(next) {
				break
			}
			if r == '-' {
				b = append(b, '-')
			}
			i += size
			continue
		}
		upper := unicode.IsUpper(r)
		if n == 0 {
			t.capital = upper
		}
		t.shouted = t.shouted && (upper || unicode.Is(unicode.M, r))
		b = utf8.AppendRune(b, unicode.ToLower(r))
		i += size
	}
	t.end = i
	t.shouted = t.shouted && t.end-t.start > 1
	t.class = s.lists.class[string(b)]
	if t.class == 0 {
		if j := strings.IndexByte(string(b), '-'); j > 0 && s.lists.class[string(b[:j])]&(given|title) != 0 {
			t.class = s.lists.class[string(b[:j])]
		}
	}
	*buf = b
	return t
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.M, r) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r > unicode.MaxASCII && unicode.IsDigit(r) }

// inner reports what may stand between the letters of a word.
func inner(r rune) bool { return r == '-' || r == '\'' || r == '\u2019' }

// possessive reports whether what follows an apostrophe is an s that ends the word.
func possessive(rest string) bool {
	if rest == "" || rest[0] != 's' && rest[0] != 'S' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return !isLetter(r)
}

// abbreviated reports whether the full stop at i ends a title, a saint or an initial, not a sentence.
func (s *scanner) abbreviated(i int) bool {
	if len(s.tokens) == 0 {
		return false
	}
	t := s.tokens[len(s.tokens)-1]
	if t.end != i {
		return false
	}
	return t.class&title != 0 || t.end-t.start == 1 && t.capital || t.class&before != 0 && t.end-t.start <= 2
}

// lower is a token's letters in lower case.
func (s *scanner) lower(t token) string { return strings.ToLower(s.text[t.start:t.end]) }

// gap is what stands between token i-1 and token i.
func (s *scanner) gap(i int) string {
	if i <= 0 || i >= len(s.tokens) {
		return "\n"
	}
	return s.text[s.tokens[i-1].end:s.tokens[i].start]
}

// joined reports whether token i follows the one before it with nothing but a space between.
func (s *scanner) joined(i int) bool {
	switch s.gap(i) {
	case " ", "  ", "\u00a0":
		return true
	}
	return false
}

// is reports whether token i is the word.
func (s *scanner) is(i int, words ...string) bool {
	if i < 0 || i >= len(s.tokens) {
		return false
	}
	t := s.tokens[i]
	for _, w := range words {
		if len(w) == t.end-t.start && strings.EqualFold(w, s.text[t.start:t.end]) {
			return true
		}
	}
	return false
}

// has reports whether token i is of any of the classes.
func (s *scanner) has(i int, c class) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].class&c != 0
}
