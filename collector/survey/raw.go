package survey

import (
	"slices"
	"strings"

	"percept/collector"
)

// A rawRow makes collector.Feedback.Raw of rows without an id: what the file wrote of them and nothing
// of what percept made of it.
type rawRow struct {
	left  []bool // columns that are left out, by their headings
	cells []string
}

// newRawRow leaves out who a person is, however the config maps the column, and what others write
// beside an answer, as a reply that comes later is not another answer.
func newRawRow(l *Layout) rawRow {
	r := rawRow{left: make([]bool, len(l.Columns))}
	for i, c := range l.Columns {
		r.left[i] = c.Role == Personal || c.tellsWho() || others[key(heading(c.Name))]
	}
	return r
}

// of returns the filled cells of a row, sorted, one a line: columns may change places and empty ones
// be added. No folded cell holds a line end.
func (r *rawRow) of(cells []string) string {
	r.cells = r.cells[:0]
	for i, c := range cells {
		if r.leaves(i, c) {
			continue
		}
		if c = collector.Fold(c); c != "" {
			r.cells = append(r.cells, c)
		}
	}
	slices.Sort(r.cells)
	return strings.Join(r.cells, "\n")
}

// leaves reports whether cell i of a row is left out.
func (r *rawRow) leaves(i int, c string) bool {
	return i < len(r.left) && r.left[i] || mailAddress(c)
}

// tellsWho reports whether the heading of the column or its question asks who a person is.
func (c Column) tellsWho() bool {
	return personal(key(heading(c.Name))) || personal(key(heading(c.Question)))
}

// mailAddress reports whether a cell is an address and nothing else.
func mailAddress(cell string) bool {
	at := strings.IndexByte(cell, '@')
	return at > 0 && strings.IndexByte(cell[at:], '.') > 0 && !strings.Contains(strings.TrimSpace(cell), " ")
}
