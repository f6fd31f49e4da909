package redact

import "strings"

// cued reports whether the words before token i announce a person.
func (s *scanner) cued(i int) bool {
	if i == 0 {
		lead := strings.TrimSpace(s.text[:s.tokens[0].start])
		return (lead == "-" || lead == "~" || lead == "\u2014") && s.ends(0)
	}
	p := s.tokens[i-1]
	gap := s.gap(i)
	if !s.joined(i) {
		switch {
		case p.class&role != 0 && (gap == ", " || gap == " (" || gap == " - " || gap == ": "), p.class&kin != 0 && (gap == ", " || gap == " ("):
			return true
		case s.is(i-1, "name") && strings.HasPrefix(strings.TrimLeft(gap, "'\u2019"), "s "):
			return true
		case s.is(i-1, "regards", "cheers", "sincerely", "groete", "thanks") && strings.Trim(gap, " ,\n-!.") == "" && strings.ContainsAny(gap, ",\n"):
			return s.ends(i)
		case s.is(i-1, "you", "thanks", "hi", "hello", "dear") && (gap == ", " || gap == " - "):
			return !s.is(i-1, "you") || s.is(i-2, "thank")
		case strings.ContainsAny(gap, "~") || strings.HasSuffix(gap, "\n-") || strings.HasSuffix(gap, "\n- ") || strings.HasSuffix(gap, "\u2014 ") && s.ends(i) || strings.HasSuffix(gap, " - ") && s.ends(i):
			return s.ends(i)
		case gap == ", " && s.kinAside(i):
			return true
		case gap == ", " || gap == " & ":
			return s.listedBefore(i)
		case gap == " \"" || gap == " '" || gap == " \u201c":
			return s.is(i-1, "named", "called")
		}
		return false
	}
	switch {
	case p.class&role != 0 && !s.is(i-1, "student", "associate", "partner", "opticians", "optometrists"), p.class&kin != 0 && !s.is(i-1, "ma", "pa"):
		return true
	case s.is(i-1, "named", "nicknamed", "genaamd"):
		return true
	case s.is(i-1, "called") && (s.has(i-2, somebody|role|kin) || s.is(i-2, "is", "was", "re", "re", "s") || strings.HasSuffix(s.gap(i-1), "s ")):
		return true
	case s.is(i-1, "is", "was") && s.is(i-2, "name", "naam"):
		return true
	case s.is(i-1, "for") && s.is(i-2, "ask", "asked", "asking", "asks", "request", "requested", "vra"):
		return true
	case s.is(i-1, "to") && s.is(i-2, "thanks", "kudos", "out", "shoutout", "props", "credit", "off", "compliments", "grateful", "thankful", "appreciation", "gratitude", "spoke", "speak", "spoken", "speaking", "talked", "talk", "praise", "hello", "hi", "introduced", "done", "complained"):
		return true
	case s.is(i-1, "aan") && s.is(i-2, "dankie", "baie"):
		return true
	case s.is(i-1, "with") && s.is(i-2, "spoke", "speak", "spoken", "speaking", "dealt", "dealing", "appointment", "exam", "consultation", "consult", "worked", "working", "work", "chatted", "booked", "appt", "session", "test"):
		return true
	case s.is(i-1, "by") && s.is(i-2, "served", "seen", "helped", "assisted", "greeted", "treated", "tested", "examined", "attended", "welcomed", "after", "fitted", "done", "met", "explained", "to"):
		return true
	case s.is(i-1, "saw", "met", "meet", "thank", "ask", "asked", "told", "tell", "seeing", "bless"):
		return true
	case s.is(i-1, "see", "seen") && (s.is(i-2, "to", "ve", "always", "have", "had", "been") || strings.HasSuffix(s.gap(i-1), "ve ")):
		return true
	case s.is(i-1, "thanks", "kudos", "dankie", "hi", "hello", "dear", "hey"):
		return true
	case s.is(i-1, "you") && s.is(i-2, "thank"), s.is(i-1, "much") && s.is(i-3, "you", "thanks"), s.is(i-1, "done") && s.is(i-2, "well"):
		return true
	case s.is(i-1, "and", "en", "or", "then"):
		return s.listedBefore(i)
	case s.is(i-1, "love") && s.ends(i):
		return true
	}
	return false
}

// kinAside reports whether token i stands alone at the end of brackets that say who one of the family is: "my mum (81,
// Ethel)".
func (s *scanner) kinAside(i int) bool {
	if end := s.tokens[i].end; end == len(s.text) || s.text[end] != ')' {
		return false
	}
	for j := i - 1; j >= 0 && j > i-5; j-- {
		if strings.HasSuffix(s.gap(j+1), "(") || strings.Contains(s.gap(j+1), " (") {
			return s.has(j, kin)
		}
	}
	return false
}

// listedBefore reports whether a name stands before the comma or the and before token i.
func (s *scanner) listedBefore(i int) bool {
	j := i - 1
	if s.is(j, "and", "en", "or", "then", "later") {
		j--
	}
	if j < 0 || !s.tokens[j].capital || s.tokens[j].class&(never|after) != 0 {
		return false
	}
	return s.tokens[j].class&given != 0 || s.tokens[j].class&(givenWord) != 0 && !s.tokens[j].begins || j > 0 && s.has(j-1, title) || j > 0 && s.has(j-1, given) && s.has(j, surname)
}

// ends reports whether the text, or its line, ends with the name that begins with token i.
func (s *scanner) ends(i int) bool {
	to := s.run(i, false)
	rest := s.text[s.tokens[to-1].end:]
	rest = strings.TrimLeft(rest, " .!xX")
	return rest == "" || rest[0] == '\n'
}

// dated reports whether token i is a month by what stands beside it.
func (s *scanner) dated(i int) bool {
	if s.is(i-1, "in", "since", "until", "till", "by", "of", "last", "this", "next", "early", "late", "mid", "during", "from", "before", "after", "on", "every") && s.has(i, month) {
		return true
	}
	t := s.tokens[i]
	if t.class&month == 0 {
		return false
	}
	digit := func(at int) bool { return at >= 0 && at < len(s.text) && s.text[at] >= '0' && s.text[at] <= '9' }
	return digit(t.end+1) || digit(t.end+2) || digit(t.start-2) || s.is(i-1, "th", "st", "nd", "rd")
}

// located reports whether token i is a place by what stands before it.
func (s *scanner) located(i int) bool {
	return s.is(i-1, "in", "at", "from", "near", "to", "of", "outside", "around") && !s.is(i-2, "thanks", "spoke", "kudos", "speak", "off", "talked")
}
