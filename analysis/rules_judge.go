package analysis

import (
	"math"
	"strings"
	"unicode/utf8"
)

const (
	// reach is how many words before a word its negation may stand.
	reach = 4
	// Praise that is denied is blame nearly as strong; blame that is denied is mild praise.
	deniedPraise = -0.75
	deniedBlame  = -0.6
)

// judge finds what clause c says for and against. polar are the phrases in it, ironic tells of marks of
// irony in its sentence.
func (r *Rules) judge(p *page, c int, polar []match, ironic bool) {
	cl := &p.clauses[c]
	sum := 0.0
	// hit counts v and reports whether the reason is asked for.
	hit := func(v float64) bool {
		sum += v
		cl.Mass += math.Abs(v)
		return p.explain
	}
	for _, m := range polar {
		e := &r.entries[m.entry]
		if e.weight == 0 {
			continue
		}
		words := p.words(m.first, m.last)
		if e.role == cues {
			if hit(e.weight) {
				cl.because(cued(words, e.source, e.weight))
			}
			continue
		}
		v, by := e.weight, r.denied(p, cl, m.first, false)
		if by != "" {
			v = deny(v)
		}
		if hit(v) {
			cl.because(speaks(words, by, v))
		}
	}
	if p.find.classes&isUnit != 0 {
		for _, d := range p.durations(cl) {
			if hit(d.weight) {
				cl.because(cued(p.words(d.first, d.last), d.name, d.weight))
			}
		}
	}
	words := 0
	for i := cl.First; i < cl.Last; i++ {
		w := p.reads[i]
		if w.class&(isPronoun|isWeighed|isMark|isEmoji) == 0 {
			words++
			continue
		}
		t := &p.toks[i]
		if t.Emoji {
			if v := emojiWeight(t.In(p.text)); v != 0 && hit(v) {
				cl.because(speaks(t.In(p.text), "", v))
			}
			continue
		}
		if t.Mark {
			continue
		}
		if w.class&isPronoun != 0 && (words < 2 && w.class&isArticle == 0 || i == cl.First) {
			cl.Carries = true
		}
		words++
		if w.class&isWeighed == 0 || t.Covered || w.class&isNegator != 0 {
			continue
		}
		v, by := float64(w.weight), r.denied(p, cl, i, false)
		if d := r.degree(p, cl, i); d != 0 {
			v *= d
		}
		if by != "" {
			v = deny(v)
		}
		if shouted(t.In(p.text)) {
			v *= 1.15
		}
		if hit(v) {
			cl.because(speaks(t.In(p.text), by, v))
		}
	}
	if end := p.toks[cl.Last-1].Start; p.text[end] == '!' {
		sum *= 1.1
	}
	if sum > 0 && ironic {
		cl.because("a mark of irony turns the praise round")
		sum *= -0.7
	}
	if c == 0 && p.nothing {
		hit(0.7)
		cl.because("there is nothing to improve")
	}
	cl.Score = sum / math.Sqrt(sum*sum+0.45)
}

// because notes a reason for people.
func (q *ReadClause) because(why string) { q.Why = append(q.Why, why) }

// deny turns a weight round.
func deny(v float64) float64 {
	if v > 0 {
		return v * deniedPraise
	}
	return v * deniedBlame
}

// denied returns the negation within whose reach token i of the clause stands, "" for none. Negations
// that are a part of other phrases count only where inner is true.
func (r *Rules) denied(p *page, cl *ReadClause, i int, inner bool) string {
	left := reach
	for k := i - 1; k >= cl.First && left > 0; k-- {
		if p.toks[k].Mark {
			if p.text[p.toks[k].Start] == '-' || p.text[p.toks[k].Start] == '"' || p.text[p.toks[k].Start] == '\'' {
				continue
			}
			return ""
		}
		w := p.reads[k]
		switch {
		case k == 0 && p.nothing:
			return ""
		case w.class&isNegator != 0 && (inner || !p.toks[k].Covered):
			return p.toks[k].In(p.text)
		case w.class&(isArticle|isPronoun|isDegree) != 0:
			continue
		}
		// "not rude and helpful": the negation is spent on the first, but for "not rude or loud".
		if judged := p.toks[k].Covered || w.class&isWeighed != 0; judged && !equalFold(p.toks[k+1].In(p.text), "or") {
			return ""
		}
		left--
	}
	return ""
}

// degree returns the factor that the one or two words before token i put on it, 0 for none.
func (r *Rules) degree(p *page, cl *ReadClause, i int) float64 {
	f := 0.0
	for k := i - 1; k >= max(cl.First, i-2); k-- {
		if p.reads[k].class&isDegree == 0 {
			break
		}
		if f == 0 {
			f = 1
		}
		f *= p.reads[k].word.degree
	}
	return f
}

// words returns the text of tokens [first, last).
func (p *page) words(first, last int) string {
	return p.text[p.toks[first].Start:p.toks[last-1].End]
}

// shouted reports whether a word of four letters or more is all capitals.
func shouted(w string) bool {
	return len(w) >= 4 && w[0] >= 'A' && w[0] <= 'Z' && w[1] >= 'A' && w[1] <= 'Z' && strings.ToUpper(w) == w
}

// ironic reports marks of irony among tokens [from, to): rolled eyes, or praise in quotation marks.
func (p *page) ironic(from, to int) bool {
	if p.find.classes&isIrony == 0 {
		return false
	}
	for i := from; i < to; i++ {
		if class := p.reads[i].class; class&isIrony != 0 &&
			(class&isEmoji != 0 || i+2 < to && p.text[p.toks[i+2].Start] == '"' && p.reads[i+1].weight > 0) {
			return true
		}
	}
	return false
}

// ironic reports whether a mark or emoji may be a mark of irony.
func ironic(s string) bool { return s == "🙄" || s == "😒" || s == "🤦" || s == `"` }

// emojiWeight is the sentiment of an emoji or emoticon.
func emojiWeight(s string) float64 {
	if r, _ := utf8.DecodeRuneInString(s); r != utf8.RuneError {
		switch {
		case strings.ContainsRune("😀😃😄😁😊🙂😍🥰😘🤩👍👏🙌💯❤💕💖💙💚💛💜⭐🌟🎉😎🤗☺♥🙏✨", r):
			return 0.7
		case strings.ContainsRune("😡😠🤬😤👎😞😢😭💔🙄😒🤮🤢😩😫☹🤦", r):
			return -0.7
		}
	}
	switch s[len(s)-1] {
	case ')', 'D':
		return 0.4
	case '(':
		return -0.5
	}
	return 0
}
