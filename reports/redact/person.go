package redact

import "strings"

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
	case t.capital && t.end-t.start == 1 && s.dotted(j): // "Prof. A. Smith"
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
