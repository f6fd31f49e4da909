package survey

import (
	"cmp"
	"strings"
)

// ratings finds the columns that hold ratings, by their values and then their heading.
func (d *decider) ratings() {
	for i := range d.l.Columns {
		c, p := &d.l.Columns[i], &d.profiles[i]
		if c.Role == Rating && c.Scale != (Scale{}) || c.Role != Rating && !d.free(i) {
			continue
		}
		g := guess{heading: heading(c.asked()), key: key(heading(c.asked())), p: p, must: c.Role == Rating}
		if k := d.keys[i]; k != g.key {
			g.key += " " + k
		}
		if d.l.Tool == "Delighted" && g.key == "score" || d.l.Tool == "AskNicely" && (g.key == "answer" || g.key == "score") {
			g.key += " nps" // what it asks unless told otherwise
		}
		s, why, ok := g.scale()
		switch {
		case ok:
			d.set(i, Rating, cmp.Or(c.Why, why))
			c.Scale = s
		case g.must:
			d.problem("the scale of “%s” does not show in its values: say its scale", d.labels[i])
		case why != "":
			d.note("column “%s” is not read as a rating: %s; if it is one, say columns: {rating: [{column: ..., scale: 1-5}]}", d.labels[i], why)
			d.settled[i] = true
		}
	}
}

// texts finds the columns of open answers. A column that only its words speak for is taken where they
// are prose; where they may be a category and nothing else is a comment, the file is refused.
func (d *decider) texts() {
	var maybe []int
	for i := range d.l.Columns {
		c, p := &d.l.Columns[i], &d.profiles[i]
		if c.Role == Text { // as the config or the tool says
			if c.Asks == "" {
				c.Asks = asks(c.asked())
			}
			continue
		}
		if !d.free(i) {
			continue
		}
		k := key(heading(c.asked()))
		if others[k] {
			continue
		}
		switch sure, possible := openAnswer(k, p); {
		case sure:
			d.set(i, Text, "")
			c.Asks = asks(heading(c.asked()))
		case possible:
			maybe = append(maybe, i)
		}
	}
	d.twice()
	if d.l.find(Text) >= 0 {
		for _, i := range maybe {
			d.note("column “%s” holds words and its heading does not say that they are an answer: to read it, say columns: {text: [{column: ...}]}", d.labels[i])
		}
		return
	}
	if len(maybe) > 0 && len(d.l.Problems) == 0 {
		i := maybe[0]
		d.problem("no comment column is found; column %d, “%s”, holds words: say columns: {text: [{column: ...}]}, or {ignore: [...]}", i+1, d.labels[i])
	}
}

// openAnswer decides whether a column holds answers in people's own words.
func openAnswer(k string, p *profile) (sure, possible bool) {
	mean := 0.0
	if p.filled > 0 {
		mean = float64(p.words) / float64(p.filled)
	}
	named := bareText[k] || asksText.MatchString(k) && !choice.MatchString(k) || asksAbroad.MatchString(k)
	switch {
	case p.filled == 0:
		return named, false
	case p.numbers()*2 >= p.filled, p.dates*2 >= p.filled:
		return false, false
	case named:
		return true, false
	case mean >= 8 && p.unique() > 0.5:
		return true, false
	case choice.MatchString(k) || p.category():
		return false, false
	}
	asked := strings.Count(k, " ") >= 2
	texty := p.prose*2 >= p.filled && p.unique() > 0.5
	return asked && texty, texty && !asked
}

func (p *profile) numbers() int {
	n := 0
	for v, times := range p.distinct {
		if _, _, ok := leadingNumber(v); ok && !strings.ContainsAny(v, " ") {
			n += times
		}
	}
	return n
}

// twice refuses two columns with one heading for comments of which one holds numbers: which of them
// the heading belongs to cannot be told.
func (d *decider) twice() {
	first := make(map[string]int)
	for i, k := range d.keys {
		if !bareText[k] || d.settled[i] {
			continue
		}
		j, seen := first[k]
		if !seen {
			first[k] = i
			continue
		}
		oneIsText := (d.l.Columns[i].Role == Text) != (d.l.Columns[j].Role == Text)
		if oneIsText && d.profiles[i].filled > 0 && d.profiles[j].filled > 0 {
			d.problem("columns %d and %d are both headed “%s” and one of them holds no comments: name the right one, as “%s”, under text and the other under rating or ignore",
				j+1, i+1, heading(d.l.Columns[i].Name), d.labels[i])
			return
		}
	}
}
