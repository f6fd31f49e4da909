package analysis

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxScored is how many characters of a text are read; a review is a few hundred.
	maxScored = 20_000
	// maxRun is how many equal punctuation marks in a row are kept.
	maxRun = 4
)

// An Extent is a part of a text: byte offsets, End exclusive.
type Extent struct{ Start, End int }

// In returns the part of text that e names.
func (e Extent) In(text string) string { return text[e.Start:e.End] }

// Repair returns text with every byte that is not UTF-8 replaced by U+FFFD, as a JSON decoder does.
// Offsets of spans are offsets into the repaired text.
func Repair(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	for _, r := range text {
		b.WriteRune(r)
	}
	return b.String()
}

// A Normal is a text in the one form that everything reads: valid UTF-8 in NFC, straight quotes, at
// most four equal punctuation marks in a row, no invisible characters, at most 20,000 characters.
type Normal struct {
	Text string
	// pieces maps Text back to the text as given, ordered by at; empty when they are the same.
	pieces []piece
}

// A piece is a stretch of normal text and the given text it came from. A copied stretch is equal in
// both, byte for byte; any other stands for its given text as a whole.
type piece struct {
	at, given, size int // starts in normal and given text; bytes of given text
	copied          bool
}

// Normalise brings text into the one form and keeps the way back.
func Normalise(text string) Normal {
	if plain(text) {
		return Normal{Text: text}
	}
	text = Repair(text)
	n := normaliser{given: text}
	n.out.Grow(min(len(text), 4*maxScored))
	var next int
	for i := 0; i < len(text); i = next {
		if next = n.copy(i); next > i {
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		next = i + size
		s := straight(r)
		if s < 0 {
			continue
		}
		if n.runes == maxScored {
			break
		}
		n.runes++
		w := len(n.segment)
		n.segment = utf8.AppendRune(n.segment, s)
		if w > 0 && norm.NFC.Properties(n.segment[w:]).BoundaryBefore() {
			n.segment = n.segment[:w]
			n.flush()
			n.segment = utf8.AppendRune(n.segment, s)
		}
		if len(n.segment) == utf8.RuneLen(s) {
			n.start = i
		}
		n.end = next
	}
	n.flush()
	return Normal{Text: n.out.String(), pieces: n.pieces}
}

// Given maps a part of the normal text to the part of the given text it came from. A part that
// begins or ends inside a character is widened to the whole of it.
func (n Normal) Given(e Extent) Extent {
	if len(n.pieces) == 0 {
		return e
	}
	if e.End <= e.Start {
		at, _ := n.given(e.Start)
		return Extent{at, at}
	}
	start, _ := n.given(e.Start)
	last, after := n.given(e.End - 1)
	return Extent{start, max(last+1, after)}
}

// given returns where the byte at offset i came from, and for a byte of a replaced stretch the end
// of the given text it stands for.
func (n Normal) given(i int) (from, after int) {
	p := n.pieces[max(0, sort.Search(len(n.pieces), func(k int) bool { return n.pieces[k].at > i })-1)]
	if p.copied {
		return p.given + min(i-p.at, p.size), 0
	}
	return p.given, p.given + p.size
}

// plain reports whether text is normal as it stands, which most texts are.
func plain(text string) bool {
	if len(text) > maxScored {
		return false
	}
	i := 0
	for ; i+8 <= len(text); i += 8 {
		if !plainBytes(eightBytes(text, i)) {
			return false
		}
	}
	if i >= 8 { // what is left, with some before it
		i = len(text)
		if !plainBytes(eightBytes(text, i-8)) {
			return false
		}
	}
	for ; i < len(text); i++ {
		if text[i]-1 >= utf8.RuneSelf-1 || text[i] == '`' {
			return false
		}
	}
	// A run that is too long has two marks on both sides of each place that is a multiple of its length.
	for i := maxRun; i < len(text); i += maxRun {
		if c := text[i]; c == text[i-1] && run(text, i) > maxRun && unicode.In(rune(c), unicode.P, unicode.S) {
			return false
		}
	}
	return true
}

// plainBytes reports whether all of eight bytes are ASCII and neither zero nor a grave accent.
func plainBytes(eight uint64) bool {
	const every = 0x0101010101010101
	return (eight|(eight-every)|((eight^'`'*every)-every))&(0x80*every) == 0
}

// run returns how many bytes around i are the same, of as many to both sides as make a run too long.
func run(text string, i int) int {
	first, last := i, i+1
	for first > max(0, i-maxRun) && text[first-1] == text[i] {
		first--
	}
	for last < min(len(text), i+maxRun) && text[last] == text[i] {
		last++
	}
	return last - first
}

// A normaliser writes normal text and its pieces.
type normaliser struct {
	given  string
	out    strings.Builder
	pieces []piece
	runes  int  // characters taken
	last   rune // the last character written, and how often in a row
	run    int
	// segment holds characters that may yet be composed with the next; they lie in given[start:end].
	segment    []byte
	start, end int
}

// A stretch is copied as a whole where that is worth it, and never so long that looking at it again and again is: in bytes.
const (
	minCopied = 16
	maxCopied = 128
)

// copy writes the plain stretch at offset i of the given text out, but for its last character, with which the next may be
// composed. It returns the end of what it wrote.
func (n *normaliser) copy(i int) int {
	end, last := i, min(len(n.given), i+maxCopied)
	for end < last && n.given[end] < utf8.RuneSelf && n.given[end] != '`' {
		end++
	}
	end--
	if end-i < minCopied || end-i > maxScored-n.runes {
		return i
	}
	stretch := n.given[i:end]
	if n.flush(); rune(stretch[0]) == n.last || !plain(stretch) {
		return i
	}
	n.join(piece{at: n.out.Len(), given: i, size: len(stretch), copied: true})
	n.out.WriteString(stretch)
	n.runes += len(stretch)
	n.last = rune(stretch[len(stretch)-1])
	n.run = len(stretch) - len(strings.TrimRight(stretch, stretch[len(stretch)-1:]))
	return end
}

// flush writes the segment out.
func (n *normaliser) flush() {
	if len(n.segment) == 0 {
		return
	}
	size := n.end - n.start
	if r, w := utf8.DecodeRune(n.segment); w == len(n.segment) && r == n.last && n.run >= maxRun && unicode.In(r, unicode.P, unicode.S) {
		n.widen(w)
		n.segment = n.segment[:0]
		return
	}
	before := n.out.Len()
	for _, r := range norm.NFC.String(string(n.segment)) {
		if r != n.last {
			n.last, n.run = r, 0
		}
		n.run++
		n.out.WriteRune(r)
	}
	copied := n.out.String()[before:] == n.given[n.start:n.end]
	n.join(piece{at: before, given: n.start, size: size, copied: copied})
	n.segment = n.segment[:0]
}

// widen lets the last character written, of w bytes, stand for the given text up to end too.
func (n *normaliser) widen(w int) {
	p := &n.pieces[len(n.pieces)-1]
	if !p.copied || p.size == w {
		p.copied = false
		p.size = n.end - p.given
		return
	}
	p.size -= w
	from := p.given + p.size
	n.pieces = append(n.pieces, piece{at: n.out.Len() - w, given: from, size: n.end - from})
}

// join adds p to the pieces; a copied stretch grows.
func (n *normaliser) join(p piece) {
	if k := len(n.pieces) - 1; k >= 0 && p.copied && n.pieces[k].copied && n.pieces[k].given+n.pieces[k].size == p.given {
		n.pieces[k].size += p.size
		return
	}
	n.pieces = append(n.pieces, p)
}

// straight returns the plain form of quotes, dashes and spaces, and -1 for what nobody sees.
func straight(r rune) rune {
	switch r {
	case '\u2018', '\u2019', '\u201a', '\u201b', '\u2032', '\u00b4', '\u02bc', '`', '\uff07':
		return '\''
	case '\u201c', '\u201d', '\u201e', '\u201f', '\u2033', '\u00ab', '\u00bb', '\uff02':
		return '"'
	case '\u00a0', '\u2007', '\u202f', '\u3000', '\u2009', '\u200a':
		return ' '
	case '\u2010', '\u2011':
		return '-'
	case '\u2028', '\u2029', '\u0085':
		return '\n'
	case 0, '\u00ad', '\u200b', '\u200c', '\u200e', '\u200f', '\u2060', '\ufeff', '\u061c', '\ufe0e', '\ufe0f':
		return -1
	case '\u200d': // joins emoji; between letters of some scripts it is only a shape
		return -1
	}
	if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
		return -1
	}
	return r
}
