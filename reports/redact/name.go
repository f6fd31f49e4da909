package redact

import (
	"strings"
	"unicode"
)

// names finds persons by lists of names, by titles, and by the words around a capital; then the same names elsewhere
// in the text.
func (s *scanner) names() {
	shouting := s.shouting()
	known := map[string]bool{} // words of the names found, in lower case
	var spans []Span
	past := 0
	for i := 0; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if t.hidden || t.start < past {
			continue
		}
		if end := s.phrase(i); end > t.start {
			past = end
			continue
		}
		from, to := i, i
		switch {
		case t.class&title != 0, t.class&calling != 0:
			if from, to = s.titled(i, shouting); from == to {
				from, to = s.person(i, shouting)
			}
		default:
			from, to = s.person(i, shouting)
		}
		if from == to {
			continue
		}
		end := s.tokens[to-1].end
		if to-1 > from && end-s.tokens[to-1].start == 1 && s.dotted(to-1) {
			end++ // an initial's
		}
		spans = append(spans, Span{s.tokens[from].start, end, Name})
		for j := from; j < to; j++ {
			if w := s.lower(s.tokens[j]); len(w) > 2 && !s.has(j, particle|never) {
				known[w] = true
			}
		}
		i = to - 1
		past = s.tokens[i].end
	}
	s.again(known, spans, shouting)
	s.found = merge(append(s.found, spans...))
}

// again finds the words of names that were found, where they stand alone.
func (s *scanner) again(known map[string]bool, spans []Span, shouting bool) {
	if len(known) == 0 {
		return
	}
	n := 0
	for i, t := range s.tokens {
		for n < len(spans) && spans[n].End <= t.start {
			n++
		}
		if t.hidden || n < len(spans) && spans[n].Start < t.end || !known[s.lower(t)] {
			continue
		}
		if s.dated(i) || s.phrase(i) > t.start {
			continue
		}
		plain := t.class&(givenWord|givenPlace|particle|never) == 0
		if t.capital && (plain || !t.begins && !shouting) && !s.firm(i+1) || !t.capital && plain && t.class&(given|surname) != 0 && !smallNot[s.lower(t)] {
			s.add(t.start, t.end, Name)
		}
	}
}

// shouting reports whether most of the text is in capitals, so that a capital says nothing.
func (s *scanner) shouting() bool {
	capitals, letters := 0, 0
	for _, r := range s.text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return letters > 12 && 2*capitals > letters
}

// titled returns the tokens of the name after a title or a calling.
func (s *scanner) titled(i int, shouting bool) (from, to int) {
	abbreviation := s.has(i, title)
	j := i + 1
	if j >= len(s.tokens) {
		return i, i
	}
	if gap := s.gap(j); !s.joined(j) && !(abbreviation && (gap == ". " || gap == "." || gap == ".  " || gap == ". \n")) {
		return i, i
	}
	if !abbreviation && s.is(i, "miss") && !s.tokens[i].capital {
		return i, i
	}
	if abbreviation && !s.tokens[i].capital && s.is(i, "ms", "rev") {
		return i, i
	}
	t := s.tokens[j]
	switch {
	case t.hidden:
		return i, i
	case !t.capital: // "dr patel": what begins small must be a name, or at least no other word
		if t.class&(given|surname) == 0 && (!abbreviation || t.class&^(month|numeral|opens) != 0 || stop[s.lower(t)] || s.grown(t) || t.end-t.start < 3) {
			return i, i
		}
		to = j + 1
		if s.joined(to) && s.has(to, surname|given) && !s.has(to, never) && !s.tokens[to].capital {
			to++
		}
		return j, to
	case t.class&(never|role|after|be|title) != 0 && t.class&(given|surname) == 0,
		!abbreviation && t.class&(verb|kin|somebody|degree|manner) != 0,
		shouting && !abbreviation && t.class&(given|surname) == 0,
		stop[s.lower(t)]:
		return i, i
	}
	to = s.run(j, shouting)
	if !abbreviation && s.firm(to) {
		return i, i
	}
	return j, to
}

