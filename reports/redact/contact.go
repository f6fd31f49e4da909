package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// links finds web addresses, mail addresses and handles.
func (s *scanner) links() {
	for i := 0; i < len(s.text); i++ {
		switch s.text[i] {
		case ':':
			if strings.HasPrefix(s.text[i:], "://") {
				start := i
				for start > 0 && start > i-8 && isASCIILetter(s.text[start-1]) {
					start--
				}
				i = s.link(start, i+3)
			}
		case 'w', 'W':
			if len(s.text) > i+5 && strings.EqualFold(s.text[i:i+4], "www.") && (i == 0 || !isASCIILetter(s.text[i-1])) {
				i = s.link(i, i+4)
			}
		case '/':
			if start := s.host(i); start < i && !s.taken(start) {
				i = s.link(start, i)
			}
		case '@':
			i = s.mail(i)
		case '(', '[':
			if at := s.text[i:]; len(at) > 4 && strings.EqualFold(at[1:3], "at") && (at[3] == ')' || at[3] == ']') {
				i = s.spelled(i, i+4)
			}
		case ' ':
			if at := s.text[i:]; len(at) > 4 && strings.EqualFold(at[:4], " at ") {
				i = s.spelled(i, i+4)
			}
		}
	}
}

func isASCIILetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// link adds an address that begins at start and goes on from i to white space; it returns its last byte.
func (s *scanner) link(start, i int) int {
	for i < len(s.text) && s.text[i] > ' ' && !strings.ContainsRune("<>\"", rune(s.text[i])) {
		i++
	}
	for i > start && strings.ContainsRune(".,;:!?)'", rune(s.text[i-1])) {
		i--
	}
	s.add(start, i, Link)
	return i - 1
}

// host returns where the host before the slash at i begins, i where there is none: a name, a point and
// letters, such as reviews.example.
func (s *scanner) host(i int) int {
	start, dot := i, -1
	for start > 0 && i-start < 80 {
		b := s.text[start-1]
		if b == '.' && dot < 0 {
			dot = start - 1
		}
		if !isASCIILetter(b) && (b < '0' || b > '9') && b != '.' && b != '-' {
			break
		}
		start--
	}
	if dot <= start || i-dot < 3 || i+1 >= len(s.text) || s.text[i+1] <= ' ' {
		return i
	}
	for _, b := range []byte(s.text[dot+1 : i]) {
		if !isASCIILetter(b) {
			return i
		}
	}
	return start
}

// local reports what may stand before the @ of an address, and in a host.
func local(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._%+-", r)
}

// mail adds the address or the handle around the @ at i and returns its last byte.
func (s *scanner) mail(i int) int {
	start := i
	for start > 0 && i-start < 64 {
		r, size := utf8.DecodeLastRuneInString(s.text[:start])
		if !local(r) {
			break
		}
		start -= size
	}
	end, dots := s.hostAfter(i + 1)
	if start == i && dots == 0 {
		if from, to, points := s.apart(i); points > 0 {
			start, end, dots = from, to, points
		}
	}
	switch {
	case start < i && dots > 0:
		s.add(start, end, Mail)
	case start == i && end-i > 3 && unicode.IsLetter(rune(s.text[i+1])):
		s.add(start, end, Name) // a handle
	default:
		return i
	}
	return end - 1
}

// apart reads an address with spaces about its @, as in "jo @ post.example"; there is none where dots is 0.
func (s *scanner) apart(i int) (start, end, dots int) {
	lead := strings.TrimSuffix(s.text[:i], " ")
	start = len(lead)
	for start > 0 && i-start < 64 {
		r, size := utf8.DecodeLastRuneInString(s.text[:start])
		if !local(r) {
			break
		}
		start -= size
	}
	from := i + 1
	if from < len(s.text) && s.text[from] == ' ' {
		from++
	}
	if start == len(lead) || from == i+1 && len(lead) == i {
		return i, i, 0
	}
	end, dots = s.hostAfter(from)
	if last := strings.LastIndexByte(s.text[from:end], '.'); last < 1 || end-from-last < 3 || strings.ContainsAny(s.text[from+last:end], "0123456789_-") {
		return i, i, 0 // "2 @ R99.50"
	}
	return start, end, dots
}

// hostAfter reads a host from i and returns its end and how many points are in it.
func (s *scanner) hostAfter(i int) (end, dots int) {
	end = i
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '.' && r != '_' {
			break
		}
		end += size
	}
	for end > i && strings.ContainsRune(".-_", rune(s.text[end-1])) {
		end--
	}
	return end, strings.Count(s.text[i:end], ".")
}

// spelled adds an address whose @ is written out, from..to, as in "jo (at) post (dot) example" and "jo at post
// dot example"; it returns the last byte read.
func (s *scanner) spelled(from, to int) int {
	lead := strings.TrimRight(s.text[:from], " ")
	start := len(lead)
	for start > 0 && from-start < 66 {
		r, size := utf8.DecodeLastRuneInString(s.text[:start])
		if !local(r) {
			break
		}
		start -= size
	}
	for start > 5 && strings.EqualFold(s.text[start-5:start], " dot ") { // "jo dot smith at post dot example"
		word := start - 5
		for word > 0 && from-word < 66 && local(rune(s.text[word-1])) && s.text[word-1] < utf8.RuneSelf {
			word--
		}
		if word == start-5 || from-word >= 66 {
			break
		}
		start = word
	}
	i := to + len(s.text[to:]) - len(strings.TrimLeft(s.text[to:], " "))
	bracketed := s.text[from] != ' '
	end, dots := s.hostAfter(i)
	if end == i || start == len(lead) {
		return from
	}
	written := false
	for {
		rest := s.text[end:]
		cut := 0
		for _, dot := range []string{" dot ", " (dot) ", "(dot)", " [dot] ", "[dot]", " punt "} {
			if len(rest) > len(dot) && strings.EqualFold(rest[:len(dot)], dot) {
				cut = len(dot)
			}
		}
		if cut == 0 {
			break
		}
		next, more := s.hostAfter(end + cut)
		if next == end+cut {
			break
		}
		end, dots, written = next, dots+more+1, true
	}
	if dots == 0 || !bracketed && !written {
		return from
	}
	if !bracketed && spokenNot[strings.ToLower(s.text[start:len(lead)])] {
		return from
	}
	s.add(start, end, Mail)
	return end - 1
}

// spokenNot are words before "at" that are nobody's mail.
var spokenNot = wordSet("me us you him her them it be is was are here there look looked only just")
