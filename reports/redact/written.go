package redact

import (
	"regexp"
	"strings"
)

// What is told by letters and digits together is looked for only beside digits, in a window of fixed length, so that the
// work stays linear.
var (
	national = regexp.MustCompile(`^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b`) // National Insurance
	insured  = regexp.MustCompile(`^[A-Za-z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-Da-d]\b`)          // the same after a word for it, mistyped too
	postcode = regexp.MustCompile(`^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b`)                             // of the Post Office
	ward     = regexp.MustCompile(`^\d{2}[A-Z] ?\d[A-Z]{2}\b`)
	coded    = regexp.MustCompile(`^#?[A-Za-z]{0,4}[-/]?\d[A-Za-z\d]*(?:[-/][A-Za-z\d]+){0,3}`)
	year     = regexp.MustCompile(`^(?:st|nd|rd|th)?,? \d{4}\b`)
	aged     = regexp.MustCompile(`^(?:9\d|1[01]\d)(?:[- ]years?[- ]old|[- ]year[- ]old|[- ]?yrs?[- ]old|yo\b| years of age)`)
)

// months are the words and abbreviations for months.
var months = map[string]bool{
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true,
	"september": true, "october": true, "november": true, "december": true, "jan": true, "feb": true, "mar": true, "apr": true, "jun": true,
	"jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true, "januarie": true, "februarie": true, "maart": true,
	"mei": true, "junie": true, "julie": true, "augustus": true, "oktober": true, "desember": true,
}

// spelledDigits are the words for digits, as people write numbers out.
var spelledDigits = map[string]bool{
	"zero": true, "oh": true, "o": true, "one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true, "nine": true,
	"double": true, "nought": true, "triple": true,
}

// written finds what digits and letters tell together, dates in words, and numbers that are spelled out.
func (s *scanner) written() {
	for _, g := range s.groups {
		s.lettered(g)
	}
	s.dates()
	for i := 0; i < len(s.tokens); i++ {
		n := 0
		for i+n < len(s.tokens) && s.tokens[i+n].class&numeral != 0 && (n == 0 || strings.Trim(s.gap(i+n), " -,") == "") {
			n++
		}
		if n >= 7 {
			s.add(s.tokens[i].start, s.tokens[i+n-1].end, Phone)
		}
		i += n
	}
}

// lettered looks at a group of digits with the letters beside it.
func (s *scanner) lettered(g group) {
	start := g.start
	for start > 0 && g.start-start < 5 && (isASCIILetter(s.text[start-1]) || s.text[start-1] == ' ' && g.start == start && start > 2 && isUpper(s.text[start-2]) && isUpper(s.text[start-3]) && (start == 3 || !isASCIILetter(s.text[start-4]))) {
		start--
	}
	window := s.text[start:min(len(s.text), start+40)]
	if m := national.FindStringIndex(window); m != nil {
		s.add(start, start+m[1], Identity)
		return
	}
	if start < g.start {
		if m := insured.FindStringIndex(window); m != nil && s.about(start)&cueIdentity != 0 {
			s.add(start, start+m[1], Identity)
			return
		}
	}
	if start == g.start { // a second half of a postcode begins with a digit
		window = s.text[start:min(len(s.text), start+8)]
		if m := ward.FindStringIndex(window); m != nil && start > 0 && isUpper(s.text[start-1]) {
			s.add(start, start+m[1], Address)
		}
	} else if m := postcode.FindStringIndex(window); m != nil {
		s.add(start, start+m[1], Address)
		return
	}
	if m := aged.FindStringIndex(s.text[g.start:min(len(s.text), g.start+24)]); m != nil && start == g.start {
		s.add(g.start, g.start+m[1], Birth)
		return
	}
	s.reference(g, start)
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

// reference takes letters and digits after a word such as order or policy for its number. Digits alone have four or
// more, and after a word alone five: "order 2 pairs" names none.
func (s *scanner) reference(g group, start int) {
	at := start
	for at > 0 && g.start-at < 6 && strings.ContainsRune("#-/", rune(s.text[at-1])) {
		at--
		for at > 0 && g.start-at < 6 && isASCIILetter(s.text[at-1]) {
			at--
		}
	}
	m := coded.FindStringIndex(s.text[at:min(len(s.text), at+32)])
	if m == nil {
		return
	}
	end := at + m[1]
	var digits, letters int
	for _, b := range []byte(s.text[at:end]) {
		switch {
		case b >= '0' && b <= '9':
			digits++
		case isASCIILetter(b):
			letters++
		}
	}
	cue := s.about(at)
	if cue&(cueReference|cueIdentity) == 0 || priced(s.text[max(0, at-3):at]) || s.text[at] == 'R' && letters == 1 {
		return
	}
	lead := strings.TrimRight(strings.ToLower(s.text[max(0, at-10):at]), " :#.")
	connected := strings.HasSuffix(lead, "no") || strings.HasSuffix(lead, "number") || strings.ContainsAny(s.text[max(0, at-2):at+1], "#:")
	switch {
	case letters > 0 && digits >= 3, connected && digits >= 4, digits >= 5:
		kind := Reference
		if cue&cueIdentity != 0 {
			kind = Identity
		}
		s.add(at, end, kind)
	}
}

// dates finds days of birth with the month in words, and years of birth.
func (s *scanner) dates() {
	next := 0
	for _, g := range s.groups {
		for next < len(s.tokens) && s.tokens[next].start < g.end {
			next++
		}
		start, end := g.start, g.end
		if before := next - 1; before >= 0 { // "March 1968", "12th of March 1968", "March 12, 1968" from the 12
			if t := s.tokens[before]; t.class&month != 0 && strings.Trim(s.text[t.end:g.start], " .,") == "" {
				start = t.start
				from := strings.TrimRight(s.text[:start], " ")
				for _, end := range []string{" of", "th", "st", "nd", "rd", ","} {
					from = strings.TrimRight(strings.TrimSuffix(from, end), " ")
				}
				for n := 0; n < 2 && from != "" && from[len(from)-1] >= '0' && from[len(from)-1] <= '9'; n++ {
					from = from[:len(from)-1]
					start = len(from)
				}
			}
		}
		if end = s.dateEnd(next, end); start < g.start && end == g.end && end-g.start <= 2 {
			end += len(year.FindString(s.text[end:min(len(s.text), end+8)]))
		}
		alone := g.end-g.start == 4 && start == g.start && end == g.end
		if alone && (value(s.text[g.start:g.end]) < 1900 || value(s.text[g.start:g.end]) > 2035) {
			continue
		}
		if (alone || start < g.start || end > g.end) && (s.about(start)&cueBirth != 0 || s.birthAfter(end)) {
			s.add(start, end, Birth)
		}
	}
}

// dateEnd reads a month and a year on from the end of a day: "12 March 1968", "12th of March".
func (s *scanner) dateEnd(next, end int) int {
	for i := next; i < len(s.tokens) && i < next+3; i++ {
		t := s.tokens[i]
		switch {
		case s.is(i, "th", "st", "nd", "rd", "of"):
			continue
		case t.class&month != 0 && t.start-end < 8:
			rest := strings.TrimLeft(s.text[t.end:], " .,'")
			n := 0
			for n < len(rest) && n < 4 && rest[n] >= '0' && rest[n] <= '9' {
				n++
			}
			if n >= 2 {
				return len(s.text) - len(rest) + n
			}
			return t.end
		}
		break
	}
	return end
}
