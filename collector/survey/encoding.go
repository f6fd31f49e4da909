package survey

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// A texture is what the bytes of a text file tell before any of them is read as a table.
type texture struct {
	encoding string // "utf-8", "utf-8-sig", "utf-16le", "utf-16be" or "windows-1252"
	bom      int    // length of the byte order mark
	nuls     int
	invalid  int // bytes that are not UTF-8, in a file that is
	eol      byte
}

// feel reads all of r and decides its encoding: a byte order mark, else UTF-8 where nearly all of it
// is valid, else Windows-1252. A stated encoding settles it. What holds other than text is refused.
func feel(r io.Reader, stated string) (texture, error) {
	var (
		t                            texture
		size, controls, multi, cr, n int
		lf                           bool
		rest                         []byte
		buf                          = make([]byte, 64<<10)
	)
	for first := true; ; first = false {
		read, err := io.ReadFull(r, buf)
		b := buf[:read]
		if first {
			t.encoding, t.bom = mark(b)
		}
		size += read
		for _, c := range b {
			switch {
			case c == 0:
				t.nuls++
			case c == '\n':
				lf = true
			case c == '\r':
				cr++
			case c < ' ' && c != '\t' && c != '\f' && c != 0x1b:
				controls++
			}
		}
		if len(rest) > 0 {
			b = slices.Concat(rest, b)
		}
		n, rest = count(b, &multi, err != nil)
		t.invalid += n
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return t, err
		}
	}
	t.eol = '\n'
	if !lf && cr > 0 {
		t.eol = '\r'
	}
	if size == t.bom {
		return t, errors.New("the file is empty")
	}
	if stated != "" {
		name, ok := encodings[strings.ToLower(stated)]
		if !ok {
			return t, fmt.Errorf("encoding %q is not known: utf-8, utf-16le, utf-16be or windows-1252", stated)
		}
		if name != strings.TrimSuffix(t.encoding, "-sig") {
			t.encoding = name
		}
	}
	if strings.HasPrefix(t.encoding, "utf-16") || stated != "" && !strings.HasPrefix(t.encoding, "utf-8") {
		t.nuls, t.invalid = 0, 0
		return t, nil
	}
	if (controls+t.nuls)*100 > size {
		return t, errors.New("not a text table: it holds too many control characters (for UTF-16 without a byte order mark, state the encoding)")
	}
	if t.encoding == "" {
		t.encoding = "utf-8"
		if t.invalid > 0 && multi < 10*t.invalid {
			t.encoding, t.invalid = "windows-1252", 0
		}
	}
	return t, nil
}

var encodings = map[string]string{
	"utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16le", "utf-16le": "utf-16le", "utf-16be": "utf-16be",
	"windows-1252": "windows-1252", "cp1252": "windows-1252", "latin1": "windows-1252", "iso-8859-1": "windows-1252",
}

func mark(b []byte) (string, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return "utf-8-sig", 3
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return "utf-16le", 2
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "utf-16be", 2
	}
	return "", 0
}

// count says how many bytes of b are not UTF-8, adds its sequences of several bytes to multi, and
// returns a copy of the start of a sequence that the next block may complete.
func count(b []byte, multi *int, last bool) (invalid int, rest []byte) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		if !last && !utf8.FullRune(b) {
			return invalid, append([]byte(nil), b...)
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			invalid++
		} else {
			*multi++
		}
		b = b[n:]
	}
	return invalid, nil
}

// decode returns the text of r, whose mark is skipped already, as valid UTF-8 without NUL.
func (t texture) decode(r io.Reader) io.Reader {
	switch t.encoding {
	case "utf-16le":
		r = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(r)
	case "utf-16be":
		r = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(r)
	case "windows-1252":
		r = charmap.Windows1252.NewDecoder().Reader(r)
	default:
		if t.invalid > 0 {
			r = transform.NewReader(r, runes.ReplaceIllFormed())
		}
	}
	if t.nuls > 0 {
		r = transform.NewReader(r, runes.Remove(runes.Predicate(func(c rune) bool { return c == 0 })))
	}
	return r
}

// sniffComma finds the delimiter of the text's start: the one that gives most rows the same number
// of cells. A first line "sep=;" states it.
func sniffComma(start []byte, eol byte) byte {
	if len(start) > 4 && bytes.EqualFold(start[:4], []byte("sep=")) && start[4] != '\r' && start[4] != '\n' {
		return start[4]
	}
	best, comma := 0.0, byte(',')
	for _, c := range []byte(",;\t|") {
		if s := steadiness(start, c, eol); s > best+0.02 {
			best, comma = s, c
		}
	}
	return comma
}

// steadiness is the share of rows that have as many cells as most rows, 0 where most have one, with
// a little for more cells.
func steadiness(start []byte, comma, eol byte) float64 {
	const rows = 200
	c := newCSVReader(bytes.NewReader(start), comma, eol)
	widths, total := map[int]int{}, 0
	for total < rows {
		r, err := c.next()
		if err != nil {
			break
		}
		if r.bad == "" {
			widths[len(r.cells)]++
		}
		total++
	}
	width, most := 0, 0
	for w, n := range widths {
		if n > most || n == most && w > width {
			width, most = w, n
		}
	}
	if width < 2 {
		return 0
	}
	return float64(most)/float64(total) + min(float64(width), 50)/500
}
