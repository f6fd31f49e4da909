package analysis

import (
	"strconv"
	"strings"
)

// A duration is a length of time that carries a verdict: "waited an hour", "within ten minutes".
type duration struct {
	name        string
	weight      float64
	first, last int // tokens
}

// durations finds the lengths of time of a clause that judge, and covers the words of waiting that
// they make good or bad.
func (p *page) durations(cl *ReadClause) []duration {
	var list []duration
	waits, looked := -1, false
	for i := cl.First; i < cl.Last; i++ {
		if p.reads[i].class&isUnit == 0 {
			continue
		}
		w := p.reads[i].word
		n, first := p.amount(cl, i)
		if n == 0 {
			continue
		}
		d := duration{first: first, last: i + 1}
		hours := n * w.hours
		before := p.before(cl, first)
		if !looked {
			waits, looked = p.waits(cl), true
		}
		brief := before == "within" || before == "under" || before == "than" || before == "only" || before == "just"
		switch {
		case waits >= 0 && (hours <= 0.26 || brief && hours <= 0.6):
			d.name, d.weight = "a short wait", 0.45
			p.toks[waits].Covered = true
		case waits >= 0 && hours >= 0.3 && hours < 8000:
			d.name, d.weight = "a long wait", -0.45
		case before == "in" || before == "within" || before == "under" || before == "than":
			switch {
			case hours <= 100:
				d.name, d.weight = "quick", 0.4
			case hours > 400 && before == "in":
				d.name, d.weight = "slow", -0.3
			}
		case before == "only" && hours <= 24:
			d.name, d.weight = "quick", 0.3
		case p.follows(i+1, cl, "later") && hours >= 48 && hours < 8000:
			d.name, d.weight = "late", -0.3
		case (before == "took" || before == "taken" || before == "takes" || before == "take") && hours <= 0.34:
			d.name, d.weight = "quick", 0.35
		case (before == "took" || before == "taken" || before == "takes" || before == "take") && hours >= 72 && hours < 8000:
			d.name, d.weight = "slow", -0.4
		}
		if d.weight != 0 && !p.toks[first].Covered {
			list = append(list, d)
			for k := first; k <= i; k++ {
				p.toks[k].Covered = true
			}
		}
	}
	return list
}

// amount returns how many of the unit at token i are meant and where that is said: "half an hour",
// "10-15 minutes", "an hour", "three more weeks"; 0 for none.
func (p *page) amount(cl *ReadClause, i int) (n float64, first int) {
	for k := i - 1; k >= max(cl.First, i-3); k-- {
		w := p.reads[k].word
		s := p.toks[k].In(p.text)
		switch {
		case p.toks[k].Number:
			v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
			if err != nil {
				return 0, 0
			}
			if k-1 > cl.First && s != "" && p.toks[k-1].Mark && p.toks[k-2].Number {
				return v, k - 2
			}
			return v, k
		case w.number > 0:
			return w.number, k
		case k == i-1 && (strings.EqualFold(s, "a") || strings.EqualFold(s, "an")):
			if k > cl.First && strings.EqualFold(p.toks[k-1].In(p.text), "half") {
				return 0.5, k - 1
			}
			return 1, k
		case k == i-1 && strings.HasSuffix(p.toks[i].In(p.text), "s") && (strings.EqualFold(s, "for") || strings.EqualFold(s, "took")):
			return 4, i // "for weeks"
		}
	}
	return 0, 0
}

// before returns the word, in lower case, that stands before token i and bears on a duration; words
// such as "about" are skipped.
func (p *page) before(cl *ReadClause, i int) string {
	for k := i - 1; k >= max(cl.First, i-3); k-- {
		switch s := p.reads[k].lower; s {
		case "in", "within", "under", "than", "only", "just", "took", "taken", "takes", "take", "for", "after":
			return s
		case "about", "around", "roughly", "approximately", "a", "the", "an", "me", "them", "us", "another":
		default:
			return ""
		}
	}
	return ""
}

// waits returns the token of a word of waiting in the clause, -1 for none.
func (p *page) waits(cl *ReadClause) int {
	for i := cl.First; i < cl.Last; i++ {
		if p.reads[i].class&isWaiting != 0 {
			return i
		}
	}
	return -1
}

// follows reports whether token i of the clause is that word.
func (p *page) follows(i int, cl *ReadClause, w string) bool {
	return i < cl.Last && strings.EqualFold(p.toks[i].In(p.text), w)
}