// run returns the end of the name that begins with token i: names, initials and particles that follow it.
func (s *scanner) run(i int, shouting bool) int {
	to := i + 1
	initial := func(j int) bool { return s.tokens[j].end-s.tokens[j].start == 1 && s.tokens[j].capital }
	for n := 1; n < 4 && to < len(s.tokens); n++ {
		gap := s.gap(to)
		if !s.joined(to) && !(initial(to-1) && (gap == ". " || gap == ".")) {
			break
		}
		t := s.tokens[to]
		j := to
		for j < len(s.tokens) && s.tokens[j].class&particle != 0 && (j == to || s.joined(j)) {
			j++
		}
		if j > to && j < len(s.tokens) && s.tokens[j].capital && s.joined(j) && s.tokens[j].class&never == 0 && j-to <= 3 {
			to = j + 1
			continue
		}
		if t.hidden || !t.capital || t.end-t.start == 1 && s.is(to, "i", "a") && gap == " " && !s.dotted(to) || t.begins && !initial(to-1) {
			break
		}
		if t.class&surname == 0 && (t.class&(never|after|be|verb|role|title|kin) != 0 || stop[s.lower(t)]) || shouting && t.class&surname == 0 {
			break
		}
		to++
	}
	return to
}

// dotted reports whether a full stop stands right after token i.
func (s *scanner) dotted(i int) bool {
	end := s.tokens[i].end
	return end < len(s.text) && s.text[end] == '.'
}

// firm reports whether token i makes a firm or a place of what stands before it.
func (s *scanner) firm(i int) bool {
	if i >= len(s.tokens) || !s.joined(i) && strings.Trim(s.gap(i), " &'\u2019s") != "" {
		return false
	}
	t := s.tokens[i]
	if t.capital && t.class&after != 0 {
		return true
	}
	return t.capital && t.class&(never|role|surname|given) == 0 && i+1 < len(s.tokens) && s.joined(i+1) && s.tokens[i+1].capital && s.tokens[i+1].class&after != 0
}

// person returns the tokens of a name that begins with token i without a title; from equals to where there is none.
func (s *scanner) person(i int, shouting bool) (from, to int) {
	t := s.tokens[i]
	if !t.capital {
		return i, s.small(i)
	}
	if shouting {
		if t.class&given != 0 && !s.firm(i+1) {
			return i, s.run(i, true)
		}
		return i, i
	}
	if t.class&before != 0 && i+1 < len(s.tokens) && s.joined(i+1) && s.tokens[i+1].capital && t.class&(given|givenWord) == 0 {
		return i, i
	}
	if i > 0 && s.has(i-1, before) && s.tokens[i-1].capital && (s.joined(i) || s.gap(i) == ". ") && t.class&(never) == 0 && !s.is(i-1, "lady", "new", "old", "great", "los") {
		return i, i
	}
	initial := t.end-t.start == 1
	to = s.run(i, false)
	if s.firm(to) || s.firm(to-1) && to-1 > i {
		return i, i
	}
	listed := t.class&(given|givenWord|givenPlace) != 0
	family := to-i > 1 && s.has(to-1, surname)
	sure := s.cued(i) || s.answered(to)
	switch {
	case initial:
		if to-i > 1 && !s.is(i, "i", "a") && (family || sure) && s.tokens[to-1].end-s.tokens[to-1].start > 2 {
			return i, to
		}
		return i, i
	case t.class&given != 0:
		return i, to
	case t.class&givenWord != 0 && (family || sure || s.described(to)):
		return i, to
	case t.class&givenWord != 0 && !t.begins && t.class&never == 0 && s.plainly(i, to):
		return i, to
	case t.class&givenPlace != 0 && (family && t.class&never == 0 && !s.dated(i) || sure && !s.dated(i) && !s.located(i) || s.described(to) && !s.dated(i)):
		return i, to
	case listed, t.class&(never|after|be|role|title|calling|kin|somebody|particle) != 0, stop[s.lower(t)]:
		return i, i
	case t.class&surname != 0 && (sure || s.described(to)):
		return i, to
	case t.class&(verb|degree|manner) != 0:
		return i, i
	case t.shouted && t.end-t.start > 5, t.begins && s.grown(t):
		return i, i
	case s.cued(i), s.answeredFirm(to), family && !t.shouted && !t.begins && s.has(to-1, surname) && t.class&^(month|numeral|opens) == 0 && !s.has(to-1, never):
		return i, to
	case s.mannered(to, t.begins) && !t.shouted:
		return i, to
	}
	return i, i
}

