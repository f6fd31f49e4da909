package analysis

import (
	"cmp"
	"slices"
	"sort"

	"percept/collector"
)

// A page is a text being read. Pages are used again for the next text.
type page struct {
	text      string
	explain   bool // reasons are asked for
	sentences []Extent
	lexis     lexis
	find      finder
	toks      []Token
	reads     []*reading // of toks
	around    []*reading // of the tokens of a text beside it
	clauses   []ReadClause
	found     []match // of one sentence
	hiding    []match
	polar     []match
	naming    []match
	taken     []bool // tokens that name a touchpoint
	shown     []bool // tokens that show the behaviour at hand
	traits    []shown
	questions map[string]collector.Asks // what each invites
	// nothing is true when the text opens with "Nothing", and that answers the question: the word
	// denies nothing of what follows ("Nothing they were great").
	nothing bool
}

func newPage(p *phrases) *page { return &page{lexis: newLexis(p), find: finder{phrases: p}} }

// A shown is a behaviour that a clause shows or lacks.
type shown struct {
	trait, clause int
	score         float64
	source        string
}

// read splits text, an answer to what ask invites, and finds what every clause names and how it judges.
func (r *Rules) read(p *page, text string, ask collector.Asks) error {
	var err error
	if p.sentences, err = sentences(p.sentences[:0], text); err != nil {
		return err
	}
	p.text = text
	p.cut()
	p.taken = blank(p.taken, len(p.toks))
	p.shown = blank(p.shown, len(p.toks))
	p.traits = p.traits[:0]
	p.nothing = ask != collector.AsksPraise && ask != collector.AsksAnything && p.opensWithNothing()
	for c := 0; c < len(p.clauses); {
		last := c
		for last < len(p.clauses) && p.clauses[last].Sentence == p.clauses[c].Sentence {
			last++
		}
		r.sentence(p, c, last)
		c = last
	}
	return nil
}

// cut cuts the sentences of the text into tokens and clauses.
func (p *page) cut() {
	p.toks, p.reads, p.clauses = p.toks[:0], p.reads[:0], p.clauses[:0]
	p.lexis.start()
	for i, s := range p.sentences {
		first := len(p.toks)
		p.toks, p.reads = p.lexis.read(p.toks, p.reads, p.text, s)
		p.clauses = cutClauses(p.clauses, p.text, p.toks, p.reads, first, len(p.toks), i)
	}
}

// opensWithNothing reports whether the text opens with "nothing" or "none" and no verb makes that its subject.
func (p *page) opensWithNothing() bool {
	if len(p.toks) < 2 {
		return false
	}
	if first := p.reads[0].lower; first != "nothing" && first != "none" {
		return false
	}
	switch p.reads[1].lower {
	case "is", "was", "has", "have", "had", "could", "can", "would", "will", "works", "worked", "gets", "got", "but", "ever", "seems", "of", "good", "else":
		return false
	}
	return true
}

// blank returns list with n zero elements.
func blank[T any](list []T, n int) []T {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}

// sentence reads the clauses [first, last) of one sentence.
func (r *Rules) sentence(p *page, first, last int) {
	from, to := p.clauses[first].First, p.clauses[last-1].Last
	p.found = p.find.find(p.found[:0], p.toks, p.reads, from, to)
	r.hide(p)
	p.polar = p.polar[:0]
	for _, m := range p.found {
		switch e := &r.entries[m.entry]; e.role {
		case cues, inert:
			p.polar = append(p.polar, m)
		case praises, blames:
			// A single word is weighed by the words' own list where that knows it.
			if !e.single || p.reads[m.first].class&isWeighed == 0 {
				p.polar = append(p.polar, m)
			}
		}
	}
	p.keepLongest()
	ironic, polar := p.ironic(from, to), p.polar
	for c := first; c < last; c++ {
		n := 0
		for n < len(polar) && polar[n].first < p.clauses[c].Last {
			n++
		}
		r.judge(p, c, polar[:n], ironic)
		polar = polar[n:]
	}
	r.name(p, first, last)
	r.show(p, first, last)
	weigh(p, first, last)
}

// hide drops what lies within a phrase that only looks like it.
func (r *Rules) hide(p *page) {
	p.hiding = p.hiding[:0]
	for _, m := range p.found {
		if r.entries[m.entry].role == hides {
			p.hiding = append(p.hiding, m)
		}
	}
	if len(p.hiding) == 0 {
		return
	}
	kept, from := p.found[:0], 0
	for _, m := range p.found { // in the order of their first tokens, as p.hiding is
		for from < len(p.hiding) && p.hiding[from].first < m.first-maxSpan {
			from++
		}
		if e := &r.entries[m.entry]; e.role != hides && (e.role > hides || !r.hidden(p, e, m, from)) {
			kept = append(kept, m)
		}
	}
	p.found = kept
}

// hidden reports whether one of p.hiding[from:] hides m.
func (r *Rules) hidden(p *page, e *entry, m match, from int) bool {
	for _, h := range p.hiding[from:] {
		if h.first > m.first {
			return false
		}
		x := &r.entries[h.entry]
		if x.touchpoint == e.touchpoint && x.trait == e.trait && m.first < h.last && h.words >= m.words {
			return true
		}
	}
	return false
}

// keepLongest keeps, of the phrases in p.polar that overlap, the one with most words, of equals the
// one that starts with a negation, then the tightest. It covers the tokens of what it keeps, and
// leaves them in the order of the text.
func (p *page) keepLongest() {
	tight := func(m match) int {
		n := m.last - m.first
		if p.reads[m.first].class&isNegator != 0 {
			n -= maxSpan
		}
		return n
	}
	slices.SortStableFunc(p.polar, func(a, b match) int {
		return cmp.Or(b.words-a.words, tight(a)-tight(b))
	})
	kept := p.polar[:0]
	for _, m := range p.polar {
		if slices.ContainsFunc(p.toks[m.first:m.last], func(t Token) bool { return t.Covered }) {
			continue
		}
		for i := m.first; i < m.last; i++ {
			p.toks[i].Covered = true
		}
		kept = append(kept, m)
	}
	slices.SortFunc(kept, func(a, b match) int { return a.first - b.first })
	p.polar = kept
}

// clauseOf returns which of the clauses [first, last) holds token i, or ends next after it.
func (p *page) clauseOf(i, first, last int) int {
	c := first + sort.Search(last-first, func(k int) bool { return i < p.clauses[first+k].Last })
	return min(c, last-1)
}

// weigh sets how much each clause of a sentence counts: what follows a "but" more than what it
// takes back, and what is only granted ("although ...") less.
func weigh(p *page, first, last int) {
	since := first // the clauses that the next "but" takes back
	for c := first; c < last; c++ {
		p.clauses[c].Weight = 1
		switch p.clauses[c].Lead {
		case "but", "however", "yet", "except", "nevertheless":
			for b := since; b < c; b++ {
				p.clauses[b].Weight *= 0.6
			}
			if c > first {
				p.clauses[c].Weight = 1.3
			}
			since = c
		case "although", "though", "tho", "while", "whilst", "despite":
			p.clauses[c].Weight = 0.6
		}
	}
}
