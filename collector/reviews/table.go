package reviews

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"percept/collector/survey"
)

// A layout is what was decided about a file before its rows were read. It is kept with every page of
// the file, so that Parse needs nothing but the page.
type layout struct {
	Format string            `json:"format,omitempty"` // a built-in one
	Fields map[string]string `json:"fields,omitempty"` // else columns, by field
	Order  survey.Order      `json:"order,omitempty"`
	Best   string            `json:"best,omitempty"`
	// Exported is true of what percept exported itself.
	Exported bool `json:"exported,omitempty"`
}

// exported reports whether these are the columns of feedback as percept exports it.
func exported(names []string) bool {
	for _, own := range []string{"date_precision", "raw_rating", "quotable", "seen_at"} {
		if !slices.Contains(names, own) {
			return false
		}
	}
	return true
}

// format is how pages of the layout are read.
func (l layout) format() *Format {
	if f := BuiltIn(l.Format); f != nil {
		return f
	}
	f := guess{fields: l.Fields}.format()
	f.exported = l.Exported
	return f
}

// describe says the layout in lines, for people.
func (l layout) describe() []string {
	if f := BuiltIn(l.Format); f != nil {
		return []string{"reviews as " + f.Name + " writes them"}
	}
	var lines []string
	for _, h := range headings {
		if name := l.Fields[h.field]; name != "" {
			lines = append(lines, fmt.Sprintf("%s: %s", h.field, name))
		}
	}
	if l.Order != "" {
		lines = append(lines, fmt.Sprintf("%s: %s", "order", l.Order))
	}
	return lines
}

// sampleRows is how many rows the shape of a column is told by.
const sampleRows = 500

// headRows is how many rows may stand above the headings.
const headRows = 20

// A table is an open table of reviews, decided.
type table struct {
	*survey.Table
	layout layout
	names  []string // of the columns
	head   int      // line of the headings
}

// openTable opens a table and reads it once to decide what its columns hold and how its dates are
// written.
func openTable(ctx context.Context, path, kind string, stated Fields) (t *table, err error) {
	open, err := survey.OpenTable(ctx, path)
	if err != nil {
		return nil, err
	}
	t = &table{Table: open}
	if err := t.decide(ctx, kind, stated); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *table) decide(ctx context.Context, kind string, stated Fields) error {
	head, err := t.sample(ctx)
	if err != nil {
		return err
	}
	if t.names == nil {
		return errors.New("no row of headings")
	}
	t.layout = layout{Order: stated.Order, Best: stated.Best}
	item, err := t.item(survey.Row{Cells: make([]string, len(t.names))})
	if err != nil {
		return err
	}
	f, err := formatOf([]any{item}, kind)
	if err != nil {
		return err
	}
	if f != nil && stated == (Fields{}) {
		t.layout.Format = f.slug
		return t.readOrder(ctx)
	}
	g, err := guessFields(t.names, head, stated)
	if err != nil {
		return strange(err, kind)
	}
	t.layout.Fields, t.layout.Exported = g.fields, exported(t.names)
	return t.readOrder(ctx)
}

// sample finds the headings and returns the first rows below them: the first row of the top with as
// many filled cells as the fullest, less what an export leaves blank.
func (t *table) sample(ctx context.Context) (rows [][]string, err error) {
	var top []survey.Row
	for row, err := range t.Rows(ctx) {
		if err != nil {
			if len(top) == 0 {
				return nil, err
			}
			break // reading the rows meets it again
		}
		if row.Bad == "" {
			top = append(top, row)
		}
		if len(top) == sampleRows {
			break
		}
	}
	most := 0
	for _, row := range top[:min(len(top), headRows)] {
		most = max(most, filled(row.Cells))
	}
	at := slices.IndexFunc(top, func(r survey.Row) bool { return most > 0 && filled(r.Cells)*3 >= most*2 })
	if at < 0 {
		return nil, nil
	}
	for i := at + 1; i < min(len(top), headRows); i++ { // "Q1, Q2, Q3" may stand above them
		if n := known(top[i].Cells); n >= 2 && n > known(top[at].Cells) {
			at = i
		}
	}
	t.head, t.names = top[at].Line, unique(top[at].Cells)
	for _, row := range top[at+1:] {
		rows = append(rows, row.Cells)
	}
	return rows, nil
}

// known counts the cells that head columns in exports of reviews.
func known(cells []string) int {
	n := 0
	for _, h := range headings {
		if slices.ContainsFunc(cells, func(c string) bool { return slices.Contains(h.names, folded(c)) }) {
			n++
		}
	}
	return n
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// unique gives headings that repeat or are empty names of their own.
func unique(cells []string) []string {
	seen := make(map[string]bool)
	names := make([]string, len(cells))
	for i, c := range cells {
		c = strings.TrimSpace(strings.TrimPrefix(c, "\ufeff"))
		if c == "" || c == lineKey || seen[c] {
			c = strings.TrimSpace(fmt.Sprintf("%s column %d", c, i+1))
		}
		seen[c] = true
		names[i] = c
	}
	return names
}

// readOrder reads the whole table to find out whether its dates are day first.
func (t *table) readOrder(ctx context.Context) error {
	column := t.layout.format().Date
	wrong := map[survey.Order]int{}
	open := ""
	for row, err := range t.Rows(ctx) {
		if err != nil {
			return err
		}
		if row.Bad != "" || row.Line <= t.head {
			continue
		}
		item, err := t.item(row)
		if err != nil {
			continue // reading rejects it by its line
		}
		date := column.string(item)
		if date == "" {
			continue
		}
		if _, err := survey.ParseDate(date, "", time.UTC); errors.Is(err, survey.ErrOrder) {
			open = date
		} else if err != nil {
			continue // is no date in any order
		}
		for _, o := range []survey.Order{survey.DayFirst, survey.MonthFirst} {
			if _, err := survey.ParseDate(date, o, time.UTC); err != nil {
				wrong[o]++
			}
		}
	}
	if open == "" || t.layout.Order != "" {
		return nil
	}
	switch day, month := wrong[survey.DayFirst], wrong[survey.MonthFirst]; {
	case day == 0 && month > 0:
		t.layout.Order = survey.DayFirst
	case month == 0 && day > 0:
		t.layout.Order = survey.MonthFirst
	default:
		return fmt.Errorf("dates such as %s may be day first or month first, and nothing in the file decides: say fields: {order: dmy} or {order: mdy}", open)
	}
	return nil
}

// item is a row as an object, without what tells who a person is.
func (t *table) item(row survey.Row) (map[string]any, error) {
	if len(row.Cells) > len(t.names) && filled(row.Cells[len(t.names):]) > 0 {
		return nil, fmt.Errorf("line %d has %d cells, the headings %d", row.Line, len(row.Cells), len(t.names))
	}
	item := map[string]any{lineKey: json.Number(strconv.Itoa(row.Line))}
	for i, name := range t.names {
		if !personal.MatchString(name) && i < len(row.Cells) {
			item[name] = row.Cells[i]
		}
	}
	return item, nil
}
