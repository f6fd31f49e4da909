package survey

import (
	"cmp"
	"percept/collector"
)

// answer adds a row that is one answer to the response of its respondent. The rating of the response
// stands in each of its rows and is taken from the first; a row that adds neither is empty.
func (r *reader) answer(line int, cells []string, twin int) {
	cells, ragged, why := r.fit(cells)
	if why == "" {
		why = r.gate(cells)
	}
	if why != "" {
		r.reject(line, why)
		return
	}
	who := r.id(Respondent, cells)
	k := who + "\x00" + cell(cells, r.columns[Practice])
	if who == "" || r.group == nil || r.groupKey != k {
		r.flush()
	}
	row := collector.Feedback{Kind: collector.Response, Ref: r.ref(line), Rows: 1, Twin: twin, SourceID: who}
	if who == "" {
		row.SourceID = r.id(ID, cells)
	}
	if row.SourceID == "" {
		row.Raw = r.raw.of(cells)
	}
	if row.Rating, row.Answers, why = r.answers(cells); why != "" {
		r.reject(line, why)
		return
	}
	r.put(&row, cells, line)
	if r.group != nil && r.group.Rating.Raw != "" {
		row.Rating = collector.Rating{}
	}
	if !gave(&row) {
		r.out.Empty++
		return
	}
	if why := r.place(&row, cells); why != "" {
		if ragged > 0 {
			why = miscounted(ragged, len(r.l.Columns))
		}
		r.reject(line, why)
		return
	}
	if r.group == nil {
		r.group, r.groupKey = &row, k
		return
	}
	r.join(&row)
}

// put says of each answer which question it answers and where it stands.
func (r *reader) put(row *collector.Feedback, cells []string, line int) {
	q := cells[r.columns[Question]]
	a, known := r.asked[q]
	if !known {
		a = Asked{Question: q, Asks: asks(q)}
	}
	for i := range row.Answers {
		row.Answers[i].Question = heading(a.Question)
		row.Answers[i].Asks = a.Asks
		row.Answers[i].Touchpoint = cmp.Or(row.Answers[i].Touchpoint, a.Touchpoint)
		row.Answers[i].Ref = r.ref(line)
	}
}

// join adds a row to the response of its respondent. Rows with different dates leave the response
// with the span of them.
func (r *reader) join(row *collector.Feedback) {
	g := r.group
	g.Answers = append(g.Answers, row.Answers...)
	g.Rows++
	if g.Rating.Raw == "" {
		g.Rating = row.Rating
	}
	g.Private = g.Private || row.Private
	if g.Language == "" {
		g.Language = row.Language
	}
	switch {
	case !row.Date.Known() || row.Date == g.Date:
	case !g.Date.Known():
		g.Date = row.Date
	default:
		g.Date = cover(g.Date, row.Date)
		r.apart++
	}
}

// flush ends the response of a respondent.
func (r *reader) flush() {
	if r.group != nil {
		r.keep(*r.group)
		r.group = nil
	}
}
