package analysis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"percept/collector"
)

// asked returns what the question invites: what the caller says, else what its words say.
func (r *Rules) asked(p *page, t Text) collector.Asks {
	if t.Asks != collector.AsksAnything || t.Question == "" {
		return t.Asks
	}
	ask, known := p.questions[t.Question]
	if !known {
		if len(p.questions) == maxQuestions || p.questions == nil {
			p.questions = map[string]collector.Asks{}
		}
		ask = r.invites(t.Question)
		if len(t.Question) <= longestKept {
			p.questions[strings.Clone(t.Question)] = ask
		}
	}
	return ask
}

// maxQuestions is how many questions a page keeps, and longestKept how many bytes they have at most: a survey has few.
const (
	maxQuestions = 1024
	longestKept  = 1 << 10
)

// invites returns what a question invites by its words.
func (r *Rules) invites(question string) collector.Asks {
	text := Normalise(question).Text
	toks, found := r.find.in(text)
	found = slices.DeleteFunc(found, func(m match) bool { return r.entries[m.entry].role != asks })
	var seen [3]bool
	for _, m := range longest(found, len(toks)) {
		seen[r.entries[m.entry].ask] = true
	}
	switch praise, improve, why := seen[0], seen[1], seen[2]; {
	case why:
		return collector.AsksWhy
	case improve && !praise:
		return collector.AsksImprove
	case praise && !improve:
		return collector.AsksPraise
	}
	return collector.AsksAnything
}

// answered reads clauses whose meaning lies in the question. It is true for an answer that says
// nothing at all ("n/a").
func (r *Rules) answered(p *page, text string, ask collector.Asks) (empty bool) {
	if len(p.clauses) == 0 {
		return true
	}
	var room [maxAnswer]byte
	words, whole := room[:0], saying(0)
	if p.mayAnswer(0, len(p.toks)) {
		words = p.answerWords(words, 0, len(p.toks))
		whole = r.english.sayings[string(words)]
		if whole&saysNone != 0 || len(text) <= maxUnmarked && r.english.sayings[string(unmarked(make([]byte, 0, maxAnswer), text))]&saysNone != 0 {
			return true
		}
	}
	if ask != collector.AsksPraise && len(p.clauses) > 0 && r.advises(p, &p.clauses[0]) {
		p.clauses[0].answer(0.45, false, "it is advice on what to do better")
	}
	if ask != collector.AsksPraise && ask != collector.AsksImprove {
		// "Nothing" to no question in particular: what people mean is that there is nothing to add. After "why?" it
		// may be meant otherwise.
		return ask == collector.AsksAnything && (string(words) == "yes" || whole&saysNothing != 0)
	}
	for c := range p.clauses {
		q, cl := &p.clauses[c], &p.clauses[c]
		said := saying(0)
		if opens := c == 0 || p.clauses[c-1].Sentence != cl.Sentence && c <= 2; opens && p.mayAnswer(cl.First, cl.Last) {
			words = p.answerWords(words[:0], cl.First, cl.Last)
			said = r.english.sayings[string(words)]
		}
		switch {
		case said&saysNothing != 0:
			q.answer(1, ask == collector.AsksImprove, answers(string(words), ask))
		case said&saysAll != 0:
			q.answer(1, ask == collector.AsksPraise, answers(string(words), ask))
		case ask == collector.AsksImprove && r.wishes(p, cl):
			q.answer(0.5, false, "it is a wish, in answer to what could be better")
		case q.Mass == 0 && ask == collector.AsksImprove && len(p.clauses) < 6:
			q.answer(0.35, false, "it is named in answer to what could be better")
		case q.Mass == 0 && ask == collector.AsksPraise:
			q.answer(0.45, true, "it is named in answer to what was good")
		}
	}
	return false
}

// mayAnswer reports whether tokens [first, last) begin as an answer that means something with its question: few do.
func (p *page) mayAnswer(first, last int) bool {
	for first < last && p.reads[first].class&(isMark|isEmoji) != 0 {
		first++
	}
	return first < last && p.reads[first].class&isAnswer != 0
}

// maxUnmarked is how long an answer that says nothing may be, in bytes.
const maxUnmarked = 40

// maxAnswer is how many bytes such an answer has nearly always.
const maxAnswer = 64

// unmarked appends the letters and digits of a short text in lower case, with one space for whatever stands between
// ("n a" for "N/A.", "(n.a.)" and "n - a").
func unmarked(list []byte, text string) []byte {
	apart := false
	for _, r := range text {
		if r = unicode.ToLower(r); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			apart = true
			continue
		}
		if apart && len(list) > 0 {
			list = append(list, ' ')
		}
		list, apart = utf8.AppendRune(list, r), false
	}
	return list
}

// answer replaces what the words of a clause say by what they mean as an answer.
func (q *ReadClause) answer(v float64, good bool, why string) {
	q.Mass, q.Why = v, []string{why}
	if v == 1 {
		q.Weight = 2 // nothing, or everything: there is no stronger answer
	}
	if !good {
		v = -v
	}
	q.Score = v
}

// answerWords appends the words of tokens [first, last) in lower case, contractions in full; nothing for
// more than nine tokens.
func (p *page) answerWords(list []byte, first, last int) []byte {
	if last-first > 9 {
		return list
	}
	for i := first; i < last; i++ {
		w := p.reads[i].lower
		switch {
		case p.toks[i].Mark:
			continue
		case w == "n't" || w == "nt":
			w = "not"
		case w == "ca":
			w = "can"
		case w == "cannot":
			w = "can not"
		}
		if len(list) > 0 {
			list = append(list, ' ')
		}
		list = append(list, w...)
	}
	return list
}

// advises reports whether a clause opens with what is wanted ("More seats", "Perhaps text us").
func (r *Rules) advises(p *page, cl *ReadClause) bool {
	switch p.reads[cl.First].lower {
	case "more", "less", "fewer", "shorter", "quicker", "faster", "better", "perhaps", "maybe", "possibly", "improve", "please", "kindly":
		return r.wishes(p, cl) || !p.tells(cl)
	}
	return false
}

// tells reports whether a clause says how things are or were.
func (p *page) tells(cl *ReadClause) bool {
	for i := cl.First; i < cl.Last; i++ {
		switch p.reads[i].lower {
		case "was", "were", "is", "are", "had", "been", "have", "has", "than", "thank", "thanks", "to", "keep":
			return true
		}
	}
	return false
}

// wishes reports whether a clause asks for more or better and tells of nothing that happened.
func (r *Rules) wishes(p *page, cl *ReadClause) bool {
	for i := cl.First; i < cl.Last; i++ {
		switch class := p.reads[i].class; {
		case class&isTold != 0:
			return false
		case class&isWish != 0:
			return true
		}
	}
	return false
}