// grown reports whether a word has an ending that names do not have: "Recently", "Trying".
func (s *scanner) grown(t token) bool {
	w := s.lower(t)
	for _, end := range []string{"ly", "ing", "ed", "ment", "tion", "ness", "ful", "able", "ally", "ies"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+2 {
			return true
		}
	}
	return false
}

// small takes a given name without a capital, where it is no other word.
func (s *scanner) small(i int) int {
	t := s.tokens[i]
	if t.class&given == 0 || t.class&(givenWord|givenPlace|surname|never|verb|kin|role|manner|particle|before|after) != 0 || t.end-t.start < 3 || smallNot[s.lower(t)] || s.firm(i+1) {
		if t.class&given == 0 || !(s.joined(i+1) && s.has(i+1, surname) && !s.tokens[i+1].capital && !s.has(i+1, never)) || t.class&(never|verb|kin|role|particle) != 0 || smallNot[s.lower(t)] {
			return i
		}
	}
	to := i + 1
	if s.joined(to) && s.has(to, surname) && !s.tokens[to].capital && !s.has(to, never|after) {
		to++
	}
	return to
}

// plainly reports whether a capital within a sentence means the person and not the thing: no capital beside it that is
// part of a longer name of something, and no month or number.
func (s *scanner) plainly(i, to int) bool {
	if s.is(i-1, "the", "a", "an", "this", "that", "these", "in", "of", "some", "no", "any", "more", "colour", "color") {
		return false
	}
	if i > 0 && s.joined(i) && s.tokens[i-1].capital && !s.tokens[i-1].begins && s.tokens[i-1].class&(given|givenWord|title|calling|role|kin) == 0 {
		return false
	}
	if to < len(s.tokens) && s.joined(to) && s.tokens[to].capital && s.tokens[to].class&(be|verb|role) == 0 {
		return false
	}
	return true
}

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

// answered reports whether the words after a name, from token i, are about a person.
func (s *scanner) answered(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	if (s.joined(i) && s.is(i, "and", "en") || strings.TrimSpace(s.gap(i)) == "&") && i+1 < len(s.tokens) && s.tokens[i+1].capital && s.has(i+1, given|givenWord) && !s.has(i+1, never) {
		return true
	}
	return s.answeredFirm(i) || s.joined(i) && s.has(i, verb) && !s.tokens[i].capital || s.gap(i) == ", " && s.is(i, "who") || s.joined(i) && s.is(i, "who")
}

