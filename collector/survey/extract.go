package survey

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"percept/collector"
)

// An extract is the head of the line that WriteExtract writes.
type extract struct {
	Case       string `json:"case"`
	Rows       int    `json:"rows"`
	HeaderRows int    `json:"header_rows"`
	Encoding   string `json:"encoding,omitempty"`
	Delimiter  string `json:"delimiter,omitempty"`
	IDColumn   string `json:"id_column,omitempty"`
	TimeColumn string `json:"time_column,omitempty"`
	Order      Order  `json:"date_order,omitempty"`
	Zone       string `json:"timezone,omitempty"`
}

// WriteExtract writes the rows of the file at path as one line of JSON: what was decided about the
// file, then every row with its answers by question, whether or not it would be taken. Columns that
// tell who a person is are left out, and so are rows without consent. The rows that cannot be read are
// returned, by their lines; the error is of the file, which the caller names.
func WriteExtract(ctx context.Context, w io.Writer, caseName, path string, o Options) (unread []collector.Rejection, err error) {
	f, err := open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	l, err := f.inspect(ctx, o)
	if err == nil {
		unread, err = f.extract(ctx, bufio.NewWriter(w), caseName, &l)
	}
	return unread, errors.Join(err, f.Close())
}

func (t *file) extract(ctx context.Context, w *bufio.Writer, caseName string, l *Layout) (unread []collector.Rejection, err error) {
	labels := l.labels()
	head := extract{Case: caseName, Rows: l.Rows, HeaderRows: l.HeaderRows, Encoding: l.Encoding, Delimiter: l.Delimiter, Order: l.Time.Order, Zone: l.Time.Zone}
	if i := l.find(ID); i >= 0 {
		head.IDColumn = labels[i]
	}
	if i := l.find(When); i >= 0 {
		head.TimeColumn = labels[i]
	}
	b, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	// The errors of a bufio.Writer stay, and Flush returns them.
	fmt.Fprintf(w, `%s,"responses":[`, b[:len(b)-1])
	rows, err := t.rows(ctx, l)
	if err != nil {
		return nil, err
	}
	e := extractor{l: l, id: l.find(ID), time: l.find(When), consent: l.find(Consent)}
	for i, c := range l.Columns {
		name := cmp.Or(heading(c.asked()), labels[i])
		if l.Kind == "json" { // the names of the file
			name = labels[i]
		}
		e.names = append(e.names, name)
	}
	var broken error
	for sep := ""; ; {
		r, err := rows.next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				broken = err
			}
			break
		}
		if r.bad != "" {
			unread = append(unread, collector.Rejection{Ref: "line " + strconv.Itoa(r.line), Reason: r.bad})
			continue
		}
		if e.consent >= 0 && !agreed(cell(r.cells, e.consent)) {
			continue
		}
		fmt.Fprintf(w, "%s%s", sep, e.row(r.cells))
		sep = ","
	}
	fmt.Fprintln(w, "]}")
	return unread, errors.Join(broken, w.Flush())
}

type extractor struct {
	l                 *Layout
	names             []string
	id, time, consent int
}

// row writes a row: its id and time, null where it has none, and the answers in the order of the file.
func (e *extractor) row(cells []string) []byte {
	b := []byte(`{"id":`)
	b = appendJSON(b, cell(cells, e.id))
	b = append(b, `,"submitted_at":`...)
	b = appendJSON(b, e.submitted(cell(cells, e.time)))
	b = append(b, `,"answers":{`...)
	first := true
	seen := make(map[string]bool)
	for i, c := range cells[:min(len(cells), len(e.names))] {
		switch e.l.Columns[i].Role {
		case Personal, ID, When:
			continue
		}
		name := e.names[i]
		if seen[name] {
			name += " (column " + strconv.Itoa(i+1) + ")"
		}
		seen[name] = true
		if !first {
			b = append(b, ',')
		}
		first = false
		if e.l.Escapes {
			c = unescape(c)
		}
		b = append(appendString(b, name), ':')
		b = appendJSON(b, c)
	}
	return append(b, "}}"...)
}

// submitted writes the time of a row as ISO 8601: with a zone where the file states one.
func (e *extractor) submitted(value string) string {
	if blank(value) {
		return ""
	}
	d, err := e.l.Time.stamp(strings.TrimSpace(value))
	if err != nil {
		return ""
	}
	d, ok := d.ordered(e.l.Time.Order)
	if !ok || d.reading == either {
		return ""
	}
	if z, ok := loadZone(e.l.Time.Zone); ok && d.zone == nil && d.clock {
		d.zone = z
	}
	return d.String()
}

// appendJSON appends s as a JSON string, or null where it is empty.
func appendJSON(b []byte, s string) []byte {
	if strings.TrimSpace(s) == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

func appendString(b []byte, s string) []byte {
	q, err := json.Marshal(s)
	if err != nil { // cannot happen: every string has a JSON form
		panic(err)
	}
	return append(b, q...)
}
