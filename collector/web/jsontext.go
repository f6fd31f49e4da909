package web

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string that starts with the quotation mark q.
func (r *jsonReader) text(q byte) (string, error) {
	if q == '\'' {
		r.mend(mendSingle)
	}
	r.i++
	from := r.i
	for r.i < len(r.s) && r.s[r.i] != q && r.s[r.i] != '\\' {
		if r.s[r.i] < ' ' {
			r.mend(mendControl)
		}
		r.i++
	}
	if r.i < len(r.s) && r.s[r.i] == q && r.ends() {
		s := r.s[from:r.i]
		r.i++
		return s, nil
	}
	var b strings.Builder
	b.WriteString(r.s[from:r.i])
	for r.i < len(r.s) {
		c := r.s[r.i]
		switch {
		case c == q && r.ends():
			r.i++
			return b.String(), nil
		case c == '\\' && r.i+1 < len(r.s):
			r.escape(&b)
			continue
		}
		if c < ' ' {
			r.mend(mendControl)
		}
		b.WriteByte(c)
		r.i++
	}
	return b.String(), errJSONEnd
}

// ends reports whether the quotation mark at i closes its string: always, unless loose, where
// something must follow that can.
func (r *jsonReader) ends() bool {
	if !r.loose {
		return true
	}
	rest := strings.TrimLeft(r.s[r.i+1:], " \t\r\n")
	if rest == "" {
		return true
	}
	switch rest[0] {
	case '}', ']', ':':
		return true
	case ',':
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
		return rest == "" || strings.IndexByte(`"{[]}-0123456789`, rest[0]) >= 0 ||
			strings.HasPrefix(rest, "true") || strings.HasPrefix(rest, "false") || strings.HasPrefix(rest, "null")
	}
	return false
}

func (r *jsonReader) escape(b *strings.Builder) {
	c := r.s[r.i+1]
	r.i += 2
	switch c {
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case 'b', 'f':
		b.WriteByte(' ')
	case 'u':
		u, ok := hex4(r.s[r.i:])
		if !ok {
			r.mend(mendEscape)
			b.WriteByte('u')
			return
		}
		r.i += 4
		if utf16.IsSurrogate(u) && strings.HasPrefix(r.s[r.i:], `\u`) {
			if low, ok := hex4(r.s[r.i+2:]); ok {
				if pair := utf16.DecodeRune(u, low); pair != utf8.RuneError {
					r.i += 6
					u = pair
				}
			}
		}
		b.WriteRune(u)
	default:
		if c != '"' && c != '\\' && c != '/' {
			r.mend(mendEscape)
		}
		b.WriteByte(c)
	}
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var v rune
	for i := range 4 {
		c := s[i] | 0x20
		switch {
		case s[i] >= '0' && s[i] <= '9':
			v = v<<4 | rune(s[i]-'0')
		case c >= 'a' && c <= 'f':
			v = v<<4 | rune(c-'a'+10)
		default:
			return 0, false
		}
	}
	return v, true
}

// marks are what pages wrap scripts in; between values they mean nothing.
var marks = []string{"<!--", "-->", "<![CDATA[", "]]>", "\ufeff", "\u00a0"}

// blank skips white space, comments and marks.
func (r *jsonReader) blank() {
	for r.i < len(r.s) {
		rest := r.s[r.i:]
		switch c := rest[0]; {
		case c <= ' ':
			r.i++
			continue
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				r.i = len(r.s)
				return
			}
			r.i += end + 4
			continue
		case strings.HasPrefix(rest, "//"):
			if after := strings.TrimLeft(rest[2:], " \t"); strings.HasPrefix(after, "<![CDATA[") || strings.HasPrefix(after, "]]>") || strings.HasPrefix(after, "<!--") || strings.HasPrefix(after, "-->") {
				r.i += 2
				continue
			}
			if end := strings.IndexByte(rest, '\n'); end >= 0 {
				r.i += end
			} else {
				r.i = len(r.s)
			}
			continue
		}
		skipped := false
		for _, m := range marks {
			if strings.HasPrefix(rest, m) {
				r.i += len(m)
				skipped = true
				break
			}
		}
		if !skipped {
			return
		}
	}
}