// answeredFirm is answered by words that are never said of a firm.
func (s *scanner) answeredFirm(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	gap := s.gap(i)
	switch {
	case s.joined(i) && s.is(i, "and") && s.is(i+1, "her", "his", "the", "their") && (s.is(i+1, "her", "his") || s.is(i+2, "team", "rest", "staff", "girls", "guys", "crew", "ladies", "gang")),
		strings.HasSuffix(gap, " & ") && s.is(i, "her", "his"):
		return true
	case (gap == ", " || gap == " (" || s.joined(i)) && (s.is(i, "the", "my", "our", "your", "their", "a") && (s.has(i+1, role|kin) || s.joined(i+1) && s.joined(i+2) && s.has(i+2, role) && !s.has(i+1, be))):
		return true
	case gap == " (" && s.has(i, role), gap == ", " && s.has(i, role):
		return true
	case s.joined(i) && s.is(i, "at", "from", "in", "on", "behind") && (s.is(i+1, "reception", "dispensing", "accounts") || s.is(i+1, "the") && (s.is(i+2, "desk", "counter", "till", "reception", "front", "phone") || s.has(i+2, role))):
		return true
	case s.joined(i) && s.has(i, verb) && !s.tokens[i].capital && s.is(i+1, "me", "my", "us", "him", "her", "through", "everything", "at", "up", "over", "and", "the", "time", "above", "out", "patiently", "that"):
		return true
	}
	return false
}

// described reports whether token i and on say how somebody was: "was so kind".
func (s *scanner) described(i int) bool {
	if i+1 >= len(s.tokens) || !s.joined(i) || !s.has(i, be) || s.tokens[i].capital || !s.joined(i+1) {
		return false
	}
	return s.has(i+1, degree|manner|be|verb) || s.is(i+1, "no") && s.is(i+2, "longer") || s.star(i+1)
}

// star reports whether token i and on call somebody a star.
func (s *scanner) star(i int) bool {
	if !s.is(i, "a", "an", "the") {
		return false
	}
	for j := i + 1; j < i+4 && j < len(s.tokens); j++ {
		if s.is(j, "gem", "star", "legend", "hoot", "treasure", "angel", "credit", "asset", "lifesaver", "hero", "delight", "gentleman", "lady", "sweetheart", "darling", "pro", "professional", "person", "breath", "pleasure", "bully") || s.has(j, role|somebody) {
			return true
		}
	}
	return false
}

// mannered is described by words that are said of persons alone; of a word that begins a sentence fewer are.
func (s *scanner) mannered(i int, begins bool) bool {
	if i+1 >= len(s.tokens) || !s.joined(i) || !s.is(i, "was", "is") {
		return false
	}
	j := i + 1
	if !begins && s.star(j) && !s.is(j+1, "lifesaver", "delight", "pleasure", "breath", "pro") {
		return true
	}
	if s.has(j, degree) {
		j++
	}
	return s.is(j, "patient", "kind", "sweet", "gentle", "rude", "polite", "personable", "caring", "dismissive", "arrogant", "courteous", "compassionate", "impatient", "condescending") ||
		!begins && s.is(j, "knowledgeable", "lovely", "thorough", "attentive", "abrupt")
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

// stop are words that begin small after a title without being a name, or big without being one.
var stop = wordSet(`was is and who to in at for said told here there has had did then very so with that i my a the on of but as or took came should will would
could can office visit appointment surgery from about again also asked because before called did does even explained found gave got he him his her she they we you your
how if it its just like made me must not now only out over saw says seems still than their them this through too up us very when where which while whose why without
again always never really listened looked know knows name names we're it's i'm i've they're who's whom ones himself herself has been being bean both down during each
everyone every everything anyone anything nothing something someone somebody everybody nobody practice store staff team today tomorrow yesterday once twice until after
no yes ok okay all any are be am were do done go going gone good great best nice keep kept knew let may might most much need new next old one other own please put
rather right run same see seen sent since some soon such sure take than thank thanks think thought want wanted way well went what whatever work works worked
examined prescribed recommended suggested spent rushed refused referred wrote writes took never ever appointments there's that's isn't wasn't doesn't didn't couldn't
and/or etc though although however maybe perhaps either neither whether unless visit visits treat treats make makes made ordered did does keeps cares gives takes tells talks listens offices recommends works bills gave`)

// smallNot are given names that are other words without a capital, in some language people write in.
var smallNot = wordSet(`dan jan miles dean angus nan lee leigh ella una polly poppy muse elle neo sally ana ali ben ava simba mina mona koos oupa imma jon sven lena siyabonga thando themba langa sihle`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
