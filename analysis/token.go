package analysis

import (
	"unicode"
	"unicode/utf8"
)

// A Token is a word, number, mark or emoji of a text. Contractions are two words ("did", "n't").
type Token struct {
	Extent
	Spelling int     // number of how it is written, the same for the same bytes in all texts of one Round
	Judges   float64 // what the word weighs by itself, -1 to 1
	Word     bool    // letters, with inner apostrophes and hyphens cut off
	Number   bool    // 3, 1,000, 9:05, 20%, £45
	Mark     bool    // one punctuation mark, or a run of one
	Emoji    bool    // or an emoticon
	Denies   bool    // a negation
	Covered  bool    // it is part of a phrase that judges as a whole
}

// A kind of byte says what a token that begins with it may be.
const (
	markByte = iota
	blankByte
	letterByte
	digitByte
	otherByte // of a character that is looked at by itself
)

// byteKinds are the kinds of all bytes.
var byteKinds = func() (kinds [256]uint8) {
	for c := range kinds {
		switch b := byte(c); {
		case b >= utf8.RuneSelf || b == '$':
			kinds[c] = otherByte
		case space(b):
			kinds[c] = blankByte
		case asciiLetter(b):
			kinds[c] = letterByte
		case digit(b):
			kinds[c] = digitByte
		}
	}
	return kinds
}()

// tokens appends the tokens of text[e.Start:e.End] to list. Contractions come apart as in "did"
// "n't" and "he" "'s", so that a negation is a token of its own.
func tokens(list []Token, text string, e Extent) []Token {
	text = text[:e.End]
	for i := e.Start; i < len(text); {
		kind := byteKinds[text[i]]
		if kind == otherByte {
			kind = kindAt(text[i:])
		}
		at := i
		switch kind {
		case blankByte:
			_, w := utf8.DecodeRuneInString(text[i:])
			i += w
		case letterByte:
			i = wordEnd(text, i)
			list = contraction(list, text, at, i)
		case digitByte:
			i = numberEnd(text, i)
			list = append(list, Token{Extent: Extent{at, i}, Number: true})
		default:
			var emoji bool
			i, emoji = markEnd(text, i)
			list = append(list, Token{Extent: Extent{at, i}, Mark: !emoji, Emoji: emoji})
		}
	}
	return list
}

// kindAt is the kind of the character that s starts with.
func kindAt(s string) uint8 {
	switch r, w := utf8.DecodeRuneInString(s); {
	case unicode.IsLetter(r):
		return letterByte
	case len(s) > w && digit(s[w]) && unicode.Is(unicode.Sc, r):
		return digitByte
	case unicode.IsSpace(r):
		return blankByte
	}
	return markByte
}

// wordEnd returns the end of the word that starts at i: letters, digits after letters, and
// apostrophes between letters.
func wordEnd(text string, i int) int {
	for i < len(text) {
		switch c := text[i]; {
		case byteKinds[c] == letterByte || byteKinds[c] == digitByte:
			i++
		case c == '\'' && i+1 < len(text) && asciiLetter(text[i+1]):
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

// markEnd returns the end of the mark or emoji at i, and whether it is an emoji.
func markEnd(text string, i int) (end int, emoji bool) {
	c := text[i]
	if c >= utf8.RuneSelf {
		r, w := utf8.DecodeRuneInString(text[i:])
		return i + w, w > 2 && unicode.Is(unicode.So, r)
	}
	if c == ':' || c == ';' || c == '=' {
		if n := emoticon(text[i:]); n > 0 {
			return i + n, true
		}
	}
	for end = i + 1; end < len(text) && text[end] == c; {
		end++
	}
	return end, false
}

// numberEnd returns the end of the number that starts at i: "£1,250.50", "9:05", "20%", "2nd".
func numberEnd(text string, i int) int {
	_, w := utf8.DecodeRuneInString(text[i:])
	i += w
	for i < len(text) {
		c := text[i]
		inner := (c == ',' || c == '.' || c == ':' || c == '/') && i+1 < len(text) && digit(text[i+1])
		if !digit(c) && !inner {
			break
		}
		i++
	}
	if i < len(text) && text[i] == '%' {
		i++
	}
	return i
}

// bare are negations written without the apostrophe.
var bare = [...]string{"dont", "didnt", "doesnt", "wont", "cant", "couldnt", "wouldnt", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt", "shouldnt"}

// contraction appends the word text[i:j] in its parts.
func contraction(list []Token, text string, i, j int) []Token {
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
		list = append(list, Token{Extent: Extent{i, cut}, Word: true})
	}
	if cut < j {
		list = append(list, Token{Extent: Extent{cut, j}, Word: true})
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
