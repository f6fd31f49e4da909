package analysis

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// A Token is a word, number, mark or emoji of a text. Contractions are two words ("did", "n't").
type Token struct {
	Extent
	Spelling int32 // number of how it is written, the same for the same bytes in all texts of one Round
	Judges   int8  // 1 for a word of praise by itself, -1 for one of blame
	Word     bool  // letters, with inner apostrophes and hyphens cut off
	Number   bool  // 3, 1,000, 9:05, 20%, £45
	Mark     bool  // one punctuation mark, or a run of one
	Emoji    bool  // or an emoticon
	Denies   bool  // a negation
	Covered  bool  // it is part of a phrase that judges as a whole
}

// A kind of token, and of the bytes that one may begin with.
const (
	markByte = iota
	blankByte
	letterByte
	digitByte
	emojiByte // of no byte by itself
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
	for start, end, kind := next(text, e.Start); start < end; start, end, kind = next(text, end) {
		if kind == letterByte {
			if cut := contraction(text[start:end]); cut > 0 {
				list = appendToken(list, start, end-cut, kind)
				start = end - cut
			}
		}
		list = appendToken(list, start, end, kind)
	}
	return list
}

// appendToken appends a token of that kind.
func appendToken(list []Token, start, end int, kind uint8) []Token {
	list = append(list, Token{})
	t := &list[len(list)-1]
	t.Start, t.End = start, end
	t.Word, t.Number, t.Mark, t.Emoji = kind == letterByte, kind == digitByte, kind == markByte, kind == emojiByte
	return list
}

// next returns where the first token of text[i:] starts and ends, contractions in one, and of what kind it is. Where there is none
// it ends where it starts.
func next(text string, i int) (start, end int, kind uint8) {
	for i < len(text) {
		kind = byteKinds[text[i]]
		if kind == otherByte {
			kind = kindAt(text[i:])
		}
		switch kind {
		case letterByte:
			return i, wordEnd(text, i), kind
		case blankByte:
			_, w := utf8.DecodeRuneInString(text[i:])
			i += w
		case digitByte:
			return i, numberEnd(text, i), kind
		default:
			end, kind = markEnd(text, i)
			return i, end, kind
		}
	}
	return i, i, blankByte
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
	for i+8 <= len(text) {
		n := letters(eightBytes(text, i))
		if i += n; n < 8 {
			break
		}
	}
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

// letters returns how many of eight bytes are ASCII letters, from the first on: what is added to each byte, in lower case, makes
// its highest bit one from "a" on, and from what follows "z".
func letters(eight uint64) int {
	const every = 0x0101010101010101
	small := (eight | 0x20*every) & (0x7f * every)
	from, beyond := small+(0x80-'a')*every, small+(0x7f-'z')*every
	return bits.TrailingZeros64(^(from&^beyond&^eight)&(0x80*every)) / 8
}

// lettersOrSpaces returns how many of eight bytes are spaces or of those among which the letters of ASCII are (64 to 127), from the first on.
func lettersOrSpaces(eight uint64) int {
	const every = 0x0101010101010101
	noSpace := (eight ^ 0x20*every) + 0x7f*every | eight
	return bits.TrailingZeros64((noSpace&^(eight<<1)|eight)&(0x80*every)) / 8
}

// markEnd returns the end of the mark or emoji at i, and which of both it is.
func markEnd(text string, i int) (end int, kind uint8) {
	c := text[i]
	if c >= utf8.RuneSelf {
		r, w := utf8.DecodeRuneInString(text[i:])
		if w > 2 && unicode.Is(unicode.So, r) {
			return i + w, emojiByte
		}
		return i + w, markByte
	}
	if c == ':' || c == ';' || c == '=' {
		if n := emoticon(text[i:]); n > 0 {
			return i + n, emojiByte
		}
	}
	for end = i + 1; end < len(text) && text[end] == c; {
		end++
	}
	return end, markByte
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

// contraction returns how many bytes at the end of a word are one of their own, 0 for none.
func contraction(word string) int {
	cut, n := 0, len(word)
	if n < 3 {
		return 0
	}
	switch last := word[n-1] | 0x20; {
	case word[n-2] == '\'':
		switch {
		case suffix(word, "n't"):
			cut = 3
		case last == 's' || last == 'd' || last == 'm':
			cut = 2
		}
	case word[n-3] == '\'':
		if suffix(word, "re") || suffix(word, "ve") || suffix(word, "ll") {
			cut = 3
		}
	case last != 't':
	case equalFold(word, "cannot"):
		cut = 3
	case suffix(word, "nt"):
		for _, b := range bare {
			if equalFold(word, b) {
				cut = 2
			}
		}
	}
	if cut == n {
		return 0
	}
	return cut
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
