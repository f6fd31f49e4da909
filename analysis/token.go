package analysis

import (
	"unicode"
	"unicode/utf8"
)

// A tokenKind says what a token is made of.
type tokenKind uint8

const (
	wordToken   tokenKind = iota // letters, with inner apostrophes and hyphens cut off
	numberToken                  // 3, 1,000, 9:05, 20%, £45
	markToken                    // one punctuation mark, or a run of one
	emojiToken
)

// A token is a word, number or mark of a text: byte offsets into it.
type token struct {
	start, end int
	kind       tokenKind
}

func (t token) extent() Extent { return Extent{t.start, t.end} }

// tokens appends the tokens of text[e.Start:e.End] to list. Contractions come apart as in "did"
// "n't" and "he" "'s", so that a negation is a token of its own.
func tokens(list []token, text string, e Extent) []token {
	for i := e.Start; i < e.End; {
		c := text[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			i++
		case asciiLetter(c) || c >= utf8.RuneSelf && letterAt(text[i:]):
			j := wordEnd(text, i, e.End)
			list = contraction(list, text, i, j)
			i = j
		case digit(c) || (c == '$' || c >= utf8.RuneSelf) && currencyAt(text[i:e.End]):
			j := numberEnd(text, i, e.End)
			list = append(list, token{i, j, numberToken})
			i = j
		default:
			r, w := utf8.DecodeRuneInString(text[i:])
			j := i + w
			for j < e.End && text[j] == text[i] && w == 1 {
				j++
			}
			switch {
			case unicode.IsSpace(r):
			case w > 2 && unicode.Is(unicode.So, r):
				list = append(list, token{i, j, emojiToken})
			case c == ':' || c == ';' || c == '=':
				if end := emoticon(text[i:e.End]); end > 0 {
					j = i + end
					list = append(list, token{i, j, emojiToken})
					break
				}
				list = append(list, token{i, j, markToken})
			default:
				list = append(list, token{i, j, markToken})
			}
			i = j
		}
	}
	return list
}

// wordEnd returns the end of the word that starts at i: letters, digits after letters, and
// apostrophes between letters.
func wordEnd(text string, i, end int) int {
	for i < end {
		c := text[i]
		switch {
		case asciiLetter(c) || digit(c):
			i++
		case c == '\'' && i+1 < end && asciiLetter(text[i+1]):
			i++
		case c >= utf8.RuneSelf:
			r, w := utf8.DecodeRuneInString(text[i:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				return i
			}
			i += w
		default:
			return i
		}
	}
	return i
}

// numberEnd returns the end of the number that starts at i: "£1,250.50", "9:05", "20%", "2nd".
func numberEnd(text string, i, end int) int {
	_, w := utf8.DecodeRuneInString(text[i:])
	i += w
	for i < end {
		c := text[i]
		inner := (c == ',' || c == '.' || c == ':' || c == '/') && i+1 < end && digit(text[i+1])
		if !digit(c) && !inner {
			break
		}
		i++
	}
	if i < end && text[i] == '%' {
		i++
	}
	return i
}

// bare are negations written without the apostrophe.
var bare = [...]string{"dont", "didnt", "doesnt", "wont", "cant", "couldnt", "wouldnt", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt", "shouldnt"}

// contraction appends the word text[i:j] in its parts.
func contraction(list []token, text string, i, j int) []token {
	cut, word := j, text[i:j]
	if n := len(word); n >= 3 {
		switch last := word[n-1] | 0x20; {
		case word[n-2] == '\'':
			switch {
			case suffix(word, "n't"):
				cut = j - 3
			case last == 's' || last == 'd' || last == 'm':
				cut = j - 2
			}
		case word[n-3] == '\'':
			if suffix(word, "re") || suffix(word, "ve") || suffix(word, "ll") {
				cut = j - 3
			}
		case last != 't':
		case equalFold(word, "cannot"):
			cut = j - 3
		case suffix(word, "nt"):
			for _, b := range bare {
				if equalFold(word, b) {
					cut = j - 2
				}
			}
		}
	}
	if cut > i {
		list = append(list, token{i, cut, wordToken})
	}
	if cut < j {
		list = append(list, token{cut, j, wordToken})
	}
	return list
}

// suffix reports whether word ends in the lower-case ASCII letters of s, in any case.
func suffix(word, s string) bool {
	if len(word) < len(s) {
		return false
	}
	for k := range len(s) {
		c := word[len(word)-len(s)+k]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != s[k] {
			return false
		}
	}
	return true
}

// emoticon returns the length of the emoticon that s starts with, 0 without one.
func emoticon(s string) int {
	i := 1
	if i < len(s) && (s[i] == '-' || s[i] == '\'') {
		i++
	}
	if i < len(s) && (s[i] == ')' || s[i] == '(' || s[i] == 'D' && (i+1 == len(s) || !asciiLetter(s[i+1]))) {
		return i + 1
	}
	return 0
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool       { return c >= '0' && c <= '9' }

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// currencyAt reports whether s starts with a currency sign before a digit.
func currencyAt(s string) bool {
	r, w := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Sc, r) && len(s) > w && digit(s[w])
}

// appendLower appends s in lower case to buf.
func appendLower(buf []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			for _, r := range s[i:] {
				buf = utf8.AppendRune(buf, unicode.ToLower(r))
			}
			return buf
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return buf
}
