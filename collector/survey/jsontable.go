package survey

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"percept/collector"
)

// A document is a JSON file as a table: one row a response, and a column for every name in it.
type document struct {
	lines   bool
	tool    string
	zone    string
	columns []Column
	index   map[string]int // of columns, by name
}

// Tool returns the survey tool that wrote the JSON in body, by the shape of its first response; empty
// where it shows none.
func Tool(body []byte) string {
	is, lines := isJSON(body)
	if !is {
		return ""
	}
	d := document{lines: lines}
	it, err := d.over(bytes.NewReader(body)).next()
	if err != nil {
		return ""
	}
	return shape(it.o).tool
}

// readDocument reads the whole file for its columns. What breaks the reading breaks it again where the
// rows are read, and is told there; the columns before it count.
func (t *file) readDocument(ctx context.Context, lines bool) (*document, error) {
	d := &document{lines: lines, index: make(map[string]int)}
	all, err := d.items(ctx, t)
	if err != nil {
		return nil, err
	}
	for {
		it, err := all.next()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && !errors.Is(err, io.EOF) && len(d.columns) == 0 {
			return nil, err
		}
		if err != nil {
			break
		}
		if it.bad != "" {
			continue
		}
		s := shape(it.o)
		d.tool, d.zone = cmp.Or(d.tool, s.tool), cmp.Or(d.zone, s.zone)
		for _, f := range s.fields {
			if err := d.column(f); err != nil {
				return nil, err
			}
		}
	}
	return d, nil //nolint:nilerr // reading the rows meets the error again, behind those before it
}

// column adds the column of a field, or what the field knows of a column that is there.
func (d *document) column(f field) error {
	i, known := d.index[f.name]
	if !known {
		if len(d.columns) == maxColumns {
			return fmt.Errorf("more than %s columns", collector.Thousands(maxColumns))
		}
		i = len(d.columns)
		d.index[f.name] = i
		d.columns = append(d.columns, Column{Name: cut(f.name)})
	}
	c := &d.columns[i]
	c.Question = cmp.Or(c.Question, heading(cut(f.question)))
	if c.Role == Other && f.role != Other {
		c.Role, c.Scale = f.role, f.scale
		if f.role == Rating || f.role == Text {
			c.Why = "as " + d.tool + " says"
		}
	}
	return nil
}

func (d *document) layout(encoding string) (Layout, error) {
	l := Layout{Kind: "json", Encoding: encoding, Tool: d.tool, Columns: slices.Clone(d.columns), Time: Time{Zone: d.zone}}
	if len(l.Columns) == 0 {
		return l, errors.New("no response in it")
	}
	return l, nil
}

func (d *document) items(ctx context.Context, t *file) (items, error) {
	r, err := t.reader()
	if err != nil {
		return nil, err
	}
	return d.over(under(ctx, r)), nil
}

func (d *document) over(r io.Reader) items {
	if d.lines {
		return &lineItems{r: bufio.NewReaderSize(r, 64<<10)}
	}
	return newDocumentItems(r)
}

func (d *document) records(ctx context.Context, t *file) (records, error) {
	all, err := d.items(ctx, t)
	if err != nil {
		return nil, err
	}
	return &documentReader{d: d, items: all, cells: make([]string, len(d.columns))}, nil
}

// A documentReader reads the responses of a document as rows.
type documentReader struct {
	d     *document
	items items
	cells []string
}

func (r *documentReader) next() (record, error) {
	it, err := r.items.next()
	if err != nil || it.bad != "" {
		return record{line: it.line, bad: it.bad}, err
	}
	s := shape(it.o)
	if s.bad != "" {
		return record{line: it.line, bad: s.bad}, nil
	}
	clear(r.cells)
	for _, f := range s.fields {
		i, known := r.d.index[f.name]
		switch {
		case !known || f.value == "": // a file that grew between two readings
		case r.cells[i] == "":
			r.cells[i] = f.value
		default:
			r.cells[i] += "; " + f.value
		}
	}
	return record{line: it.line, cells: r.cells}, nil
}
