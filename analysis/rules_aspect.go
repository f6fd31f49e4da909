package analysis

import (
	"math"
	"strings"
)

// aspect makes score and labels those of one aspect: a touchpoint, or else the clauses that hold its
// words. Where neither is found the whole stands.
func (r *Rules) aspect(out *Scored, p *page, aspect string) {
	var sum, said float64
	found := false
	add := func(v, weight float64) {
		found = true
		sum += v * weight
		said += math.Abs(v * weight)
	}
	if id, ok := r.taxonomy.Aspect(aspect); ok {
		want, _ := r.index(id)
		for i := range p.clauses {
			for _, n := range p.clauses[i].Names {
				if n.Touchpoint == want && (n.Judged || n.Strength >= byPhrase) {
					add(n.Score, p.clauses[i].Weight)
				}
			}
		}
	}
	if !found {
		for _, w := range strings.Fields(strings.ToLower(Normalise(aspect).Text)) {
			root := string(stem([]byte(w)))
			for c := range p.clauses {
				if len(root) > 2 && p.holds(&p.clauses[c], root) {
					add(p.clauses[c].Score, 1)
				}
			}
		}
	}
	if !found {
		return
	}
	out.Score, out.Mixed = sum/(said+0.35), false
	out.label(said)
}

// holds reports whether a word of the clause has that stem.
func (p *page) holds(cl *ReadClause, root string) bool {
	var buf [64]byte
	for i := cl.First; i < cl.Last; i++ {
		if p.toks[i].Word && string(stem(append(buf[:0], p.reads[i].lower...))) == root {
			return true
		}
	}
	return false
}
