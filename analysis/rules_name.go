package analysis

import (
	"cmp"
	"slices"
)

// How sure each way of naming a touchpoint is.
const (
	byPolar  = 1.0  // words that name and judge it
	byPhrase = 0.9  // words that name it
	byHint   = 0.55 // words that may mean it
	byCarry  = 0.5  // the story was at it
	byAsked  = 0.7  // the question asks about it
)

// maxNamed is how many touchpoints a clause may be about.
const maxNamed = 3

// name finds the touchpoints that the clauses [first, last) of a sentence name.
func (r *Rules) name(p *page, first, last int) {
	general := len(r.slugs) - 1
	p.naming = p.naming[:0]
	for _, m := range p.found {
		if e := &r.entries[m.entry]; e.touchpoint >= 0 && e.role != hints {
			p.naming = append(p.naming, m)
		}
	}
	kept := p.naming
	slices.SortStableFunc(kept, func(a, b match) int {
		if a.words != b.words {
			return b.words - a.words
		}
		if x, y := r.entries[a.entry].role >= praises, r.entries[b.entry].role >= praises; x != y {
			if x {
				return -1
			}
			return 1
		}
		return (a.last - a.first) - (b.last - b.first)
	})
	overlaps := func(m match) bool { return slices.Contains(p.taken[m.first:m.last], true) }
	for _, m := range kept {
		if overlaps(m) {
			continue
		}
		for i := m.first; i < m.last; i++ {
			p.taken[i] = true
		}
		e := &r.entries[m.entry]
		n := Named{Touchpoint: e.touchpoint, Strength: byPhrase, from: m.first, to: m.last}
		if e.role != names {
			n.Strength, n.polar = byPolar, true
		}
		p.clauses[p.clauseOf(m.first, first, last)].add(n)
	}
	for _, m := range p.found {
		if e := &r.entries[m.entry]; e.role == hints && e.touchpoint != general && !overlaps(m) {
			p.clauses[p.clauseOf(m.first, first, last)].add(Named{Touchpoint: e.touchpoint, Strength: byHint, from: m.first, to: m.last})
		}
	}
	for c := first; c < last; c++ {
		p.clauses[c].settle(general)
	}
}

// add notes a naming; of the same touchpoint the strongest stays, two hints make it surer.
func (q *ReadClause) add(n Named) {
	for i := range q.Names {
		if x := &q.Names[i]; x.Touchpoint == n.Touchpoint {
			if n.Strength == byHint && x.Strength < byPhrase {
				x.Strength += 0.1
				return
			}
			x.polar = x.polar || n.polar
			if n.Strength > x.Strength {
				x.Strength, x.from, x.to = n.Strength, n.from, n.to
			}
			return
		}
	}
	q.Names = append(q.Names, n)
}

// settle keeps what the clause is about: the specific before the general, the named before the
// hinted, the three surest.
func (q *ReadClause) settle(general int) {
	if len(q.Names) < 2 {
		return
	}
	specific, any := false, false
	for _, n := range q.Names {
		any = any || n.Strength >= byPhrase
		specific = specific || n.Touchpoint != general && n.Strength >= byPhrase
	}
	q.Names = slices.DeleteFunc(q.Names, func(n Named) bool {
		if n.Touchpoint == general {
			return specific && !n.polar
		}
		return n.Strength < byPhrase && any
	})
	slices.SortStableFunc(q.Names, func(a, b Named) int { return cmp.Compare(b.Strength, a.Strength) })
	if len(q.Names) > maxNamed {
		q.Names = q.Names[:maxNamed]
	}
}

// show finds the behaviours that the clauses [first, last) of a sentence show or lack. Of the phrases
// of one behaviour that overlap, the one with most words counts.
func (r *Rules) show(p *page, first, last int) {
	p.polar = p.polar[:0] // done with for this sentence
	for _, m := range p.found {
		if e := &r.entries[m.entry]; e.trait >= 0 && (e.role == praises || e.role == blames) {
			p.polar = append(p.polar, m)
		}
	}
	slices.SortStableFunc(p.polar, func(a, b match) int {
		return cmp.Or(r.entries[a.entry].trait-r.entries[b.entry].trait, b.words-a.words, a.first-b.first)
	})
	for i, from := 0, 0; i < len(p.polar); i++ {
		m := p.polar[i]
		e := &r.entries[m.entry]
		if i > 0 && r.entries[p.polar[i-1].entry].trait != e.trait {
			p.leave(p.polar[from:i])
			from = i
		}
		if !slices.Contains(p.shown[m.first:m.last], true) {
			p.take(m)
			c := p.clauseOf(m.first, first, last)
			v := e.weight
			if r.denied(p, &p.clauses[c], m.first, true) != "" {
				v = deny(v)
			}
			p.traits = append(p.traits, shown{e.trait, c, v * (1 + 0.1*float64(m.words)), p.words(m.first, m.last)})
		}
		if i == len(p.polar)-1 {
			p.leave(p.polar[from:])
		}
	}
}

// take marks the tokens of m as shown by the behaviour at hand; leave unmarks those of list.
func (p *page) take(m match) {
	for i := m.first; i < m.last; i++ {
		p.shown[i] = true
	}
}

func (p *page) leave(list []match) {
	for _, m := range list {
		clear(p.shown[m.first:m.last])
	}
}
