package store

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"percept/collector"
)

// A choice is what answers repeat: the question, and the rating that was chosen.
type choice struct {
	question, column string
	asks             collector.Asks
	touchpoint       string
	rating           collector.Rating
}

// choices are those of the store and their ids. More than mostChoices are not remembered: what comes again after that
// stands there again.
type choices struct {
	ids   map[choice]int32
	next  int32
	fresh []choice // from next - len(fresh) on, not in the table yet
}

const mostChoices = 50_000

// readChoices reads the latest choices of the store.
func (b batch) readChoices(ctx context.Context) (*choices, error) {
	const text = `SELECT id, question, col, coalesce(asks, ''), coalesce(touchpoint, ''), coalesce(rating_raw, ''),
			coalesce(rating_best, ''), coalesce(rating_worst, ''), rating, coalesce(rating_tag, '')
		FROM choice ORDER BY id DESC LIMIT ?`
	rows, err := b.conn.QueryContext(ctx, text, mostChoices)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := &choices{ids: make(map[choice]int32), next: 1}
	for rows.Next() {
		var id int32
		var c choice
		var rating sql.NullFloat64
		if err := rows.Scan(&id, &c.question, &c.column, &c.asks, &c.touchpoint, &c.rating.Raw, &c.rating.Best, &c.rating.Worst, &rating, &c.rating.Tag); err != nil {
			return nil, err
		}
		c.rating.Value, c.rating.Valid = rating.Float64, rating.Valid
		known.ids[c] = id
		known.next = max(known.next, id+1)
	}
	return known, rows.Err()
}

// of is the id of an answer's choice.
func (k *choices) of(a *collector.Answer) int32 {
	c := choice{question: a.Question, column: a.Column, asks: a.Asks, touchpoint: a.Touchpoint, rating: a.Rating}
	id, known := k.ids[c]
	if known {
		return id
	}
	if len(k.ids) >= mostChoices {
		clear(k.ids)
	}
	id = k.next
	k.ids[c] = id
	k.next++
	k.fresh = append(k.fresh, c)
	return id
}

// keep appends the choices that are not in the table yet.
func (k *choices) keep(b batch) error {
	if len(k.fresh) == 0 {
		return nil
	}
	id := k.next - int32(len(k.fresh))
	err := b.appendEach("", "choice", func(yield func([]driver.Value) bool) {
		for _, c := range k.fresh {
			r := c.rating
			if !yield([]driver.Value{
				id, text(c.question), text(c.column), optional(string(c.asks)), optional(c.touchpoint),
				optional(r.Raw), optional(r.Best), optional(r.Worst), number(r.Value, r.Valid), optional(r.Tag),
			}) {
				return
			}
			id++
		}
	})
	k.fresh = k.fresh[:0]
	return err
}
